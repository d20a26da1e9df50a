#!/bin/sh
# What the client puts on the wire, before judges from outside: schemas, MTOM, signature.
set -eu
examples=$DMP_SHARED/protocol/samples
judge=$DMP_SHARED/testdata/tools/validate-soap
if [ ! -x "$judge" ] || [ ! -d "$examples" ]; then echo "1..0 # SKIP no judges or examples here"; exit 0; fi
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
n=0
say () { # status, name
  n=$((n + 1))
  if [ "$1" = 0 ]; then echo "ok $n - $2"; else echo "not ok $n - $2"; sed 's/^/# /' "$tmp/log"; fi
}
echo 1..9
for example in td0.2_request td0.3_request_add td2.1_request_root td3.1_finddocuments_request td3.2_request; do
  "$top_builddir/tests/wire/emit-request" "$examples/$example.xml" "$tmp/out" "$tmp/pem"
  status=0; "$judge" "$tmp/out" >"$tmp/log" 2>&1 || status=$?
  say "$status" "$example: schemas"
  case $example in td2.1*) continue ;; esac
  if [ -z "${XMLSEC1-}" ]; then n=$((n + 1)); echo "ok $n - $example: signature # SKIP no xmlsec1"; continue; fi
  status=0; "$XMLSEC1" --verify --trusted-pem "$tmp/pem" --id-attr:ID Assertion "$tmp/out" >"$tmp/log" 2>&1 || status=$?
  say "$status" "$example: signature inside the envelope"
done
