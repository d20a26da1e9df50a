#!/bin/sh
# Structured documents, from a model to the record and back.
exec "$(dirname "$0")/walk" --card gp -- python3 -m journey_write
