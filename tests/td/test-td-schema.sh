#!/bin/sh
# Every recorded request, in an envelope, is valid under the schemas of the independent judge. MTOM
# requests need their parts, so each is sent to the judge with one part per Include.
set -eu
judge=$DMP_SHARED/testdata/tools/validate-soap
if [ ! -x "$judge" ]; then echo "1..0 # SKIP no validate-soap in the shared folder"; exit 0; fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
envelope () { # request file
  cat <<END
<soap:Envelope xmlns:soap="http://www.w3.org/2003/05/soap-envelope" xmlns:wsa="http://www.w3.org/2005/08/addressing"><soap:Header><wsa:MessageID>urn:uuid:7f7d3f0e-6a0d-4b8e-9f62-2d3c8b1a0001</wsa:MessageID><wsa:To>https://host.example/registry</wsa:To><wsa:Action soap:mustUnderstand="true">urn:test</wsa:Action></soap:Header><soap:Body>
END
  # Each Include gets a part of its own.
  awk '{ while (sub (/cid:part/, "cid:p" ++n "@test")); print }' "$1"
  echo '</soap:Body></soap:Envelope>'
}
mime () { # request file
  printf 'Content-Type: multipart/related; boundary="b"; type="application/xop+xml"; start="<root@test>"; start-info="application/soap+xml"\r\n\r\n'
  printf -- '--b\r\nContent-Type: application/xop+xml; charset=UTF-8; type="application/soap+xml"\r\nContent-Transfer-Encoding: 8bit\r\nContent-ID: <root@test>\r\n\r\n'
  envelope "$1"
  for i in $(seq "$(grep -o cid:part "$1" | wc -l)"); do
    printf '\r\n--b\r\nContent-Type: text/xml\r\nContent-Transfer-Encoding: binary\r\nContent-ID: <p%s@test>\r\n\r\n<a/>' "$i"
  done
  printf '\r\n--b--\r\n'
}
echo "1..$(ls "$top_srcdir"/tests/td/requests/*.xml | wc -l)"
n=0
for request in "$top_srcdir"/tests/td/requests/*.xml; do
  n=$((n + 1))
  name=$(basename "$request")
  if grep -q cid:part "$request"; then mime "$request" >"$work/$name"; else envelope "$request" >"$work/$name"; fi
  if "$judge" "$work/$name" >"$work/said" 2>&1; then echo "ok $n - $name"; else echo "not ok $n - $name"; sed 's/^/# /' "$work/said"; fi
done
