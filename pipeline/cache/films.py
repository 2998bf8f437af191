"""Finished films. A film is taken from the cache without importing manim or PyAV."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from pipeline.cache.keys import NoKey, digest
from pipeline.cache.reading import checksum, depended_on, files_read
from pipeline.cache.store import Store
from pipeline.cache.surroundings import PIPELINE, surroundings
from pipeline.files.publish import published
from pipeline.job.job import RenderJob, SceneRef
from pipeline.job.result import Caption, Rendered, SectionSpan

Make = Callable[[Sequence[RenderJob]], Sequence[Rendered]]


class _Missing(Exception):
    """Leaves `published` without publishing."""


@dataclass(frozen=True, slots=True)
class FilmCache:
    """Films in a store; `sources` are the folders of the packages that our scenes come from.

    The key of such a scene contains all files of these folders. The film of a user's scene file is
    stored with the checksums of the files that were read, and found only while all are unchanged.
    A film whose job has no key is rendered each time.
    """

    store: Store
    sources: tuple[Path, ...] = ()

    def films(self, jobs: Sequence[RenderJob], make: Make) -> tuple[Rendered, ...]:
        """The films of `jobs`. One call of `make` makes all that are not found; they are kept."""
        keys = [self._key(job) for job in jobs]
        done = [key and self._recall(job, key) for job, key in zip(jobs, keys, strict=True)]
        missing = [number for number, rendered in enumerate(done) if not rendered]
        if missing:
            with files_read() as opened:
                made = make([jobs[number] for number in missing])
            for number, rendered in zip(missing, made, strict=True):
                done[number], key = rendered, keys[number]
                # If a source was changed meanwhile, this is not the film of that key.
                if key and self._key(jobs[number]) == key:
                    self._keep(jobs[number], key, rendered, opened)
            self.store.prune(self.store.limit)  # segments were put in without pruning
        return tuple(rendered for rendered in done if rendered)

    def _key(self, job: RenderJob) -> str | None:
        scene = job.scene
        try:
            if _is_file(scene):
                # Relative paths in the scene depend on the current folder.
                scene = replace(scene, module=str(_path(scene)))
                place = os.getcwd()
            elif scene.module.partition(".")[0] in {folder.name for folder in self.sources}:
                place = ""
            else:
                return None
            about = (scene, job.frame, job.encoding, job.only, job.title, job.cover)
            return digest(about, place, surroundings((PIPELINE, *self.sources)))
        except (NoKey, OSError):
            return None

    def _recall(self, job: RenderJob, key: str) -> Rendered | None:
        about = self.store.look(key)
        if about is None or any(checksum(path) != sha for path, sha in about["files"].items()):
            return None
        try:
            with published(Path(job.output)) as part:
                if not self.store.fetch(key, part):
                    raise _Missing
        except _Missing:
            return None
        return _from_json(about["film"], Path(job.output))

    def _keep(self, job: RenderJob, key: str, rendered: Rendered, opened: set[str]) -> None:
        files: dict[str, str] = {}
        if _is_file(job.scene):
            ours = os.path.join(os.path.abspath(self.store.folder), "")
            theirs = {path for path in opened if not path.startswith(ours)}
            files = depended_on(theirs, _path(job.scene))
        about = {"film": _to_json(rendered), "files": files}
        self.store.put(key, rendered.path, rendered.sha256, about)


def _is_file(scene: SceneRef) -> bool:
    return scene.module.endswith(".py")


def _path(scene: SceneRef) -> Path:
    return Path(scene.module).resolve()


def _to_json(rendered: Rendered) -> dict[str, Any]:
    return {key: value for key, value in asdict(rendered).items() if key != "path"}


def _from_json(values: dict[str, Any], path: Path) -> Rendered:
    return Rendered(**values | {
        "path": path,
        "sections": tuple(SectionSpan(**section) for section in values["sections"]),
        "captions": tuple(Caption(**caption) for caption in values["captions"]),
        "warnings": tuple(values["warnings"]),
        "drawn_by_manim": tuple(values.get("drawn_by_manim", ())),
        "cached": True,
    })  # fmt: skip
