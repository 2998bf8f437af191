"""Who speaks: programs that work or fail, recordings, espeak-ng; nothing is spoken twice."""

from __future__ import annotations

import shlex
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from exit_codes import BAD_DATA, UNAVAILABLE, USAGE
from pipeline import JobError, PipelineError, Store
from tests.voice.conftest import onset, read, silence, speech, write
from voice import Command, Draft, Line, Recordings, speak

LINES = (Line("batch-01", "One α", "en"), Line("batch-03", "Two of\nthem", "en"))
PROGRAM = """
import struct, sys, wave
wav, text = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else sys.stdin.read()
with open(__file__ + ".log", "a", encoding="utf-8") as file:
    file.write(text.replace("\\n", " ") + "\\n")
with wave.open(wav, "wb") as file:
    file.setnchannels(1)
    file.setsampwidth(2)
    file.setframerate(8000)
    for k in range(400 * len(text)):
        file.writeframes(struct.pack("<h", 9000 * (1 if k // 20 % 2 else -1)))
"""


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "speak aloud.py.log"


@pytest.fixture
def words(tmp_path: Path) -> str:
    """A program that speaks a tone of 0.05 s for each character, and writes down what it spoke."""
    program = tmp_path / "speak aloud.py"
    program.write_text(PROGRAM)
    return shlex.join([sys.executable, str(program), "{wav}"])


def python(code: str) -> Command:
    """A program given as Python."""
    return Command((sys.executable, "-c", code, "{wav}"), limit=60)


@pytest.mark.parametrize("given", ["", " {text}"])
def test_a_program_gets_the_text_and_is_not_asked_twice(
    words: str, log: Path, given: str, folder: Path, tmp_path: Path
) -> None:
    speaker, store = Command.read(words + given), Store(tmp_path / "store", 10**7)
    told: list[Line] = []
    made = speak(LINES, speaker, store, folder, told.append)
    assert told == [*LINES]
    assert log.read_text(encoding="utf-8").splitlines() == ["One alpha", "Two of them"]
    assert [sound.seconds for sound in made] == pytest.approx([0.45, 0.55], abs=0.06)
    for sound in made:
        samples, rate = read(sound.path)
        assert len(samples) / rate == sound.seconds and onset(samples, rate) <= 0.12

    again = speak(LINES[:1], speaker, store, tmp_path, told.append)
    assert len(told) == 2
    assert len(log.read_text().splitlines()) == 2
    assert again[0].sha256 == made[0].sha256 and again[0].seconds == made[0].seconds
    assert again[0].path.read_bytes() == made[0].path.read_bytes()
    for entry in store.folder.glob("*.data"):  # damage is found, and the text is spoken again
        entry.write_bytes(b"RIFF")
    assert speak(LINES[:1], speaker, store, tmp_path)[0].sha256 == made[0].sha256
    assert len(log.read_text().splitlines()) == 3
    model = tmp_path / "speak aloud.py"  # a file that the words name
    model.write_text(PROGRAM.replace("9000", "8000"))
    speak(LINES[:1], speaker, store, tmp_path)
    speak(LINES[:1], speaker, None, tmp_path)
    assert len(log.read_text().splitlines()) == 5


def test_values_are_filled_in_once() -> None:
    """A text that holds {wav} is spoken as it is."""
    code = "import sys; sys.exit(' '.join(sys.argv[2:]))"
    speaker = Command((sys.executable, "-c", code, "{wav}", "{lang}:{text}"))
    with pytest.raises(PipelineError, match=r"en:say \{wav\}; \$HOME 'x'$"):
        speaker.say(Line("a", "say {wav}; $HOME 'x'", "en"), Path("."))


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("import sys; sys.stderr.write('a\\n\\nno  model\\n'); sys.exit(3)",
         " failed with code 3: no model"),
        ("import os; os._exit(4)", " failed with code 4"),
        ("pass", " wrote no sound file"),
        ("import sys; sys.stderr.write('disk full\\n' * 99999)", " wrote no sound file: disk full"),
        ("import sys; open(sys.argv[1], 'w')", "it holds no sound that can be read"),
        ("import sys; open(sys.argv[1], 'w').write('x' * 999)",
         "it holds no sound that can be read"),
        ("import sys, wave; f = wave.open(sys.argv[1], 'wb'); f.setnchannels(1); "
         "f.setsampwidth(2); f.setframerate(8000); f.writeframes(bytes(9999))", "it is silent"),
    ],
)  # fmt: skip
def test_a_program_that_fails_is_told_in_one_line(folder: Path, code: str, said: str) -> None:
    with pytest.raises(PipelineError) as raised:
        speak(LINES[:1], python(code), None, folder)
    assert str(raised.value).endswith(said) and "\n" not in str(raised.value)
    assert raised.value.exit_code == UNAVAILABLE


def test_a_program_that_hangs_is_ended_with_what_it_started(folder: Path) -> None:
    """Its child holds its streams open, and would write a file later."""
    late = folder / "late"
    child = f"import time; time.sleep(0.9); open({str(late)!r}, 'w')"
    code = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"
    speaker = Command((sys.executable, "-c", code, "{wav}"), limit=0.4)
    begun = time.monotonic()
    with pytest.raises(PipelineError, match=r"did not finish a text within 0\.4 s"):
        speak(LINES[:1], speaker, None, folder)
    assert time.monotonic() - begun < 60
    time.sleep(0.8)
    assert not late.exists()


def test_a_program_that_is_not_there(folder: Path) -> None:
    with pytest.raises(PipelineError, match="no program 'no-such-voice'") as raised:
        speak(LINES, Command.read("no-such-voice {wav}"), None, folder)
    assert raised.value.exit_code == UNAVAILABLE


@pytest.mark.parametrize("text", ["", "piper", "{wav}", "piper --to file", "piper '{wav}"])
def test_a_command_that_cannot_be_one(text: str) -> None:
    with pytest.raises(JobError) as raised:
        Command.read(text)
    assert raised.value.exit_code == USAGE


def test_recordings_are_found_by_name_and_known_by_content(folder: Path, tmp_path: Path) -> None:
    recordings, store = Recordings(folder), Store(tmp_path / "store", 10**7)
    with pytest.raises(PipelineError, match=r"lacks recordings: batch-01\.wav, batch-03\.wav$"):
        speak(LINES, recordings, store, tmp_path)
    write(folder / "batch-01.WAV", silence(1), speech(1))
    write(folder / "batch-02.wav", silence(1))  # of a cue that says nothing
    with pytest.raises(PipelineError, match=r"lacks recordings: batch-03\.wav$") as raised:
        speak(LINES, recordings, store, tmp_path)
    assert raised.value.exit_code == BAD_DATA
    write(folder / "batch-03.wav", speech(1.5), channels=2, rate=44_100)
    first = speak(LINES, recordings, store, tmp_path)
    assert recordings.inputs(LINES[0]) == (folder / "batch-01.WAV",)
    (folder / "batch-01.WAV").rename(folder / "batch-01.wav")
    assert [s.sha256 for s in speak(LINES, recordings, store, tmp_path)] == [
        sound.sha256 for sound in first
    ]
    write(folder / "batch-03.wav", speech(2.5))
    assert speak(LINES, recordings, store, tmp_path)[1].seconds == pytest.approx(2.5, abs=0.2)


@pytest.mark.parametrize(
    ("content", "why"), [(b"", "no sound"), (b"no sound" * 99, "no sound"), (None, "silent")]
)
def test_a_recording_that_cannot_be_used_is_named(
    folder: Path, content: bytes | None, why: str
) -> None:
    path = write(folder / "batch-01.wav", silence(1))
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(PipelineError, match=rf"batch-01\.wav' cannot be used: .*{why}") as raised:
        speak(LINES[:1], Recordings(folder), None, folder)
    assert raised.value.exit_code == BAD_DATA
    (folder / "batch-01.mp3").touch()
    with pytest.raises(PipelineError, match=r"keep one: batch-01\.mp3, batch-01\.wav"):
        speak(LINES[:1], Recordings(folder), None, folder)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_draft_voice_speaks_both_languages(folder: Path, lang: str) -> None:
    """espeak-ng itself: `./gd test` installs it."""
    text = {"en": "w₀ is 0.5. Then it steps.", "zh": "w₀ 是 0.5。然后走一步。"}[lang]
    (sound,) = speak([Line("batch-01", text, lang)], Draft(), None, folder)
    samples, rate = read(sound.path)
    assert 1.5 < sound.seconds < 8
    assert onset(samples, rate) <= 0.12
    assert np.abs(samples).max() > 0.3


def test_without_espeak_the_remedy_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(folder))
    with pytest.raises(PipelineError, match="apt-get install espeak-ng") as raised:
        speak(LINES, Draft(), None, folder)
    assert raised.value.exit_code == UNAVAILABLE


def test_without_the_extra_the_remedy_is_told(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("voice.draft.find_spec", lambda name: None)
    Draft().check(LINES)
    with pytest.raises(PipelineError, match="pip install") as raised:
        Draft().check([Line("batch-01", "好", "zh")])
    assert raised.value.exit_code == UNAVAILABLE
