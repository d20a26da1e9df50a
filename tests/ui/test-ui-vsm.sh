#!/bin/sh
# A medical synthesis from the summary, and what it costs, on a screen, a bus and a reader of its own (test-ui.sh).
here=$(cd "$(dirname "$0")" && pwd)
UI_SCRIPT=ui_vsm.py
export UI_SCRIPT
. "$here/test-ui.sh"
