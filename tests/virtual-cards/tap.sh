# Sourced by the card tests: TAP, and how to be inside a reader. Needs top_srcdir, top_builddir.
# shellcheck shell=sh
: "${top_srcdir:=$(cd "$(dirname "$0")/../.." && pwd)}" "${top_builddir:=$top_srcdir}"
export top_srcdir top_builddir
OPENSC_CONF=$top_srcdir/tests/virtual-cards/opensc.conf
HOME=${TMPDIR:-/tmp} # OpenSC's cache
export OPENSC_CONF HOME
with_reader=$top_srcdir/tests/with-reader.sh
cards_ctl=$top_srcdir/tests/cards-ctl.sh
tap_n=0

# is GOT EXPECTED WHAT
is () {
  tap_n=$((tap_n + 1))
  if [ "$1" = "$2" ]; then
    echo "ok $tap_n - $3"
  else
    echo "not ok $tap_n - $3"
    printf 'got:      %s\nexpected: %s\n' "$1" "$2" | sed 's/^/#   /'
  fi
}

# like GOT PATTERN WHAT: PATTERN is a shell pattern
like () {
  # shellcheck disable=SC2254 # a pattern
  case $1 in
    $2) is yes yes "$3" ;;
    *) is "$1" "$2" "$3" ;;
  esac
}

done_testing () { echo "1..$tap_n"; }

skip_all () {
  echo "1..0 # SKIP $*"
  exit 0
}

# need PROGRAM…
need () {
  for program; do
    command -v "$program" >/dev/null || skip_all "$program is not installed"
  done
}

# in_reader [option of with-reader.sh…]: goes on inside, once
in_reader () {
  [ -z "${TAP_INSIDE:-}" ] || return 0
  status=0
  reason=$(mktemp)
  TAP_INSIDE=1 "$with_reader" "$@" -- sh "$0" 2>"$reason" || status=$?
  message=$(tail -n 1 "$reason")
  sed 's/^/# /' "$reason"
  rm -f "$reason"
  [ $status -ne 77 ] || skip_all "$message"
  exit $status
}

# apdu HEX…: answers, one a line; blanks in a command are welcome
apdu () { "$top_builddir/tests/virtual-cards/pcsc-send" "$@" 2>&1; }
status_word () { apdu "$@" | tail -n 1 | sed 's/.*\(....\)$/\1/'; }
unhex () { basenc -d --base16; }

# wipe FILE…: a log to count afresh
wipe () { for file; do : >"$file"; done; }
