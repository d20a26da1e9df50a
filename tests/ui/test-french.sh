#!/bin/sh
# The strings of the sources are French, and set as French is: U+202F before ; ? !, U+00A0 before :
# and inside « », the curved apostrophe, the ellipsis as one character. And none is cut short: xgettext
# ends a string at a format macro of GLib, and such a half is never found in a catalogue.
set -eu
if ! command -v xgettext >/dev/null; then echo "1..0 # SKIP no xgettext"; exit 0; fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$top_srcdir"
export LC_ALL=C.UTF-8

options=$(sed -n 's/^XGETTEXT_OPTIONS = //p' po/Makevars)
# shellcheck disable=SC2086
xgettext $options --files-from=po/POTFILES.in --no-location -o "$work/new.pot"
# One string a line, plurals too, the header left out.
msgcat --no-wrap "$work/new.pot" | awk '
  /^msgid/ { sub (/^msgid(_plural)? /, ""); text = $0; open = 1; next }
  /^"/ && open { text = substr (text, 1, length (text) - 1) substr ($0, 2); next }
  open { if (text != "\"\"" && text !~ /Project-Id-Version/) print substr (text, 2, length (text) - 2); open = 0 }
' >"$work/strings"

# Not prose: addresses, times, entities, keys, the keywords of the desktop file.
sed -E 's#https?://##g; s/%H:%M//g; s/ADDR:PORT//g; s/&[a-z]+;//g; s/\(\?\)//g; s/^\?$//; /^DMP;CPS;/d' \
  "$work/strings" >"$work/prose"

n=0
# forbid NAME PATTERN
forbid () {
  n=$((n + 1))
  if grep -P "$2" "$work/prose" >"$work/wrong"; then
    echo "not ok $n - $1"
    sed 's/^/# /' "$work/wrong"
  else
    echo "ok $n - $1"
  fi
}

echo 1..8
if [ "$(wc -l <"$work/strings")" -gt 500 ]; then echo 'ok 1 - strings found'; else echo 'not ok 1 - strings found'; fi
n=1
forbid 'U+202F before ; ? !' '(?<!\x{202f}|[?!])[;?!]'
forbid 'U+00A0 before :' '(?<!\x{a0}):'
forbid 'U+00A0 inside « »' '«(?!\x{a0})|(?<!\x{a0})»'
forbid 'no straight apostrophe or quote' "[[:alpha:]]'|\\\\\""
forbid 'the ellipsis is one character' '\.\.\.'
forbid 'no space beside a no-break space' ' [\x{a0}\x{202f}]|[\x{a0}\x{202f}] '
forbid 'no string is cut short' '%[-0-9. ]*$'
