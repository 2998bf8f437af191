"""``render.py`` with stand-ins for its films, so that tests of errors and signals are quick.

``batch`` is quick, ``sgd`` raises in its section "second", ``cost-function`` takes very long.
"""

import sys
from dataclasses import replace
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent.parent))


def put_stand_ins() -> None:
    """Put them in the place of the films, in this process."""
    from scenes import FILMS, Section

    scenes = {"batch": "Tiny", "sgd": "Broken", "cost-function": "Endless"}
    for name, scene in scenes.items():
        FILMS[name] = replace(
            FILMS[name],
            module=str(HERE / "stand_in_scenes.py"),
            scene=scene,
            sections=(Section("first", 1.0), Section("second", 1.0)),
        )


def main() -> None:
    from cli.start import prepare

    prepare()
    put_stand_ins()
    from cli.program import gd

    gd()


if __name__ == "__main__":
    main()
