"""From a film to clips: one file for each cue or section, cut out of the finished film."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from pipeline.cache import FilmCache
from pipeline.files.inputs import refuse_inputs
from pipeline.files.publish import published
from pipeline.files.workspace import workspace
from pipeline.job.clip import By, Clip, ClipFile, clips_of
from pipeline.job.cues import Cue
from pipeline.job.encodings import Gif, Mp4, ProRes, Stills, WebM, suffix_of
from pipeline.job.errors import JobError
from pipeline.job.job import RenderJob
from pipeline.job.result import ProgressCallback, Rendered
from pipeline.rendering import render

Told = Callable[[tuple[Cue, ...]], tuple[Cue, ...]]
"""Gives cues other texts, such as those of a script."""
LISTING = "clips.json"
POSTERS = ("first", "last")


@dataclass(frozen=True, slots=True)
class Clips:
    """The finished clips of `film`, whose own file is gone.

    ``document`` is the content of the file ``listing``.
    """

    film: Rendered
    clips: tuple[ClipFile, ...]
    listing: Path
    document: dict[str, Any]


def render_clips(
    job: RenderJob,
    by: By = "cue",
    about: Mapping[str, object] | None = None,
    told: Told | None = None,
    progress: ProgressCallback | None = None,
    cache: FilmCache | None = None,
    workers: int | None = None,
) -> Clips:
    """Render the film of `job`, or find it in `cache`; cut clips into the folder ``job.output``.

    A clip's frames are the film's, bit for bit: mp4, webm and mov are cut without encoding. Beside
    each clip are its posters, the PNGs of its first and its last frame as they were drawn. The file
    `LISTING` begins with `about` and lists all clips, with what `told` makes of the film's cues.
    The files appear together, `LISTING` as the last one, when all of them are complete. It raises
    what `render` raises, and `JobError` for a WebP or an APNG.
    """
    if not isinstance(job.encoding, (Mp4, WebM, ProRes, Gif)):
        raise JobError("clips are mp4, webm, mov or gif")
    folder, suffix = Path(job.output), suffix_of(job.encoding)
    listing = folder / LISTING
    refuse_inputs([listing], job.inputs)
    with published([listing]) as (list_part,), workspace() as temporary:
        whole = replace(job, output=temporary / f"film{suffix}")
        film = render(whole, progress, cache, workers)
        if told is not None:
            film = replace(film, cues=told(film.cues))
        clips = clips_of(film, job.name, by)
        stills = _stills(whole, film, temporary, cache)
        files = [_files(folder, clip, suffix) for clip in clips]
        outputs = [path for group in files for path in group]
        refuse_inputs(outputs, [job.scene.module, *job.inputs])
        with published(outputs) as parts:
            groups = [parts[k : k + 3] for k in range(0, len(parts), 3)]
            _cut(whole, clips, [group[0] for group in groups], temporary)
            _write_posters(whole, clips, stills, groups)
            done = tuple(
                _measured(whole, clip, path, group)
                for clip, path, group in zip(clips, files, groups, strict=True)
            )
        document = _document(job, about or {}, by, done)
        text = json.dumps(document, ensure_ascii=False, indent=2)
        list_part.write_text(text + "\n", encoding="utf-8")
    return Clips(replace(film, path=folder), done, listing, document)


def _stills(job: RenderJob, film: Rendered, folder: Path, cache: FilmCache | None) -> Path:
    """An archive of the first and last pictures of all cues, as they were drawn."""
    ends = [frame for cue in film.cues if cue.frames for frame in (cue.first, cue.last)]
    frames = tuple(dict.fromkeys(frame * _every(job) for frame in ends))
    path = folder / "stills.zip"
    still = replace(
        job, encoding=Stills(frames), output=path, title=None, cover=None,
        expected_frames=len(frames),
    )  # fmt: skip
    return render(still, cache=cache).path


def _every(job: RenderJob) -> int:
    """Drawn frames for each frame of the file."""
    return job.frame.fps // job.delivered.fps


def _files(folder: Path, clip: Clip, suffix: str) -> list[Path]:
    """The clip and its posters."""
    return [
        folder / f"{clip.stem}{suffix}",
        *(folder / f"{clip.stem}-{end}.png" for end in POSTERS),
    ]


def _cut(job: RenderJob, clips: Sequence[Clip], parts: Sequence[Path], folder: Path) -> None:
    from pipeline.encoders.animation.cut import cut_gif
    from pipeline.encoders.cut import cut

    lengths = [clip.frames for clip in clips]
    if isinstance(job.encoding, Gif):
        # A loop may be left running, however often the film is played.
        repeated = replace(job.encoding, loop=0)
        encodings = [repeated if clip.kind == "loop" else job.encoding for clip in clips]
        cut_gif(job.output, encodings, job.delivered, lengths, parts, folder)
    else:
        cut(job.output, job.encoding, job.frame.fps, lengths, parts)


def _write_posters(
    job: RenderJob, clips: Sequence[Clip], stills: Path, groups: Sequence[Sequence[Path]]
) -> None:
    with ZipFile(stills) as archive:
        for clip, (_, *posters) in zip(clips, groups, strict=True):
            for frame, part in zip((clip.first, clip.last), posters, strict=True):
                part.write_bytes(archive.read(f"{frame * _every(job)}.png"))


def _measured(job: RenderJob, clip: Clip, files: Sequence[Path], parts: Sequence[Path]) -> ClipFile:
    from pipeline.files.verify import verify

    # The film was decoded to its end when it was made.
    found = verify(parts[0], job, clip.frames, to_the_end=False)
    path, first, last = files
    return ClipFile(clip, path, (first, last), float(found.duration), found.size, found.sha256)


def _document(
    job: RenderJob, about: Mapping[str, object], by: By, clips: Sequence[ClipFile]
) -> dict[str, Any]:
    spec = job.delivered
    return {
        "film": job.name, **about, "fps": spec.fps, "size": [spec.width, spec.height], "by": by,
        "clips": [clip.document() for clip in clips],
    }  # fmt: skip
