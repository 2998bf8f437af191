"""Other programs that a scene starts: only those that manim starts to set formulas are known."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence

from pipeline.cache.reading import opened

_TEX = {"latex", "pdflatex", "xelatex", "lualatex", "luatex", "dvisvgm"}
_READS_MORE = re.compile(rb"\\(input|include|openin|import|subfile|verbatiminput|lstinput)")
_OF_USERS = (".sty", ".cls", ".cfg", ".def", ".tex")  # LaTeX finds them in the current folder


def sets_a_formula(words: Sequence[object], folders: Sequence[str]) -> bool:
    """Whether a command line is LaTeX or dvisvgm at work on a file below one of `folders`.

    False if LaTeX may read files of the user: nobody would see which.
    """
    command = [os.fsdecode(word) for word in words if isinstance(word, (str, bytes))]
    if not command or os.path.basename(command[0]) not in _TEX:
        return False
    source = command[-1]
    if not source.startswith(tuple(folders)):
        return False
    if not source.endswith(".tex"):
        return True
    try:
        with opened(source) as file:
            more = _READS_MORE.search(file.read())
        return not more and not any(name.endswith(_OF_USERS) for name in os.listdir())
    except OSError:
        return False
