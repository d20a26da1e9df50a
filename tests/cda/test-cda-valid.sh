#!/bin/sh
# What the writers make has no error under the schema and the schematrons.
set -eu
[ -z "${ONE_JOURNEY-}" ] || { echo '1..0 # SKIP judged on the other build'; exit 0; }
judge=${DMP_SHARED:-$top_srcdir/../shared}/testdata/tools/validate-cda
if ! test -x "$judge" || ! command -v java >/dev/null || ! command -v javac >/dev/null; then
  echo "1..0 # SKIP no validate-cda here"
  exit 0
fi
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
LOG_COMPILER=
DMP_TEST_OUT=$out "$top_builddir/tests/cda/test-cda-write" >/dev/null
DMP_TEST_OUT=$out "$top_builddir/tests/cda/test-note" >/dev/null
for model in vsm vaccination letter; do
  "$top_builddir/src/cli/dmp" cda write "$top_srcdir/tests/cda/models/$model.json" >"$out/model-$model.xml"
done
echo "1..$(ls "$out" | wc -l)"
n=0
"$judge" "$out"/*.xml >"$out/report" 2>&1 || :
for file in "$out"/*.xml; do
  n=$((n + 1))
  name=$(basename "$file")
  if grep -q "^PASS.*$name" "$out/report"; then echo "ok $n - $name"; else
    echo "not ok $n - $name"
    sed 's/^/# /' "$out/report"
  fi
done
