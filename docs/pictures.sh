#!/bin/sh
# Make the pictures of the READMEs anew: sh docs/pictures.sh
set -eu
cd "$(dirname "$0")"
for lang in en zh; do
    ../gd gif sgd --only first-epoch --lang "$lang" -o ./
    ../gd frame cost-function --section cost -q 480p15 --lang "$lang" -o ./
    ../gd frame batch --section first-steps -q 480p15 --lang "$lang" -o ./
    ../gd frame sgd --section noise -q 480p15 --lang "$lang" -o ./
done
