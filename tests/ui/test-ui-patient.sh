#!/bin/sh
# The screen turned to the patient, on a screen, a bus and a reader of its own (test-ui.sh).
here=$(cd "$(dirname "$0")" && pwd)
UI_SCRIPT=ui_patient.py
export UI_SCRIPT
. "$here/test-ui.sh"
