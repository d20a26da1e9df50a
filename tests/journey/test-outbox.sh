#!/bin/sh
# Exactly once: connections cut and programs killed while a document is being sent.
exec "$(dirname "$0")/walk" --card gp -- python3 -m journey_outbox
