#!/bin/sh
# One film for each table of this folder: sh examples/course/render.sh [OPTION...]
#
# The options go to the command as they are: --dry-run, -q 480p15, --lang zh, --theme light ...
# GD names the command, if it is not the ./gd of this checkout (once installed: GD=gd).
set -eu
course=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)

gd() {
    # shellcheck disable=SC2086 # GD may be several words, such as "python render.py"
    if [ -n "${GD-}" ]; then $GD "$@"; else "$course/../../gd" "$@"; fi
}

for table in "$course"/*.csv; do
    name=$(basename "$table" .csv)
    gd video batch --data "$table" --lr 0.02 -o "films/$name.mp4" "$@"
done
