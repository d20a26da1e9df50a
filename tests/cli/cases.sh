# shellcheck shell=sh
# Cases of a test of the command line, for "." at its top: $dmp, a folder $out that goes with the test,
# settings and data within it, and two ways to ask. A test ends with: echo "1..$n"
# shellcheck disable=SC2034 # for who reads this in
dmp=$top_builddir/src/cli/dmp
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
XDG_CONFIG_HOME=$out/config XDG_DATA_HOME=$out/data
export XDG_CONFIG_HOME XDG_DATA_HOME
mkdir -p "$out/config/caducee"
n=0

# ok WORDS COMMAND…: one case
ok () {
  words=$1
  shift
  n=$((n + 1))
  if "$@" >"$out/log" 2>&1; then echo "ok $n - $words"; else
    echo "not ok $n - $words"
    sed 's/^/# /' "$out/log"
  fi
}

# status NUMBER COMMAND…: what it says is in $out/answer, what it complains of in $out/errors
status () {
  want=$1 got=0
  shift
  "$@" >"$out/answer" 2>"$out/errors" || got=$?
  test "$got" = "$want" || { echo "exit $got instead of $want"; cat "$out/errors"; return 1; }
}
