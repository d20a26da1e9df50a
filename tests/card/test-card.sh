#!/bin/sh
# The card layer with the real pcscd, OpenSC and virtual cards: each scenario of on-card in a
# reader of its own. A line a scenario; what it said stands behind it when it failed.
set -eu
: "${top_srcdir:=$(cd "$(dirname "$0")/../.." && pwd)}" "${top_builddir:=$top_srcdir}"
export top_srcdir top_builddir
export DMP_OPENSC_CONF="$top_srcdir/pkcs11/opensc-client.conf"
dir=$(mktemp -d)
trap 'rm -rf "$dir" || :' EXIT # a late writer is no verdict on the card
export APDU_LOG="$dir/cps.log" VITALE_LOG="$dir/vitale.log" HOME="$dir" XDG_CACHE_HOME="$dir/cache"
n=0

# scenario PATH [option of with-reader.sh…]
scenario () {
  path=$1
  shift
  n=$((n + 1))
  status=0
  : >"$APDU_LOG"
  : >"$VITALE_LOG"
  rm -rf "$XDG_CACHE_HOME"
  "$top_srcdir/tests/with-reader.sh" --apdu-log "$APDU_LOG" --vitale-log "$VITALE_LOG" "$@" -- \
    "$top_builddir/tests/card/on-card" --tap -p "$path" >"$dir/output" 2>&1 || status=$?
  case $status in
    0) ! grep -q '^not ok' "$dir/output" && grep -q '^ok' "$dir/output" || status=1 ;;
    77)
      if [ $n -eq 1 ]; then
        echo "1..0 # SKIP $(tail -n 1 "$dir/output")"
        exit 0
      fi # a reader that was there and is not any more: a failure, not a reason to skip
      ;;
  esac
  skipped=$(sed -n 's/^ok .*\(# SKIP.*\)$/ \1/p' "$dir/output")
  [ $status -eq 0 ] && echo "ok $n - $path $*$skipped" || echo "not ok $n - $path $*"
  [ $status -eq 0 ] || sed 's/^/# /' "$dir/output"
  sed -n 's/^# \(.*commands\)$/# \1/p' "$dir/output"
}

scenario /identity/gp
scenario /identity/nurse --card nurse
scenario /identity/secretary --card secretary
scenario /identity/expired --card gp-expired
scenario /identity/one-at-a-time
scenario /identity/exclusive
scenario /identity/module
scenario /identity/cancelled
scenario /keys/situations
scenario /keys/sign
scenario /keys/sign --card secretary
scenario /keys/tls
scenario /keys/counts
scenario /pin/wrong
scenario /pin/format
scenario /pin/blocked
scenario /pin/blocked --last-try-63c0
scenario /pin/puk-blocked
scenario /pin/puk-blocked --last-try-63c0
scenario /pin/change
scenario /pin/lock
scenario /pin/drop
scenario /pin/memory --pin 7391
scenario /pin/foreign-reset
scenario /pin/verified-by-other
scenario /presence/pull
scenario /presence/pull-unseen
scenario /presence/lock-after-pull
scenario /presence/swap
scenario /presence/service-stops
scenario /presence/no-card --card none
scenario /presence/no-reader --no-reader
scenario /presence/no-service --no-pcscd
scenario /vitale/read --vitale --card none
scenario /vitale/wrong-slot --vitale
scenario /vitale/not-probed --vitale
scenario /vitale/pulled --vitale
scenario /watch/cards --vitale
scenario /watch/unseen
scenario /watch/quiet
scenario /watch/service
scenario /watch/late-service --no-pcscd
scenario /watch/no-reader --no-reader
scenario /watch/list --vitale
# The card leaves after N commands: some here, each one with EJECT_AFTER="$(seq 110)". Between the
# look and the reset of the lock (101) pcscd may miss the insertion that follows.
for after in ${EJECT_AFTER:-1 17 50 51 60 66 71 76 81 97 100}; do
  scenario /presence/eject --eject-after "$after"
done
echo "1..$n"
