#!/bin/sh
# A card that got new keys and certificates under its old serial number, which OpenSC has in its cache.
exec "$(dirname "$0")/walk" --card gp -- python3 -m journey_rekeyed
