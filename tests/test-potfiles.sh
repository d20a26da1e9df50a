#!/bin/sh
# Every file with strings for people is known to the translators, and none is listed that is gone.
set -eu
cd "$top_srcdir"
echo 1..1
listed=$(sort -u po/POTFILES.in)
found=$({ grep -rlE '(^|[^a-zA-Z_])[NC]?_ ?\(("|$)|n?gettext ?\(' pkcs11 src ui host --include='*.c' --include='*.h'
          grep -rlE 'translatable="(yes|1|true)"' ui --include='*.ui'
          echo ui/data/org.caducee.Caducee.desktop.in
          echo ui/data/org.caducee.Caducee.metainfo.xml.in; } | grep -v '^ui/dmp-resources' | sort -u)
if [ "$listed" = "$found" ]; then
  echo 'ok 1 - POTFILES.in is complete'
else
  echo 'not ok 1 - POTFILES.in is complete'
  printf '%s\n' "$listed" >"${TMPDIR:-/tmp}/potfiles.$$"
  printf '%s\n' "$found" | diff "${TMPDIR:-/tmp}/potfiles.$$" - | sed 's/^/# /' || :
  rm -f "${TMPDIR:-/tmp}/potfiles.$$"
fi
