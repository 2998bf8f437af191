"""``python render.py VERB`` is the same as ``./gd VERB`` and, once installed, `gd VERB`."""

from cli.start import main

if __name__ == "__main__":
    main()
