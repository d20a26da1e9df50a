#!/bin/sh
# Cards that come and go: pulled, inserted, swapped, ejected; pcscd gone and back; from outside too.
set -eu
. "$(dirname "$0")/tap.sh"
need pkcs11-tool
ctl () { "$cards_ctl" "$dir" "$@" 2>&1; }
slots () { ctl status | sed 's/.*\t//' | tr '\n' ' '; }
cps=3BAC00402A001225006480000310009000 vitale=3B751300004409EA9000
holder () { pkcs11-tool -O 2>/dev/null | sed -n 's/.*SN=\([A-Z]*\).*/\1/p' | head -n 1; }

if [ -n "${TAP_INSIDE:-}" ]; then
  # Inside, with a card that leaves after six answers: the seventh command finds none.
  is "$(apdu 00A4090C043F000001 00A4090C043F000001 00A4090C043F000001 00A4090C043F000001 \
    00A4090C043F000001 00A4090C043F000001 00A4090C043F000001 | grep -c 9000)" 6 'ejected after six'
  "$cards_ctl" "$READER_DIR" await empty
  "$cards_ctl" "$READER_DIR" insert
  is "$(apdu 00A4090C043F000001 00A4090C043F000001 00A4090C043F000001 00A4090C043F000001 \
    00A4090C043F000001 00A4090C043F000001 00A4090C043F000001 | grep -c 9000)" 7 'only once'
  done_testing
  exit 0
fi

dir=$(mktemp -d)
trap '"$top_srcdir/tests/reader-daemon.sh" stop "$dir"; rm -rf "$dir"' EXIT
status=0
"$top_srcdir/tests/reader-daemon.sh" start "$dir" --vitale 2>"$dir.err" || status=$?
message=$(tail -n 1 "$dir.err")
rm -f "$dir.err"
[ $status -ne 77 ] || skip_all "$message"
[ $status -eq 0 ] || { echo "Bail out! $message"; exit 1; }
export PCSCLITE_CSOCK_NAME="$dir/pcscd.comm"

is "$(slots)" "$cps $vitale " 'both cards are seen from outside'
is "$(holder)" LEROY 'the general practitioner'
ctl pull
is "$(slots)" " $vitale " 'pulled'
ctl insert
is "$(slots)" "$cps $vitale " 'inserted'
ctl swap ward
is "$(holder)" PETIT 'the hospital doctor'
is "$(ctl swap nobody)" 'cards-ctl: there is no card "nobody"' 'an unknown card'
is "$(holder)" PETIT 'changes nothing'
ctl pull vitale
is "$(slots)" "$cps  " 'the Vitale too'
ctl insert vitale
is "$(slots)" "$cps $vitale " 'and back'
ctl stop-pcscd
like "$(apdu 00200001)" '*Service not available*' 'no pcscd'
ctl start-pcscd
ctl await present
ctl await present vitale
is "$(slots)" "$cps $vitale " 'the cards find the new pcscd'
kill -0 "$(cat "$dir/cps.pid")" && is alive alive 'virtual-cps lives'
pids=$(cat "$dir"/*.pid)
"$top_srcdir/tests/reader-daemon.sh" stop "$dir"
left=
for pid in $pids; do left=$left$(readlink "/proc/$pid/exe" || :); done # not one about to end
is "$left" '' 'stop leaves no process'

unset PCSCLITE_CSOCK_NAME
is "$("$with_reader" --no-reader -- "$top_builddir/tests/virtual-cards/pcsc-send" --list 2>&1 || :)" \
  'pcsc-send: reader: Cannot find a smart card reader.' 'pcscd without a reader'
is "$("$with_reader" --card none -- "$top_builddir/tests/virtual-cards/pcsc-send" --list |
  cut -f 2 | tr '\n' ' ')" '  ' 'a reader without a card'
is "$(TAP_INSIDE=1 "$with_reader" --eject-after 6 -- sh "$0" | sed -n 's/^\(not \)\{0,1\}ok.*/\1ok/p' |
  tr '\n' ' ')" 'ok ok ' 'ejected after N answers, once'
before=$(date +%s%N)
"$with_reader" --apdu-ms 40 --byte-us 1000 -- "$top_builddir/tests/virtual-cards/pcsc-send" \
  00A4090C043F000001 00A4090C023F00 00A4090C043F000001 00A4090C023F00 >/dev/null
# 4 commands, 4 × 2 + 16 bytes: at least 160 + 40 ms
is "$([ $(($(date +%s%N) - before)) -ge 200000000 ] && echo slow)" slow 'the pace of a slow card'
status=0
"$with_reader" --no-pcscd -- sh -c 'exit 5' || status=$?
is $status 5 'the exit status is the command'"'"'s'
status=0
"$with_reader" --card nobody -- true 2>/dev/null || status=$?
is $status 99 'no such card'
done_testing
