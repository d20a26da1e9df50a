#!/bin/sh
# The same card under the official CPS library, where somebody has installed it.
set -eu
. "$(dirname "$0")/tap.sh"
module=${CPS_MODULE:-/opt/santesocial/CPS/lib/libcps3_pkcs11_lux.so}
[ -e "$module" ] || skip_all "the official CPS library is not installed"
need pkcs11-tool openssl basenc
in_reader --card gp
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
tool () { pkcs11-tool --module "$module" "$@" 2>&1; }
# signs MECHANISM FILE ID CERTIFICATE: what openssl says of the signature of the message
signs () {
  tool --login --pin 1234 --sign -m "$1" -i "$2" --id "e828bd080f8025000001ff0010$3" \
    -o "$work/signature" >"$work/log" || sed 's/^/# /' "$work/log"
  openssl x509 -in "$PKI_DIR/cards/gp/$4.pem" -noout -pubkey >"$work/key"
  openssl dgst -sha256 -verify "$work/key" -signature "$work/signature" "$work/message" 2>&1 || :
}

like "$(tool -L)" '*CPS3v3-2929000017*ASIP SANTE*' 'the token'
is "$(tool -O | grep -c '^Certificate Object')" 2 'two certificates'
objects=$(tool --login --pin 1234 -O)
is "$(echo "$objects" | grep -c '^Private Key Object')" 2 'two keys'
is "$(echo "$objects" | grep -c CPS_ACTIVITY)" 2 'both places of practice'
printf 'Bonjour' >"$work/message"
{ echo 3031300D060960864801650304020105000420 | unhex; openssl dgst -sha256 -binary "$work/message"; } \
  >"$work/digest-info"
is "$(signs SHA256-RSA-PKCS "$work/message" 01 sign)" 'Verified OK' 'the signature key signs'
is "$(signs RSA-PKCS "$work/digest-info" 02 auth)" 'Verified OK' 'the authentication key signs'
is "$(tool --login --pin 1111 -O | grep -o CKR_PIN_INCORRECT)" CKR_PIN_INCORRECT 'a wrong PIN'
done_testing
