#!/bin/sh
# The client's transactions against the real host; see td-exchange.c.
set -eu
command -v python3 >/dev/null || { echo "1..0 # SKIP no python3"; exit 0; }
"$top_srcdir/tests/virtual-cards/make-pki" "${PKI_DIR:=$top_builddir/tests/pki}" >/dev/null
work=$(mktemp -d)
host=
trap 'test -z "$host" || { kill "$host"; wait "$host" || :; }; rm -rf "$work"' EXIT
PYTHONDONTWRITEBYTECODE=1 PYTHONPATH=$top_srcdir/tests/host \
  python3 -c "import sys, tiny; tiny.write(sys.argv[1])" "$work/records"
"$top_builddir/host/dmp-host" --data "$work/data" --load "$work/records" 2>"$work/log"
mkfifo "$work/said"
"$top_builddir/host/dmp-host" --data "$work/data" --pki "$PKI_DIR" --listen 127.0.0.1:0 \
  --record "$work/messages" >"$work/said" 2>>"$work/log" &
host=$!
read -r _ url <"$work/said"
"$top_builddir/tests/td/td-exchange" --tap "$url" "$PKI_DIR" >"$work/tap" || sed 's/^/# /' "$work/log"
grep -v '^1\.\.' "$work/tap"
n=$(($(grep -c '^ok\|^not ok' "$work/tap") + 1))
judge=$DMP_SHARED/testdata/tools/validate-soap
if [ ! -x "$judge" ]; then
  echo "ok $n - every message is valid # SKIP no validate-soap in the shared folder"
elif "$judge" -q "$work"/messages/* >"$work/verdict" 2>&1; then
  echo "ok $n - every message is valid"
else
  echo "not ok $n - every message is valid"
  sed 's/^/# /' "$work/verdict"
fi
echo "1..$n"
grep -q '^Bail out\|^not ok' "$work/tap" && exit 1
exit 0
