#!/bin/sh
# Hostile documents in the reader's window: see hostile_reader.py. A virtual screen, no bus, no card.
set -u
here=$(cd "$(dirname "$0")" && pwd)
if ! command -v Xvfb >/dev/null || ! command -v python3 >/dev/null; then
  echo "1..0 # SKIP no Xvfb or python3"
  exit 0
fi
home=$(mktemp -d)
mkfifo "$home/screen"
Xvfb -displayfd 3 -screen 0 1366x900x24 -nolisten tcp 3>"$home/screen" 2>"$home/xvfb.log" &
screen=$!
trap 'kill $screen; rm -rf "$home"' EXIT
read -r number <"$home/screen"
STRACE=$(command -v strace || true)
export STRACE DISPLAY=":$number" HOME="$home" XDG_RUNTIME_DIR="$home" XDG_CACHE_HOME="$home" XDG_CONFIG_HOME="$home"
export GDK_BACKEND=x11 GSK_RENDERER=cairo LC_ALL=C.UTF-8
export GSETTINGS_BACKEND=memory DBUS_SESSION_BUS_ADDRESS="unix:path=$home/no-bus"  # none: it would be started
unset WAYLAND_DISPLAY
python3 "$here/hostile_reader.py"
