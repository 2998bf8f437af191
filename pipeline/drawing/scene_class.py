"""From a scene's name to its class."""

from __future__ import annotations

import importlib
import importlib.util
import os
import sys
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
    # A user's file may have the name of a module that we need, so sys.modules is restored. Modules
    # beside the file are removed too: another folder may have modules of the same names.
    file = Path(ref.module)
    path, before = list(sys.path), dict(sys.modules)
    try:
        yield _pick(_load_file(file), ref.name)
    finally:
        sys.path[:] = path
        folder = str(file.resolve().parent) + os.sep
        for name, module in list(sys.modules.items()):
            if str(getattr(module, "__file__", "")).startswith(folder) and name not in before:
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
    loader = _FromSource(path.stem, str(path))
    spec = importlib.util.spec_from_file_location(path.stem, path, loader=loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[path.stem] = module  # dataclasses look up their module by its name
    writes = sys.dont_write_bytecode
    sys.dont_write_bytecode = True  # modules beside the file: see `_FromSource`
    try:
        loader.exec_module(module)
    except Exception as error:
        raise SceneFailed(
            "running {path} failed: {error}", path=path, error=_one_line(error)
        ) from error
    finally:
        sys.dont_write_bytecode = writes
    return module


class _FromSource(SourceFileLoader):
    """Compiles a file each time it is loaded.

    Python notices a change by the file's size and its time in whole seconds. After two changes
    within one second it could load the older code, and its film would be kept for the new file.
    """

    def path_stats(self, path: str) -> Any:
        raise OSError("bytecode is not used")


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
