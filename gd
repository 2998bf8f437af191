#!/bin/sh
# ./gd VERB ...            the same as `python render.py VERB ...`, in an environment that ./gd keeps
# ./gd test [--quick] ...  the test suite; further arguments go to pytest
#
# The first start installs what is missing: system packages (apt or brew), then .venv from setup/*.lock.
# Later starts compare a stamp in .venv with the locks and pyproject.toml, and start Python at once. Exit
# codes of the set-up itself: 69 something that is needed cannot be installed, 73 the checkout cannot be
# written to.
set -u

self=$0
while [ -L "$self" ]; do # a link, such as in a bin folder, leads to the checkout
    link=$(readlink "$self")
    case $link in
        /*) self=$link ;;
        *) self=${self%/*}/$link ;;
    esac
done
case $self in
    */*) root=${self%/*}/ ;;
    *) root=. ;;
esac
root=$(CDPATH='' cd -- "$root" && pwd -P) || exit 69
venv=$root/.venv

# The settings of another project must not affect this environment.
unset PYTHONHOME PYTHONPATH VIRTUAL_ENV

# One stamp for the films, one each for decks and for many machines, one for the tools of the tests. It holds the path of the
# checkout and the checksums of the locks and of pyproject.toml (the installed metadata comes from
# pyproject.toml). That of the tests changes with system.sh, too, which names the programs that they start.
stamp_of() (
    cd -- "$root/setup" || exit 69
    printf '%s\n' "$root"
    case $1 in
        films) cksum build.lock films.lock ../pyproject.toml ;;
        deck) cksum deck.lock ;;
        farm) cksum farm.lock ;;
        tests) cksum tests.lock system.sh ;;
    esac
)

is_stamped() {
    [ -f "$venv/gd-$1" ] && [ "$(cat "$venv/gd-$1")" = "$(stamp_of "$1")" ]
}

is_ready() {
    [ -x "$venv/bin/python" ] && [ ! -e "$venv/gd-unfinished" ] || return 1
    for group in $groups; do is_stamped "$group" || return 1; done
}

groups=films
case ${1-} in
    deck) groups="films deck" ;;
    course)
        for word; do case $word in --on | --on=*) groups="films farm" ;; esac done
        ;;
    test) groups="films tests" ;; # with what decks and many machines need
esac
if ! is_ready; then
    . "$root/setup/locking.sh"
    . "$root/setup/system.sh"
    . "$root/setup/environment.sh"
    set_up
fi

# manim reads the home folder when it is imported, and fails if that is missing or closed (as after `su`).
if [ -z "${HOME-}" ] || [ ! -x "$HOME" ]; then export HOME="$venv"; fi

# -S: render.py imports `site` itself, after Ctrl-C is quiet.
[ "${1-}" = test ] || exec "$venv/bin/python" -S "$root/render.py" "$@"

shift
if [ "${1-}" = --quick ]; then
    shift
    set -- -m 'not slow' "$@"
fi
cd -- "$root" || exit 69
exec "$venv/bin/python" -m pytest -n 2 --dist loadfile "$@"
