"""The launcher in its own checkout, with stand-ins on the PATH: nothing real is installed."""

import shutil
import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TOOLS = (
    *("cat", "cksum", "cp", "date", "env", "grep", "id", "ln", "mkdir", "mv", "ps", "readlink"),
    *("rm", "rmdir", "setsid", "sh", "sleep", "tail", "touch", "true", "uname"),
)
TESTED_WITH = ("chromium", "firefox-esr", "pdftotext", "espeak-ng", "soffice")
"""The programs that only the tests start."""

# Answers the launcher's probe, makes environments, and logs everything else it is asked to do.
PYTHON = """
case "$*" in
    "-I -c "*) echo "3.11 1 1 $0" ;;
    "-m venv "*) echo "$@" >>"$LOG"; mkdir -p "$3/bin"; cp "$0" "$3/bin/python" ;;
    "-m pip --version") ;;
    "-m pip "*)
        echo "$@" >>"$LOG"
        sleep "${PIP_SECONDS:-0}"
        exit "${PIP_STATUS:-0}" ;;
    *) echo "$PWD" "$@"; exit "${STATUS:-0}" ;;
esac
"""


def _heed_interrupts() -> None:
    """A suite that a shell started in the background inherits SIGINT as ignored."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@dataclass
class Checkout:
    """A checkout with the launcher, and the commands and variables that it can see."""

    root: Path
    commands: Path
    environment: dict[str, str]

    @property
    def venv(self) -> Path:
        """The environment that the launcher keeps."""
        return self.root / ".venv"

    @property
    def log(self) -> list[str]:
        """What Python was asked to install, one line a call."""
        path = Path(self.environment["LOG"])
        return path.read_text().splitlines() if path.exists() else []

    def command(self, name: str, script: str) -> Path:
        """Put a shell script of this name on the PATH."""
        path = self.commands / name
        path.unlink(missing_ok=True)
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)
        return path

    def start(self, *arguments: str, gd: Path | None = None) -> subprocess.Popen[str]:
        """Start ./gd from another working directory, standard input closed and HOME unset."""
        return subprocess.Popen(
            [str(gd or self.root / "gd"), *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd="/",
            env={"PATH": str(self.commands), **self.environment},
            preexec_fn=_heed_interrupts,
        )

    def gd(self, *arguments: str, gd: Path | None = None) -> subprocess.CompletedProcess[str]:
        """Run ./gd to its end."""
        with self.start(*arguments, gd=gd) as process:
            try:
                out, err = process.communicate(timeout=60)
            finally:
                process.kill()
        return subprocess.CompletedProcess(arguments, process.returncode, out, err)


@pytest.fixture
def fresh(tmp_path: Path) -> Checkout:
    """A fresh checkout, in a path with a space and Chinese letters; the system has all it needs."""
    root, commands = tmp_path / "课程 films", tmp_path / "bin"
    root.mkdir()
    commands.mkdir()
    shutil.copy(ROOT / "gd", root)
    shutil.copy(ROOT / "pyproject.toml", root)
    shutil.copytree(ROOT / "setup", root / "setup")
    for tool in TOOLS:
        if path := shutil.which(tool):
            (commands / tool).symlink_to(path)
    made = Checkout(root, commands, {"LOG": str(tmp_path / "log")})
    for name in ("cc", "c++", "pkg-config", *TESTED_WITH):
        made.command(name, "exit 0")
    made.command("fc-list", "echo Noto Sans CJK SC")
    made.environment["GD_PYTHON"] = str(made.command("python", PYTHON))
    return made


@pytest.fixture
def checkout(fresh: Checkout) -> Checkout:
    """The same after its first start; nothing is in its log."""
    assert fresh.gd("test").returncode == 0
    Path(fresh.environment["LOG"]).unlink()
    return fresh
