#!/bin/sh
# Runs a command with a private pcscd, a two-slot reader, a virtual CPS and a virtual Vitale.
# usage: with-reader.sh [option…] -- COMMAND [ARGUMENT…]      options: see usage() below
#
# Everything lives in namespaces of its own (user, mount, network): no root, nothing listens on the
# machine, several can run at the same time. Exit status: that of the command; 77 where namespaces
# are forbidden or the reader's packages are missing (automake: skipped), 99 if the reader fails.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
built=${top_builddir:-$here/..}/tests
[ -x "$built/virtual-cards/virtual-cps" ] || built=$here
bin=$(cd "$built/virtual-cards" && pwd)

usage () {
  cat >&2 <<'EOF'
usage: with-reader.sh [option…] -- COMMAND [ARGUMENT…]
  --card NAME     the card in the first slot: gp (default), ward, pharmacist, nurse, secretary,
                  gp-expired, gp-revoked, gp-wrong-ca; or none
  --vitale[=FILE] a Vitale in the second slot, with the people of FILE
  --state PATH    a folder that keeps PIN and tries of the cards from one run to the next
  --pki FOLDER    the demonstration PKI, made if missing (default $PKI_DIR, then tests/pki)
  --pin, --puk, --rsa-ms, --byte-us, --apdu-ms, --eject-after VALUE, --last-try-63c0
                  for virtual-cps
  --apdu-log FILE, --vitale-log FILE   commands and answers, PIN masked
  --reader NAME   name of the reader (default: Lecteur CPS)
  --no-reader     pcscd without any reader
  --no-pcscd      no pcscd at all
  --dir FOLDER    keep sockets, logs and process ids here (default: a temporary folder)
The command finds READER_DIR (for cards-ctl) and PKI_DIR in its environment.
EOF
  exit 2
}

skip () {
  echo "with-reader: $*" >&2
  exit 77
}

# --- options ------------------------------------------------------------------------------------
absolute () { case $1 in /*) echo "$1" ;; *) echo "$PWD/$1" ;; esac; }

# Words for virtual-cps, quoted for eval.
add_options () {
  for word; do
    cps_options="$cps_options '$(printf '%s' "$word" | sed "s/'/'\\\\''/g")'"
  done
}

port=35963
if [ -z "${WITH_READER:-}" ]; then
  card=gp vitale='' people=$here/cast/beneficiaries.tsv state='' reader='Lecteur CPS'
  no_reader='' no_pcscd='' dir='' vitale_log='' cps_options='' temporary=''
  pki=${PKI_DIR:-$built/pki}
  while [ $# -gt 0 ]; do
    case $1 in
      --card) card=$2; shift ;;
      --vitale) vitale=yes ;;
      --vitale=*) vitale=yes people=$(absolute "${1#*=}") ;;
      --state) state=$(absolute "$2"); shift ;;
      --pki) pki=$(absolute "$2"); shift ;;
      --pin | --puk | --rsa-ms | --byte-us | --apdu-ms | --eject-after) add_options "$1" "$2"; shift ;;
      --last-try-63c0 | --log-secrets) add_options "$1" ;;
      --apdu-log) add_options "$1" "$(absolute "$2")"; shift ;;
      --vitale-log) vitale_log=$(absolute "$2"); shift ;;
      --reader) reader=$2; shift ;;
      --no-reader) no_reader=yes ;;
      --no-pcscd) no_pcscd=yes ;;
      --dir) dir=$(absolute "$2"); shift ;;
      --) shift; break ;;
      *) usage ;;
    esac
    shift
  done
  [ $# -gt 0 ] || usage
fi

# wait_for PROCESS: sets status; a trapped signal ends wait but not this.
wait_for () {
  while :; do
    status=0
    wait "$1" || status=$?
    kill -0 "$1" 2>/dev/null || return 0
  done
}

# --- outside: prepare, enter the namespaces -----------------------------------------------------
find_program () { PATH=$PATH:/usr/sbin:/sbin command -v "$1"; }

find_parts () {
  driver=/usr/lib/pcsc/drivers/serial/libifdvpcd.so
  pcscd=$(find_program pcscd) || skip 'pcscd is not installed'
  ip=$(find_program ip) || skip 'ip (package iproute2) is not installed'
  [ -e "$driver" ] || skip 'the virtual reader (package vsmartcard-vpcd) is not installed'
  if [ ! -x "$bin/virtual-cps" ]; then
    echo "with-reader: build virtual-cps first (make check-programs)" >&2
    exit 99
  fi
}

find_namespaces () {
  for namespaces in -Urmn -mn -Urmn -mn; do # again: a busy kernel frees old ones late
    if unshare $namespaces "$ip" link set lo up 2>/dev/null; then
      return 0
    fi
  done
  skip 'namespaces (unshare) are not allowed here: no private reader'
}

prepare_folder () {
  if [ -z "$dir" ]; then
    dir=$(mktemp -d "${TMPDIR:-/tmp}/reader.XXXXXX")
    temporary=$dir
  fi
  case $dir in
    /run/*) [ -d /run/pcscd ] || { echo "with-reader: --dir cannot be below /run here" >&2; exit 99; } ;;
  esac
  [ -n "$state" ] || state=$dir/state
  mkdir -p "$dir/socket" "$dir/reader.conf.d" "$state"
  chmod 700 "$dir"
  rm -f "$dir"/*.pid "$dir/reader.conf.d/reader"
  ln -sf socket/pcscd.comm "$dir/pcscd.comm"
  if [ -z "$no_reader" ]; then
    printf 'FRIENDLYNAME "%s"\nDEVICENAME /dev/null:%s\nLIBPATH %s\nCHANNELID %s\n' \
      "$reader" $port $driver $port >"$dir/reader.conf.d/reader"
  fi
}

prepare_card () {
  "$here/virtual-cards/make-pki" "$pki" || exit 99
  pki=$(cd "$pki" && pwd)
  echo "$pki" >"$dir/pki"
  echo "$bin" >"$dir/programs" # for cards-ctl.sh
  rm -f "$dir/card"
  [ "$card" != none ] || return 0
  if [ ! -f "$pki/cards/$card/profile" ]; then
    echo "with-reader: there is no card \"$card\" in $pki" >&2
    exit 99
  fi
  ln -s "$pki/cards/$card" "$dir/card"
}

outside () {
  find_parts
  find_namespaces
  trap '[ -z "$temporary" ] || rm -rf "$temporary"' EXIT
  prepare_folder
  prepare_card

  export WITH_READER=inside card vitale people state no_reader no_pcscd dir vitale_log cps_options
  export pki pcscd ip
  machine=$(readlink /proc/self/ns/net)
  export machine
  exec 3<&0
  unshare $namespaces "$0" "$@" <&3 3<&- &
  inner=$!
  trap 'kill $inner 2>/dev/null || :' INT TERM HUP
  wait_for $inner
  exit "$status"
}

# --- inside: pcscd, cards, command --------------------------------------------------------------
# start NAME PROGRAM…: in the background, dying with us even if we are killed
start () {
  name=$1
  shift
  setpriv --pdeathsig TERM "$@" >"$dir/$name.log" 2>&1 &
  echo $! >"$dir/$name.pid"
}

start_pcscd () {
  # Debian 12 has no such option and needs none; later versions would ask D-Bus.
  polkit=$("$pcscd" --help 2>&1 | grep -o -e '--disable-polkit' | head -n 1) || :
  start pcscd "$pcscd" -f ${polkit:+"$polkit"} -c "$dir/reader.conf.d"
}

start_all () {
  "$ip" link set lo up
  if [ ! -d /run/pcscd ]; then
    mount -t tmpfs -o mode=755 reader /run
    mkdir /run/pcscd
  fi
  mount --bind "$dir/socket" /run/pcscd
  [ -n "$no_pcscd" ] || start_pcscd
  absent=
  [ "$card" != none ] || absent=--absent
  eval "start cps '$bin/virtual-cps' --port $port --card '$dir/card' --state '$state' $absent \
    $cps_options"
  absent=--absent
  [ -z "$vitale" ] || absent=
  start vitale "$bin/virtual-vitale" --port $((port + 1)) --people "$people" \
    ${vitale_log:+--apdu-log "$vitale_log"} $absent
}

# Ready: pcscd answers, and the cards that should be in are seen.
await () {
  [ -z "$no_pcscd" ] || return 0
  "$bin/pcsc-send" --timeout 30 --wait service || return 1
  [ -z "$no_reader" ] || return 0
  [ "$card" = none ] || "$bin/pcsc-send" --timeout 30 --slot 0 --wait present || return 1
  [ -z "$vitale" ] || "$bin/pcsc-send" --timeout 30 --slot 1 --wait present
}

# shellcheck disable=SC2317 # called by trap
# Whatever still lives in our network namespace but us: the cards, pcscd, what the command left.
ours () {
  here_only=$(readlink /proc/self/ns/net | sed 's/[][]/\\&/g')
  find /proc/[0-9]*/ns/net -maxdepth 0 -lname "$here_only" 2>/dev/null |
    sed 's,^/proc/\([0-9]*\)/.*,\1,' | grep -v -x $$
}

# shellcheck disable=SC2317 # called by trap
# see_off [SIGNAL]: until the last of $left is gone, so that nobody writes in a folder being removed.
see_off () {
  # shellcheck disable=SC2086 # words
  [ $# -eq 0 ] || kill "$1" $left 2>/dev/null || :
  for _ in $(seq 60); do
    alive=
    for process in $left; do
      [ ! -e "/proc/$process/exe" ] || alive=yes # a zombie has none
    done
    [ -n "$alive" ] || return 0
    sleep 0.05
  done
  return 1
}

# shellcheck disable=SC2317 # called by trap
stop_all () {
  trap '' INT TERM HUP
  left=$(ours) # those of the pipe itself are gone by now
  # shellcheck disable=SC2086 # words
  kill $left 2>/dev/null || :
  wait
  see_off || see_off -KILL || :
  if grep -e 'ERROR: .*Sanitizer' -e 'runtime error:' "$dir/cps.log" "$dir/vitale.log" >&2; then
    exit 99
  fi
}

inside () {
  unset WITH_READER
  # stop_all ends all that shares our network: make sure it is our own.
  if [ "${machine:-$(readlink /proc/self/ns/net)}" = "$(readlink /proc/self/ns/net)" ]; then
    echo "with-reader: not in namespaces of our own" >&2
    exit 99
  fi
  exec 3<&0
  trap stop_all EXIT
  trap 'exit 143' INT TERM HUP
  echo $$ >"$dir/inside.pid"
  start_all
  if ! await; then
    tail -n 5 "$dir"/*.log >&2
    exit 99
  fi
  export READER_DIR="$dir" PKI_DIR="$pki"
  # OpenSC knows a card again by its serial number; ours have other keys in every PKI.
  export XDG_CACHE_HOME="$dir/cache"
  # A shell's background command would ignore Ctrl-C.
  env --default-signal=INT,QUIT -u card -u vitale -u people -u state -u no_reader -u no_pcscd \
    -u dir -u vitale_log -u cps_options -u pki -u pcscd -u ip -u machine "$@" <&3 3<&- &
  command=$!
  trap 'kill $command 2>/dev/null || :' INT TERM HUP
  trap start_pcscd USR1 # cards-ctl.sh start-pcscd
  wait_for $command
  exit "$status"
}

if [ -n "${WITH_READER:-}" ]; then inside "$@"; else outside "$@"; fi
