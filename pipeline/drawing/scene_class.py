"""From a scene's name to its class."""

from __future__ import annotations

import importlib
import importlib.util
import site
import sys
import sysconfig
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import ModuleType
from typing import Any

from manim import Scene

from pipeline.job.errors import NotFound, SceneFailed, no_scene
from pipeline.job.job import SceneRef


@contextmanager
def scene_class(ref: SceneRef) -> Iterator[type[Scene]]:
    """The scene's class. Within the block, modules beside a scene file can be imported too."""
    if not ref.module.endswith(".py"):
        yield _pick(_load(ref.module), ref.name)
        return
    # A user's file may have the name of a module that we need, so sys.modules is restored. Their
    # modules are removed too: each film loads them anew, as manim does in a process of its own.
    file = Path(ref.module)
    path, before = list(sys.path), dict(sys.modules)
    try:
        with _compiled_anew():
            yield _pick(_load_file(file), ref.name)
    finally:
        sys.path[:] = path
        for name, module in list(sys.modules.items()):
            origin = getattr(module, "__file__", None)
            new = name not in before and name.partition(".")[0] not in before
            if new and isinstance(origin, str) and not _is_installed(origin):
                del sys.modules[name]
        sys.modules.pop(file.stem, None)
        if file.stem in before:
            sys.modules[file.stem] = before[file.stem]


def _load(name: str) -> ModuleType:
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as error:
        if error.name is not None and (name == error.name or name.startswith(error.name + ".")):
            raise NotFound("there is no module {name!r}", name=name) from error
        raise SceneFailed(
            "importing {name} failed: {error}", name=name, error=str(error)
        ) from error
    except Exception as error:
        raise SceneFailed(
            "importing {name} failed: {error}", name=name, error=_one_line(error)
        ) from error


def _load_file(path: Path) -> ModuleType:
    if not path.is_file():
        raise NotFound("there is no file {path!r}", path=str(path))
    sys.path.insert(0, str(path.resolve().parent))
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[path.stem] = module  # dataclasses look up their module by its name
    try:
        spec.loader.exec_module(module)
    except Exception as error:
        raise SceneFailed(
            "running {path} failed: {error}", path=path, error=_one_line(error)
        ) from error
    return module


@contextmanager
def _compiled_anew() -> Iterator[None]:
    """Within the block, users' modules are compiled each time they are loaded.

    Python notices a change by the file's size and its time in whole seconds. After two changes
    within one second it could load the older code, and its film would be kept for the new file.
    """
    stats = SourceFileLoader.path_stats

    def path_stats(loader: SourceFileLoader, path: str) -> Any:
        if _is_installed(path):
            return stats(loader, path)
        raise OSError("bytecode is not used")  # nor written

    SourceFileLoader.path_stats = path_stats  # type: ignore[method-assign,assignment]
    try:
        yield
    finally:
        SourceFileLoader.path_stats = stats  # type: ignore[method-assign]


def _is_installed(path: str) -> bool:
    """Whether a file is Python's own or an installed package's, which nobody edits."""
    places = {sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")}
    return Path(path).is_relative_to(site.getusersitepackages()) or any(
        Path(path).is_relative_to(place) for place in places
    )


def _pick(module: ModuleType, name: str) -> type[Scene]:
    found = getattr(module, name, None)
    if isinstance(found, type) and issubclass(found, Scene):
        return found
    scenes = [
        key
        for key, value in vars(module).items()
        if isinstance(value, type)
        and issubclass(value, Scene)
        and value.__module__ == module.__name__
    ]
    raise no_scene(name, scenes)


def _one_line(error: Exception) -> str:
    return f"{type(error).__name__}: {' '.join(str(error).split())}"
