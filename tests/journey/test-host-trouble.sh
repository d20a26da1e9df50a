#!/bin/sh
# Hosts that are down, strange, slow or not what they say: each has its sentence and its exit status.
exec "$(dirname "$0")/walk" --card gp -- python3 -m journey_host_trouble
