#!/bin/sh
# The other cards: doctor of a hospital, pharmacist, nurse, secretary.
exec "$(dirname "$0")/walk" --card ward -- python3 -m journey_cards
