"""``--voice``, ``--voice-command``, ``--voice-folder``: who speaks the narration of a film."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from cli.console.failures import BadValue
from cli.console.help import option
from cli.console.language import say
from cli.request.kinds import OneOf
from cli.request.options import together
from cli.request.own_scenes import OwnScene
from pipeline import Encoding, Mp4, ProRes, WebM
from pipeline.job.errors import JobError
from scenes import Film, Telling
from voice import Command, Draft, Recordings, Speaker

DRAFT, COMMAND, FOLDER = "--voice", "--voice-command", "--voice-folder"

voice_options = together(
    option(
        DRAFT, "voice", type=OneOf(("draft",)),
        help="Speak the narration: draft is the free voice of espeak-ng. Each cue is held until "
        "its voice has ended.",
    ),
    option(
        COMMAND, "voice_command", metavar="COMMAND",
        help="A program that speaks: {wav} stands for the file that it writes, {text} for the "
        "text (else it reads the text from its input), {lang} for the language.",
    ),
    option(
        FOLDER, "voice_folder", metavar="FOLDER",
        help="Your own recordings, named as `gd script --record-list` lists them.",
    ),
)  # fmt: skip


def voicing(
    voice: str | None, voice_command: str | None, voice_folder: str | None
) -> Speaker | None:
    """Who speaks, by the options; BadValue for a wrong one, and for several."""
    given = {DRAFT: voice, COMMAND: voice_command, FOLDER: voice_folder}
    named = [name for name, value in given.items() if value is not None]
    if len(named) > 1:
        message = "cannot be used together with {other}: a film has one voice"
        raise BadValue(named[1], say(message, other=named[0]))
    if voice_folder is not None:
        if not Path(voice_folder).is_dir():
            raise BadValue(FOLDER, say("there is no folder {folder!r}", folder=voice_folder))
        return Recordings(Path(voice_folder))
    if voice_command is not None:
        try:
            return Command.read(voice_command)
        except JobError as error:
            raise BadValue(COMMAND, say(error)) from error
    return None if voice is None else Draft()


def is_audible(encoding: Encoding) -> bool:
    """Whether a file of this kind holds sound."""
    return isinstance(encoding, (Mp4, ProRes, WebM))


def check_voice(
    films: Sequence[Film | OwnScene], encodings: Sequence[Encoding], telling: Telling
) -> None:
    """Raise BadValue if one of the films cannot be spoken, or if no file can hold sound."""
    if not any(map(is_audible, encodings)):
        raise BadValue(DRAFT, say("is for mp4, mov and webm: other formats hold no sound"))
    if own := [film.name for film in films if isinstance(film, OwnScene)]:
        message = "{scene} is a scene file: give it its sound with add_sound"
        raise BadValue(f"{DRAFT}:", say(message, scene=own[0]))
    if telling.duration is not None:
        message = "cannot be used with a voice, which decides how long a film is; use --pace"
        raise BadValue("--duration", say(message))
