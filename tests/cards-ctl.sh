#!/bin/sh
# Moves the cards of a virtual reader: FOLDER is $READER_DIR inside with-reader.sh, or the folder
# given to reader-daemon.sh. Returns once pcscd has seen it.
# usage: cards-ctl.sh FOLDER pull|insert [cps|vitale]
#        cards-ctl.sh FOLDER swap NAME         another card in the first slot: ward, nurse, …
#        cards-ctl.sh FOLDER await present|empty [cps|vitale]
#        cards-ctl.sh FOLDER stop-pcscd|start-pcscd
#        cards-ctl.sh FOLDER status
set -eu
usage () { sed -n '4,8s/^# \(usage: \)\{0,1\} *//p' "$0" >&2; exit 2; }
[ $# -ge 2 ] || usage
dir=$(cd "$1" && pwd)
action=$2
send=$(cat "$dir/programs")/pcsc-send
export PCSCLITE_CSOCK_NAME="$dir/pcscd.comm"

# await CARD STATE
await () {
  case $1 in
    cps) slot=0 ;;
    vitale) slot=1 ;;
    *) usage ;;
  esac
  "$send" --slot $slot --wait "$2"
}

# move SIGNAL CARD STATE
move () {
  kill "-$1" "$(cat "$dir/$2.pid")"
  await "$2" "$3"
}

swap () {
  folder=$(cat "$dir/pki")/cards/$1
  [ -f "$folder/profile" ] || { echo "cards-ctl: there is no card \"$1\"" >&2; exit 1; }
  move USR1 cps empty
  ln -sfn "$folder" "$dir/card"
  move USR2 cps present
}

stop_pcscd () {
  pid=$(cat "$dir/pcscd.pid")
  kill "$pid"
  # It removes its socket before it lets go of those who are connected. A zombie has no program.
  while [ -e "/proc/$pid/exe" ]; do sleep 0.01; done
}

start_pcscd () {
  kill -USR1 "$(cat "$dir/inside.pid")"
  "$send" --wait service
}

case $action in
  pull) move USR1 "${3:-cps}" empty ;;
  insert) move USR2 "${3:-cps}" present ;;
  swap) [ $# -eq 3 ] || usage; swap "$3" ;;
  await) [ $# -ge 3 ] || usage; await "${4:-cps}" "$3" ;;
  stop-pcscd) stop_pcscd ;;
  start-pcscd) start_pcscd ;;
  status) "$send" --list ;;
  *) usage ;;
esac
