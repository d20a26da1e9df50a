#!/bin/sh
# Dependencies point down only: each folder may include what stands in its line, and nothing else.
set -eu
cd "$top_srcdir"
ours='pkcs11 model xml cda files wire td summary search paper outbox session cli ui host'
n=0
check () { # folder, allowed folders, forbidden system headers
  dir=$1 allowed=$2 banned=$3
  n=$((n + 1))
  wrong=
  for layer in $ours; do
    case " $allowed " in *" $layer "*) continue ;; esac
    found=$(grep -rnE "#include [<\"](src/)?$layer/" "$dir" --include='*.[ch]' || :)
    wrong=$wrong$found
  done
  if [ -n "$banned" ]; then wrong=$wrong$(grep -rnE "#include <($banned)" "$dir" --include='*.[ch]' || :); fi
  if [ -z "$wrong" ]; then echo "ok $n - $dir"; else echo "not ok $n - $dir"; echo "$wrong" | sed 's/^/# /'; fi
}
echo 1..15
check pkcs11 "pkcs11" "gtk/|adwaita|libxml/|curl/|json-glib"
check src/model "model" "gtk/|adwaita|libxml/|curl/|winscard"
check src/xml "model xml" "gtk/|adwaita|curl/|winscard"
check src/cda "model xml cda" "gtk/|adwaita|curl/|winscard"
check src/files "model cda files" "gtk/|adwaita|libxml/|curl/|winscard"
check src/wire "pkcs11 model xml wire" "gtk/|adwaita|winscard"
check src/td "model xml cda td" "gtk/|adwaita|curl/|winscard"
check src/summary "model cda summary" "gtk/|adwaita|curl/|winscard"
check src/search "model cda summary search" "gtk/|adwaita|libxml/|curl/|winscard"
check src/paper "model cda summary paper" "gtk/|adwaita|libxml/|curl/|winscard"
check src/outbox "model outbox" "gtk/|adwaita|libxml/|curl/|winscard"
check src/session "pkcs11 model xml cda files wire td summary search outbox session" "gtk/|adwaita"
check src/cli "pkcs11 model xml cda files wire td summary search paper outbox session cli" "gtk/|adwaita"
check ui "pkcs11 model cda files summary search paper session ui" "libxml/|curl/|winscard"
check host "model xml host" "gtk/|adwaita|curl/|winscard"
