#!/bin/sh
# The summary while it fills, and what its reader does with a line, on a screen, a bus and a reader of its own.
here=$(cd "$(dirname "$0")" && pwd)
UI_SCRIPT=ui_summary.py
export UI_SCRIPT
. "$here/test-ui.sh"
