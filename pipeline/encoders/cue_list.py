"""The film's cues as a JSON document."""

from __future__ import annotations

import json
from pathlib import Path

from pipeline.encoders.base import Labels, io_errors
from pipeline.job.region import Region
from pipeline.job.sink import Frame


class CueListFile:
    """Takes no frames; writes the cues at the end."""

    def __init__(self, fps: int, path: Path) -> None:
        self._fps, self._path = fps, path

    def show(self, canvas: Frame, repeat: int, changed: Region, key_frame: bool = False) -> None:
        """Leave the frame out."""

    def finish(self, labels: Labels) -> None:
        document = {"fps": self._fps, "cues": [cue.document() for cue in labels.cues]}
        text = json.dumps(document, ensure_ascii=False, indent=2)
        with io_errors():
            self._path.write_text(text + "\n", encoding="utf-8")

    def abort(self) -> None:
        """Nothing is open."""
