#!/bin/sh
# A record opened over a long line, on a screen, a bus and a reader of its own (test-ui.sh).
here=$(cd "$(dirname "$0")" && pwd)
UI_SCRIPT=ui_pace.py
export UI_SCRIPT
. "$here/test-ui.sh"
