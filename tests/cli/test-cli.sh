#!/bin/sh
# The command line from outside, as far as it needs neither card nor network.
set -u
dmp=$top_builddir/src/cli/dmp
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export HOME="$work" XDG_CONFIG_HOME="$work"
n=0

# expect STATUS NAME COMMAND…: the exit status, and on failure a sentence on standard error
expect () {
  wanted=$1 name=$2
  shift 2
  n=$((n + 1))
  "$@" >"$work/out" 2>"$work/err" </dev/null
  got=$?
  if [ $got -ne "$wanted" ]; then
    echo "not ok $n - $name"; echo "# exit $got, wanted $wanted"; sed 's/^/# /' "$work/out" "$work/err"
  elif [ "$wanted" -ne 0 ] && ! [ -s "$work/err" ] && ! [ -s "$work/out" ]; then
    echo "not ok $n - $name"; echo '# nothing was said'
  else
    echo "ok $n - $name"
  fi
}

# says PATTERN NAME: in what the last command printed
says () {
  n=$((n + 1))
  if grep -qE "$1" "$work/out" "$work/err"; then echo "ok $n - $2"; else
    echo "not ok $n - $2"; sed 's/^/# /' "$work/out" "$work/err"
  fi
}

expect 2 'no command: the help' "$dmp"
says '^  status ' 'it lists the commands'
expect 0 'the help asked for' "$dmp" --help
expect 0 'the version' "$dmp" --version
expect 2 'an unknown command' "$dmp" frobnicate
expect 2 'an unknown option' "$dmp" list --frobnicate
expect 0 'the help of a command' "$dmp" list --help
expect 2 'no patient' "$dmp" status --json
says '"code" : "usage"' 'said in JSON too'
expect 2 'an emergency without a reason' "$dmp" status --mode bris_de_glace
expect 2 'settings that are not there' "$dmp" status --config "$work/none.ini"
printf '[host]\nurl=http://insecure.example\n' >"$work/bad.ini"
expect 2 'settings without TLS' "$dmp" status --config "$work/bad.ini"
says 'url' 'the setting is named'
printf '{"ins":"123456789012345"}' >"$work/patient.json"
expect 2 'an INS with a wrong key' "$dmp" status --patient "$work/patient.json" --json
says 'invalid-ins' 'said as such'
printf 'not json' >"$work/patient.json"
expect 2 'an identity that is not JSON' "$dmp" status --patient "$work/patient.json"

printf '<a>' >"$work/broken.xml"
expect 17 'a broken document' "$dmp" cda show "$work/broken.xml"
printf '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>' >"$work/hostile.xml"
expect 17 'a hostile document' "$dmp" cda show "$work/hostile.xml"
expect 2 'a document that is not there' "$dmp" cda show "$work/none.xml"

"$top_srcdir/tests/records/make-records" --out "$work/records" --record simple >/dev/null
one=$(ls "$work"/records/simple/documents/*.xml | head -n 1)
expect 0 'a document as text' "$dmp" cda show "$one"
expect 0 'its facts' "$dmp" cda facts "$one" --json
says '"facts"' 'as JSON'
expect 0 'the summary of a folder' "$dmp" summary --from "$work/records/simple/documents" --json
says '"coverage"' 'with its coverage'
expect 2 'the summary of no folder' "$dmp" summary --from "$work/nowhere"
"$top_srcdir/tests/records/make-pdf" --out "$work/a.pdf"
expect 2 'a file to send without its type' "$dmp" send "$work/a.pdf" --dry-run
truncate -s 1T "$work/huge.pdf"
expect 17 'a file larger than the memory' "$dmp" send "$work/huge.pdf" --type 11488-4 --dry-run
says '20 Mo' 'is refused by its size, unread'
mkfifo "$work/pipe"
(head -c 30000000 /dev/zero >"$work/pipe") &
expect 17 'as much from a pipe' "$dmp" send "$work/pipe" --type 11488-4 --dry-run
says '20 Mo' 'is refused once it is too much'
wait
expect 2 'a day that is none' "$dmp" summary --from "$work/records/simple/documents" --today abc
says 'AAAAMMJJ' 'and how it is written'
expect 2 'a day that does not exist' "$dmp" summary --from "$work/records/simple/documents" --today 20260231
expect 2 'a day for a record' "$dmp" summary --today 20260115

# stopped NAME SIGNAL COMMAND…: reads a pipe to which nobody writes, until the signal
stopped () {
  name=$1 signal=$2
  shift 2
  mkfifo "$work/silent"
  "$@" "$work/silent" >"$work/out" 2>"$work/err" &
  child=$!
  exec 4>"$work/silent" # waits until it has opened its end
  sleep 20 >&4 & # then the pipe ends: a failure, but no standstill
  writer=$!
  exec 4>&-
  sleep 0.3
  kill -s "$signal" $child
  wait $child
  got=$?
  kill $writer
  rm "$work/silent"
  n=$((n + 1))
  if [ $got -eq 20 ] && grep -q interrompue "$work/err"; then echo "ok $n - $name"; else
    echo "not ok $n - $name"; echo "# exit $got"; sed 's/^/# /' "$work/err"
  fi
}
stopped 'Ctrl-C while a document is read' INT "$dmp" cda show
stopped 'Ctrl-C while a message is read' INT "$dmp" decode --json
says '"cancelled"' 'said in JSON too'
stopped 'the end of the machine while a file to send is read' TERM "$dmp" send --type 11488-4 --dry-run
echo "1..$n"
