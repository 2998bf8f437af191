"""The built wheel, and its installation in an environment outside the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
Finished = subprocess.CompletedProcess[str]


@dataclass(frozen=True)
class Installation:
    """An environment with the wheel in it, and a clean folder to work in."""

    environment: Path
    folder: Path

    @property
    def packages(self) -> Path:
        """Where the wheel was unpacked."""
        names = {"base": str(self.environment), "platbase": str(self.environment)}
        return Path(sysconfig.get_path("purelib", vars=names))

    def program(self, name: str) -> Path:
        """The path of an installed command."""
        suffix = ".exe" if os.name == "nt" else ""
        return self.environment / ("Scripts" if os.name == "nt" else "bin") / f"{name}{suffix}"

    def run(self, name: str, *words: str) -> Finished:
        """Run an installed command in the clean folder; it must succeed."""
        kept = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
        done = subprocess.run(
            [self.program(name), *words],
            cwd=self.folder,
            env=kept | {"LANG": "en_US.UTF-8", "PYTHONUTF8": "1"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            timeout=120,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done

    def files(self) -> dict[Path, int]:
        """All files of the environment except compiled ones, with their times of change."""
        found = (path for path in self.environment.rglob("*") if "__pycache__" not in path.parts)
        return {path: path.lstat().st_mtime_ns for path in found}


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project's wheel, built by hatchling as pip and uv build it."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder],
        cwd=ROOT, check=True, capture_output=True,
    )  # fmt: skip
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="session")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """The wheel in a fresh environment that borrows its dependencies from this one.

    A .pth file names this environment's packages. The .pth files in there are not read, so the
    checkout itself is not on the path.
    """
    made = Installation(tmp_path_factory.mktemp("environment"), tmp_path_factory.mktemp("clean"))
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", made.environment], check=True)
    subprocess.run(
        [sys.executable, "-m", "pip", "--python", made.program("python"), "install", "--quiet",
         "--no-deps", "--no-index", wheel],
        check=True, capture_output=True,
    )  # fmt: skip
    borrowed = [path for path in sys.path if Path(path).name in ("site-packages", "dist-packages")]
    (made.packages / "borrowed.pth").write_text("\n".join(borrowed), encoding="utf-8")
    return made
