"""From a text to a sound: who speaks it, how it is read, how loud it is.

line -> speaker (recordings, a program, espeak-ng) -> sound file -> trimmed, loudness-corrected
"""

from voice.command import Command
from voice.draft import Draft
from voice.line import Line, Speaker, Speech
from voice.recordings import Recordings
from voice.speaking import speak

__all__ = ["Command", "Draft", "Line", "Recordings", "Speaker", "Speech", "speak"]
