"""A free voice for drafts: Debian's espeak-ng."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from voice.errors import NoVoice
from voice.line import Line
from voice.program import run
from voice.symbols import spelled

PROGRAM = "espeak-ng"
_VOICES = {"en": "en-us", "zh": "cmn-latn-pinyin"}
_PACE = 155  # words a minute


@dataclass(frozen=True, slots=True)
class Draft:
    """espeak-ng. It gets Chinese as pinyin: it reads some characters, and all digits, wrong."""

    def check(self, lines: Sequence[Line]) -> None:
        """Raise `NoVoice` if the program is not installed, or what makes pinyin."""
        if shutil.which(PROGRAM) is None:
            raise NoVoice(
                "the draft voice needs {program}, which is not installed: "
                "apt-get install {program}, or brew install {program}",
                program=PROGRAM,
            )
        chinese = any(line.lang == "zh" for line in lines)
        if chinese and not all(map(find_spec, ("pypinyin", "cn2an"))):
            raise NoVoice(
                "a Chinese draft voice needs the packages pypinyin and cn2an: "
                "pip install pypinyin cn2an"
            )

    def about(self, line: Line) -> tuple[object, ...]:
        """What espeak-ng gets."""
        return "draft", _voice(line), _PACE, _read(line)

    def inputs(self, line: Line) -> tuple[Path, ...]:
        """None."""
        return ()

    def say(self, line: Line, folder: Path) -> Path:
        """Let espeak-ng speak the line."""
        wav = folder / "voice.wav"
        words = [
            PROGRAM,
            "-v",
            _voice(line),
            "-s",
            str(_PACE),
            "-b",
            "1",
            "-w",
            str(wav),
            "--stdin",
        ]
        run(words, _read(line), wav)
        return wav

    def unusable(self, line: Line, reason: object) -> Exception:
        """The error for what espeak-ng wrote."""
        message = "the sound file that {program} wrote cannot be used: {why}"
        return NoVoice(message, program=PROGRAM, why=reason)


def _voice(line: Line) -> str:
    return _VOICES.get(line.lang, line.lang)


def _read(line: Line) -> str:
    """The text as espeak-ng reads it best."""
    text = spelled(line.text, line.lang)
    if line.lang != "zh":
        return text
    from voice.pinyin import pinyin

    return pinyin(text)
