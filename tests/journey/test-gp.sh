#!/bin/sh
# The general practitioner's journey on the command line, over the real card path and mutual TLS.
exec "$(dirname "$0")/walk" --card gp --vitale -- python3 -m journey_gp
