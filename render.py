"""``python render.py VERB`` is the same as ``./gd VERB`` and, once installed, `gd VERB`."""

if __name__ == "__main__":
    import _signal  # type: ignore[import-not-found]  # `signal` itself imports for too long
    import sys

    # Until `cli.start` handles it, Ctrl-C ends the process without a traceback.
    _signal.signal(_signal.SIGINT, _signal.SIG_DFL)
    if sys.flags.no_site:  # ./gd starts Python so, since `site` too imports for long
        import site

        site.main()

    from cli.start import main

    main()
