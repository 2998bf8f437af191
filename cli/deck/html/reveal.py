"""reveal.js, as the package pyreveal ships it. The package itself is not imported."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

PACKAGE = "pyreveal"


@dataclass(frozen=True)
class RevealJs:
    """The texts of reveal.js that go into a deck."""

    script: str
    style: str
    licence: str


def reveal_js() -> RevealJs:
    """The installed reveal.js. Raises ModuleNotFoundError if pyreveal is not installed."""
    spec = find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(PACKAGE, name=PACKAGE)
    folder = Path(spec.origin).parent / "revealjs"
    script, style, licence = (
        (folder / name).read_text(encoding="utf-8")
        for name in ("dist/reveal.js", "dist/reveal.css", "LICENSE")
    )
    return RevealJs(script, style, licence)
