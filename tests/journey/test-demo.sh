#!/bin/sh
# ./demo --headless on what is built here: what it shows, and what it leaves behind: nothing, also when it is stopped.
set -u
here=$(cd "$(dirname "$0")" && pwd)
: "${top_srcdir:=$(cd "$here/../.." && pwd)}"
: "${top_builddir:=$top_srcdir}"
top_srcdir=$(cd "$top_srcdir" && pwd) top_builddir=$(cd "$top_builddir" && pwd)
[ "${ONE_JOURNEY-}" != done ] || { echo '1..0 # SKIP shown on the other build'; exit 0; }
status=0
"$here/../with-reader.sh" --no-reader -- true >/dev/null 2>&1 || status=$?
[ $status -ne 77 ] || { echo '1..0 # SKIP no private reader here'; exit 0; }
work=$(mktemp -d "${TMPDIR:-/tmp}/demo.XXXXXX")
trap 'rm -rf "$work"' EXIT
mkdir "$work/tmp" "$work/home"
n=0

# ok NAME COMMAND…
ok () {
  name=$1
  shift
  n=$((n + 1))
  if "$@" >"$work/why" 2>&1; then echo "ok $n - $name"; else
    echo "not ok $n - $name"
    cat "$work/why" "$work/out" | tail -n 30 | sed 's/^/# /'
  fi
}

# In a group and with signals of its own, as from a terminal.
start () {
  : >"$work/out" # or the last one's words would be taken for its own
  setsid env --default-signal=INT,TERM,HUP -u DISPLAY -u WAYLAND_DISPLAY -u DMP_SHARED TMPDIR="$work/tmp" HOME="$work/home" \
    XDG_STATE_HOME="$work/home/.local/state" XDG_CACHE_HOME="$work/home/.cache" XDG_CONFIG_HOME="$work/home/.config" \
    "$top_srcdir/demo" --headless --build "$top_builddir" >>"$work/out" 2>&1 &
  demo=$!
}

shown () { grep -q "$1" "$work/out" || { echo "no « $1 »"; false; }; }
empty () { test -z "$(find "$work/tmp" "$work/home" -mindepth 1)" || { find "$work/tmp" "$work/home" -mindepth 1; false; }; }
# The folder stands in the arguments or the environment of all that it starts.
gone () {
  for process in /proc/[0-9]*; do
    [ "$process" != "/proc/$$" ] || continue
    if grep -qs "$work/tmp" "$process/cmdline" "$process/environ"; then
      echo "$process"; tr '\0' ' ' <"$process/cmdline"
      return 1
    fi
  done
}
left_nothing () {
  ok "$1: no process is left" gone
  ok "$1: nothing is left on the disk" empty
}

start
wait $demo
got=$?
ok 'the demo ends well' test $got -eq 0
ok 'it signs in and finds the patient' shown 'MARTIN Jeanne.*DMP actif'
ok 'it lists the documents' shown '^150 documents'
ok 'it sends one' shown '^Envoyé.*\[2\.25\.'
ok 'which is listed then' shown '^151 documents'
ok 'it ends with the summary' shown 'documents lus'
left_nothing 'done'

# stopped NAME SIGNAL TARGET STATUS TEXT: once TEXT has been shown, to the demo alone or to all of it
stopped () {
  start
  for _ in $(seq 600); do
    if grep -q "$5" "$work/out" || ! kill -0 $demo 2>/dev/null; then break; fi
    sleep 0.1
  done
  [ "$3" = alone ] && kill -s "$2" $demo || kill -s "$2" -- -$demo
  wait $demo
  got=$?
  ok "$1: it ends with $4" test $got -eq "$4"
  left_nothing "$1"
}
stopped 'Ctrl-C while the host starts' INT all 130 'Starting the reference host'
stopped 'Ctrl-C while a document is sent' INT all 130 'dmp send'
stopped 'stopped alone' TERM alone 143 'Starting the reference host'
echo "1..$n"
