#!/bin/sh
# The reference host over real mutual TLS with the certificates of the demonstration.
set -eu
for program in python3 "${XMLSEC1:-xmlsec1}" openssl sqlite3 curl xmllint; do
  command -v "$program" >/dev/null || { echo "1..0 # SKIP no $program"; exit 0; }
done
"$top_srcdir/tests/virtual-cards/make-pki" "${PKI_DIR:=$top_builddir/tests/pki}" >/dev/null
PYTHONDONTWRITEBYTECODE=1 exec "${UI_PYTHON:-python3}" "$top_srcdir/tests/host/exchange.py" \
  "$top_builddir/host/dmp-host" "$PKI_DIR"
