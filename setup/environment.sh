# Sourced by ./gd. Makes .venv, or finishes and mends the one that is there.
# shellcheck shell=sh disable=SC2154 # $root, $venv, $groups come from ./gd, $version, $python from system.sh

unfinished=$venv/gd-unfinished # stands in .venv as long as it cannot be trusted
mended=''

is_adoptable() { # one made by hand, or by us and finished, of a Python that we take
    [ -x "$venv/bin/python" ] && [ ! -e "$unfinished" ] && probe "$venv/bin/python"
}

choose_installer() { # pip, unless uv is here and was told where to install from
    installer=pip
    settings=${XDG_CONFIG_HOME:-${HOME-}/.config}/uv/uv.toml
    if [ -n "${UV_DEFAULT_INDEX-}${UV_INDEX_URL-}" ] || [ -f "$settings" ] || [ -f /etc/uv/uv.toml ]; then
        ! has uv || installer=uv
    fi
    export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1 PIP_USER=0 PIP_USE_PEP517=1
    unset PIP_TARGET PIP_PREFIX PIP_ROOT
    cache=${XDG_CACHE_HOME:-${HOME:+$HOME/.cache}}
    [ -w "$cache" ] || { [ -d "${HOME-}" ] && mkdir -p "$cache" 2>/dev/null; } || export PIP_NO_CACHE_DIR=1 UV_NO_CACHE=1
}

install() { # ARGUMENTS...: no index is named here; the user's settings decide from where
    # Without isolation nothing is built with tools that the locks do not name; those are found on PATH.
    case $installer in
        uv) run env PATH="$venv/bin:$PATH" uv pip install -q --python "$venv/bin/python" --no-build-isolation "$@" ;;
        pip) run env PATH="$venv/bin:$PATH" "$venv/bin/python" -m pip install -q --no-build-isolation "$@" ;;
    esac && return 0
    # pip fetches before it changes anything: what worked before is as it was, and is mended next time.
    [ -z "$mended" ] || rm -f "$unfinished"
    fail 69 "$installer could not install the Python packages (its message is above); check the network, or the index or mirror that $installer is set to, then run ./gd again"
}

make_venv() {
    if is_adoptable; then
        mended=yes
        : >"$unfinished" || fail 73 "cannot write to $venv"
        "$venv/bin/python" -m pip --version >/dev/null 2>&1 || run "$venv/bin/python" -m ensurepip ||
            fail 69 "$venv has no pip; remove that folder, then run ./gd again"
        return
    fi
    # pip may take half a package for a whole one, so what a killed start left behind is not mended.
    [ ! -e "$venv" ] || say "building .venv anew: it is unfinished, or its Python is gone"
    { rm -rf "$venv" && mkdir "$venv" && : >"$unfinished"; } || fail 73 "cannot write to $venv"
    run "$python" -m venv "$venv" || fail 69 "$python could not make the environment .venv"
}

install_group() { # films|tests
    if [ "$1" = films ]; then
        install --require-hashes -r "$root/setup/build.lock"
        install --require-hashes -r "$root/setup/films.lock"
        install --no-deps --no-index -e "$root"
    else
        install --require-hashes -r "$root/setup/tests.lock"
    fi
    { stamp_of "$1" >"$venv/gd-$1.new" && mv "$venv/gd-$1.new" "$venv/gd-$1"; } ||
        fail 73 "cannot write to $venv"
}

set_up() {
    take_lock
    if ! is_ready; then # another start may have done it meanwhile
        install_system_packages
        choose_installer
        make_venv
        say "installing the Python packages into .venv (Python $version); the first time takes a few minutes"
        for group in $groups; do is_stamped "$group" || install_group "$group"; done
        rm -f "$unfinished"
    fi
    release_lock
}
