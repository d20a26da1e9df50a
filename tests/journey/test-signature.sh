#!/bin/sh
# The signature of a submission, held against other tools.
command -v xmllint >/dev/null || { echo "1..0 # SKIP no xmllint"; exit 0; }
exec "$(dirname "$0")/walk" --card gp -- python3 -m journey_signature
