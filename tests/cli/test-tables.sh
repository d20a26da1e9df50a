#!/bin/sh
# dmp tables: the list, an import in the published format, what is refused; and the checks of the settings.
set -eu
. "$top_srcdir/tests/cli/cases.sh"
mkdir "$out/bdpm"
own () { status 0 "$dmp" tables && grep -q 'calendrier vaccinal' "$out/answer" && grep -q 'pas importée' "$out/answer"; }
printf '60007437\tESSAI 40 mg, comprim\351\tcomprim\351\torale\tx\tx\tx\t01/01/2000\r\n' >"$out/bdpm/CIS_bdpm.txt"
printf '60007437\t4944413\tplaquette(s) de 28 comprim\351(s)\tx\tx\t08/05/2012\t3400949444137\toui\r\n' \
  >"$out/bdpm/CIS_CIP_bdpm.txt"
missing () { status 2 "$dmp" tables import "$out/bdpm" --json && grep -q CIS_COMPO_bdpm.txt "$out/errors"; }
nothing () { status 0 "$dmp" tables --json && ! grep -q '"imported" : true' "$out/answer"; }
imported () {
  printf '60007437\tcomprim\351\t00002\tATORVASTATINE\t40 mg\tun comprim\351\tSA\t1\t\r\n' >"$out/bdpm/CIS_COMPO_bdpm.txt"
  status 0 "$dmp" tables import "$out/bdpm" --date 2026-01-12 --json && grep -q '"packs" : 1' "$out/answer" &&
    status 0 "$dmp" tables && grep -q '^2026-01-12' "$out/answer"
}
summary () { # the summary says which tables and checks
  status 0 "$dmp" summary --from "$top_srcdir/tests/cda/documents" --today 20260115 &&
    grep -q 'BDPM 2026-01-12 (importée)' "$out/answer" && grep -q 'Interactions.*non recherchées' "$out/answer"
}
setting () {
  printf '[checks]\ninteractions=1\nallergies=0\n' >"$out/config/caducee/caducee.ini"
  status 0 "$dmp" tables --json && grep -q 'non rapprochés (réglage).*recherchées, table non exhaustive' "$out/answer"
}
damaged () { # said, and not used
  echo 'x' >"$out/data/caducee/tables/bdpm-packs.tsv"
  status 2 "$dmp" tables && grep -q 'abîmée' "$out/errors" &&
    status 0 "$dmp" summary --from "$top_srcdir/tests/cda/documents" --today 20260115 && grep -q 'abîmée' "$out/errors" &&
    ! grep -q importée "$out/answer"
}
removed () { status 0 "$dmp" tables remove && status 0 "$dmp" tables && grep -q 'pas importée' "$out/answer"; }
wrong () { status 2 "$dmp" tables eat && status 2 "$dmp" tables import "$out/bdpm" --date 12/01/2026; }
ok "its own tables, with their dates" own
ok "a file is missing: exit 2, nothing changed" missing
ok "nothing imported then" nothing
ok "the published format is taken in" imported
ok "a summary names its tables and checks" summary
ok "settings choose the checks" setting
ok "a damaged import is said and not used" damaged
ok "taken away" removed
ok "a wrong word, a wrong date: exit 2" wrong
echo "1..$n"
