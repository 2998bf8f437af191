"""Films that speak: sound at the right time, as loud and as long as it should be; bad input."""

from __future__ import annotations

import json
import shlex
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import av
import numpy as np
import pytest

from exit_codes import BAD_DATA, UNAVAILABLE, USAGE
from scenes import FILMS
from tests.cli.lecture import voiced_scene
from tests.cli.lecture.conftest import Run
from tests.voice.conftest import speech, write
from tests.voice.test_sound import measured
from tests.voice.test_speaking import PROGRAM
from voice.sound import LOUDNESS, RATE

FPS = 5
SMALL = ("-q", "480p15", "--fps", str(FPS), "--speed", "draft", "--lang", "en", "--jobs", "1")
SPEECH = (3.3, 1.0)  # seconds of the recordings; the third cue says nothing


@pytest.fixture
def voiced(invoke: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    """As ``invoke``, with the quick film in the place of ``batch``."""
    quick = replace(
        FILMS["batch"], module=voiced_scene.__name__, scene="Voiced",
        sections=voiced_scene.SECTIONS,
    )  # fmt: skip
    monkeypatch.setitem(FILMS, "batch", quick)
    return invoke


@pytest.fixture
def recordings(tmp_path: Path) -> Path:
    """Of both cues that say something: mono, and in stereo at 44.1 kHz with silence around."""
    folder = tmp_path / "recordings"
    folder.mkdir()
    write(folder / "batch-01.wav", speech(SPEECH[0], level=0.05))
    quiet = np.zeros(44_100)
    write(folder / "batch-02.wav", quiet, speech(SPEECH[1], 44_100), quiet, rate=44_100, channels=2)
    return folder


def track(path: Path) -> tuple[np.ndarray, float]:
    """The left channel, from the first frame on, and the seconds of the picture."""
    with av.open(path) as container:
        stream = container.streams.audio[0]
        resampler = av.AudioResampler("fltp", "stereo", RATE)
        frames = list(container.decode(stream))
        start = float(frames[0].pts * frames[0].time_base)
        parts = [part.to_ndarray() for frame in frames for part in resampler.resample(frame)]
    with av.open(path) as container:
        count = sum(1 for _ in container.decode(video=0))
        seconds = float(count / container.streams.video[0].average_rate)
    samples = np.concatenate(parts, axis=1)
    return samples[0][max(0, round(-start * RATE)) :], seconds


def stretches(samples: np.ndarray) -> list[tuple[float, float]]:
    """Where something is heard, in seconds: from, to; short gaps do not count."""
    heard = np.flatnonzero(np.abs(samples) > 0.01)
    gaps = np.flatnonzero(np.diff(heard) > 0.28 * RATE)
    starts, ends = [heard[0], *heard[gaps + 1]], [*heard[gaps], heard[-1]]
    return [(start / RATE, end / RATE) for start, end in zip(starts, ends, strict=True)]


def narration(run: Run) -> str:
    """What is spoken at the first cue."""
    listed = run("cues", "batch", "--lang", "en", "--json")
    said: str = json.loads(listed.stdout)["cues"][0]["narration"]
    return said


@pytest.mark.slow
def test_recordings_are_heard_at_their_cues(voiced: Run, recordings: Path, tmp_path: Path) -> None:
    """The first cue is held, the second one is long enough."""
    done = voiced(
        "video", "batch", "--voice-folder", str(recordings), "--format", "mp4,webm",
        "--subtitles", "en", "--json", "-o", "out/", *SMALL,
    )  # fmt: skip
    assert done.exit_code == 0, done.stderr
    files = json.loads(done.stdout)["files"]
    assert [Path(file["path"]).suffix for file in files] == [".mp4", ".webm"]
    for file in files:
        start, result = file["sections"]
        assert 18 <= start["frames"] <= 20 and result["frames"] == 20
        samples, seconds = track(tmp_path / file["path"])
        assert seconds * FPS == pytest.approx(file["frames"])
        assert abs(len(samples) / RATE - seconds) <= 1 / FPS
        heard = stretches(samples)
        assert len(heard) == 2
        for (begin, end), section, length in zip(heard, (start, result), SPEECH, strict=True):
            first, last = section["first"] / FPS, (section["first"] + section["frames"]) / FPS
            assert 0 <= begin - first <= 0.12
            assert end - begin == pytest.approx(length, abs=0.25) and end <= last - 0.25
        loudness, peak = measured(samples * 2**0.5)  # both channels have 3 dB less than one
        assert abs(loudness - LOUDNESS) <= 1 and peak - 3 <= -1
    with av.open(tmp_path / files[0]["path"]) as container:
        kinds = [stream.type for stream in container.streams]
        assert kinds.count("audio") == 1 and "subtitle" in kinds
    (subtitles,) = tmp_path.glob("out/*.srt")
    words = subtitles.read_text(encoding="utf-8").splitlines()[2]
    assert words and narration(voiced).startswith(words)


@pytest.mark.slow
def test_a_program_speaks_each_text_once(voiced: Run, tmp_path: Path) -> None:
    """For a video of an edited script, for clips, and for a joined film."""
    program = tmp_path / "speak.py"
    program.write_text(PROGRAM.replace("400 * len(text)", "9000"))
    log = tmp_path / "speak.py.log"
    voice = ("--voice-command", shlex.join([sys.executable, str(program), "{wav}", "{text}"]))

    script, plain = tmp_path / "s.md", narration(voiced)
    assert voiced("script", "batch", "--lang", "en", "-o", "s.md").exit_code == 0
    text = script.read_text(encoding="utf-8")
    assert plain in text
    script.write_text(text.replace(plain, "Here w₀ is edited."), encoding="utf-8")
    made = voiced("video", "batch", "--script", "s.md", "-o", "a.mp4", *voice, *SMALL)
    assert made.exit_code == 0, made.stderr
    spoken = log.read_text(encoding="utf-8").splitlines()
    assert len(spoken) == 2 and spoken[0] == "Here w zero is edited."

    made = voiced("clips", "batch", *voice, *SMALL, "--json")
    assert made.exit_code == 0, made.stderr
    assert len(log.read_text().splitlines()) == 3  # the text that was edited before
    (film,) = json.loads(made.stdout)["films"]
    clips = [tmp_path / film["folder"] / clip["file"] for clip in film["clips"]]
    begins = [stretches(track(clip)[0])[0][0] for clip in clips[:2]]
    assert max(begins) <= 0.12

    parts = ("batch@start", "batch@result", "--join", "--no-titles", "-o", "j.mp4")
    made = voiced("video", *parts, *voice, *SMALL)
    assert made.exit_code == 0, made.stderr
    assert len(log.read_text().splitlines()) == 3
    assert len(stretches(track(tmp_path / "j.mp4")[0])) == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("video batch --voice draft --voice-folder .", "--voice-folder cannot be used together"),
        ("video batch --voice loud", "--voice must be one of draft"),
        ("video batch --voice draft --format gif", "--voice is for mp4, mov and webm"),
        ("gif batch --voice draft", "No such option '--voice'"),
        ("clips batch --voice draft --format gif", "--voice is for mp4, mov and webm"),
        ("video batch --voice draft --duration 20", "--duration cannot be used with a voice"),
        ("video batch --voice-folder nowhere", "--voice-folder there is no folder 'nowhere'"),
        ("video batch --voice-command piper", "--voice-command 'piper' must hold"),
        ("video own.py:Mine --voice draft", "--voice: Mine is a scene file"),
    ],
)
def test_what_cannot_be_spoken_is_refused(
    refusal: Callable[..., tuple[int, str]], tmp_path: Path, words: str, said: str
) -> None:
    (tmp_path / "own.py").write_text("class Mine(Scene): pass")
    code, message = refusal(*words.split())
    assert code == USAGE and message.startswith(said)


@pytest.mark.slow
def test_a_voice_that_fails_costs_nothing(voiced: Run, recordings: Path, tmp_path: Path) -> None:
    """One line, the right exit code, the older film as it was; a recording is never lost."""
    film = tmp_path / "film.mp4"
    film.write_bytes(b"older")
    (tmp_path / "empty").mkdir()
    folder, bad = ("--voice-folder", str(recordings)), recordings / "batch-02.wav"
    fails = shlex.join([sys.executable, "-c", "import sys; sys.exit('no such voice')", "{wav}"])

    def line(*words: str) -> tuple[int, str]:
        done = voiced("video", "batch", "-o", "film.mp4", *words, *SMALL, "--quiet")
        assert film.read_bytes() == b"older" and done.stdout == ""
        (error,) = done.stderr.splitlines()
        return done.exit_code, error.removeprefix("Error: batch: ")

    code, said = line("--voice-folder", "empty")
    assert code == BAD_DATA and said.endswith("lacks recordings: batch-01.wav, batch-02.wav")
    code, said = line("--voice-command", "no-such-voice {wav}")
    assert code == UNAVAILABLE and said.startswith("there is no program 'no-such-voice'")
    code, said = line("--voice-command", fails)
    assert code == UNAVAILABLE and said.endswith("failed with code 1: no such voice")
    content = bad.read_bytes()
    bad.write_bytes(content[:30])
    code, said = line(*folder)
    assert code == BAD_DATA and "batch-02.wav' cannot be used" in said
    bad.write_bytes(content)
    film.unlink()
    film.hardlink_to(bad)
    done = voiced("video", "batch", "-o", "film.mp4", *folder, *SMALL, "--quiet")
    assert done.exit_code == USAGE and "would be lost" in done.stderr
    assert bad.read_bytes() == content
    assert sorted(path.name for path in tmp_path.iterdir()) == ["empty", "film.mp4", "recordings"]
