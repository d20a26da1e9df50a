#!/bin/sh
# A PDF becomes PDF/A-1b: judged by our own inspection, qpdf and poppler's tools.
set -eu
child=$top_builddir/src/files/caducee-pdfa
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
n=0
ok () { # words, command…
  words=$1
  shift
  n=$((n + 1))
  if "$@" >"$work/log" 2>&1; then echo "ok $n - $words"; else
    echo "not ok $n - $words"
    sed 's/^/# /' "$work/log"
  fi
}
tool () { # program, words, command…
  if command -v "$1" >/dev/null; then shift; ok "$@"; else
    n=$((n + 1))
    echo "ok $n - $2 # SKIP no $1"
  fi
}
inspect () { "$child" inspect 3<"$1" | cat; }
not_a () { inspect "$work/in.pdf" | grep -q '^defect font$'; }
convert () { "$child" convert 3<"$work/in.pdf" >"$work/out.pdf"; }
identified () {
  inspect "$work/out.pdf" >"$work/told"
  cat "$work/told"
  for word in 'part 1' 'conformance B' 'intent' 'pages 1'; do grep -qx "$word" "$work/told"; done
  ! grep -qE '^(defect|active|encrypted)' "$work/told"
}
again () { "$child" convert 3<"$work/in.pdf" >"$work/again.pdf" && cmp "$work/out.pdf" "$work/again.pdf"; }
sound () { qpdf --check "$work/out.pdf"; }
embedded () { pdffonts "$work/out.pdf" | tail -n +3 | awk '{ if ($(NF - 4) != "yes") exit 1; seen = 1 } END { exit !seen }'; }
same_words () { test "$(pdftotext "$work/in.pdf" -)" = "$(pdftotext "$work/out.pdf" -)"; }
disarmed () {
  python3 -c '
import sys
sys.dont_write_bytecode = True
sys.path.insert(0, sys.argv[1])
import broken_pdfs
for name, data, codes in broken_pdfs.cases():
    if name in sys.argv[3:]:
        open("%s/%s.pdf" % (sys.argv[2], name), "wb").write(data)' "$top_srcdir/tests/files" "$work" script-at-opening launch embedded-file form
  for name in script-at-opening launch embedded-file form; do
    inspect "$work/$name.pdf" | grep -q '^active'
    "$child" convert 3<"$work/$name.pdf" >"$work/out-$name.pdf"
    if inspect "$work/out-$name.pdf" | grep -E '^(active|defect)'; then return 1; fi
  done
}
nothing () { if "$child" convert 3</dev/null >"$work/none"; then return 1; fi; }
if ! command -v python3 >/dev/null; then echo "1..0 # SKIP no python3"; exit 0; fi
"$top_srcdir/tests/records/make-pdf" --out "$work/in.pdf"
echo 1..9
ok 'an ordinary PDF is none' not_a
ok 'it is converted' convert
ok 'and identified, with its output intent and without defect' identified
ok 'the same file gives the same bytes' again
tool qpdf 'qpdf finds no fault' sound
tool pdffonts 'every font is embedded' embedded
tool pdftotext 'the words are the same' same_words
ok 'what is active is gone' disarmed
ok 'nothing is not converted' nothing
