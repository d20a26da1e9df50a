#!/bin/sh
# The edges of the command line: odd input, Ctrl-C, a full disk, a service that is stuck.
exec "$(dirname "$0")/walk" --card gp --vitale -- python3 -m journey_edges
