#!/bin/sh
# New versions, and who may replace what.
exec "$(dirname "$0")/walk" --card gp -- python3 -m journey_versions
