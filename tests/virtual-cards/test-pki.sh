#!/bin/sh
# The demonstration PKI: the shape of IGC-Santé's certificates, none of its names, good and bad ones.
set -eu
. "$(dirname "$0")/tap.sh"
need openssl basenc
pki=${PKI_DIR:-$top_builddir/tests/pki}
"$top_srcdir/tests/virtual-cards/make-pki" "$pki"
look () { file=$1; shift; openssl x509 -in "$pki/$file.pem" -noout "$@"; }
usage () { look "$1" -ext keyUsage,extendedKeyUsage | sed -n 's/^    //p' | tr '\n' ';'; }
subject () { look "$1" -subject -nameopt RFC2253,sep_comma_plus,utf8,-esc_msb | sed 's/^subject=//'; }
extension () { # FILE OID: the value, in hexadecimal
  openssl x509 -in "$pki/$1.pem" -outform DER | openssl asn1parse -inform DER |
    awk -v oid=":$2" 'found && /OCTET STRING/ { sub (/.*:/, ""); print; exit }
                      index ($0, oid) && $0 ~ oid "$" { found = 1 }'
}
verify () { # TRUST FILE [option…]
  trust=$1 file=$2
  shift 2
  openssl verify -CAfile "$pki/$trust.pem" "$@" "$pki/$file.pem" 2>&1 |
    sed -n 's/^error \([0-9]*\) .*/\1/p; s/.*: OK$/OK/p' | head -n 1
}
revocation="-crl_check -CRLfile $pki/crls.pem"

is "$(subject cards/gp/auth)" 'CN=899700000017+GN=Claire+SN=LEROY,title=Médecin,C=FR' \
  'a professional: one multi-valued RDN'
is "$(subject cards/gp/sign)" "$(subject cards/gp/auth)" 'both certificates name the same'
is "$(subject cards/secretary/auth)" \
  'CN=10B0770001/000000018+GN=Lucie+SN=MOREL,OU=10B0770001,O=Centre hospitalier de Meaux,ST=Seine-et-Marne (77),C=FR' \
  'a CPE: structure and number'
is "$(usage cards/gp/auth)" 'Digital Signature;TLS Web Client Authentication, Microsoft Smartcard Login;' \
  'authentication: usages'
is "$(usage cards/gp/sign)" 'Non Repudiation;E-mail Protection;' 'signature: usages'
is "$(usage organisation/sign)" 'Non Repudiation;' 'ORG_SIGN: usages'
is "$(usage server)" 'Digital Signature, Key Encipherment;TLS Web Server Authentication;' 'host: usages'

is "$(extension cards/gp/auth 1.2.250.1.71.1.2.2)" 020100 'card type of a CPS'
is "$(extension cards/secretary/auth 1.2.250.1.71.1.2.2)" 020102 'card type of a CPE'
is "$(extension cards/gp/sign 1.2.250.1.71.1.2.3 | unhex | tail -c +3)" 8025000001/2929000017 'card number'
is "$(extension cards/nurse/auth 1.2.250.1.71.1.2.7)" 02013C 'profession'
is "$(extension cards/secretary/auth 1.2.250.1.71.1.2.7)" '' 'none for a CPE'
is "$(extension cards/gp/auth 1.2.250.1.71.4.2.5)" 30060C04534D3236 'speciality'

# shellcheck disable=SC2086 # options
for file in gp/auth gp/sign ward/auth pharmacist/sign nurse/auth secretary/sign; do
  is "$(verify trust-clients cards/$file $revocation)" OK "$file is trusted"
done
# shellcheck disable=SC2086
is "$(verify trust-clients cards/gp-revoked/auth $revocation)" 23 'gp-revoked/auth is revoked'
is "$(verify trust-clients cards/gp-revoked/sign $revocation)" 23 'gp-revoked/sign is revoked'
is "$(verify trust-clients cards/gp-expired/auth)" 10 'gp-expired/auth is expired'
is "$(verify trust-clients cards/gp-expired/sign)" 10 'gp-expired/sign as well'
is "$(verify trust-clients cards/gp-wrong-ca/auth)" 20 'gp-wrong-ca/auth is a stranger'
is "$(verify trust-clients organisation/auth -purpose sslclient)" OK 'ORG_AUTH_CLI is trusted'
is "$(verify trust-server server -purpose sslserver -verify_hostname localhost)" OK 'host by name'
is "$(verify trust-server server -purpose sslserver -verify_ip 127.0.0.1)" OK 'host by address'
is "$(verify trust-server server-expired)" 10 'server-expired is expired'
is "$(verify trust-server server-wrong-ca)" 20 'server-wrong-ca is a stranger'
is "$(verify trust-server cards/gp/auth)" 20 'a card is no host'
is "$(verify trust-clients server)" 20 'a host is no card'

for file in server cards/gp/auth cards/gp/sign organisation/auth; do
  is "$(openssl x509 -in "$pki/$file.pem" -noout -pubkey)" \
    "$(openssl pkey -in "$pki/$file.key" -pubout)" "$file: key and certificate belong together"
done
is "$(find "$pki" -name '*.key' ! -perm 600 | wc -l)" 0 'keys are for their owner only'
is "$(find "$pki" -name '*.pem' -exec cat {} + | grep -c 'BEGIN.*PRIVATE')" 0 'certificates hold no key'
names=$(find "$pki" -name '*.pem' -exec openssl x509 -noout -subject -issuer -ext certificatePolicies -in {} \; 2>/dev/null)
is "$(echo "$names" | grep -ciE 'ASIP|IGC-SANTE|187512751|1\.2\.250\.1\.213')" 0 'no name of the real authorities'
before=$(find "$pki" -name '*.pem' -newer "$pki/.stamp")
"$top_srcdir/tests/virtual-cards/make-pki" "$pki"
is "$(find "$pki" -name '*.pem' -newer "$pki/.stamp")" "$before" 'a second run makes nothing again'
is "$(git -C "$top_srcdir" ls-files 2>/dev/null | grep -cE '\.(key|pem|der|crl|p12)$')" 0 'none of it in git'
done_testing
