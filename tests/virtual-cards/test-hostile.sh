#!/bin/sh
# Bent commands, and files that are not what they should be: refused, never a crash.
set -eu
. "$(dirname "$0")/tap.sh"
need openssl
pki=${PKI_DIR:-$top_builddir/tests/pki}
bin=$top_builddir/tests/virtual-cards
"$top_srcdir/tests/virtual-cards/make-pki" "$pki"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# fails COMMAND…: its exit status and what it said
fails () {
  status=0
  said=$("$@" 2>&1 >/dev/null </dev/null) || status=$?
  printf '%s %s' "$status" "$said" | head -n 1
}

for seed in 1 2 3; do
  is "$(fails "$bin/card-fuzz" "$pki/cards/gp" $seed 100000)" '0 ' "100 000 bent commands, seed $seed"
done

like "$(fails "$bin/virtual-cps" --card "$work")" '1 */profile: No such file or directory' 'no card'
cp -r "$pki/cards/gp" "$work/card"
echo 'nonsense' >>"$work/card/profile"
like "$(fails "$bin/virtual-cps" --card "$work/card")" '1 */profile: unexpected line' 'a bad profile'
sed '/^serial=/d' "$pki/cards/gp/profile" >"$work/card/profile"
like "$(fails "$bin/virtual-cps" --card "$work/card")" '1 */profile: a line is missing*' 'half a profile'
cp "$pki/cards/gp/profile" "$work/card/profile"
openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:1024 -out "$work/card/auth.key" 2>/dev/null
like "$(fails "$bin/virtual-cps" --card "$work/card")" '1 */auth.key: not a key of 2048 bits' 'a short key'
printf 'pin 9 31323334FFFFFFFF\n' >"$work/state"
like "$(fails "$bin/virtual-cps" --card "$pki/cards/gp" --state "$work/state")" '1 */state: damaged' \
  'a damaged state'
printf 'MARTIN\tJEANNE\t1953-02-03\t253027716812\n' >"$work/people"
like "$(fails "$bin/virtual-vitale" --people "$work/people")" '1 */people: unexpected line' \
  'a number too short'
like "$(fails "$bin/virtual-cps")" '2 *' 'no option: the usage'
like "$(fails "$bin/virtual-cps" --card "$pki/cards/gp" --port 70000)" '2 *' 'a port too high'
done_testing
