#!/bin/sh
# dmp cda and dmp summary --from, offline: answers, JSON, exit status.
set -eu
. "$top_srcdir/tests/cli/cases.sh"
documents=$top_srcdir/tests/cda/documents
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
models=$top_srcdir/tests/cda/models
written () { # every model: a document that can be sent, with what the model says
  for model in vsm vaccination letter; do
    status 0 "$dmp" cda write "$models/$model.json" && cp "$out/answer" "$out/$model.xml" &&
      status 0 "$dmp" cda check "$out/$model.xml" && status 0 "$dmp" send --dry-run "$out/$model.xml" || return 1
  done
  status 0 "$dmp" cda facts --json "$out/vsm.xml" && python3 -c 'import json, sys
facts = json.load(open(sys.argv[1]))["facts"]
problems = [(f["text"], f["keys"][0]["code"], f["date"]) for f in facts if f["kind"] == "problem"]
assert problems == [("Hypertension essentielle (primitive)", "I10", "2012"), ("Diabète de type 2, équilibré", "E11.9", "201503")], problems
assert [f["keys"] for f in facts if f["text"] == "Pénicilline"] == [[]]
assert [f["absent"] for f in facts if f["kind"] == "history"] == [True]' "$out/answer"; }
dated () { # care that has not taken place, or ends before it begins, by whoever wrote it
  sed 's/\(<effectiveTime><low value="\)[0-9]*/\120620105/' "$out/letter.xml" >"$out/late.xml" &&
    status 17 "$dmp" cda check "$out/late.xml" --json && grep -q '"cda-act-date-future"' "$out/answer" &&
    grep -q '"cda-act-date-order"' "$out/answer" && status 17 "$dmp" send --dry-run "$out/late.xml" || return 1
  echo 'Compte rendu de consultation, rien de particulier.' >"$out/words.txt"
  status 0 "$dmp" send --dry-run --type 11488-4 --date 2026-01-05 "$out/words.txt" &&
    status 17 "$dmp" send --dry-run --type 11488-4 --date 2062-01-01 "$out/words.txt" && grep -q futur "$out/errors" &&
    status 17 "$dmp" send --dry-run --type 11488-4 --hide-from-professionals --hide-from-patient "$out/words.txt" &&
    status 17 "$dmp" send --dry-run --hide-from-professionals --hide-from-patient "$out/letter.xml" &&
    status 0 "$dmp" send --dry-run --prefill --type 11488-4 "$out/words.txt" && grep -q aujourd "$out/errors"
}
noted () { # what may be sent all the same is told, and is no defect
  unknown='<entry><act classCode="ACT" moodCode="EVN"><code code="Z" codeSystem="9" displayName="Inconnu"/></act></entry>'
  sed "s,</section>,$unknown</section>," "$out/vsm.xml" >"$out/unknown.xml"
  status 0 "$dmp" cda check --json "$out/unknown.xml" && python3 -c 'import json, sys
report = json.load(open(sys.argv[1]))
assert [(f["code"], f["level"]) for f in report["findings"]] == [("cda-entries-unknown", "note")], report
assert report["defects"] == []' "$out/answer" && status 0 "$dmp" cda check "$out/unknown.xml" &&
    grep -q reconnue "$out/answer" && status 0 "$dmp" send --dry-run "$out/unknown.xml"
}
from_pipe () { "$dmp" cda write - <"$models/letter.json" >"$out/piped.xml" && grep -q 'Décompensation cardiaque' "$out/piped.xml"; }
refused () { # a code that is in no table, a field that is none, something missing: exit 17, nothing written
  for change in s/I10/I10.Q/ 's/"date": "2012"/"day": "2012"/' 's/"type": {"code": "416098002"},//' 's/"none"/"perhaps"/'; do
    sed "$change" "$models/vsm.json" >"$out/model.json"
    status 17 "$dmp" cda write "$out/model.json" && ! test -s "$out/answer" || return 1
  done; }
summary () { status 0 "$dmp" summary --json --from "$documents" --today 20260115 &&
  python3 -c 'import json, sys
summary = json.load(open(sys.argv[1]))
assert summary["coverage"]["listed"] == 5, summary["coverage"]
assert all(fact["sources"] for fact in summary["facts"])
assert {"A1", "C4"} <= {flag["rule"] for flag in summary["flags"]}, summary["flags"]' "$out/answer"; }
found () { status 0 "$dmp" search clopidogrel --json --from "$documents" --today 20260115 &&
  python3 -c 'import json, sys
found = json.load(open(sys.argv[1]))
hit = found["treatments"]["hits"][0]
members = ["text", "marks", "document", "place", "title", "author", "date", "synonym"] # known or null
assert all(list(one) == members for one in found["treatments"]["hits"] + found["texts"]["hits"]), found
start, end = hit["marks"][-1]
assert hit["text"][start:end] == "clopidogrel" and hit["text"].startswith("PLAVIX"), hit
assert found["unsearched"] <= found["listed"] == 5, found' "$out/answer"; }
if ! command -v python3 >/dev/null; then echo "1..0 # SKIP no python3"; exit 0; fi
echo 1..13
ok 'show prints the narrative' shown
ok 'facts as JSON' facts
ok 'check lists defects, exit 17' checked
ok 'no CDA: a sentence, exit 17' broken
ok 'no such file: exit 2' absent
ok 'no such action: exit 2' wrong_verb
ok 'documents are written from models' written
ok 'no care in the future, nothing that nobody may read' dated
ok 'a note is no defect' noted
ok 'a model from a pipe' from_pipe
ok 'what is not right is not written, exit 17' refused
ok 'summary of a folder' summary
ok 'search in a folder' found
