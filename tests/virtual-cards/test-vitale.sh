#!/bin/sh
# The Vitale of the demonstration as open-source readers read one, and OpenSC leaving it alone.
set -eu
. "$(dirname "$0")/tap.sh"
need basenc pkcs11-tool
if [ -z "${TAP_INSIDE:-}" ]; then
  log=$(mktemp)
  export VITALE_LOG="$log"
  trap 'rm -f "$VITALE_LOG"' EXIT
fi
in_reader --card gp --vitale --vitale-log "$VITALE_LOG"
vitale () { apdu --slot 1 "$@"; }
# whole SELECT: READ BINARY of short id 02, told the length by the card
whole () {
  length=$(vitale "$1" 00B0820000 | tail -n 1)
  vitale "$1" "00B08200${length#6C}" | tail -n 1
}
# field TAG HEX: the values of that tag, one a line
field () {
  printf '%s' "$2" | sed 's/9000$//' | unhex | python3 -c '
import sys
data = sys.stdin.buffer.read()
def walk(data):
    while data:
        tag, size, value = data[0], data[1], data[2:2 + data[1]]
        assert size < 128 and len(value) == size
        if tag == 0x65:
            walk(value)
        elif tag == int(sys.argv[1], 16):
            print(value.decode("latin-1"))
        data = data[2 + size:]
walk(data)' "$1" | tr '\n' ' '
}

pkcs11-tool -L >/dev/null 2>&1
is "$(grep -c '^>' "$VITALE_LOG")" 0 'OpenSC as the client sets it sends nothing to a Vitale'

identity=$(whole 00A40000023F00)
is "$(field 80 "$identity")" 'MARTIN MARTIN MARTIN ' 'names'
is "$(field 81 "$identity")" 'JEANNE PAUL EMMA ' 'first names'
is "$(field 82 "$identity")" '19530203 19510521 20140917 ' 'birth dates'
numbers=$(whole 00A404000BD250000002564954414C45)
is "$(field 90 "$numbers")" 'FR FR FR ' 'country'
# key NUMBER: with its two digits
key () { printf '%s%02d ' "$1" $((97 - $1 % 97)); }
is "$(field 93 "$numbers")" "$(key 2530277168123)$(key 1510577168045)$(key 1510577168045)" \
  'national numbers with their keys'
is "$(vitale 00A404000DE828BD080F8025000001FF0010)" 6A82 'no CPS application'
is "$(vitale BC80000010)" 6E00 'no command of a Vitale 1'
is "$(vitale 00200001)" 6D00 'no PIN'
done_testing
