#!/bin/sh
# The twelve clinical questions asked of the first screen, on a screen, a bus and a reader of its own (test-ui.sh).
here=$(cd "$(dirname "$0")" && pwd)
UI_SCRIPT=ui_questions.py
export UI_SCRIPT
. "$here/test-ui.sh"
