#!/bin/sh
# The facts of the published examples against an independent count by XPath.
set -eu
examples=${DMP_SHARED:-$top_srcdir/../shared}/testdata/cda-examples
if ! test -d "$examples" || ! /usr/bin/python3 -c 'import lxml' 2>/dev/null; then
  echo "1..0 # SKIP no published examples here, or no python3-lxml"
  exit 0
fi
exec /usr/bin/python3 "$top_srcdir/tests/cda/test-fact-counts.py" "$top_builddir/src/cli/dmp" "$examples"/*.xml
