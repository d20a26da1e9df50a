#!/bin/sh
# The commands of the CPS, byte by byte, through pcscd: what virtual-cps answers is what published
# traces of real cards show, and what its keys make is checked by openssl.
set -eu
. "$(dirname "$0")/tap.sh"
need basenc openssl
in_reader --card gp
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
card=$PKI_DIR/cards/gp

app=00A4090C043F000001
verify=002000010831323334FFFFFFFF

# --- files ---
is "$(apdu '00A40904 02 2F01')" \
  62258002003982010183022F018801E8A1128C077B45FFFFFF45009C077BFFFFFFFFFF008A01059000 'FCP of EF.ATR'
is "$(apdu '00A40904 04 3F002F01' 00B0000039 | tail -n 1)" \
  804301B8460404B0ECC147039401804F088025000001FF0100E01002020104020201040202010002020100780806062B8122F87802820290009000 \
  'EF.ATR'
is "$(apdu 00A40404088025000001FF0100)" \
  621E82013883023F0084088025000001FF0100A1088C067AFFFFFFFF458A01059000 'MF by name'
is "$(apdu 00B09C00C0)" 6C0C 'a wrong length is answered with the right one'
is "$(apdu 00B09C000C)" 5A0A8025000001290000170F9000 'serial number by short id'
is "$(apdu '00A40904 04 3F002F00' 00B000002D | tail -n 1)" \
  612B4F0DE828BD080F8025000001FF0010500343505351043F000001730F4F0DE828BD080F8025000001FF00109000 EF.DIR
is "$(apdu 00A40904043F000001)" \
  622382013883020001840DE828BD080F8025000001FF0010A1088C067AFFFFFFFF458A01059000 'FCP of the application'
is "$(apdu $app '00A40904 06 3F0000015031' 00B0000020 | tail -n 1)" \
  A006300404027002A406300404027005A706300404027006A8063004040270019000 ODF
is "$(apdu '00A40904 06 3F0000015032' 00B00000E5 | tail -n 1)" \
  3081E20201000C0A415349502053414E544580114350533376332D32393239303030303137030206C0A281A630170201010202022005000302010206052B0E03021A020110301B020102020202500500030201020609608648016503040201020140301A02010302010605000302064006092A864886F70D010105020112301A02010402014005000302064006092A864886F70D01010B020142301A02010502010105000302064006092A864886F70D010101020102301A02010602010105000302020406092A864886F70D01010102011AA511180F32303130303331363131303030305A9000 \
  CIAInfo
is "$(apdu '00A40904 06 3F0000017001' 00B00000BD | tail -n 1)" \
  3061303F0C1C436F646520706F7274657572206465206C61206361727465204350530301080401023019300603020520050030060302064005003007030203080401043003040101A11930170303040C100A01010201040201080201048001010401FF305830390C22436F64652064652064C3A9626C6F63616765206465206C61206361727465204350530301083010300603020520050030060302064005003003040104A11630140303041D100A01020201080201080201088001029000 \
  AODF
is "$(apdu '00A40904 06 3F0000017002' 00B00000A7 | tail -n 1)" \
  304D30200C0C4350535F505249565F534947030207800401013009300703020204040101301D040EE828BD080F8025000001FF0010010303060040030204B002020081A10A300830020400020208003056302A0C0C4350535F505249565F415554030205E0040101301330070302000104010130080303060040040101301C040EE828BD080F8025000001FF00100203020560030204B002020082A10A300830020400020208009000 \
  PrKDF
is "$(apdu '00A40904 06 3F0000017005' 00B00000AE | tail -n 1)" \
  305230340C1B43657274696669636174206465205369676E61747572652043505303020800301130060302078005003007030206400401013010040EE828BD080F8025000001FF001001A108300630040402A0013058303A0C214365727469666963617420642741757468656E74696669636174696F6E2043505303020800301130060302078005003007030206400401013010040EE828BD080F8025000001FF001002A108300630040402A0029000 \
  CDF
is "$(apdu 00A40904043F00D010)" 6A82 'no EF_ACTUA'
is "$(apdu 00A40900043F000001)" 6A86 'SELECT with P2 = 00 is refused, as by real cards'
is "$(apdu 00A4040005A000000003)" 6A86 'likewise by a foreign name'
is "$(apdu 00A4040405A000000003)" 6A82 'a foreign application'
is "$(apdu '00A40904 06 3F00 5031 0001')" 6A82 'a file is no folder'
is "$(apdu $app 00A4020402A001 00B0FFFF10 | tail -n 1)" 6A82 'no file of that short id'
is "$(apdu $app 00A4020402A001 00B0700010 | tail -n 1)" 6B00 'offset beyond the end'
is "$(apdu 00A4090C023F00 00B0000010 | tail -n 1)" 6986 'no file selected'
apdu $app 00A4020C02A002 00B0000000 00B0010000 00B0020000 00B0030000 00B0040000 |
  sed -n '3,$s/9000$//p' | tr -d '\n' | unhex >"$work/auth.der"
size=$(($(wc -c <"$card/auth.der") < 1280 ? $(wc -c <"$card/auth.der") : 1280))
same=no
if head -c "$size" "$card/auth.der" | cmp -s - "$work/auth.der"; then same=yes; fi
is "$same" yes 'the certificate, by pieces'

# --- data objects of security ---
is "$(apdu 00A4090C023F00 00CB3FFF0B4D097007BF8101037F4180 | tail -n 1)" \
  700DBF8101097F41068001088101049000 'PIN: length'
is "$(apdu 00CB3FFF0A4D087006BF810102A080)" 7016BF810112A0109A01039B0103A1088C06F3000013FF009000 'PIN: tries'
is "$(apdu 00CB3FFF0A4D087006BF810202A080)" 7016BF810212A0109A01039B0103A1088C06F30000FFFF009000 'PUK: tries'
is "$(apdu 00CB3FFF0A4D087006BF900102A080)" 6A88 'a key is not described from the MF'
is "$(apdu $app 00CB3FFF0A4D087006BF900102A080 | tail -n 1)" \
  7015BF900111A00FA1068C044311FF00800201009E01019000 'signature key'
is "$(apdu $app 00CB3FFF0A4D087006BF900202A080 | tail -n 1)" \
  7016BF900212A010A1078C05331111FF00800201009E01009000 'authentication key'
is "$(apdu $app 00CB3FFF0B4D097007BF9002037F4880 | tail -n 1)" 6A80 'no private key is given'

# --- what the PIN opens ---
is "$(apdu 0020000100)" 63C3 'three tries'
is "$(apdu $app 00A4020C02D120 00B0000000 | tail -n 1)" 6982 'an activity wants the PIN'
is "$(apdu $app 002241B606800142840181 "002A9E9A20$(printf '%064d' 0)" | tail -n 1)" 6982 'a key wants the PIN'
is "$(apdu $app 00A4020C02D107 00D6000002AABB | tail -n 1)" 6982 'CPS_DATA wants the PIN to be written'
is "$(apdu $verify)" 9000 'the PIN'
is "$(apdu 00200001)" 9000 'stays verified for the next program'
like "$(apdu $app 00A4020C02D120 00B0000000 | tail -n 1)" \
  'EE??80023031841?436162696E6574*8604534130379000' 'the activity is read: EE{80, 84, 85, 86}'
is "$(apdu $app 00A4020C02D107 00D6000102AABB 00B0000004 | tail -n 2 | tr '\n' ' ')" \
  '9000 00AABB009000 ' 'CPS_DATA is written'
is "$(apdu $app 00A4020C02D104 00D6000001AA | tail -n 1)" 6982 'nothing else is'

# --- keys ---
printf 'Bonjour' >"$work/message"
sha256=$(openssl dgst -sha256 "$work/message" | sed 's/.*= //')
openssl x509 -in "$card/sign.pem" -noout -pubkey >"$work/sign.pub"
openssl x509 -in "$card/auth.pem" -noout -pubkey >"$work/auth.pub"
# verified KEY ANSWER: says whether the signature of the message is good
verified () {
  printf '%s' "${2%9000}" | unhex >"$work/signature"
  openssl dgst -sha256 -verify "$work/$1.pub" -signature "$work/signature" "$work/message" 2>&1 || :
}
answer=$(apdu $app 002241B606800142840181 "002A9E9A20$sha256" | tail -n 1)
is "$(verified sign "$answer")" 'Verified OK' 'signature of a hash that comes with the command'
answer=$(apdu $app 002241AA03800140 002A90A00B90008007426F6E6A6F7572 002241B606840181800142 002A9E9A00 |
  tail -n 1)
is "$(verified sign "$answer")" 'Verified OK' 'signature of a message hashed by the card'
answer=$(apdu $app "002A90A02290 20$sha256" 002A9E9A00 | tail -n 1)
is "$(verified sign "$answer")" 'Verified OK' 'signature of a hash set before'
# 64 bytes hashed outside, their state given to the card; the rest is left to it.
head -c 64 /dev/zero | tr '\0' A >"$work/message"
printf 'reste' >>"$work/message"
state=6cb7244102f65790145141e105d2c3d387a1d91e9ceda13a4a3d25dd87beea05 # of SHA-256 after the 64
answer=$(apdu $app 002241AA03800140 "002A90A0 31 90 28 $state 0000000000000200 80 05 7265737465" \
  002241B606800142840181 002A9E9A00 | tail -n 1)
is "$(verified sign "$answer")" 'Verified OK' 'signature of a message whose hash was begun outside'
sha256=$(openssl dgst -sha256 "$work/message" | sed 's/.*= //')
info=3031300D060960864801650304020105000420$sha256
answer=$(apdu $app 002241A406800102840182 "0088000033$info" | tail -n 1)
is "$(verified auth "$answer")" 'Verified OK' 'INTERNAL AUTHENTICATE'
is "$(apdu $app 002241A406800102840182 "0088000067$(printf '%0206d' 0)" | tail -n 1)" 6700 \
  'at most 40 % of the modulus'
is "$(apdu $app 002241A406800102840181 "0088000033$info" | tail -n 1)" 6982 \
  'the signature key does not authenticate'
is "$(apdu $app 002241B606800142840182 "002A9E9A20$sha256" | tail -n 1)" 6982 \
  'the authentication key does not sign'
printf 'secret' | openssl pkeyutl -encrypt -pubin -inkey "$work/auth.pub" -out "$work/cipher"
cipher=81$(basenc --base16 -w 0 "$work/cipher")
first=$(printf '%s' "$cipher" | cut -c 1-400)
last=$(printf '%s' "$cipher" | cut -c 401-)
is "$(apdu $app 002241B80680011A840182 "102A8086C8$first" "002A808639$last" | tail -n 1)" \
  7365637265749000 'DECIPHER, chained'
is "$(apdu 0084000008 | wc -c)" 21 'a challenge of 8 bytes'

# --- refusals ---
is "$(apdu 80A4000000)" 6E00 'class'
is "$(apdu 00E0000000)" 6D00 'instruction'
is "$(apdu 00C0000010)" 6985 'GET RESPONSE out of place'
is "$(apdu 002000010431323334)" 6700 'a PIN that is not padded costs no try'
is "$(apdu 00A4090C023F00 00CB3FFF0A4D087006BF810102A080 | tail -n 1)" \
  7016BF810112A0109A01039B0103A1088C06F3000013FF009000 'and there are three tries still'

apdu --reset >/dev/null
is "$(apdu 00200001)" 63C3 'a reset forgets the PIN'

done_testing
