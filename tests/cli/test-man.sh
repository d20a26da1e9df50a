#!/bin/sh
# The manual pages: what they must name is there, and they can be laid out.
set -u
n=0

# ok STATUS NAME: what went wrong is in $said
ok () {
  n=$((n + 1))
  if [ "$1" -eq 0 ]; then echo "ok $n - $2"; else echo "not ok $n - $2"; echo "$said" | sed 's/^/# /'; fi
}

# names PAGE PROGRAM COMMAND…: every long option of the help stands in the page
names () {
  page=$top_srcdir/docs/$1
  shift
  said=
  for option in $("$@" --help | grep -v -e ' --help' | grep -oE '^ +(-[a-zA-Z], )?--[a-z0-9-]+' | grep -oE '[a-z0-9][a-z0-9-]+$'); do
    grep -qE "Fl Fl $option( |\$)" "$page" || said="$said --$option"
  done
  [ -z "$said" ]
}

dmp=$top_builddir/src/cli/dmp
commands=$(LC_ALL=C.UTF-8 "$dmp" --help | sed -n 's/^  \([a-z]*\) .*/\1/p')
for command in $commands; do
  said="no $command"
  grep -qE "^\.It Cm $command( |\$)" "$top_srcdir/docs/dmp.1" && names dmp.1 "$dmp" "$command"
  ok $? "dmp $command"
done
names dmp-host.1 "$top_builddir/host/dmp-host"
ok $? 'dmp-host'

for page in dmp.1 dmp-host.1; do
  if command -v mandoc >/dev/null; then
    said=$(mandoc -T lint -W warning "$top_srcdir/docs/$page" 2>&1)
  elif command -v groff >/dev/null && [ -e /usr/share/groff/current/tmac/doc.tmac ]; then
    said=$(groff -mdoc -ww -Kutf8 -Tutf8 -z "$top_srcdir/docs/$page" 2>&1)
  else
    n=$((n + 1))
    echo "ok $n - $page is well-formed # SKIP neither mandoc nor groff"
    continue
  fi
  [ -z "$said" ]
  ok $? "$page is well-formed"
done
echo "1..$n"
