#!/bin/sh
# make installcheck: what was installed works from where it was installed, without the build tree.
# The Makefile gives bindir, datadir… in the environment (DESTDIR before them).
set -u
n=0
failed=0

# ok STATUS NAME
ok () {
  n=$((n + 1))
  if [ "$1" -eq 0 ]; then echo "ok $n - $2"; else
    echo "not ok $n - $2"
    sed 's/^/# /' "$work/said" 2>/dev/null
    failed=1
  fi
  : >"$work/said"
}
skip () { n=$((n + 1)); echo "ok $n - $1 # SKIP $2"; }

work=$(mktemp -d "${TMPDIR:-/tmp}/installed.XXXXXX") || exit 1
trap 'rm -rf "$work"' EXIT
unset DMP_OPENSC_CONF DMP_PDF_CHILD DMP_PDFA_CHILD GSETTINGS_SCHEMA_DIR
at=${DESTDIR-}
export HOME="$work" XDG_CONFIG_HOME="$work" XDG_CACHE_HOME="$work"

[ "$("$at$pkglibexecdir/caducee-dmp" --version 2>"$work/said")" = "$package" ]
ok $? 'dmp says its version'
"$at$bindir/dmp-host" --help >"$work/said" 2>&1
ok $? 'dmp-host starts'
for page in dmp dmp-host; do
  test -s "$at$mandir/man1/$page.1"
  ok $? "the page of $page"
done

english=$(locale -a | grep -iE '^en_(GB|US)\.utf-?8$' | head -n 1)
if [ -z "$english" ]; then skip 'the English catalogue' 'no English locale'
elif [ -n "$at" ]; then skip 'the English catalogue' 'DESTDIR'
elif ! msgunfmt "$localedir/en/LC_MESSAGES/caducee.mo" | grep -q '^msgstr ".'; then skip 'the English catalogue' 'it is empty'
else
  LC_ALL=$english LANGUAGE=en "$bindir/dmp" --help >"$work/english" 2>&1
  LC_ALL=C.UTF-8 "$bindir/dmp" --help >"$work/french" 2>&1
  ! cmp -s "$work/french" "$work/english"
  ok $? 'the English catalogue is found'
fi

if [ -n "$at" ]; then skip 'the settings are known to GSettings' 'DESTDIR: compiled where they will be'
else
  gsettings --schemadir "$at$datadir/glib-2.0/schemas" list-schemas 2>"$work/said" | grep -qx "$app_id"
  ok $? 'the settings are known to GSettings'
fi
desktop-file-validate "$at$datadir/applications/$app_id.desktop" >"$work/said" 2>&1
ok $? 'the desktop finds the window'
test -s "$at$datadir/metainfo/$app_id.metainfo.xml" && test -s "$at$datadir/icons/hicolor/scalable/apps/$app_id.svg"
ok $? 'and its description and icon'

# A program with such a path in it, and a file there.
test -r "$at$pkgdatadir/opensc-client.conf" && grep -aqF "$pkgdatadir/opensc-client.conf" "$at$pkglibexecdir/caducee-dmp"
ok $? "dmp looks for OpenSC's settings where they are"
test -x "$at$pkglibexecdir/caducee-dmp" && grep -aqF "$pkglibexecdir/caducee-dmp" "$at$bindir/dmp"
ok $? 'and for the rest of itself'
test -x "$at$pkglibexecdir/caducee-pdf" && grep -aqF "$pkglibexecdir/caducee-pdf" "$at$bindir/caducee"
ok $? 'caducee looks for its confined child where it is'
"$at$pkglibexecdir/caducee-pdf" </dev/null >"$work/out" 2>"$work/said"
test $? -lt 126
ok $? 'which starts'

"$top_srcdir/tests/with-reader.sh" -- "$at$bindir/dmp" card --json >"$work/said" 2>&1
status=$?
if [ $status -eq 77 ]; then skip 'dmp reads a card' 'no private reader here'
elif [ -n "$at" ]; then skip 'dmp reads a card' 'DESTDIR'
else
  [ $status -eq 0 ] && grep -q '"national_id" : "899700000017"' "$work/said" && grep -q '"module"' "$work/said"
  ok $? 'dmp reads a card'
fi

echo "1..$n"
exit $failed
