#!/bin/sh
# Hostile CDA, RTF and text: see test-hostile-xml.py.
if ! command -v python3 >/dev/null; then echo "1..0 # SKIP no python3"; exit 0; fi
exec python3 "$top_srcdir/tests/files/test-hostile-xml.py"
