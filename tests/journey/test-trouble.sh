#!/bin/sh
# Wrong codes, cards, readers, settings and identities: each has its sentence and its exit status.
exec "$(dirname "$0")/walk" --card gp --vitale -- python3 -m journey_trouble
