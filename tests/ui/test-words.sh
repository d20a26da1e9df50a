#!/bin/sh
# Every word of a document is on the screen: our own documents always, the published examples where
# the reference folder is there. A virtual screen and a bus of its own, no card.
set -u
here=$(cd "$(dirname "$0")" && pwd)
if ! command -v Xvfb >/dev/null || ! command -v pdftotext >/dev/null || [ -z "${UI_PYTHON-}" ]; then
  echo "1..0 # SKIP no Xvfb, pdftotext or AT-SPI for Python"
  exit 0
fi
if [ -z "${UI_HOME-}" ]; then
  UI_HOME=$(mktemp -d)
  export UI_HOME
  trap 'rm -rf "$UI_HOME"' EXIT
  env -u WAYLAND_DISPLAY HOME="$UI_HOME" XDG_RUNTIME_DIR="$UI_HOME" XDG_CACHE_HOME="$UI_HOME" \
    XDG_CONFIG_HOME="$UI_HOME/config" dbus-run-session -- sh "$0" "$@"
  exit
fi

mkfifo "$UI_HOME/screen"
Xvfb -displayfd 3 -screen 0 1366x900x24 -nolisten tcp -noreset 3>"$UI_HOME/screen" 2>"$UI_HOME/xvfb.log" &
screen=$!
trap 'kill $screen' EXIT
read -r number <"$UI_HOME/screen"
export DISPLAY=":$number"

unset G_DEBUG
export GTK_A11Y=atspi NO_AT_BRIDGE=0 GDK_BACKEND=x11 GSK_RENDERER=cairo
export DMP_PDF_CHILD="$top_builddir/ui/caducee-pdf" PYTHONDONTWRITEBYTECODE=1 PYTHONPATH="$here"
mkdir "$UI_HOME/own"
python3 "$here/own_documents.py" "$UI_HOME/own" &&
  "$top_srcdir/tests/records/make-records" --out "$UI_HOME/records" --record simple >/dev/null ||
  { echo "Bail out! no documents of our own"; exit 1; }
set -- "$UI_HOME"/own/*.xml "$top_srcdir"/tests/cda/documents/*.xml "$UI_HOME"/records/simple/documents/*.xml
examples=${DMP_SHARED:-$top_srcdir/../shared}/testdata/cda-examples
if [ -n "${ONE_JOURNEY-}" ]; then
  echo "# the published examples were read on the other build"
elif [ -d "$examples" ]; then
  set -- "$@" "$examples"/*.xml
else
  echo "# skipped: the published examples are not here"
fi
"$UI_PYTHON" -W ignore "$here/words_on_screen.py" "$@"
