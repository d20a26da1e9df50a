"""Signed submission sets: what the host takes, and every way to be refused.

The signatures are made by the xmlsec1 tool over templates written here; digests of documents come from xmllint.
"""
import base64
import hashlib
import os
import subprocess
import tempfile

import tiny
import wire
from wire import Document

SOURCE = tiny.ROOT + ".901"
SIGNATURE_CLASS = "urn:oid:1.3.6.1.4.1.19376.1.2.1.1.1"
DS, XADES = "http://www.w3.org/2000/09/xmldsig#", "http://uri.etsi.org/01903/v1.1.1#"
C14N = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"
EXC = "http://www.w3.org/2001/10/xml-exc-c14n#"
SHA1, SHA256 = DS + "sha1", "http://www.w3.org/2001/04/xmlenc#sha256"
REFUSED = ["XDSRepositoryMetadataError"]


def digest(data, method=SHA256):
    return base64.b64encode((hashlib.sha1 if method == SHA1 else hashlib.sha256)(data).digest()).decode()


def canonical(data, form=C14N + "#WithComments"):
    """By xmllint, which keeps comments."""
    with tempfile.NamedTemporaryFile(suffix=".xml") as file:
        file.write(data)
        file.flush()
        option = "--exc-c14n" if form == EXC else "--c14n"
        return subprocess.run(["xmllint", option, file.name], check=True, capture_output=True).stdout


def reference(uid, data, form=C14N + "#WithComments", method=SHA256):
    transforms = f'<ds:Transforms><ds:Transform Algorithm="{form}"/></ds:Transforms>' if form else ""
    value = digest(canonical(data, form) if form else data, method)
    return (f'<ds:Reference URI="urn:oid:{uid}">{transforms}<ds:DigestMethod Algorithm="{method}"/>'
            f"<ds:DigestValue>{value}</ds:DigestValue></ds:Reference>")


def der(pem):
    return subprocess.run(["openssl", "x509", "-in", pem, "-outform", "DER"], check=True, capture_output=True).stdout


def signed_reference(uri, kind, method=SHA256, transforms=""):
    return (f'<ds:Reference Type="{kind}" URI="{uri}">{transforms}<ds:DigestMethod Algorithm="{method}"/><ds:DigestValue/>'
            "</ds:Reference>")


def template(set_id, references, certificate, *, when=None, purpose="1.2.840.10065.1.12.1.14", more="", signed=None,
             method="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256", manifest="M1", form=C14N + "#WithComments"):
    """An unsigned XAdES document. @certificate: a PEM file, the one that SigningCertificate names."""
    when = when or wire.stamp().partition(".")[0] + "Z"
    signed = signed or (signed_reference("#" + manifest, DS + "Manifest")
                        + signed_reference("#P1", XADES + "SignedProperties"))
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<ds:Signature xmlns:ds="{DS}" Id="S1"><ds:SignedInfo><ds:CanonicalizationMethod Algorithm="{form}"/>\
<ds:SignatureMethod Algorithm="{method}"/>{signed}</ds:SignedInfo><ds:SignatureValue/><ds:KeyInfo><ds:X509Data>\
<ds:X509Certificate/></ds:X509Data></ds:KeyInfo>
  <ds:Object><ds:Manifest Id="{manifest}"><ds:Reference URI="urn:oid:{set_id}"><ds:DigestMethod Algorithm="{SHA1}"/>\
<ds:DigestValue>AA==</ds:DigestValue></ds:Reference>{references}</ds:Manifest></ds:Object>
  <ds:Object><ds:SignatureProperties><ds:SignatureProperty Id="purposeOfSignature" Target="#S1">{purpose}\
</ds:SignatureProperty></ds:SignatureProperties></ds:Object>
  <ds:Object><QualifyingProperties xmlns="{XADES}" Target="#S1"><SignedProperties Id="P1"><SignedSignatureProperties>\
<SigningTime>{when}</SigningTime><SigningCertificate><Cert><CertDigest><DigestMethod Algorithm="{SHA256}"/><DigestValue>\
{digest(der(certificate))}</DigestValue></CertDigest><IssuerSerial><ds:X509IssuerName>CN=x</ds:X509IssuerName>\
<ds:X509SerialNumber>1</ds:X509SerialNumber></IssuerSerial></Cert></SigningCertificate><SignaturePolicyIdentifier>\
<SignaturePolicyImplied/></SignaturePolicyIdentifier></SignedSignatureProperties></SignedProperties>\
</QualifyingProperties></ds:Object>{more}
</ds:Signature>"""


def sign(text, key, certificate):
    with tempfile.NamedTemporaryFile("w", suffix=".xml", encoding="utf-8") as source:
        source.write(text)
        source.flush()
        run = subprocess.run([os.environ.get("XMLSEC1") or "xmlsec1", "--sign", "--ignore-manifests", "--privkey-pem",
                              f"{key},{certificate}", source.name], capture_output=True)
        if run.returncode != 0:
            raise RuntimeError(run.stderr.decode())
        return run.stdout


def make(card, set_id, documents, *, use="sign", references=None, **how):
    """@documents: [(unique id, bytes)]; @references: instead of what belongs there."""
    key, certificate = card.folder / (use + ".key"), card.folder / (use + ".pem")
    references = "".join(reference(*d) for d in documents) if references is None else references
    how.setdefault("certificate", certificate)
    return sign(template(set_id, references, **how), key, certificate)


class Sets:
    """Feeds of the general practitioner, each with identifiers of its own."""

    def __init__(self, bench):
        self.b, self.serial = bench, iter(range(1, 1000))
        self.ins, self.author, self.cabinet = bench.records["main"].ins, tiny.xcn(tiny.GP), tiny.xon(tiny.CABINET)
        self.gp = bench.card("gp")

    def doc(self, **extra):
        uid = f"{SOURCE}.{next(self.serial)}"
        return Document(uid, extra.pop("data", None) or tiny.cda(uid, self.ins), self.author, self.cabinet, **extra)

    def signature(self, data, **extra):
        extra.setdefault("signs", True)
        return self.doc(data=data, class_code=SIGNATURE_CLASS, type_code="E1762", type_system="ASTM",
                        confidentiality=["N", "MASQUE_PS", "INVISIBLE_PATIENT"], **extra)

    def set_id(self):
        return f"{SOURCE}.0.{next(self.serial)}"

    def send(self, set_id, documents):
        body, parts = wire.feed(self.ins, documents, set_id, self.author, self.cabinet)
        return self.b.ask("gp", "repository", body, self.ins, parts,
                          action="urn:ihe:iti:2007:ProvideAndRegisterDocumentSet-b")

    def refused(self, set_id, documents, why, name):
        reply = self.send(set_id, documents)
        self.b.ok(reply.errors == REFUSED and why in reply.contexts[0], name,
                  f"found {reply.errors} {reply.contexts}, expected {REFUSED} {why}")


def taken(s):
    b, gp = s.b, s.gp
    for name, data in (("a document", None), ("a document with a comment and an instruction around its root", b"around"),
                       ("a document in another encoding", b"latin")):
        doc, set_id = s.doc(), s.set_id()
        if data == b"around":
            doc.data = doc.data.replace(b"?>\n", b'?>\n<?xml-stylesheet href="x.xsl"?>\n<!-- before -->\n') + b"<!-- after -->\n"
        if data == b"latin":
            doc.data = doc.data.decode().replace("UTF-8", "ISO-8859-1").replace("Essai", "Été").encode("latin-1")
        signature = s.signature(make(gp, set_id, [(doc.unique_id, doc.data)]))
        reply = s.send(set_id, [doc, signature])
        b.equal(reply.errors, [], f"signed: {name}")
        back = b.ask("gp", "repository", wire.retrieve([doc.unique_id, signature.unique_id]), s.ins)
        b.equal(sorted(back.parts.values()), sorted([doc.data, signature.data]), "both come back byte for byte")
    b.equal(s.send(set_id, [doc, signature]).errors, [], "the same again is the same success")
    for name, form, method in (("SHA-1", C14N + "#WithComments", SHA1), ("exclusive C14N", EXC, SHA256),
                               ("the bytes as they are", None, SHA256)):
        two, set_id = [s.doc(), s.doc()], s.set_id()
        references = "".join(reference(d.unique_id, d.data, form, method) for d in reversed(two))
        signature = s.signature(make(gp, set_id, [], references=references))
        b.equal(s.send(set_id, [*two, signature]).errors, [], f"two documents, in another order: {name}")


def altered(s):
    """Something was changed after it was signed, or says something else than what is sent."""
    doc, other, set_id = s.doc(), s.doc(), s.set_id()
    good = make(s.gp, set_id, [(doc.unique_id, doc.data)])
    one = [(doc.unique_id, doc.data)]
    changed = Document(doc.unique_id, doc.data.replace(b"bien", b"mal"), s.author, s.cabinet)
    s.refused(set_id, [changed, s.signature(good)], "empreinte", "a document changed after it was signed")
    spaced = Document(doc.unique_id, doc.data.replace(b"<title>", b"\n<title>"), s.author, s.cabinet)
    s.refused(set_id, [spaced, s.signature(good)], "empreinte", "a line feed more in it")
    s.refused(set_id, [doc, other, s.signature(good)], "pas signé", "a document more than is signed")
    s.refused(set_id, [doc, s.signature(make(s.gp, set_id, [*one, (other.unique_id, other.data)]))],
              "pas dans le lot", "a document less")
    s.refused(set_id, [doc, s.signature(make(s.gp, set_id, one + one))], "deux fois", "one document twice")
    s.refused(set_id, [doc, s.signature(make(s.gp, set_id, []))], "pas signé", "no document at all")
    s.refused(s.set_id(), [doc, s.signature(good)], "ce lot", "signed for another set")
    for name, old, new in (("digest of a document", digest(canonical(doc.data)).encode(), digest(b"x").encode()),
                           ("unique id of a document", doc.unique_id.encode(), other.unique_id.encode()),
                           ("set", set_id.encode(), s.set_id().encode()),
                           ("time of signing", b"SigningTime>20", b"SigningTime>19"),
                           ("certificate named", digest(der(s.gp.sign)).encode(), digest(b"x").encode()),
                           ("signature value", b"<ds:SignatureValue>", b"<ds:SignatureValue>AAAA")):
        assert old in good
        s.refused(set_id, [doc, s.signature(good.replace(old, new))], "non vérifiée", f"another {name} after signing")
    s.refused(set_id, [doc, s.signature(good.replace(b"1.12.1.14", b"1.12.1.1"))], "forme", "another purpose after signing")
    s.refused(set_id, [doc, s.signature(make(s.gp, set_id, one, when="2999-01-01T00:00:00Z"))], "heure", "signed tomorrow")
    s.refused(set_id, [doc, s.signature(make(s.gp, set_id, one, when="hier"))], "heure", "signed nobody knows when")


def signers(s, folder):
    doc, set_id = s.doc(), s.set_id()
    one = [(doc.unique_id, doc.data)]
    for name, why in (("ward", "pas l'auteur"), ("gp-expired", "validité"), ("gp-revoked", "révoqué")):
        s.refused(set_id, [doc, s.signature(make(s.b.card(name), set_id, one))], why, f"signed by {name}")
    s.refused(set_id, [doc, s.signature(make(s.gp, set_id, one, use="auth"))], "Not a valid signature certificate",
              "signed with the authentication key")
    own = wire.Card(folder)
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/C=FR/CN=" + tiny.GP,
                    "-addext", "keyUsage=critical,nonRepudiation", "-keyout", folder / "sign.key", "-out", own.sign],
                   check=True, capture_output=True)
    s.refused(set_id, [doc, s.signature(make(own, set_id, one))], "non reconnu", "signed by a certificate of one's own making")
    s.refused(set_id, [doc, s.signature(make(s.gp, set_id, one, certificate=s.b.card("ward").sign))], "certificat",
              "a signature that names another's certificate")
    good = make(s.gp, set_id, one)
    pem = lambda c: base64.b64encode(der(c.sign))  # noqa: E731
    flat = good.replace(b"\n", b"")
    assert pem(s.gp) in flat
    s.refused(set_id, [doc, s.signature(flat.replace(pem(s.gp), pem(s.b.card("ward"))))], "non vérifiée",
              "another's certificate beside it")
    rsa, unknown = bytes.fromhex("06092a864886f70d010101"), bytes.fromhex("06092a864886f70d01017f")
    odd = base64.b64encode(der(s.gp.sign).replace(rsa, unknown, 1))
    s.refused(set_id, [doc, s.signature(flat.replace(pem(s.gp), odd))], "clé inutilisable", "a key of a kind nobody knows")
    s.refused(set_id, [doc, s.signature(good.replace(b"</ds:X509Data>", b"<ds:X509Certificate>AAAA</ds:X509Certificate></ds:X509Data>"))],
              "KeyInfo", "two certificates")


def wrapped(s):
    """The signature verifies, but of something else than what would be read."""
    doc, fake, set_id = s.doc(), s.doc(), s.set_id()
    one = [(doc.unique_id, doc.data)]
    good = make(s.gp, set_id, one).decode()
    start, end = good.index("<ds:Manifest"), good.index("</ds:Manifest>") + len("</ds:Manifest>")
    signed = good[start:end]
    false = (signed.replace(doc.unique_id, fake.unique_id)
             .replace(digest(canonical(doc.data)), digest(canonical(fake.data))))
    s.refused(set_id, [fake, s.signature(good.encode())], "pas dans le lot", "nothing wrapped, another document")
    inside = lambda text: f"<ds:Object>{text}</ds:Object></ds:Signature>"  # noqa: E731
    for name, text in (
            ("the signed manifest in another object, a false one in its place",
             good.replace(signed, false).replace("</ds:Signature>", inside(signed))),
            ("a false manifest before the signed one", good.replace("<ds:Object><ds:Manifest", f"<ds:Object>{false}</ds:Object><ds:Object><ds:Manifest")),
            ("a false manifest of another name before it",
             good.replace("<ds:Object><ds:Manifest", f'<ds:Object>{false.replace("M1", "M2")}</ds:Object><ds:Object><ds:Manifest')),
            ("both in one object", good.replace(signed, false.replace("M1", "M2") + signed)),
            ("the signed one deeper, the false one in its place",
             good.replace(signed, false.replace("M1", "M2")).replace("</ds:SignatureProperties>", f"</ds:SignatureProperties>{signed}")),
            ("a second signature inside", good.replace("</ds:Signature>", inside(good[good.index("<ds:Signature"):]))),
            ("a second SignedInfo", good.replace("<ds:SignatureValue>", "<ds:SignedInfo/><ds:SignatureValue>")),
            ("something around it", "<a>" + good[good.index("<ds:Signature"):] + "</a>"),
            ("properties of another namespace", good.replace(XADES + '"', 'http://uri.etsi.org/01903/v1.3.2#"')),
            ("a DTD", good.replace("?>", '?><!DOCTYPE a [<!ATTLIST ds:Manifest Id ID #IMPLIED>]>')),
            ("an empty one", '<ds:Signature xmlns:ds="' + DS + '"/>')):
        assert text != good
        data = text.encode()
        reply = s.send(set_id, [doc if "another name" not in name else fake, s.signature(data)])
        s.b.ok(reply.errors in (REFUSED, ["InvalidDocumentContent"]), f"wrapped: {name}", (reply.errors, reply.contexts))


def forms(s):
    """Algorithms, transforms and references that the profile does not know."""
    doc, set_id = s.doc(), s.set_id()
    one = [(doc.unique_id, doc.data)]
    properties = signed_reference("#P1", XADES + "SignedProperties")
    manifest = signed_reference("#M1", DS + "Manifest")
    xpath = ('<ds:Transforms><ds:Transform Algorithm="http://www.w3.org/TR/1999/REC-xpath-19991116"><ds:XPath>1</ds:XPath>'
             "</ds:Transform></ds:Transforms>")
    enveloped = f'<ds:Transforms><ds:Transform Algorithm="{DS}enveloped-signature"/></ds:Transforms>'
    for name, signed in (
            ("the manifest alone", manifest), ("the properties alone", properties), ("the manifest twice", manifest + manifest),
            ("a third reference", manifest + properties + signed_reference("#S1", DS + "Object", transforms=enveloped)),
            ("the whole document instead", signed_reference("", DS + "Manifest", transforms=enveloped) + properties),
            ("a transform that chooses", signed_reference("#M1", DS + "Manifest", transforms=xpath) + properties),
            ("types exchanged", signed_reference("#P1", DS + "Manifest") + signed_reference("#M1", XADES + "SignedProperties"))):
        s.refused(set_id, [doc, s.signature(make(s.gp, set_id, one, signed=signed))], "forme", f"signed: {name}")
    good = make(s.gp, set_id, one)
    for name, old, new in (("HMAC", b"xmldsig-more#rsa-sha256", b"xmldsig-more#hmac-sha256"),
                           ("MD5", b"xmlenc#sha256", b"xmldsig-more#md5"),
                           ("another canonical form", b"20010315#WithComments", b"20010315#Without")):
        reply = s.send(set_id, [doc, s.signature(good.replace(old, new))])
        s.b.equal(reply.errors, REFUSED, f"{name} instead")
    weak = reference(doc.unique_id, doc.data).replace(SHA256, "http://www.w3.org/2001/04/xmldsig-more#md5")
    s.refused(set_id, [doc, s.signature(make(s.gp, set_id, [], references=weak))], "empreinte", "a document by MD5")
    chosen = reference(doc.unique_id, doc.data).replace(C14N + "#WithComments", "http://www.w3.org/TR/1999/REC-xslt-19991116")
    s.refused(set_id, [doc, s.signature(make(s.gp, set_id, [], references=chosen))], "empreinte", "a document through XSLT")


def numbers(s):
    """None, two, or one that nothing ties to the set."""
    doc, set_id = s.doc(), s.set_id()
    good = make(s.gp, set_id, [(doc.unique_id, doc.data)])
    s.refused(set_id, [doc, s.signature(good), s.signature(good, signs=False)], "plusieurs", "two signatures, one of them tied")
    s.refused(set_id, [doc, s.signature(good, signs=False)], "association", "one that signs nothing")
    lone = s.signature(make(s.gp, set_id, []))
    s.b.equal(s.send(set_id, [lone]).errors, [], "a signature of nothing but its set is no harm")


def run(b):
    s = Sets(b)
    taken(s)
    altered(s)
    folder = b.folder / "own"
    folder.mkdir()
    signers(s, folder)
    wrapped(s)
    forms(s)
    numbers(s)
    doc, set_id = s.doc(), s.set_id()
    b.equal(s.send(set_id, [doc]).errors, [], "unsigned, where that is allowed")
    b.start("--require-signature")
    doc, set_id = s.doc(), s.set_id()
    s.refused(set_id, [doc], "absente", "unsigned, where a card must sign")
    b.equal(s.send(set_id, [doc, s.signature(make(s.gp, set_id, [(doc.unique_id, doc.data)]))]).errors, [], "signed there")
    b.start()
