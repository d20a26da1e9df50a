#!/bin/sh
# Runs libFuzzer targets one after the other, each over its corpus, in a build of --enable-fuzz.
# usage: run-fuzz.sh SOURCE BUILD [SECONDS [NAME…]]      (make fuzz SECONDS=60 FUZZ='td cda')
# What is found stays in BUILD/tests/fuzz/found: NAME/ holds new inputs, NAME-crash-… what to mend:
# "tests/fuzz/test-fuzz-NAME FILE" runs it again. Add it to the corpus with its repair.
set -eu
source=$1 build=$2 seconds=${3:-60}
shift 2
[ $# -eq 0 ] || shift
found=$build/tests/fuzz/found
status=0

if [ $# -eq 0 ]; then
  for file in "$source"/tests/fuzz/fuzz-*.c; do
    name=${file##*/fuzz-}
    set -- "$@" "${name%.c}"
  done
fi
export LSAN_OPTIONS="suppressions=$source/tests/lsan.supp:print_suppressions=0"
export UBSAN_OPTIONS=print_stacktrace=1 G_SLICE=always-malloc

for name; do
  # The corpus is named in the target itself.
  folders=
  for folder in $(sed -n 's/^const char \*const fuzz_corpus\[\] = {\(.*\), NULL };/\1/p' \
    "$source/tests/fuzz/fuzz-$name.c" | tr -d '",'); do
    folders="$folders $source/tests/$folder"
  done
  [ -n "$folders" ] || { echo "run-fuzz: fuzz-$name.c names no corpus" >&2; exit 1; }
  mkdir -p "$found/$name"
  # Words of the corpus, for the fuzzer to put elsewhere.
  # shellcheck disable=SC2086 # folders are words
  find $folders -type f -exec grep -aohE '[A-Za-z][A-Za-z0-9:._/-]{2,60}' {} + | sort -u | sed 's/.*/"&"/' \
    >"$found/$name.dict"
  # shellcheck disable=SC2086 # folders are words
  "$build/tests/fuzz/test-fuzz-$name" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 \
    -max_len=65536 -dict="$found/$name.dict" -print_final_stats=1 -artifact_prefix="$found/$name-" "$found/$name" $folders \
    >"$found/$name.log" 2>&1 || status=1
  if [ $status -eq 0 ]; then
    sed -n 's/^stat::\(number_of_executed_units\|average_exec_per_sec\|new_units_added\|peak_rss_mb\): */\1 /p' \
      "$found/$name.log" | tr '\n' ' ' | sed "s/^/fuzz-$name: /"
    echo
  else
    tail -n 60 "$found/$name.log"
    break
  fi
done
exit $status
