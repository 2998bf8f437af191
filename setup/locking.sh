# Sourced by ./gd. What the set-up says, how it ends, and that only one set-up runs at a time.
# shellcheck shell=sh disable=SC2154 # $root comes from ./gd

lockdir=$root/.gd-lock
child=

say() { printf 'gd: %s\n' "$*" >&2; }

fail() { # STATUS MESSAGE...
    status=$1
    shift
    say "$*"
    exit "$status"
}

run() { # COMMAND...: in a group of its own, so that a signal ends it with all that it started
    if command -v setsid >/dev/null 2>&1; then
        setsid "$@" </dev/null >&2 &
        child=-$!
    else
        "$@" </dev/null >&2 &
        child=$!
    fi
    printf '%s %s %s\n' "$child" "$!" "$(born $!)" >"$lockdir/child"
    wait "$!"
    result=$?
    child=
    rm -f "$lockdir/child"
    return "$result"
}

stop() { # STATUS
    trap '' INT TERM HUP
    [ -z "$child" ] || { kill -- "$child" && wait; } 2>/dev/null
    exit "$1"
}

born() { # PID: when that process began, nothing if it is gone (the number alone may be used again)
    if [ -r /proc/self/stat ]; then
        { read -r stat <"/proc/$1/stat"; } 2>/dev/null || return 0
        # shellcheck disable=SC2086 # the fields are to be split
        set -- ${stat##*) }
        [ "$1" = Z ] || echo "${20}" # ended, but nobody has asked for its exit code
    else
        ps -o lstart= -p "$1" 2>/dev/null
    fi
}

owner_is_gone() {
    owner=$(cat "$lockdir/owner" 2>/dev/null)
    # A lock is nameless for the moment between mkdir and the line that names its owner.
    [ -n "$owner" ] || { sleep 1 && owner=$(cat "$lockdir/owner" 2>/dev/null); }
    [ -z "$owner" ] || [ "$(born "${owner%% *}")" != "${owner#* }" ]
}

end_orphan() { # what a killed owner had started would go on writing into .venv
    orphan=$(cat "$lockdir/child" 2>/dev/null)
    # shellcheck disable=SC2086 # the fields are to be split
    set -- $orphan
    [ $# -lt 3 ] || [ "$(born "$2")" != "${orphan#* * }" ] || kill -s KILL -- "$1" 2>/dev/null || :
}

remove_dead_lock() { # under a guard: else two waiters could remove a dead lock and then each other's
    if mkdir "$lockdir.guard" 2>/dev/null; then
        ! owner_is_gone || { end_orphan && rm -rf "$lockdir"; }
        rmdir "$lockdir.guard"
    else
        guarded=$((guarded + 1))
        [ "$guarded" -lt 20 ] || rmdir "$lockdir.guard" 2>/dev/null # its owner was killed in the act
    fi
}

take_lock() {
    waiting='' refused=0 guarded=0
    until mkdir "$lockdir" 2>/dev/null; do
        if [ ! -d "$lockdir" ]; then
            refused=$((refused + 1))
            [ "$refused" -lt 5 ] || fail 73 "cannot write to $root: not allowed, or the disk is full"
        elif owner_is_gone; then
            remove_dead_lock
        elif [ -z "$waiting" ]; then
            waiting=yes
            say "waiting for another ./gd (process ${owner%% *}) to finish its set-up"
        fi
        sleep 0.2
    done
    trap 'rm -rf "$lockdir"' EXIT
    trap 'stop 129' HUP
    trap 'stop 130' INT
    trap 'stop 143' TERM
    printf '%s %s\n' "$$" "$(born $$)" >"$lockdir/owner"
}

release_lock() {
    rm -rf "$lockdir"
    trap - EXIT HUP INT TERM
}
