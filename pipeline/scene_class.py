"""From a scene's name to its class."""

from __future__ import annotations

import importlib
import importlib.util
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

from manim import Scene

from .errors import NotFound, SceneFailed, not_found
from .job import SceneRef


@contextmanager
def scene_class(ref: SceneRef) -> Iterator[type[Scene]]:
    """The scene's class; in the block a scene file's neighbours can be imported too."""
    path = list(sys.path)
    try:
        module = _load_file(Path(ref.module)) if ref.module.endswith(".py") else _load(ref.module)
        yield _pick(module, ref.name)
    finally:
        sys.path[:] = path


def _load(name: str) -> ModuleType:
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as error:
        if error.name is not None and (name == error.name or name.startswith(error.name + ".")):
            raise NotFound(f"there is no module {name!r}") from error
        raise SceneFailed(f"importing {name} failed: {error}") from error
    except Exception as error:
        raise SceneFailed(f"importing {name} failed: {_one_line(error)}") from error


def _load_file(path: Path) -> ModuleType:
    if not path.is_file():
        raise NotFound(f"there is no file {str(path)!r}")
    sys.path.insert(0, str(path.resolve().parent))
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    # Dataclasses and pickles look their module up by name while it is being run.
    before = sys.modules.get(path.stem)
    sys.modules[path.stem] = module
    try:
        spec.loader.exec_module(module)
    except Exception as error:
        raise SceneFailed(f"running {path} failed: {_one_line(error)}") from error
    finally:
        if before is not None:
            sys.modules[path.stem] = before
    return module


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
    raise not_found("scene", name, scenes)


def _one_line(error: Exception) -> str:
    return f"{type(error).__name__}: {' '.join(str(error).split())}"
