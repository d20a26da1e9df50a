#!/bin/sh
# Each card of the cast under OpenSC: what it sees, what its own test says, what data objects hold.
set -eu
. "$(dirname "$0")/tap.sh"
need pkcs11-tool pkcs15-tool opensc-tool
if [ -z "${TAP_INSIDE:-}" ]; then
  CARD_LOG=$(mktemp)
  export CARD_LOG
  trap 'rm -f "$CARD_LOG" "$CARD_LOG".*' EXIT
fi
in_reader --card gp --apdu-log "$CARD_LOG"

expected_error='CPS_PRIV_SIG SHA1-RSA-PKCS: ERR: C_Sign() returned CKR_FUNCTION_NOT_SUPPORTED (0x54)'
# test_errors: what pkcs11-tool --test complains of. OpenSC under OpenSSL 3 has no way to the
# signature key of a CPS; nothing else may fail.
test_errors () {
  pkcs11-tool --login --pin 1234 --test 2>&1 | awk '
    /testing key/ { gsub (/[()]/, ""); key = $4 }
    /ERR/ { sub (/^ */, ""); print key, $0 }' | sed 's/  */ /g'
}
# data LABEL [option…]: the object's bytes in hexadecimal
data () {
  label=$1
  shift
  rm -f "$CARD_LOG.data"
  pkcs11-tool "$@" --read-object --type data --label "$label" -o "$CARD_LOG.data" >/dev/null 2>&1 || :
  [ ! -f "$CARD_LOG.data" ] || basenc --base16 -w 0 "$CARD_LOG.data"
}
text () { data "$@" | unhex | tr -c '[:print:]' '|'; }

check_card () { # NAME NATIONAL-ID FAMILY SPECIALITY ACTIVITIES
  [ "$1" = gp ] || "$cards_ctl" "$READER_DIR" swap "$1"
  is "$(opensc-tool -n 2>/dev/null)" IAS-ECC "$1: known as IAS-ECC"
  like "$(pkcs11-tool -L)" '*Code porteur de la carte CPS*ASIP SANTE*pin min/max        : 4/4*' \
    "$1: the token"
  objects=$(pkcs11-tool -O 2>/dev/null | tr -d '\134') # it writes \/ for /
  is "$(echo "$objects" | grep -c '^Certificate Object')" 2 "$1: two certificates"
  is "$(echo "$objects" | grep -c "subject:.*SN=$3.*CN=$2\$")" 2 "$1: of the holder"
  is "$(echo "$objects" | sed -n "s/.*label: *'\(.*\)'/\1/p" | tr '\n' ' ')" \
    'CPS_ID_CARD CPS_NAME_PS CPS_LANG_PS CPS_INFO_PS ' "$1: data objects without PIN"
  is "$(pkcs11-tool --login --pin 1234 -O 2>/dev/null | grep -c -e "'CPS_ACTIVITY_.._PS'")" "$5" \
    "$1: activities with it"
  is "$(test_errors)" "$expected_error" "$1: pkcs11-tool --test: the one error expected"
  dump=$(pkcs15-tool -D 2>/dev/null)
  is "$(echo "$dump" | grep -c -e '^PIN \[' -e '^Private RSA Key \[' -e '^X.509 Certificate \[')" 6 \
    "$1: pkcs15-tool -D"
  info=$(text CPS_INFO_PS)
  is "$(printf '%s' "$info" | tail -c 4)" "$4" "$1: CPS_INFO_PS ends with the speciality"
  like "$info" "*$2*$3*" "$1: and names the holder"
}

check_card gp 899700000017 LEROY SM26 2
like "$(data CPS_ACTIVITY_01_PS --login --pin 1234)" \
  'EE??80023031841?*850F343939373030303030303137303031860453413037' 'gp: first place of practice'
like "$(text CPS_ACTIVITY_02_PS --login --pin 1234)" '*Centre hospitalier de Meaux*10B0770001*SA01' \
  'gp: second place of practice'
check_card ward 899700000025 PETIT SM04 1
check_card pharmacist 899700000033 NGUYEN 'A   ' 1
check_card nurse 899700000041 GARCIA '    ' 1
check_card secretary 10B0770001/000000018 MOREL '    ' 1

: >"$CARD_LOG"
pkcs11-tool -L >/dev/null 2>&1
count=$(grep -c '^>' "$CARD_LOG")
is "$([ "$count" -le 80 ] && echo few)" few "pkcs11-tool -L: $count commands"
done_testing
