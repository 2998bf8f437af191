#!/bin/sh
# Make the GIFs at the head of the READMEs anew: sh docs/pictures.sh
set -eu
cd "$(dirname "$0")"
for lang in en zh; do
    ../gd gif sgd --only first-epoch --lang "$lang" -o ./
done
