"""Requests for dmp-host made by hand: envelopes, tokens signed by the xmlsec1 tool, MTOM, mutual TLS.

Shares no line with the program, so that host and client cannot be wrong together.
"""
import datetime
import http.client
import os
import pathlib
import ssl
import subprocess
import tempfile
import urllib.parse
import uuid
import xml.etree.ElementTree as ET
from xml.sax.saxutils import escape

SOAP = "http://www.w3.org/2003/05/soap-envelope"
WSA = "http://www.w3.org/2005/08/addressing"
NS = {
    "soap": SOAP, "wsa": WSA, "h": "urn:hl7-org:v3", "hab": "urn:si-dmp-habilitations",
    "rim": "urn:oasis:names:tc:ebxml-regrep:xsd:rim:3.0", "rs": "urn:oasis:names:tc:ebxml-regrep:xsd:rs:3.0",
    "query": "urn:oasis:names:tc:ebxml-regrep:xsd:query:3.0", "xdsb": "urn:ihe:iti:xds-b:2007",
    "xop": "http://www.w3.org/2004/08/xop/include",
}
WSSE = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"
SIGNATURE = """<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:SignedInfo>\
<ds:CanonicalizationMethod Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/>\
<ds:SignatureMethod Algorithm="{method}"/><ds:Reference URI="#{id}"><ds:Transforms>\
<ds:Transform Algorithm="http://www.w3.org/2000/09/xmldsig#enveloped-signature"/>\
<ds:Transform Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/></ds:Transforms>\
<ds:DigestMethod Algorithm="{digest}"/><ds:DigestValue/></ds:Reference></ds:SignedInfo><ds:SignatureValue/>\
<ds:KeyInfo><ds:X509Data><ds:X509Certificate/></ds:X509Data></ds:KeyInfo></ds:Signature>"""
METHODS = {
    "sha256": ("http://www.w3.org/2001/04/xmldsig-more#rsa-sha256", "http://www.w3.org/2001/04/xmlenc#sha256"),
    "sha1": ("http://www.w3.org/2000/09/xmldsig#rsa-sha1", "http://www.w3.org/2000/09/xmldsig#sha1"),
}


def subject(pem, option="RFC2253"):
    """The certificate's subject as a client writes it in Issuer."""
    out = subprocess.run(["openssl", "x509", "-in", pem, "-noout", "-subject", "-nameopt", option + ",-esc_msb,utf8"],
                         check=True, capture_output=True, text=True).stdout
    return out.removeprefix("subject=").strip()


class Card:
    """A card of the demonstration PKI, or the establishment's certificates."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.auth, self.sign = self.folder / "auth.pem", self.folder / "sign.pem"
        self.profile = {}
        self.situations = []
        profile = self.folder / "profile"
        for line in profile.read_text().splitlines() if profile.exists() else []:
            key, _, value = line.partition("=")
            if key == "situation":
                self.situations.append(value.split("|"))
            else:
                self.profile[key] = value


def stamp(seconds=0):
    now = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=seconds)
    return now.strftime("%Y-%m-%dT%H:%M:%S.000Z")


def attribute(name, value, xml=False):
    if value is None:
        return ""
    body = value if xml else escape(value)
    kind = "" if xml else ' xsi:type="xs:string"'
    return (f'<saml2:Attribute Name="{name}"><saml2:AttributeValue{kind}>{body}'
            f'</saml2:AttributeValue></saml2:Attribute>')


def assertion(card, patient=None, *, purpose="normal", mode="DIRECTE", structure=None, name_id=None, profession=None,
              speciality=None, issuer=None, age=0, conditions="", aid=None, hashes="sha256", version="3.0"):
    """An unsigned token; empty text for @speciality leaves it out."""
    p = card.profile
    aid = aid or "_" + str(uuid.uuid4())
    method, digest = METHODS[hashes]
    if structure is None:
        structure = card.situations[0][1]
    profession = p.get("profession", "") if profession is None else profession
    speciality = p.get("speciality", "") if speciality is None else speciality
    roles = ""
    for code, system in ((profession, "1.2.250.1.71.1.2.7"), (speciality, "1.2.250.1.71.4.2.5")):
        if code:
            roles += (f'<saml2:AttributeValue><Role xmlns="urn:hl7-org:v3" xsi:type="CE" code="{code}" '
                      f'codeSystem="{system}" displayName="x"/></saml2:AttributeValue>')
    if not roles:
        roles = ('<saml2:AttributeValue><Role xmlns="urn:hl7-org:v3" xsi:type="CE" code="SECR" '
                 'codeSystem="1.2.250.1.213.1.1.4.6"/></saml2:AttributeValue>')
    resource = f"{patient}^^^&1.2.250.1.213.1.4.10&ISO^NH" if patient else None
    return f"""<saml2:Assertion xmlns:saml2="urn:oasis:names:tc:SAML:2.0:assertion" \
xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" ID="{aid}" \
IssueInstant="{stamp(-age)}" Version="2.0"><saml2:Issuer \
Format="urn:oasis:names:tc:SAML:1.1:nameid-format:X509SubjectName">{escape(issuer or subject(card.sign))}\
</saml2:Issuer>{SIGNATURE.format(id=aid, method=method, digest=digest)}<saml2:Subject><saml2:NameID>\
{escape(name_id or p.get("national_id", ""))}</saml2:NameID></saml2:Subject>{conditions}\
<saml2:AuthnStatement AuthnInstant="{stamp(-age)}"><saml2:AuthnContext><saml2:AuthnContextClassRef>\
urn:oasis:names:tc:SAML:2.0:ac:classes:SmartcardPKI</saml2:AuthnContextClassRef></saml2:AuthnContext>\
</saml2:AuthnStatement><saml2:AttributeStatement>{attribute("VIHF_Version", version)}\
{attribute("Authentification_Mode", mode)}{attribute("Identifiant_Structure", structure)}\
{attribute("Secteur_Activite", "SA07^1.2.250.1.71.4.2.4")}\
<saml2:Attribute Name="urn:oasis:names:tc:xacml:2.0:subject:role">{roles}</saml2:Attribute>\
{attribute("urn:oasis:names:tc:xacml:2.0:resource:resource-id", resource)}{attribute("Ressource_URN", "urn:dmp")}\
{attribute("urn:oasis:names:tc:xspa:1.0:subject:purposeofuse", f'<PurposeOfUse xmlns="urn:hl7-org:v3" '
           f'xsi:type="CE" code="{purpose}" codeSystem="1.2.250.1.213.1.1.4.248"/>', xml=True)}\
{attribute("LPS_ID", "1")}{attribute("LPS_Nom", "test")}{attribute("LPS_Version", "1")}\
{attribute("LPS_ID_HOMOLOGATION_DMP", "TEST")}</saml2:AttributeStatement></saml2:Assertion>"""


def envelope(url, action, body, token="", headers=None):
    mid = "urn:uuid:" + str(uuid.uuid4())
    if headers is None:
        headers = (f"<wsa:MessageID>{mid}</wsa:MessageID><wsa:To>{url}</wsa:To><wsa:ReplyTo><wsa:Address>{WSA}"
                   f'/anonymous</wsa:Address></wsa:ReplyTo><wsa:Action soap:mustUnderstand="true">{action}'
                   "</wsa:Action>")
    return (f'<?xml version="1.0" encoding="UTF-8"?>\n<soap:Envelope xmlns:soap="{SOAP}" xmlns:wsa="{WSA}">'
            f'<soap:Header>{headers}<wsse:Security xmlns:wsse="{WSSE}">{token}</wsse:Security></soap:Header>'
            f"<soap:Body>{body}</soap:Body></soap:Envelope>")


def sign(card, text, key="sign"):
    """Signs the token inside with the xmlsec1 tool."""
    with tempfile.NamedTemporaryFile("w", suffix=".xml", encoding="utf-8") as source:
        source.write(text)
        source.flush()
        folder = card.folder
        out = subprocess.run(
            [os.environ.get("XMLSEC1") or "xmlsec1", "--sign", "--id-attr:ID",
             "urn:oasis:names:tc:SAML:2.0:assertion:Assertion", "--privkey-pem",
             f"{folder / key}.key,{folder / key}.pem", source.name], capture_output=True)
        if out.returncode != 0:
            raise RuntimeError(out.stderr.decode())
        return out.stdout.decode()


class Reply:
    def __init__(self, status, headers, data):
        self.status, self.headers, self.data = status, headers, data
        self.parts = {}
        kind = headers.get("Content-Type", "")
        root = data
        if kind.startswith("multipart/related"):
            root = self._split(kind, data)
        self.root_bytes = root
        self.tree = ET.fromstring(root) if root.strip().startswith(b"<") else None

    def _split(self, kind, data):
        boundary = kind.split('boundary="')[1].split('"')[0].encode()
        start = kind.split('start="')[1].split('"')[0].strip("<>")
        for piece in (b"\r\n" + data).split(b"\r\n--" + boundary)[1:-1]:
            head, _, body = piece.removeprefix(b"\r\n").partition(b"\r\n\r\n")
            fields = {k.strip().lower(): v.strip() for k, _, v in
                      (line.partition(":") for line in head.decode().split("\r\n"))}
            self.parts[fields["content-id"].strip("<>")] = body
        return self.parts.pop(start)

    def find(self, path):
        return self.tree.find(".//" + path, NS)

    def all(self, path):
        return self.tree.findall(".//" + path, NS)

    @property
    def fault(self):
        """Local part of the fault's sub-code, or None."""
        value = self.find("soap:Fault/soap:Code/soap:Subcode/soap:Value") if self.tree is not None else None
        return value.text.split(":")[-1] if value is not None else None

    @property
    def reason(self):
        text = self.find("soap:Reason/soap:Text")
        return text.text if text is not None else None

    @property
    def errors(self):
        return [e.get("errorCode") for e in self.all("rs:RegistryError")]


class Client:
    """One connection with one card."""

    def __init__(self, url, pki, card=None):
        self.url = url
        parts = urllib.parse.urlsplit(url)
        context = ssl.create_default_context(cafile=os.path.join(pki, "trust-server.pem"))
        context.maximum_version = ssl.TLSVersion.TLSv1_2
        if card is not None:
            context.load_cert_chain(card.auth, card.folder / "auth.key")
        self.path = parts.path
        self.connection = http.client.HTTPSConnection(parts.hostname, parts.port, context=context, timeout=30)

    def post(self, endpoint, data, kind="application/soap+xml; charset=UTF-8"):
        if isinstance(data, str):
            data = data.encode()
        self.connection.request("POST", f"{self.path}/{endpoint}", data, {"Content-Type": kind})
        answer = self.connection.getresponse()
        return Reply(answer.status, answer.headers, answer.read())


def mtom(root, parts):
    """@parts: content id → (type, bytes). Returns content type and body."""
    boundary = "b" + uuid.uuid4().hex
    out = (f"--{boundary}\r\nContent-Type: application/xop+xml; charset=UTF-8; type=\"application/soap+xml\"\r\n"
           "Content-Transfer-Encoding: 8bit\r\nContent-ID: <root@test>\r\n\r\n").encode() + root.encode()
    for cid, (kind, data) in parts.items():
        out += (f"\r\n--{boundary}\r\nContent-Type: {kind}\r\nContent-Transfer-Encoding: binary\r\n"
                f"Content-ID: <{cid}>\r\n\r\n").encode() + data
    out += f"\r\n--{boundary}--\r\n".encode()
    return (f'multipart/related; type="application/xop+xml"; start="<root@test>"; '
            f'start-info="application/soap+xml"; boundary="{boundary}"'), out


def existence(ins, reason="TEST_EXST", oid="1.2.250.1.213.1.4.10"):
    """TD0.2."""
    return f"""<PRPA_IN201307UV02 xmlns="urn:hl7-org:v3" ITSVersion="XML_1.0"><id root="1.2.250.1.999.1.3" \
extension="{uuid.uuid4()}"/><creationTime value="20260302091500"/><interactionId root="2.16.840.1.113883.1.6" \
extension="PRPA_IN201307UV02"/><processingCode code="D"/><processingModeCode code="T"/><acceptAckCode code="AL"/>\
<receiver typeCode="RCV"><device classCode="DEV" determinerCode="INSTANCE"><id root="1.2.250.1.213.4.1.1.1"/>\
<softwareName>DMP</softwareName></device></receiver><sender typeCode="SND"><device classCode="DEV" \
determinerCode="INSTANCE"><id root="1.2.250.1.999.1"/><softwareName>test</softwareName></device></sender>\
<controlActProcess classCode="CACT" moodCode="EVN"><reasonCode code="{reason}" codeSystem="1.2.250.1.213.1.1.4.11"/>\
<queryByParameter><queryId root="1.2.250.1.999.1.4" extension="{uuid.uuid4()}"/><statusCode code="new"/>\
<parameterList><patientIdentifier><value root="{oid}" extension="{ins}"/><semanticsText>Patient.id</semanticsText>\
</patientIdentifier></parameterList></queryByParameter></controlActProcess></PRPA_IN201307UV02>"""


ACTIONS = {
    "patients": "urn:hl7-org:v3:PRPA_IN201307UV02",
    "habilitations": "urn:si-dmp-habilitations:HabilitationsEndPoint:setAuthorization",
    "registry": "urn:ihe:iti:2007:RegistryStoredQuery",
    "repository": "urn:ihe:iti:2007:RetrieveDocumentSet",
}


def request(client, card, endpoint, body, patient=None, *, key="sign", action=None, **token):
    """A signed envelope as text."""
    text = envelope(f"{client.url}/{endpoint}", action or ACTIONS[endpoint], body, assertion(card, patient, **token))
    return sign(card, text, key)


def authorisation(action, role=None):
    """TD0.3."""
    extra = f"<t:role>{role}</t:role>" if role else ""
    return (f'<t:setAuthorization xmlns:t="urn:si-dmp-habilitations"><t:action>{action}</t:action>{extra}'
            "</t:setAuthorization>")


FIND_DOCUMENTS = "urn:uuid:14d4debf-8f97-4251-9a74-a90016b0af0d"
FIND_SETS = "urn:uuid:f26abbcb-ac74-4422-8a30-edb644bbc1a9"
GET_DOCUMENTS = "urn:uuid:5c4f972b-d56b-40ac-a5fc-c8ca9b40b9d4"
GET_ASSOCIATIONS = "urn:uuid:a7ae438b-4bc2-4642-93e9-be891f7bb155"
GET_SETS = "urn:uuid:51224314-5390-4169-9b91-b1980040715a"
APPROVED = "urn:oasis:names:tc:ebxml-regrep:StatusType:Approved"
DEPRECATED = "urn:oasis:names:tc:ebxml-regrep:StatusType:Deprecated"
ARCHIVED = "urn:asip:ci-sis:2010:StatusType:Archived"


def cx(ins):
    return f"'{ins}^^^&1.2.250.1.213.1.4.10&ISO^NH'"


def query(uuid_, form="LeafClass", **slots):
    """TD3.1; slot names without the dollar sign."""
    rows = "".join(
        f'<rim:Slot name="${name}"><rim:ValueList>'
        + "".join(f"<rim:Value>{escape(v)}</rim:Value>" for v in ([value] if isinstance(value, str) else value))
        + "</rim:ValueList></rim:Slot>" for name, value in slots.items())
    return (f'<query:AdhocQueryRequest xmlns:query="{NS["query"]}" xmlns:rim="{NS["rim"]}"><query:ResponseOption '
            f'returnComposedObjects="true" returnType="{form}"/><rim:AdhocQuery id="{uuid_}">{rows}</rim:AdhocQuery>'
            "</query:AdhocQueryRequest>")


def find_documents(ins, form="LeafClass", status=(APPROVED,), **slots):
    words = ",".join(f"'{s}'" for s in status)
    return query(FIND_DOCUMENTS, form, XDSDocumentEntryPatientId=cx(ins), XDSDocumentEntryStatus=f"({words})", **slots)


def retrieve(ids, repository="1.2.250.1.213.4.1.1.1.2"):
    """TD3.2."""
    rows = "".join(f"<xdsb:DocumentRequest><xdsb:RepositoryUniqueId>{repository}</xdsb:RepositoryUniqueId>"
                   f"<xdsb:DocumentUniqueId>{i}</xdsb:DocumentUniqueId></xdsb:DocumentRequest>" for i in ids)
    return f'<xdsb:RetrieveDocumentSetRequest xmlns:xdsb="{NS["xdsb"]}">{rows}</xdsb:RetrieveDocumentSetRequest>'
