#!/bin/sh
# A virtual reader that stays, for programs outside its namespaces (the window of the demo).
# usage: reader-daemon.sh start FOLDER [option of with-reader.sh…]
#        reader-daemon.sh stop FOLDER
# Clients set PCSCLITE_CSOCK_NAME=FOLDER/pcscd.comm; cards-ctl.sh FOLDER moves the cards.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
[ $# -ge 2 ] || { sed -n '3,4s/^# //p' "$0" >&2; exit 2; }
action=$1
mkdir -p "$2"
dir=$(cd "$2" && pwd)
shift 2

start () {
  # What a Unix socket's name may hold.
  if [ "$(printf '%s' "$dir/pcscd.comm" | wc -c)" -ge 108 ]; then
    echo "reader-daemon: the name $dir is too long for a socket" >&2
    exit 99
  fi
  stop
  # Every process of the reader holds this lock, so that stop can wait for the last one.
  exec 9>"$dir/lock"
  flock 9
  rm -f "$dir/started"
  mkfifo "$dir/started"
  # Once everything is ready the inside says so, then sleeps until it is stopped.
  # shellcheck disable=SC2016 # for the inner shell
  setsid "$here/with-reader.sh" --dir "$dir" "$@" -- \
    sh -c 'echo ready; exec sleep infinity >/dev/null 2>&1' \
    >"$dir/started" 2>"$dir/daemon.log" </dev/null &
  pid=$!
  answer=
  read -r answer <"$dir/started" || :
  rm -f "$dir/started"
  if [ "$answer" = ready ]; then
    echo $pid >"$dir/daemon.pid"
    exit 0
  fi
  status=0
  wait $pid || status=$?
  cat "$dir/daemon.log" >&2
  [ $status -eq 77 ] || status=99
  exit $status
}

stop () {
  [ -f "$dir/daemon.pid" ] || return 0
  pid=$(cat "$dir/daemon.pid")
  if tr '\0' ' ' 2>/dev/null <"/proc/$pid/cmdline" | grep -q with-reader; then
    kill "$pid"
    flock "$dir/lock" true
  fi
  rm -f "$dir/daemon.pid"
}

case $action in
  start) start "$@" ;;
  stop) stop ;;
  *) exit 2 ;;
esac
