#!/bin/sh
# dmp cda and dmp summary --from, offline: answers, JSON, exit status.
set -eu
dmp=$top_builddir/src/cli/dmp
documents=$top_srcdir/tests/cda/documents
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
XDG_CONFIG_HOME=$out
export XDG_CONFIG_HOME
n=0
ok () { # words, command…
  words=$1
  shift
  n=$((n + 1))
  if "$@" >"$out/log" 2>&1; then echo "ok $n - $words"; else
    echo "not ok $n - $words"
    sed 's/^/# /' "$out/log"
  fi
}
status () { # expected, command…
  want=$1 got=0
  shift
  "$@" >"$out/answer" 2>"$out/errors" || got=$?
  test "$got" = "$want" || { echo "exit $got instead of $want"; cat "$out/errors"; return 1; }
}
shown () { status 0 "$dmp" cda show "$documents/letter.xml" && grep -q 'Dyspnée récente' "$out/answer"; }
facts () { status 0 "$dmp" cda facts --json "$documents/letter.xml" "$documents/laboratory.xml" &&
  python3 -c 'import json, sys
one, two = json.load(open(sys.argv[1]))
kinds = [fact["kind"] for fact in one["facts"]]
assert {"problem", "allergy", "treatment", "family", "event", "contact"} <= set(kinds), kinds
assert two["facts"][0]["value"] == {"number": "5.2", "unit": "mmol/L", "low": "3.5", "high": "5.1", "reference": None, "text": None, "code": None, "flag": "H"}' "$out/answer"; }
checked () { status 17 "$dmp" cda check "$documents/letter.xml" && grep -q conserve "$out/answer"; }
broken () { echo '<a/>' >"$out/a.xml" && status 17 "$dmp" cda show --json "$out/a.xml" &&
  grep -q '"code" *: *"invalid-document"' "$out/answer" && grep -q 'n’est pas un document' "$out/errors"; }
absent () { status 2 "$dmp" cda show "$out/none.xml"; }
wrong_verb () { status 2 "$dmp" cda eat "$documents/letter.xml"; }
summary () { status 0 "$dmp" summary --json --from "$documents" --today 20260115 &&
  python3 -c 'import json, sys
summary = json.load(open(sys.argv[1]))
assert summary["coverage"]["listed"] == 5, summary["coverage"]
assert all(fact["sources"] for fact in summary["facts"])
assert {"A1", "C4"} <= {flag["rule"] for flag in summary["flags"]}, summary["flags"]' "$out/answer"; }
if ! command -v python3 >/dev/null; then echo "1..0 # SKIP no python3"; exit 0; fi
echo 1..7
ok 'show prints the narrative' shown
ok 'facts as JSON' facts
ok 'check lists defects, exit 17' checked
ok 'no CDA: a sentence, exit 17' broken
ok 'no such file: exit 2' absent
ok 'no such action: exit 2' wrong_verb
ok 'summary of a folder' summary
