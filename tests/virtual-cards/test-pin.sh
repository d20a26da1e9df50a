#!/bin/sh
# PIN and PUK: counted, blocked, changed, unblocked, and remembered across removal and restart.
set -eu
. "$(dirname "$0")/tap.sh"
need pkcs11-tool
if [ -z "${TAP_INSIDE:-}" ]; then
  CARD_LOG=$(mktemp)
  CARD_STATE=$(mktemp -d)
  export CARD_LOG CARD_STATE
  trap 'rm -rf "$CARD_LOG" "$CARD_STATE"' EXIT
fi
in_reader --card gp --state "$CARD_STATE" --apdu-log "$CARD_LOG"
# login PIN [option…]: the CKR of pkcs11-tool, or OK
login () {
  pin=$1
  shift
  if pkcs11-tool --login --pin "$pin" "$@" >"$CARD_STATE/output" 2>&1; then
    echo OK
  else
    grep -o 'CKR_[A-Z_]*' "$CARD_STATE/output" | head -n 1
  fi
}
again () {
  "$cards_ctl" "$READER_DIR" pull
  "$cards_ctl" "$READER_DIR" insert
}
reset () { apdu --reset; }
pin_1234=31323334FFFFFFFF pin_5678=35363738FFFFFFFF puk=3132333435363738

is "$(login 1234 -O)" OK 'the right PIN'
reset
is "$(login 1111 -O)" CKR_PIN_INCORRECT 'a wrong PIN'
is "$(apdu 00200001)" 63C2 'two tries left'
again
is "$(apdu 00200001)" 63C2 'still two after removal'
is "$(login 1234 -O)" OK 'the right PIN gives the tries back'
again
is "$(apdu 00200001)" 63C3 'three tries, and the PIN forgotten'

is "$(login 1234 --change-pin --new-pin 5678)" OK 'the PIN is changed'
again
is "$(login 1234 -O)" CKR_PIN_INCORRECT 'the old one is refused'
is "$(login 5678 -O)" OK 'the new one is taken'
reset
is "$(apdu "0024000110${pin_5678}41424344FFFFFFFF")" 6A80 'letters are no PIN'
reset

is "$(login 1111 -O)" CKR_PIN_INCORRECT 'wrong once'
is "$(login 1111 -O)" CKR_PIN_INCORRECT 'twice'
is "$(login 1111 -O)" CKR_PIN_LOCKED 'three times: blocked'
is "$(login 5678 -O)" CKR_PIN_LOCKED 'the right one does not help'
again
is "$(apdu 00200001)" 6983 'blocked after removal too'
like "$(pkcs11-tool -L)" '*user PIN locked*' 'and said by the token'

is "$(apdu "002C020108$pin_1234")" 6982 'no unblocking without the PUK'
is "$(apdu 00200002083132333435363739)" 63C2 'a wrong PUK'
is "$(apdu "0020000208$puk" "002C020108$pin_1234" | tr '\n' ' ')" '9000 9000 ' 'PUK, then a new PIN'
is "$(login 1234 -O)" OK 'which is taken'
reset
is "$(apdu "002C000110$puk$pin_5678")" 9000 'PUK and PIN in one command'
is "$(login 5678 -O)" OK 'as well'
reset
is "$(apdu 00200002083132333435363739 00200002083132333435363739 00200002083132333435363739 |
  tr '\n' ' ')" '63C2 63C1 6983 ' 'the PUK is blocked after three'
is "$(apdu "0020000208$puk")" 6983 'for good'

is "$(stat -c %a "$CARD_STATE"/*.state)" 600 'the state is for its owner only'
is "$(TAP_INSIDE='' READER_DIR='' "$with_reader" --no-pcscd --state "$CARD_STATE" -- \
  grep -c '^puk 0 ' "$CARD_STATE/29000017.state")" 1 'and outlives the reader'
is "$(grep -c -e 31323334FFFF -e 35363738FFFF -e "$puk" "$CARD_LOG" || :)" 0 'no secret is in the log'
is "$(grep -c '^> 0020000108\*\*\*\*\*\*\*\*\*\*\*\*\*\*\*\*$' "$CARD_LOG" | sed 's/^[1-9][0-9]*$/some/')" \
  some 'where the commands are'
done_testing
