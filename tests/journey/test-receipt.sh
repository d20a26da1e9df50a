#!/bin/sh
# The receipt of a submission, signed and verified.
exec "$(dirname "$0")/walk" --card gp -- python3 -m journey_receipt
