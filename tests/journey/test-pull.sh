#!/bin/sh
# The card pulled, or Ctrl-C, while a record is read: nothing remains.
exec "$(dirname "$0")/walk" --card gp -- python3 -m journey_pull
