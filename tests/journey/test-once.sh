#!/bin/sh
# Exactly once: DMP_LONG_TESTS=1 cuts at every byte and kills a thousand times.
exec "$(dirname "$0")/walk" --card gp -- python3 -m journey_once
