#!/bin/sh
# Every message of the journeys before the judges: schemas and xmlsec1.
exec "$(dirname "$0")/walk" --card gp -- python3 -m journey_wire
