"""The whole package: quick to import, and needs only NumPy and the standard library."""

import ast
import subprocess
import sys
from pathlib import Path

import gdcore

FOLDER = Path(gdcore.__file__).parent
TIMED = """
import sys, time, numpy
begun = time.process_time()
import gdcore
print(time.process_time() - begun, "manim" in sys.modules)
"""


def test_imports_in_a_fraction_of_a_second() -> None:
    taken = []
    for _ in range(3):
        run = subprocess.run(
            [sys.executable, "-c", TIMED],
            cwd=FOLDER.parent,
            capture_output=True,
            text=True,
            check=True,
        )
        seconds, manim = run.stdout.split()
        assert manim == "False"
        taken.append(float(seconds))
    assert min(taken) < 0.2


def test_imports_numpy_and_the_standard_library_alone() -> None:
    allowed = {"gdcore", "numpy", *sys.stdlib_module_names}
    for path in FOLDER.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                assert node.level == 0 and node.module
                names = [node.module]
            assert {name.partition(".")[0] for name in names} <= allowed, path.name


def test_every_public_name_exists_and_is_documented() -> None:
    assert sorted(gdcore.__all__) == sorted(set(gdcore.__all__))
    for name in gdcore.__all__:
        value = getattr(gdcore, name)
        if callable(value):
            assert value.__doc__ and not value.__doc__.startswith(f"{name}("), name
