"""What may go wrong with a voice, each with its exit code."""

from __future__ import annotations

from exit_codes import BAD_DATA, UNAVAILABLE
from pipeline import PipelineError
from pipeline.job.errors import Explained


class NoVoice(PipelineError):
    """A program that should speak is missing, or it does not speak."""

    exit_code = UNAVAILABLE


class BadRecording(PipelineError):
    """A recording is missing, or it cannot be used."""

    exit_code = BAD_DATA


class Unusable(Explained):
    """Why a sound file cannot be used."""
