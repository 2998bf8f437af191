"""The plan of the house: who may import whom, how long a file may be, what no film does."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
OWN = {"gdcore", "scenes", "pipeline", "cli", "render", "exit_codes"}
STANDARD = set(sys.stdlib_module_names)
LONGEST = 300  # lines of a file
FULLEST = 25  # modules in a folder of the scenes

# What may be imported besides the standard library, room by room.
MAY_IMPORT = {
    "gdcore": {"gdcore", "numpy"},
    "scenes": {
        "scenes", "gdcore", "exit_codes", "manim", "numpy", "fontTools", "typst", "contourpy",
    },
    "pipeline": {
        "pipeline", "exit_codes", "manim", "numpy", "cairo", "av", "PIL", "platformdirs", "srt",
        "svgelements",
    },
    "cli": {
        "cli", "gdcore", "scenes", "pipeline", "exit_codes", "click", "fontTools", "packaging",
        "platformdirs",
    },
    "render": {"cli", "gdcore", "scenes", "pipeline", "click"},
    "exit_codes": set(),
}  # fmt: skip
# Which groups of the stage may be imported by each of them, besides itself.
STAGE: dict[str, set[str]] = {
    "page": set(),
    "plots": {"page"},
    "descent": {"page", "plots"},
    "noise": {"page", "plots"},
    "maps": {"page", "plots"},
}
WITHOUT_MANIM = (
    "scenes",
    "scenes.lesson",
    "scenes.plans",
    "scenes.locales",
    "scenes.stage.page.fonts",
    "gdcore",
    "render",
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
    """trace → scene → frames → file, and click in front of all."""
    assert sources(room)
    wrong = [
        f"{path.relative_to(ROOT)} imports {module}"
        for path in sources(room)
        for module in imports(path)
        if module.partition(".")[0] not in MAY_IMPORT[room] | STANDARD
        and (path.name, module.partition(".")[0]) != ("start.py", "render")  # it starts it
    ]
    assert not wrong, "\n".join(wrong)


def test_the_reading_of_imports_sees_all_kinds() -> None:
    """Plain, renamed, from, relative, and within a function."""
    folder = ROOT / "pipeline"
    found = {module for path in folder.rglob("*.py") for module in imports(path)}
    assert "pipeline.job.errors" in found
    assert "pipeline.job.encodings" in found
    assert {"numpy", "manim"} <= {module.partition(".")[0] for module in found}
    film = ROOT / "scenes/stage/page/film.py"
    assert "scenes.stage.page.heading" in set(imports(film))  # in a function


def films() -> set[str]:
    """The names of the films' files."""
    found = {path.stem for path in (ROOT / "scenes").glob("*.py")} - {"__init__", "lesson"}
    assert {"batch", "sgd"} <= found
    return found


def test_films_do_not_import_each_other() -> None:
    """What films share lies on the stage."""
    modules = {f"scenes.{film}" for film in films()}
    for path in sources("scenes"):
        assert not modules & set(imports(path)), path


def test_a_films_parts_are_its_own() -> None:
    """They are imported by their film and by each other: what another film needs is shared."""
    owners = {path.name for path in (ROOT / "scenes/parts").iterdir() if path.is_dir()}
    assert owners - {"__pycache__"} <= films()
    for room in MAY_IMPORT:
        for path in sources(room):
            place = ".".join(path.relative_to(ROOT).with_suffix("").parts)
            owner = place.removeprefix("scenes.").removeprefix("parts.").partition(".")[0]
            for module in imports(path):
                if module == "scenes.parts" or module.startswith("scenes.parts."):
                    assert module.startswith(f"scenes.parts.{owner}."), (path, module)


def test_the_stages_arrows_never_turn_back() -> None:
    """Page, then plots, then what is drawn on them; nothing lies loose on the stage."""
    stage = ROOT / "scenes/stage"
    assert {path.parent.name for path in stage.rglob("*.py")} == {"stage", *STAGE}
    assert [path.name for path in stage.glob("*.py")] == ["__init__.py"]
    for group, others in STAGE.items():
        for path in (stage / group).glob("*.py"):
            for module in imports(path):
                if module == "scenes.stage" or module.startswith("scenes.stage."):
                    used = module.removeprefix("scenes.stage").lstrip(".").partition(".")[0]
                    assert used in {"", group} | others, (path, module)


def test_a_folder_of_the_scenes_can_be_taken_in() -> None:
    folders = Counter(path.parent for path in sources("scenes"))
    assert not {folder: count for folder, count in folders.items() if count > FULLEST}


@pytest.mark.parametrize("module", WITHOUT_MANIM)
def test_what_must_be_quick_loads_no_manim(module: str) -> None:
    """`list`, `trace` and `--help` rest on these."""
    code = f"import sys, {module}; sys.exit('manim' in sys.modules)"
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], cwd=ROOT, check=False)
    assert done.returncode == 0


def test_the_core_loads_numpy_alone() -> None:
    """It can be lifted out: nothing of the other rooms comes along."""
    code = f"import sys, gdcore; sys.exit(bool({OWN - {'gdcore'}!r} & set(sys.modules)))"
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
    """A path must not depend on the frame rate, and nothing is built anew for a frame."""
    forbidden = {"always_redraw", "add_updater", "UpdateFromFunc", "UpdateFromAlphaFunc"}
    for path in sources("scenes"):
        assert not forbidden & names(path), path


def test_no_film_needs_latex_or_the_environment() -> None:
    """Formulas are Typst; language, theme and all else come with the lesson."""
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
