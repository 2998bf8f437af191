"""What the launcher does about system packages, and what it says if it can do nothing."""

from pathlib import Path

import pytest

from tests.setup.conftest import TESTED_WITH, Checkout

pytestmark = pytest.mark.slow


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


OTHERS = ["poppler-utils", "espeak-ng", "libreoffice-impress"]
FIREFOX = ["firefox-esr", "libavcodec-extra"]
LOGGED = 'echo "$*" >>"$LOG.apt"'


@pytest.fixture
def untested(fresh: Checkout) -> Checkout:
    """A Linux system, seen by root, without the programs that only the tests start."""
    fresh.command("id", "echo 0")
    fresh.command("uname", "case $1 in -m) echo x86_64 ;; *) echo Linux ;; esac")
    fresh.command("apt-get", LOGGED)
    fresh.command("apt-cache", "echo '  Candidate: 1'")
    for name in TESTED_WITH:
        (fresh.commands / name).unlink()
    return fresh


def asked_of_apt(checkout: Checkout) -> list[str]:
    """The packages of the last call of apt-get, if there was one."""
    path = Path(checkout.environment["LOG"] + ".apt")
    if not path.exists():
        return []
    return path.read_text().splitlines()[-1].partition(" --no-install-recommends ")[2].split()


def test_what_only_the_tests_need_is_installed_for_them_alone(untested: Checkout) -> None:
    assert untested.gd("list").returncode == 0 and not asked_of_apt(untested)
    assert untested.gd("test").returncode == 0
    assert asked_of_apt(untested) == ["chromium", *FIREFOX, *OTHERS]


def test_a_checkout_that_is_set_up_gets_what_a_new_test_needs(checkout: Checkout) -> None:
    checkout.command("id", "echo 0")
    checkout.command("uname", "case $1 in -m) echo x86_64 ;; *) echo Linux ;; esac")
    checkout.command("apt-get", LOGGED)
    (checkout.commands / "espeak-ng").unlink()
    with (checkout.root / "setup" / "system.sh").open("a") as file:
        file.write("# one more program\n")
    assert checkout.gd("list").returncode == 0 and not asked_of_apt(checkout)
    assert checkout.gd("test").returncode == 0
    assert asked_of_apt(checkout) == ["espeak-ng"]


def test_without_a_packaged_browser_the_rest_is_installed(untested: Checkout) -> None:
    untested.command("apt-cache", "echo '  Candidate: (none)'")
    ran = untested.gd("test")
    assert ran.returncode == 0
    assert "no package chromium" in ran.stderr and "no package firefox-esr" in ran.stderr
    assert asked_of_apt(untested) == OTHERS


@pytest.mark.parametrize("name", ["chromium-browser", "google-chrome"])
def test_another_browser_will_do(untested: Checkout, name: str) -> None:
    untested.command(name, "exit 0")
    untested.command("firefox", "exit 0")
    assert untested.gd("test").returncode == 0
    assert asked_of_apt(untested) == OTHERS


def test_on_macos_a_browser_is_only_named(untested: Checkout) -> None:
    system = untested.root / "setup" / "system.sh"
    system.write_text(system.read_text().replace("=/Applications ", "=/nowhere "))
    untested.command("uname", "echo Darwin")
    untested.command("xcode-select", "exit 0")
    untested.command("brew", 'echo "$@" >"$LOG.brew"')
    ran = untested.gd("test")
    assert ran.returncode == 0 and "brew install --cask chromium" in ran.stderr
    assert Path(untested.environment["LOG"] + ".brew").read_text() == "install poppler espeak-ng\n"


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
