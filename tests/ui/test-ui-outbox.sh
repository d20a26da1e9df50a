#!/bin/sh
# Sending and the outbox, on a screen, a bus and a reader of its own (test-ui.sh).
here=$(cd "$(dirname "$0")" && pwd)
UI_SCRIPT=ui_outbox.py
export UI_SCRIPT
. "$here/test-ui.sh"
