# Sourced by ./gd. The messages and the end of the set-up, and a lock: only one set-up runs at a time.
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

run() { # COMMAND...: in its own process group, so that `stop` ends it with all that it started
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

born() { # PID: when that process began; nothing if it is gone (another process may get its number)
    if [ -r /proc/self/stat ]; then
        { read -r stat <"/proc/$1/stat"; } 2>/dev/null || return 0
        # shellcheck disable=SC2086 # split into fields
        set -- ${stat##*) }
        [ "$1" = Z ] || echo "${20}" # Z: it has ended, but its parent has not read the exit code
    else
        ps -o lstart= -p "$1" 2>/dev/null
    fi
}

owner_is_gone() {
    owner=$(cat "$lockdir/owner" 2>/dev/null)
    # Between mkdir and the line that names its owner, a lock has no name for a moment.
    [ -n "$owner" ] || { sleep 1 && owner=$(cat "$lockdir/owner" 2>/dev/null); }
    [ -z "$owner" ] || [ "$(born "${owner%% *}")" != "${owner#* }" ]
}

end_orphan() { # a process that a killed owner had started would go on writing into .venv
    orphan=$(cat "$lockdir/child" 2>/dev/null)
    # shellcheck disable=SC2086 # split into fields
    set -- $orphan
    [ $# -lt 3 ] || [ "$(born "$2")" != "${orphan#* * }" ] || kill -s KILL -- "$1" 2>/dev/null || :
}

remove_dead_lock() { # with a guard: otherwise a second waiter could remove the new lock of the first
    if mkdir "$lockdir.guard" 2>/dev/null; then
        ! owner_is_gone || { end_orphan && rm -rf "$lockdir"; }
        rmdir "$lockdir.guard"
    else
        guarded=$((guarded + 1))
        [ "$guarded" -lt 20 ] || rmdir "$lockdir.guard" 2>/dev/null # the owner of the guard was killed
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
