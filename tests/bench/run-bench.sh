#!/bin/sh
# Runs every bench, one line each: "name: value unit, ratio xN of floor". Times of one machine mean
# nothing on another; the ratios do. A bench that cannot run here says so and the others go on.
# usage: run-bench.sh [xml|registry|record|search|list|page|wire|journey|window…]      (make bench)
set -u
here=$(cd "$(dirname "$0")" && pwd)
: "${top_srcdir:=$(cd "$here/../.." && pwd)}"
: "${top_builddir:=$top_srcdir}"
export top_srcdir top_builddir
bin=$top_builddir/tests/bench
tmp=$(mktemp -d "${TMPDIR:-/tmp}/bench.XXXXXX") || exit 1
trap 'rm -rf "$tmp"' EXIT
# As in the product: the tests ask for plain malloc and for warnings that end the program.
unset G_SLICE G_DEBUG
status=0

# run PROGRAM ARGUMENT…
run () { "$@" || { status=1; echo "run-bench: $1 failed" >&2; }; }

# on_screen NAME PROGRAM ARGUMENT…: without what the test library says of itself
on_screen () {
  name=$1
  shift
  if command -v xvfb-run >/dev/null; then
    run env -u WAYLAND_DISPLAY HOME="$tmp" XDG_RUNTIME_DIR="$tmp" GDK_BACKEND=x11 GSK_RENDERER=cairo \
      GTK_A11Y=none GSETTINGS_BACKEND=memory xvfb-run -a "$@" >"$tmp/said"
    grep -v -e '^# random seed' -e '^# [A-Za-z-]*-DEBUG' "$tmp/said"
  else
    echo "$name: not run, no Xvfb here"
  fi
}

[ $# -gt 0 ] || set -- xml registry record search list page wire journey window
if ! "$top_srcdir/tests/records/make-records" --out "$tmp/records" --today 2026-01-15 \
  --record chronic stress >/dev/null; then
  echo 'run-bench: no sample records (python3-pil?)' >&2
  exit 1
fi
for bench; do
  case $bench in
    xml) run "$bin/bench-xml" "$tmp/records/chronic/documents" ;;
    registry) run "$bin/bench-registry" "$top_srcdir/tests/td/replies/find-mixed.xml" ;;
    record)
      run "$bin/bench-record" "$tmp/records/chronic"
      run "$bin/bench-record" "$tmp/records/stress"
      examples=${DMP_SHARED:-$top_srcdir/../shared}/testdata/cda-examples
      if [ -d "$examples" ]; then
        mkdir "$tmp/published"
        ln -s "$(cd "$examples" && pwd)" "$tmp/published/documents"
        run "$bin/bench-record" "$tmp/published"
      fi
      ;;
    wire) run "$bin/bench-wire" ;;
    search) run "$bin/bench-search" "$tmp/records/stress" ;;
    list) on_screen list "$bin/bench-list" ;;
    page)
      on_screen page "$bin/bench-page" "$tmp/records/chronic"
      on_screen page "$bin/bench-page" "$tmp/records/stress"
      ;;
    journey)
      APDU_LOG=$tmp/apdu.log
      : >"$APDU_LOG"
      export APDU_LOG
      PYTHONPATH=$here/../journey "$here/../with-reader.sh" --card gp --apdu-log "$APDU_LOG" -- \
        python3 "$here/bench_journey.py"
      case $? in
        0) ;;
        77) echo 'journey: not run, no private reader here' ;;
        *) run false ;;
      esac
      ;;
    window)
      said=$(UI_PYTHON=${UI_PYTHON-/usr/bin/python3} GSETTINGS_SCHEMA_DIR=$top_builddir/ui/data GSETTINGS_BACKEND=memory \
        LC_ALL=C.UTF-8 UI_SCRIPT=../bench/bench_window.py sh "$here/../ui/test-ui.sh" 2>"$tmp/window.log")
      if [ $? -ne 0 ] || ! echo "$said" | grep ' ms away'; then
        echo 'window: not run here, or not to its end' && echo "$said" | sed -n 's/^1\.\.0 # SKIP //p'
      fi
      ;;
    *) echo "run-bench: no bench \"$bench\"" >&2; exit 2 ;;
  esac
done
exit $status
