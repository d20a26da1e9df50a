#!/bin/sh
# What the card and the host are asked for from the code to the summary of 150 documents.
exec "$(dirname "$0")/walk" --card gp -- python3 -m journey_counts
