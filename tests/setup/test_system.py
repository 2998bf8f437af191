"""What the launcher does about system packages, and what it says if it can do nothing."""

from pathlib import Path

import pytest

from tests.setup.conftest import Checkout


@pytest.fixture
def lacking(fresh: Checkout) -> Checkout:
    """A Linux system without pango, seen by a user who is not root."""
    fresh.command("id", "echo 1000")
    fresh.command("uname", "case $1 in -m) echo x86_64 ;; *) echo Linux ;; esac")
    fresh.command("pkg-config", 'case "$*" in *pango*) [ -e "$LOG.pango" ] ;; esac')
    return fresh


def one_line(text: str) -> str:
    """The only line of the text."""
    (line,) = text.splitlines()
    return line


def test_without_rights_one_line_says_what_to_install(lacking: Checkout) -> None:
    lacking.command("apt-get", 'touch "$LOG.asked"')
    ran = lacking.gd("list")
    assert ran.returncode == 69
    assert one_line(ran.stderr).endswith("apt-get install libpango1.0-dev")
    assert not Path(lacking.environment["LOG"] + ".asked").exists()


def test_sudo_that_would_ask_is_not_used_without_a_terminal(lacking: Checkout) -> None:
    lacking.command("apt-get", "exit 0")
    lacking.command("sudo", '[ "$1" = -n ] && exit 1; echo asked >&2; sleep 60')
    ran = lacking.gd("list")
    assert ran.returncode == 69
    assert "asked" not in one_line(ran.stderr)


def test_with_sudo_the_missing_package_is_announced_and_installed(lacking: Checkout) -> None:
    lacking.command("sudo", '[ "$1" = -n ] || exit 9; shift; exec "$@"')
    lacking.command(
        "apt-get",
        'echo "$DEBIAN_FRONTEND $*" >>"$LOG.apt"\n'
        'case "$*" in *install*) touch "$LOG.pango" ;; esac',
    )
    ran = lacking.gd("list")
    assert ran.returncode == 0
    assert ran.stderr.splitlines()[0] == "gd: installing libpango1.0-dev (sets the texts)"
    update, install = Path(lacking.environment["LOG"] + ".apt").read_text().splitlines()
    assert update.startswith("noninteractive -y")
    assert update.endswith(" update")
    assert install.endswith(" install --no-install-recommends libpango1.0-dev")


def test_what_only_the_tests_need_is_installed_for_them_alone(fresh: Checkout) -> None:
    fresh.command("id", "echo 0")
    fresh.command("uname", "case $1 in -m) echo x86_64 ;; *) echo Linux ;; esac")
    (fresh.commands / "pdftotext").unlink()
    (fresh.commands / "espeak-ng").unlink()
    fresh.command("apt-get", 'echo "$*" >>"$LOG.apt"')
    asked = Path(fresh.environment["LOG"] + ".apt")
    assert fresh.gd("list").returncode == 0 and not asked.exists()
    assert fresh.gd("test").returncode == 0
    assert (
        asked.read_text()
        .splitlines()[-1]
        .endswith(" install --no-install-recommends poppler-utils espeak-ng")
    )


def test_a_failing_apt_is_shown_and_named(lacking: Checkout) -> None:
    lacking.command("id", "echo 0")
    lacking.command("apt-get", 'echo "E: no such mirror"; exit 100')
    ran = lacking.gd("list")
    assert ran.returncode == 69
    assert "E: no such mirror" in ran.stderr
    assert ran.stderr.splitlines()[-1].endswith("libpango1.0-dev")


def test_an_unknown_system_gives_one_line(lacking: Checkout) -> None:
    ran = lacking.gd("list")
    assert ran.returncode == 69
    assert "libpango1.0-dev" in one_line(ran.stderr)


def test_macos_without_homebrew_gives_one_line(lacking: Checkout) -> None:
    lacking.command("uname", "echo Darwin")
    lacking.command("xcode-select", "exit 0")
    ran = lacking.gd("list")
    assert ran.returncode == 69
    assert one_line(ran.stderr).startswith("gd: install Homebrew")


def test_homebrew_installs_by_its_own_names(lacking: Checkout) -> None:
    lacking.command("uname", "echo Darwin")
    lacking.command("xcode-select", "exit 0")
    lacking.command("brew", 'echo "$@" >"$LOG.brew"; touch "$LOG.pango"')
    assert lacking.gd("list").returncode == 0
    assert Path(lacking.environment["LOG"] + ".brew").read_text() == "install pango\n"


@pytest.mark.parametrize("answer", ["exit 127", "echo; exit 0", "exit 0"])
def test_a_shim_that_fails_is_no_python(fresh: Checkout, answer: str) -> None:
    fresh.command("python", answer)
    ran = fresh.gd("list")
    assert ran.returncode == 69
    assert "GD_PYTHON=" in one_line(ran.stderr)
