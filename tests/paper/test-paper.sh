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
  if [ "$1" -eq 0 ]; then echo "ok $n - $2"; else echo "not ok $n - $2"; sed 's/^/# /' "$work"/text* 2>/dev/null; fi
}
# made NAME: as text in $work/text, each page alone in $work/text1, $work/text2
made () {
  rm -f "$work"/text*
  "$top_builddir/tests/paper/print-record" "$1" >"$work/a.pdf" && split
}
split () {
  pages=$(pdfinfo "$work/a.pdf" | sed -n 's/^Pages: *//p')
  pdftotext -layout "$work/a.pdf" "$work/text"
  for page in $(seq "$pages"); do pdftotext -layout -f "$page" -l "$page" "$work/a.pdf" "$work/text$page"; done
}
has () { grep -qE "$1" "$work/${2-text}"; verdict $? "$3"; }
lacks () { ! grep -qE "$1" "$work/${2-text}"; verdict $? "$3"; }

made empty
has 'MARTIN Jeanne, née DUPONT' text1 'an empty record: whose it is'
has '03/02/1953 \(72 ans\)' text1 'birth date and age'
has '15/01/2026 à 14:35' text1 'when it was printed'
has 'Dr Claire LEROY' text1 'by whom'
has 'Aucune information' text1 'an empty block says that it is'
has 'ne remplace pas le dossier' text1 'what it is not'
has 'Règles [0-9].*médicaments' text1 'rules and tables'
has 'Interactions' text1 'the state of the checks'
has 'ni comptés ni *imprimés' text1 'the sentence about hidden documents'
lacks 'Bris de glace' text1 'no banner'

made broken-glass
has 'Bris de glace.*Patient inconscient' text1 'an emergency access is said'

made hidden
has 'Latex' text 'what anybody may see is printed'
lacks 'Secretine' text 'what is hidden from professionals is not'
lacks 'Invisibline' text 'what the patient does not see is not'
has '1 / 1 documents lus' text 'and neither is counted'
lacks 'masqués affichés' text 'nor are they told of'

made long
test "$pages" -eq 2; verdict $? 'a long record: two pages'
for page in 1 2; do
  has 'MARTIN Jeanne, née DUPONT' "text$page" "page $page: whose it is"
  has '15/01/2026 à 14:35' "text$page" "page $page: when"
  has "page $page/2" "text$page" "page $page: its number"
  has 'ne remplace pas le dossier' "text$page" "page $page: what it is not"
done
has '\+[0-9]+ autres' text2 'what found no room is counted'
lacks '…' text 'nothing is cut short'
grep -oE 'Allergene[0-9]+|Sans ligne' "$work/text2" | tail -n 1 | grep -q Allergene || grep -q 'Sans ligne' "$work/text2"
verdict $? 'and named at the end'

"$top_srcdir/tests/records/make-records" --out "$work/records" --record simple >/dev/null
from=$work/records/simple/documents
"$dmp" summary --from "$from" --pdf >"$work/a.pdf" 2>/dev/null && split
has 'MARTIN Paul' text1 'dmp summary --pdf: on standard output'
has 'AMLODIPINE' text 'with the treatments'
"$dmp" summary --from "$from" --pdf -o "$work/b.pdf" 2>/dev/null && cmp -s "$work/a.pdf" "$work/b.pdf"
test "$(stat -c %a "$work/b.pdf")" = 600; verdict $? 'in a file, for its owner alone'
! strings "$work/b.pdf" | grep -q MARTIN; verdict $? 'no name among the properties'
"$dmp" summary --from "$from" -o "$work/c.pdf" >/dev/null 2>"$work/text"; test $? -eq 2
verdict $? '-o without --pdf is refused'
"$dmp" summary --from "$from" --pdf -o "$work/none/c.pdf" >/dev/null 2>"$work/text"
test $? -ne 0 && grep -q 'none/c.pdf' "$work/text"; verdict $? 'a file that cannot be written is said'
echo "1..$n"
