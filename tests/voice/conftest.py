"""Sounds of known length and loudness, and a reader of sound that is not ours."""

from __future__ import annotations

import wave
from pathlib import Path

import numpy as np
import pytest

SPEECH = 16_000  # samples a second


def speech(seconds: float, rate: int = SPEECH, level: float = 0.3) -> np.ndarray:
    """A tone in syllables, a little like speech: (samples,), from -1 to 1."""
    time = np.arange(round(seconds * rate)) / rate
    syllables = 0.55 - 0.45 * np.cos(2 * np.pi * 4 * time + 2)
    return level * syllables * np.sin(2 * np.pi * 220 * time)


def silence(seconds: float, rate: int = SPEECH) -> np.ndarray:
    return np.zeros(round(seconds * rate))


def write(path: Path, *pieces: np.ndarray, rate: int = SPEECH, channels: int = 1) -> Path:
    """A wave file of the pieces one after another, the same in each channel."""
    samples = np.round(32767 * np.clip(np.concatenate(pieces), -1, 1)).astype("<i2")
    with wave.open(str(path), "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(np.repeat(samples, channels).tobytes())
    return path


def read(path: Path) -> tuple[np.ndarray, int]:
    """The samples of a wave file with one channel, and how many of them a second has."""
    with wave.open(str(path), "rb") as file:
        assert file.getnchannels() == 1 and file.getsampwidth() == 2
        data = file.readframes(file.getnframes())
        return np.frombuffer(data, "<i2") / 32768, file.getframerate()


def onset(samples: np.ndarray, rate: int, level: float = 0.03) -> float:
    """The seconds until something is heard."""
    return float(np.flatnonzero(np.abs(samples) > level)[0] / rate)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "sounds"
    made.mkdir()
    return made
