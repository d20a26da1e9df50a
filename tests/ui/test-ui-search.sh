#!/bin/sh
# Searching a record, on a screen, a bus and a reader of its own (test-ui.sh).
here=$(cd "$(dirname "$0")" && pwd)
UI_SCRIPT=ui_search.py
export UI_SCRIPT
. "$here/test-ui.sh"
