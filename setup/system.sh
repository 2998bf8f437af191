# Sourced by ./gd. Finds a Python and the other things that the system must have; installs the missing ones.
# shellcheck shell=sh disable=SC2154 # $root, $venv, $groups come from ./gd, $lockdir from locking.sh

PYTHONS="3.11 3.12 3.13 3.14" # in order of preference; .python-version names the first

PROBE='
import importlib.util, os, sys, sysconfig
version = "%d.%d" % sys.version_info[:2]
if version not in sys.argv[1].split() or sys.implementation.name != "cpython":
    sys.exit(1)
if sysconfig.get_config_var("Py_GIL_DISABLED"):
    sys.exit(1)
base = getattr(sys, "_base_executable", sys.executable)
named = os.path.join(os.path.dirname(base), "python" + version)
headers = os.path.isfile(os.path.join(sysconfig.get_path("include"), "Python.h"))
makes_venv = all(importlib.util.find_spec(name) for name in ("ensurepip", "venv"))
print(version, int(headers), int(makes_venv), named if os.path.exists(named) else base)
'

apps=/Applications # of macOS

has() { command -v "$1" >/dev/null 2>&1; }

probe() { # COMMAND: sets version, headers, makes_venv, python; fails for a shim without a Python
    answer=$("$1" -I -c "$PROBE" "$PYTHONS" 2>/dev/null </dev/null) && [ -n "$answer" ] || return 1
    IFS=' ' read -r version headers makes_venv python <<EOF
$answer
EOF
}

find_python() { # the first that can build an environment; else the first that lacks only system packages
    if [ -n "${GD_PYTHON-}" ]; then # the user's own choice
        probe "$GD_PYTHON" || fail 69 "GD_PYTHON=$GD_PYTHON is no working Python; allowed: $PYTHONS"
        return
    fi
    partial=''
    for minor in $PYTHONS ''; do
        name=python${minor:-3}
        for candidate in "$name" "/usr/bin/$name" "/opt/homebrew/bin/$name"; do
            { has "$candidate" && probe "$candidate"; } || continue
            case $headers$makes_venv$python in
                11*) return 0 ;;
                ??/usr/bin/*) partial=${partial:-$candidate} ;;
            esac
        done
    done
    [ -n "$partial" ] && probe "$partial"
}

need() { # NAME-FOR-APT NAME-FOR-BREW WHY
    if [ "$system" = brew ]; then name=$2; else name=$1; fi
    [ -n "$name" ] || return 0
    missing="$missing $name"
    reasons="$reasons$name ($3)
"
}

find_missing() {
    missing='' reasons=''
    built="to compile parts of manim"
    if is_adoptable || find_python; then
        [ "$headers" = 1 ] || need "python$version-dev" "python@$version" "Python's headers, $built"
        [ "$makes_venv" = 1 ] || need "python$version-venv" "python@$version" "makes the environment .venv"
    else
        need python3 python@3.11 "no Python of $PYTHONS was found" # must be first in the list
    fi
    has cc || has gcc || need gcc '' "the compiler, $built"
    [ -e /usr/include/stdio.h ] || need libc6-dev '' "C headers, $built"
    [ "$(uname -m)" = x86_64 ] || has c++ || need g++ '' "the compiler for packages that have no wheel for $(uname -m)"
    has pkg-config || need pkg-config pkg-config "finds libraries, $built"
    pkg-config --exists cairo 2>/dev/null || need libcairo2-dev cairo "draws the pictures"
    pkg-config --exists pango pangocairo pangoft2 2>/dev/null || need libpango1.0-dev pango "sets the texts"
    has fc-list || need fontconfig '' "finds fonts"
    has_chinese_font || need fonts-noto-cjk '' "the font of Chinese texts"
    case " $groups " in *" tests "*) find_missing_of_tests ;; esac
}

find_missing_of_tests() { # what only the tests start
    has_browser || need chromium '' "the browser in which the tests play films"
    has_firefox || {
        need firefox-esr '' "another browser in which they do"
        need libavcodec-extra '' "with which Firefox plays mp4"
    }
    [ "$system" != brew ] || has_browser ||
        say "no browser for the tests, which leave out those that need one: brew install --cask chromium"
    has pdftotext || need poppler-utils poppler "reads handouts in the tests"
    has espeak-ng || need espeak-ng espeak-ng "speaks in the tests"
    has soffice || need libreoffice-impress '' "opens PowerPoint decks in the tests" # a cask of brew
}

has_browser() { # one that tests/browser/conftest.py knows
    has chromium || has chromium-browser || has google-chrome ||
        [ -d "$apps/Chromium.app" ] || [ -d "$apps/Google Chrome.app" ]
}

has_firefox() { # that tests/browser/test_firefox.py knows
    has firefox-esr || has firefox || [ -d "$apps/Firefox.app" ]
}

has_chinese_font() { # one that scenes/stage/page/fonts.py knows
    fc-list : family 2>/dev/null | grep -qE 'Noto Sans CJK SC|Source Han Sans SC|WenQuanYi Micro Hei'
}

as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif [ -t 0 ]; then
        sudo "$@"
    else
        sudo -n "$@" # fails instead of asking for a password
    fi
}

announce() {
    printf '%s' "$reasons" | while IFS= read -r line; do say "installing $line"; done
}

apt() { # the messages of apt are kept, and shown if it fails
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -y -q -o DPkg::Lock::Timeout=600 "$@" \
        </dev/null >"$lockdir/log" 2>&1
}

is_packaged() { # NAME: it is in the package lists of the system
    apt-cache policy "$1" 2>/dev/null | grep -q 'Candidate: [0-9]'
}

choose_apt_python() { # the first one that is packaged
    for version in $PYTHONS; do
        is_packaged "python$version" && return 0
    done
    return 1
}

may_install() {
    [ "$(id -u)" = 0 ] || { has sudo && { [ -t 0 ] || sudo -n true 2>/dev/null; }; }
}

leave_out() { # "BROWSER [PACKAGE]", as they stand in the list: its tests are not run
    say "this system has no package ${1%% *}; the tests with this browser are left out"
    missing="${missing%% "$1"*}${missing#* "$1"}"
}

install_with_apt() {
    may_install ||
        fail 69 "no right to install here (neither root nor sudo); ask an administrator to run this, then run ./gd again: apt-get install$missing"
    announce
    apt update || say "apt-get update failed; trying with the existing package lists"
    case "$missing " in
        *" python3 "*)
            choose_apt_python ||
                fail 69 "this system has no package for a Python of $PYTHONS; install one, for example with uv or pyenv, then run ./gd again"
            missing="python$version python$version-venv python$version-dev${missing# python3}"
            ;;
    esac
    for browser in chromium "firefox-esr libavcodec-extra"; do # Ubuntu has them only as snaps
        case "$missing " in
            *" $browser "*) is_packaged "${browser%% *}" || leave_out "$browser" ;;
        esac
    done
    # shellcheck disable=SC2086 # a list of names
    apt install --no-install-recommends $missing && return 0
    tail -n 15 "$lockdir/log" >&2
    fail 69 "apt-get could not install this (its last lines are above):$missing"
}

install_with_brew() {
    has brew || fail 69 "install Homebrew (https://brew.sh), then run ./gd again; missing:$missing"
    announce
    # shellcheck disable=SC2086 # a list of names
    NONINTERACTIVE=1 HOMEBREW_NO_AUTO_UPDATE=1 brew install $missing </dev/null >&2 ||
        fail 69 "brew could not install this (its message is above):$missing"
}

install_system_packages() {
    if [ "$(uname -s)" = Darwin ]; then
        system=brew
        xcode-select -p >/dev/null 2>&1 || fail 69 "no C compiler; run xcode-select --install, then ./gd again"
    elif has apt-get; then
        system=apt
    else
        system=unknown
    fi
    find_missing
    [ -n "$missing" ] || return 0
    case $system in
        apt) install_with_apt ;;
        brew) install_with_brew ;;
        *) fail 69 "cannot install on this system; install these packages (names from Debian), then run ./gd again:$missing" ;;
    esac
    is_adoptable || find_python || fail 69 "no Python of $PYTHONS works, even after the installation"
}
