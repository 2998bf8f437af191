"""Finished films. A film is taken from the cache without importing manim or PyAV."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, get_args

from pipeline.cache.keys import NoKey, digest
from pipeline.cache.questions import Answer, Kind, answer
from pipeline.cache.record import Record
from pipeline.cache.store import Store
from pipeline.cache.surroundings import PIPELINE, at_start, surroundings
from pipeline.cache.watching import recorded
from pipeline.files.inputs import refuse_inputs
from pipeline.job.cues import Cue
from pipeline.job.job import RenderJob, SceneRef
from pipeline.job.manim_settings import settings_files
from pipeline.job.result import Caption, Notice, Rendered, SectionSpan, packed, unpacked

Make = Callable[[Sequence[RenderJob], Sequence[Path]], Sequence[Rendered]]


@dataclass(frozen=True, slots=True)
class FilmCache:
    """Films in a store; `sources` are the folders of the packages that our scenes come from.

    The key of such a scene contains all files of these folders. The film of a user's scene file is
    stored with the questions that its making asked about files, and their answers. It is kept only
    if all answers are the same when it is finished, and found only while they are. A film whose job
    has no key is rendered each time.
    """

    store: Store
    sources: tuple[Path, ...] = ()

    def films(
        self, jobs: Sequence[RenderJob], parts: Sequence[Path], make: Make
    ) -> tuple[Rendered, ...]:
        """The films of `jobs`, in the files `parts`, which the caller publishes.

        One call of `make` makes all that are not found; they are kept. Raises `JobError` if one of
        the outputs is a file that a kept film was made from.
        """
        keys = [self._key(job) for job in jobs]
        done = [
            key and self._recall(job, key, part)
            for job, key, part in zip(jobs, keys, parts, strict=True)
        ]
        missing = [number for number, rendered in enumerate(done) if not rendered]
        if missing:
            into = [parts[number] for number in missing]
            made, about = self._made([jobs[number] for number in missing], into, make)
            # What was imported comes from the sources as they were at the start.
            if not self._sources_unchanged():
                about = Notice("the files of gd have changed meanwhile")
            for number, rendered in zip(missing, made, strict=True):
                not_kept = self._not_kept(keys[number], parts[number], rendered, about)
                done[number] = replace(rendered, not_kept=not_kept)
            self.store.prune(self.store.limit)  # segments were put in without pruning
        return tuple(rendered for rendered in done if rendered)

    def _not_kept(
        self, key: str | None, part: Path, rendered: Rendered, about: dict[str, Any] | Notice
    ) -> Notice | None:
        """Keep a film; if that is not possible, return why."""
        if isinstance(about, Notice):
            return about
        if key is None:
            return Notice("not all that it depends on has a key")
        note = about | {"film": _to_json(rendered)}
        if self.store.put(key, part, rendered.sha256, note):
            return None
        return Notice("it could not be written into {folder}", folder=str(self.store.folder))

    def _made(
        self, jobs: Sequence[RenderJob], parts: Sequence[Path], make: Make
    ) -> tuple[Sequence[Rendered], dict[str, Any] | Notice]:
        """The films, and what their notes say of their making, or why they cannot be kept."""
        scenes = {_path(job.scene) for job in jobs if _is_file(job.scene)}
        if not scenes:
            return make(jobs, parts), {"asked": [], "outputs": []}
        folders = {scene.parent for scene in scenes}
        own = (self.store.folder, PIPELINE, *self.sources)
        with closing(Record([job.output for job in jobs], folders, own)) as record:
            for settings in (*settings_files(), *(folder / "manim.cfg" for folder in folders)):
                record.ask("content", str(settings))
            with recorded(record):
                made = make(jobs, parts)
            asked = record.kept()
            if isinstance(asked, Notice):
                return made, asked
            return made, {"asked": asked, "outputs": record.outputs}

    def _sources_unchanged(self) -> bool:
        sources = (PIPELINE, *self.sources)
        try:
            return surroundings(sources) == at_start(sources)
        except OSError:
            return False

    def _key(self, job: RenderJob) -> str | None:
        scene = job.scene
        try:
            place: tuple[str | None, ...] = ()
            if _is_file(scene):
                # Relative paths in the scene depend on the current folder.
                scene = replace(scene, module=str(_path(scene)))
                place = (os.getcwd(), os.environ.get("PYTHONPATH"))
            elif scene.module.partition(".")[0] not in {folder.name for folder in self.sources}:
                return None
            labels = (job.title, job.cover, job.name, job.language, job.subtitles)
            about = (scene, job.frame, job.encoding, job.part, *labels)
            return digest(about, place, at_start((PIPELINE, *self.sources)))
        except (NoKey, OSError):
            return None

    def _recall(self, job: RenderJob, key: str, part: Path) -> Rendered | None:
        about = self.store.look(key)
        if about is None:
            return None
        output = Path(job.output)
        try:
            rendered = _from_json(about["film"], output)
            outputs = {str(path) for path in about["outputs"]} | {os.path.realpath(output)}
            asked = [_question(*item) for item in about["asked"]]
        except (LookupError, TypeError, ValueError, AttributeError, OverflowError):
            self.store.forget(key)  # no note of ours
            return None
        if any(answer((kind, path), outputs) != found for kind, path, found in asked):
            return None
        refuse_inputs([output], [path for kind, path, _ in asked if kind == "content"])
        if not self.store.fetch(key, part):
            return None
        return rendered


def _question(kind: Kind, path: str, found: Answer) -> tuple[Kind, str, Answer]:
    """A question of a note, if it is one; else ValueError."""
    if kind not in get_args(Kind) or not isinstance(path, str):
        raise ValueError
    return kind, path, found


def _is_file(scene: SceneRef) -> bool:
    return scene.module.endswith(".py")


def _path(scene: SceneRef) -> Path:
    return Path(scene.module).resolve()


def _to_json(rendered: Rendered) -> dict[str, Any]:
    values = {key: value for key, value in asdict(rendered).items() if key != "path"}
    return values | {"warnings": [*map(packed, rendered.warnings)]}


def _from_json(values: Any, path: Path) -> Rendered:
    """The film of a note. It raises what Python raises if the note is of another kind."""
    return Rendered(
        path=path,
        size=int(values["size"]),
        frames=int(values["frames"]),
        fps=int(values["fps"]),
        duration=float(values["duration"]),
        sha256=str(values["sha256"]),
        sections=tuple(
            SectionSpan(
                str(each["name"]), int(each["first"]), int(each["frames"]), str(each["title"])
            )
            for each in values["sections"]
        ),
        captions=tuple(
            Caption(float(each["start"]), float(each["end"]), str(each["text"]))
            for each in values["captions"]
        ),
        cues=tuple(map(Cue.read, values["cues"])),
        warnings=tuple(map(unpacked, values["warnings"])),
        drawn_by_manim=tuple(map(str, values["drawn_by_manim"])),
        cached=True,
    )
