"""What a scene's error means if its cause lies outside the scene: a full disk, no LaTeX."""

from __future__ import annotations

import errno
import os
import tempfile
from xml.etree.ElementTree import ParseError

from manim import config

from pipeline.job.errors import PipelineError, ProgramMissing, WriteFailed

_FULL = (errno.ENOSPC, errno.EDQUOT)
_TEX = {"latex", "pdflatex", "xelatex", "lualatex", "luatex", "dvisvgm"}
_PROBE = 1 << 16  # bytes, more than one text's picture has


def outer_cause(error: BaseException) -> PipelineError | None:
    """The error to show instead of `error`, or None if the scene itself is the cause."""
    if isinstance(error, OSError) and error.errno in _FULL:
        return _not_drawn(error)
    # cairo does not say that it could not write a text's picture; reading it fails.
    if isinstance(error, ParseError) and (full := _write_error()):
        return _not_drawn(full)
    if isinstance(error, FileNotFoundError) and os.path.basename(str(error.filename)) in _TEX:
        return ProgramMissing(
            "the scene sets a formula with LaTeX, but there is no program {program!r}; install "
            "LaTeX with dvisvgm (Debian/Ubuntu: apt install texlive-latex-extra dvisvgm; macOS: "
            "MacTeX; Windows: MiKTeX), or use manim's MathTypst, which needs none",
            program=str(error.filename),
        )
    return None


def _not_drawn(error: OSError) -> WriteFailed:
    return WriteFailed("drawing the texts failed: {reason}", reason=error.strerror)


def _write_error() -> OSError | None:
    """The error of a write into manim's temporary folder, if it is full."""
    try:
        with tempfile.TemporaryFile(dir=config.media_dir) as file:
            file.write(bytes(_PROBE))
            file.flush()
    except OSError as error:
        return error if error.errno in _FULL else None
    return None
