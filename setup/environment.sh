# Sourced by ./gd. Makes .venv, or completes and repairs an existing one.
# shellcheck shell=sh disable=SC2154 # $root, $venv, $groups come from ./gd, $version, $python from system.sh

unfinished=$venv/gd-unfinished # this file is in .venv until .venv is complete
repaired=''

is_adoptable() { # .venv was made by the user, or completed by us, with a Python of our range
    [ -x "$venv/bin/python" ] && [ ! -e "$unfinished" ] && probe "$venv/bin/python"
}

choose_installer() { # uv if it is installed and an index is set for it, else pip
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

install() { # ARGUMENTS...: names no index; the user's settings decide where packages come from
    # Without isolation packages are built only with tools from the locks; they are found on PATH.
    case $installer in
        uv) run env PATH="$venv/bin:$PATH" uv pip install -q --python "$venv/bin/python" --no-build-isolation "$@" ;;
        pip) run env PATH="$venv/bin:$PATH" "$venv/bin/python" -m pip install -q --no-build-isolation "$@" ;;
    esac && return 0
    # pip downloads before it changes anything, so a .venv that worked still works; repair it next time.
    [ -z "$repaired" ] || rm -f "$unfinished"
    fail 69 "$installer could not install the Python packages (its message is above); check the network and the index or mirror in the settings of $installer, then run ./gd again"
}

make_venv() {
    if is_adoptable; then
        repaired=yes
        : >"$unfinished" || fail 73 "cannot write to $venv"
        "$venv/bin/python" -m pip --version >/dev/null 2>&1 || run "$venv/bin/python" -m ensurepip ||
            fail 69 "$venv has no pip; remove this folder, then run ./gd again"
        return
    fi
    # pip may take half a package for a whole one, so the .venv of a killed start is not repaired.
    [ ! -e "$venv" ] || say "building .venv again: it is incomplete, or its Python is gone"
    { rm -rf "$venv" && mkdir "$venv" && : >"$unfinished"; } || fail 73 "cannot write to $venv"
    run "$python" -m venv "$venv" || fail 69 "$python could not make the environment .venv"
}

install_group() { # films|deck|farm|tests
    if [ "$1" = films ]; then
        install --require-hashes -r "$root/setup/build.lock"
        install --require-hashes -r "$root/setup/films.lock"
        install --no-deps --no-index -e "$root"
    else
        install --require-hashes -r "$root/setup/$1.lock"
    fi
    { stamp_of "$1" >"$venv/gd-$1.new" && mv "$venv/gd-$1.new" "$venv/gd-$1"; } ||
        fail 73 "cannot write to $venv"
}

set_up() {
    take_lock
    if ! is_ready; then # another ./gd may have done it meanwhile
        install_system_packages
        choose_installer
        make_venv
        say "installing the Python packages into .venv (Python $version); the first time takes a few minutes"
        for group in $groups; do is_stamped "$group" || install_group "$group"; done
        rm -f "$unfinished"
    fi
    release_lock
}
