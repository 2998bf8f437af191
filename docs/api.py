"""Make the API pages of gdcore from its docstrings: HTML, one page for each module.

    python docs/api.py [FOLDER]

It needs pdoc (the extra `docs`). The pages go to build/api, or to FOLDER.
"""

from __future__ import annotations

import pkgutil
import sys
from pathlib import Path

import pdoc.doc
import pdoc.render

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import gdcore  # noqa: E402
from gdcore.arrays import FloatArray, IntArray  # noqa: E402

# Array types are shown by their names in the source, not by NumPy's long names.
NAMES = {str(FloatArray): "FloatArray", str(IntArray): "IntArray"}
_as_written = pdoc.doc.formatannotation


def _named(annotation: object) -> str:
    text: str = _as_written(annotation)
    for long, short in NAMES.items():
        text = text.replace(long, short)
    return "ArrayLike" if "_SupportsArray" in text else text


def modules() -> list[str]:
    """The package, then every module of it."""
    found = sorted(module.name for module in pkgutil.iter_modules(gdcore.__path__))
    # pdoc finds by itself the modules that share their name with a public function.
    return ["gdcore", *(f"gdcore.{name}" for name in found if name not in gdcore.__all__)]


def make(folder: Path) -> None:
    """Write the pages into `folder`."""
    pdoc.doc.formatannotation = _named
    pdoc.render.configure(docformat="markdown", footer_text="gradient-descent-films")
    pdoc.pdoc(*modules(), output_directory=folder)


if __name__ == "__main__":
    make(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "build" / "api")
