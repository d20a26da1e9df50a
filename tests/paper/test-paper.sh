#!/bin/sh
# The printed summary, read back from its pages.
set -u
if ! command -v pdftotext >/dev/null; then echo '1..0 # SKIP no pdftotext'; exit 0; fi
dmp=$top_builddir/src/cli/dmp
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export HOME="$work" XDG_CONFIG_HOME="$work" XDG_CACHE_HOME="$work"
n=0
verdict () { # STATUS NAME
  n=$((n + 1))
  if [ "$1" -eq 0 ]; then echo "ok $n - $2"; else echo "not ok $n - $2"; sed 's/^/# /' "$work"/text 2>/dev/null; fi
}
# split: the words of a.pdf in $work/text, each page alone in $work/text1, $work/text2
split () {
  pages=$(pdfinfo "$work/a.pdf" | sed -n 's/^Pages: *//p')
  pdftotext -layout "$work/a.pdf" "$work/text"
  for page in $(seq "$pages"); do pdftotext -layout -f "$page" -l "$page" "$work/a.pdf" "$work/text$page"; done
}
has () { grep -qE "$1" "$work/${2-text}"; verdict $? "$3"; }
lacks () { ! grep -qE "$1" "$work/${2-text}"; verdict $? "$3"; }

# smallest: the smallest letters on the pages, in thirds of a point
smallest () {
  pdftohtml -xml -stdout -i -zoom 3 "$work/a.pdf" 2>/dev/null | sed -n 's/.*fontspec id="[0-9]*" size="\([0-9]*\)".*/\1/p' | sort -n | head -n 1
}

"$top_srcdir/tests/records/make-records" --out "$work/records" --record simple >/dev/null
from=$work/records/simple/documents
"$dmp" summary --from "$from" --pdf >"$work/a.pdf" 2>/dev/null && split
has 'MARTIN Paul' text1 'dmp summary --pdf: on standard output'
has 'AMLODIPINE' text 'with the treatments'
test "$pages" -eq 1; verdict $? 'a simple record fits one page'
if command -v pdftohtml >/dev/null; then
  test "$(smallest)" -ge 27; verdict $? 'no letters under 9 points'
fi
"$dmp" summary --from "$from" --pdf -o "$work/b.pdf" 2>/dev/null && cmp -s "$work/a.pdf" "$work/b.pdf"
test "$(stat -c %a "$work/b.pdf")" = 600; verdict $? 'in a file, for its owner alone'
! strings "$work/b.pdf" | grep -q MARTIN; verdict $? 'no name among the properties'
echo kept >"$work/there"
"$dmp" summary --from "$from" --pdf -o "$work/there" >/dev/null 2>"$work/text"; test $? -eq 2
verdict $? 'a file that is there is refused'
test "$(cat "$work/there")" = kept; verdict $? 'and stays as it was'
ln -s "$work/nowhere" "$work/link"
"$dmp" summary --from "$from" --pdf -o "$work/link" >/dev/null 2>"$work/text"; test $? -eq 2 && test ! -e "$work/nowhere"
verdict $? 'a link is not followed'
mkdir "$work/alone"
( umask 000; "$dmp" summary --from "$from" --pdf -o "$work/alone/sheet.pdf" 2>/dev/null )
test "$(ls -A "$work/alone")" = sheet.pdf && test "$(stat -c %a "$work/alone/sheet.pdf")" = 600
verdict $? 'nothing else is left beside it, whatever the umask'
"$dmp" summary --from "$from" --pdf --with-hidden >"$work/a.pdf" 2>/dev/null && split
lacks 'Comprend des' text '--with-hidden: where nothing is hidden, nothing is said of it'
"$dmp" summary --from "$from" --with-hidden >/dev/null 2>"$work/text"; test $? -eq 2
verdict $? '--with-hidden without --pdf is refused'
"$top_srcdir/tests/records/make-records" --out "$work/records" --record chronic >/dev/null
"$dmp" summary --from "$work/records/chronic/documents" --pdf >"$work/a.pdf" 2>/dev/null && split
test "$pages" -le 2; verdict $? 'a heavy record fits two pages'
lacks '(Traitements en cours|Allergies et intolérances|Problèmes actifs|Biologie clé|Implants et dispositifs) :' text 'and each line of what matters most has its row'
for page in $(seq "$pages"); do has "page $page/$pages" "text$page" "page $page has its number"; done

"$dmp" summary --from "$from" -o "$work/c.pdf" >/dev/null 2>"$work/text"; test $? -eq 2
verdict $? '-o without --pdf is refused'
"$dmp" summary --from "$from" --pdf -o "$work/none/c.pdf" >/dev/null 2>"$work/text"
test $? -ne 0 && grep -q 'none/c.pdf' "$work/text"; verdict $? 'a file that cannot be written is said'
echo "1..$n"
