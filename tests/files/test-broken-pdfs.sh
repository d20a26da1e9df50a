#!/bin/sh
# Broken and hostile PDFs: see test-broken-pdfs.py.
if ! command -v python3 >/dev/null; then echo "1..0 # SKIP no python3"; exit 0; fi
exec python3 "$top_srcdir/tests/files/test-broken-pdfs.py"
