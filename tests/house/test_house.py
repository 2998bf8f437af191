"""The plan of the house: which room may import which, how long a file may be, what no film does."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from scenes import FILMS

ROOT = Path(__file__).resolve().parents[2]
STANDARD = set(sys.stdlib_module_names)
LONGEST = 300  # lines of a file
FULLEST = 25  # modules in a folder

# What each room may import, in addition to the standard library.
MAY_IMPORT = {
    "gdcore": {"gdcore", "numpy"},
    "programs": {"programs", "gdcore", "numpy"},
    "scenes": {
        "scenes", "programs", "gdcore", "exit_codes", "manim", "numpy", "fontTools", "typst",
        "contourpy",
    },
    "pipeline": {
        "pipeline", "exit_codes", "manim", "numpy", "cairo", "av", "PIL", "platformdirs",
        "svgelements",
    },
    "voice": {"voice", "pipeline", "exit_codes", "av", "numpy", "pypinyin", "cn2an"},
    "cli": {
        "cli", "gdcore", "programs", "scenes", "pipeline", "voice", "exit_codes", "click",
        "packaging", "typst", "pptx", "lxml", "jinja2", "markupsafe", "dask", "distributed",
    },
    "gd_films": {
        "gd_films", "cli", "scenes", "pipeline", "gdcore", "exit_codes", "click", "numpy", "av",
        "IPython",
    },
    "render": {"cli"},
    "exit_codes": set(),
}  # fmt: skip
# What each part of a room may import, in addition to itself.
INSIDE: dict[str, dict[str, set[str]]] = {
    "scenes": {
        "locales": set(),
        "catalogue": {"locales"},
        "stage": {"locales", "catalogue"},
        "films": {"locales", "catalogue", "stage"},
    },
    "pipeline": {
        "job": set(),
        "files": {"job"},
        "cache": {"job", "files"},
        "drawing": {"job"},
        "encoders": {"job"},
        "parallel": {"job", "cache", "drawing", "encoders"},
    },
    "pipeline/drawing": {"repaint": set()},
    "pipeline/encoders": {"h264": set(), "animation": {"alpha", "base", "segmented"}},
    "cli": {
        "console": set(),
        "lecture": {"console"},
        "request": {"console", "lecture"},
        "making": {"console", "lecture", "request"},
        "paper": {"console", "request", "making"},
        "html": set(),
        "deck": {"console", "request", "making", "html"},
        "gallery": {"console", "lecture", "request", "making", "html"},
        "verbs": {"console", "lecture", "request", "making", "paper", "deck"},
        "course": {"console", "lecture", "request", "making", "gallery", "verbs"},
    },
    "scenes/stage": {
        "page": set(),
        "plots": {"page"},
        "descent": {"page", "plots"},
        "noise": {"page", "plots"},
        "maps": {"page", "plots"},
    },
}
# Files beside the parts, which may import all parts. Other rooms have no such files.
LOOSE: dict[str, set[str]] = {
    "pipeline": {"clips", "joining", "rendering"},
    "cli": {"start", "program"},
    "pipeline/drawing": {
        "causes", "config_files", "frames", "gc_pause", "glyphs", "jumps", "made_scene",
        "scene_class", "selection", "session", "share", "shortcuts", "timeline", "warnings",
    },
    "pipeline/encoders": {
        "alpha", "archive", "base", "chain", "copies", "cover", "cue_list", "cut",
        "encoder_thread", "joined", "mp4", "mux", "png", "prores", "segmented", "sheet",
        "soundtrack", "stream", "tee", "webm", "yuv",
    },
}  # fmt: skip
# What may name manim's camera and renderer: a new manim shall change only one room.
SEAM = "pipeline/drawing"
WITHOUT_MANIM = (
    "scenes",
    "scenes.locales",
    "scenes.stage.page.fonts",
    "gdcore",
    "programs.execution",
    "programs.printout",
    "cli.program",
    "gd_films",
)


def sources(room: str) -> list[Path]:
    """The room's Python files; of ``render`` and ``exit_codes`` the one file."""
    alone = ROOT / f"{room}.py"
    return [alone] if alone.is_file() else sorted((ROOT / room).rglob("*.py"))


def all_sources() -> list[Path]:
    """Every Python file of the project, tests included."""
    return [path for room in [*MAY_IMPORT, "tests"] for path in sources(room)]


def imports(path: Path) -> Iterator[str]:
    """The dotted names of all modules that a file imports, at its top or within functions."""
    package = path.relative_to(ROOT).parent.parts
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join([*base, *([node.module] if node.module else [])])
            yield module
            yield from (f"{module}.{alias.name}" for alias in node.names)


def names(path: Path) -> set[str]:
    """All identifiers that a file uses: variables, functions, attributes, imports."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.Name(id=name) | ast.Attribute(attr=name) | ast.alias(name=name):
                found.add(name)
    return found


@pytest.mark.parametrize("room", MAY_IMPORT)
def test_arrows_never_turn_back(room: str) -> None:
    """trace → scene → frames → file, with click above all."""
    assert sources(room)
    wrong = [
        f"{path.relative_to(ROOT)} imports {module}"
        for path in sources(room)
        for module in imports(path)
        if module.partition(".")[0] not in MAY_IMPORT[room] | STANDARD
    ]
    assert not wrong, "\n".join(wrong)


def test_the_reading_of_imports_sees_all_kinds() -> None:
    """Plain, renamed, from, relative, and within a function."""
    folder = ROOT / "pipeline"
    found = {module for path in folder.rglob("*.py") for module in imports(path)}
    assert "pipeline.job.errors" in found
    assert "pipeline.job.encodings" in found
    assert {"numpy", "manim"} <= {module.partition(".")[0] for module in found}
    film = ROOT / "scenes/stage/page/film_scene.py"
    assert "scenes.stage.page.heading" in set(imports(film))  # in a function


def within(module: str, place: str) -> str | None:
    """The part of a place that a module belongs to ("" for the place itself), None if it is not."""
    name = place.replace("/", ".")
    if module != name and not module.startswith(f"{name}."):
        return None
    return module.removeprefix(name).lstrip(".").partition(".")[0]


@pytest.mark.parametrize("place", INSIDE)
def test_the_arrows_inside_a_room_never_turn_back(place: str) -> None:
    """Each part imports only those before it; the files beside the parts are listed."""
    folder, parts = ROOT / place, INSIDE[place]
    assert {path.name for path in folder.iterdir() if list(path.glob("*.py"))} == {*parts}
    assert {path.stem for path in folder.glob("*.py")} == {"__init__"} | LOOSE.get(place, set())
    wrong = [
        f"{path.relative_to(ROOT)} imports {module}"
        for part, others in parts.items()
        for path in (folder / part).rglob("*.py")
        for module in imports(path)
        if within(module, place) not in {None, part} | others
    ]
    assert not wrong, "\n".join(wrong)


def test_one_room_is_the_seam_to_manims_camera_and_renderer() -> None:
    seam = ("manim.camera", "manim.renderer")
    named = {
        path.relative_to(ROOT).as_posix()
        for room in MAY_IMPORT
        for path in sources(room)
        if any(module.startswith(seam) for module in imports(path))
    }
    assert named
    assert all(path.startswith(f"{SEAM}/") for path in named), named


def films() -> set[str]:
    """The names of the films' folders."""
    found = {path.parent.name for path in (ROOT / "scenes/films").glob("*/plan.py")}
    assert {"batch", "sgd"} <= found
    return found


def test_a_film_is_a_folder_of_its_own() -> None:
    """Its plan, its scene, its parts; no other film imports them."""
    folder = ROOT / "scenes/films"
    assert {path.parent.name for path in folder.glob("*/scene.py")} == films()
    assert [path.name for path in folder.glob("*.py")] == ["__init__.py"]
    for room in MAY_IMPORT:
        for path in sources(room):
            owner = path.relative_to(folder).parts[0] if path.is_relative_to(folder) else ""
            for module in imports(path):
                assert within(module, "scenes/films") in {None, owner}, (path, module)


def test_the_catalogue_holds_every_film() -> None:
    """The films in the catalogue's list are exactly those in the folder."""
    modules = [film.module for film in FILMS.values()]
    assert sorted(modules) == sorted(f"scenes.films.{folder}.scene" for folder in films())


def test_a_folder_can_be_taken_in() -> None:
    folders = Counter(path.parent.relative_to(ROOT) for path in all_sources())
    assert not {str(folder): count for folder, count in folders.items() if count > FULLEST}


@pytest.mark.parametrize("module", WITHOUT_MANIM)
def test_what_must_be_quick_loads_no_manim(module: str) -> None:
    """`list`, `trace` and `--help` use these."""
    code = f"import sys, {module}; sys.exit('manim' in sys.modules)"
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], cwd=ROOT, check=False)
    assert done.returncode == 0


def test_the_core_loads_numpy_alone() -> None:
    """It can be used alone: it loads nothing from the other rooms."""
    others = {*MAY_IMPORT} - {"gdcore"}
    code = f"import sys, gdcore; sys.exit(bool({others!r} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False)
    assert done.returncode == 0


def test_no_drawer_for_odds_and_ends() -> None:
    stems = {path.stem for path in all_sources()}
    assert not stems & {"util", "utils", "common", "helpers", "misc"}


def test_files_are_short() -> None:
    lengths = {
        str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines())
        for path in all_sources()
    }
    assert not {path: lines for path, lines in lengths.items() if lines >= LONGEST}


def test_no_film_moves_anything_by_updaters() -> None:
    """A path must not depend on the frame rate, and nothing is built again for each frame."""
    forbidden = {"always_redraw", "add_updater", "UpdateFromFunc", "UpdateFromAlphaFunc"}
    for path in sources("scenes"):
        assert not forbidden & names(path), path


def test_no_film_needs_latex_or_the_environment() -> None:
    """Formulas are Typst; language, theme and everything else come as arguments."""
    latex = {"Tex", "MathTex", "SingleStringMathTex", "DecimalNumber", "Integer"}
    for path in sources("scenes"):
        assert not latex & names(path), path
        if path.name != "fonts.py":  # it looks for fonts in the user's folders
            assert not {"environ", "getenv"} & names(path), path


def test_colours_are_named_in_the_theme_only() -> None:
    """A film asks for a role."""
    for path in sources("scenes"):
        if path.name == "theme.py":
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        colors = {
            node.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and len(node.value) == 7
            and node.value.startswith("#")
        }
        # Glyph outlines are cut from a text whose colour is never shown.
        assert colors <= ({"#ffffff"} if path.name == "glyphs.py" else set()), path
