#!/bin/sh
# The published examples, when the reference folder is there: every word, every file, every header.
set -eu
examples=${DMP_SHARED:-$top_srcdir/../shared}/testdata/cda-examples
if ! test -d "$examples" || ! command -v python3 >/dev/null; then
  echo "1..0 # SKIP no published examples here"
  exit 0
fi
exec python3 "$top_srcdir/tests/cda/test-cda-examples.py" "$top_builddir/tests/cda/cda-dump" \
  "$examples" "$examples.EXPECTED.jsonl"
