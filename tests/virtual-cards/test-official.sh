#!/bin/sh
# The same card under the official CPS library, where somebody has installed it.
set -eu
. "$(dirname "$0")/tap.sh"
module=${CPS_MODULE:-/opt/santesocial/CPS/lib/libcps3_pkcs11_lux.so}
[ -e "$module" ] || skip_all "the official CPS library is not installed"
need pkcs11-tool
in_reader --card gp
tool () { pkcs11-tool --module "$module" "$@" 2>&1; }
like "$(tool -L)" '*CPS3v3-2929000017*ASIP SANTE*' 'the token'
is "$(tool -O | grep -c '^Certificate Object')" 2 'two certificates'
is "$(tool --login --pin 1234 -O | grep -c '^Private Key Object')" 2 'two keys'
is "$(tool --login --pin 1234 --test | tail -n 1)" 'No errors' 'pkcs11-tool --test'
is "$(tool --login --pin 1111 -O | grep -o CKR_PIN_INCORRECT)" CKR_PIN_INCORRECT 'a wrong PIN'
is "$(tool --login --pin 1234 -O | grep -c CPS_ACTIVITY)" 2 'both activities'
done_testing
