"""Requests for dmp-host made by hand: envelopes, tokens signed by the xmlsec1 tool, MTOM, mutual TLS.

Shares no line with the program, so that host and client cannot be wrong together.
"""
import datetime
import functools
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


@functools.cache
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

    @property
    def contexts(self):
        return [e.get("codeContext") for e in self.all("rs:RegistryError")]


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


def slot(name, *values):
    rows = "".join(f"<rim:Value>{escape(v)}</rim:Value>" for v in values)
    return f'<rim:Slot name="{name}"><rim:ValueList>{rows}</rim:ValueList></rim:Slot>'


def classification(about, scheme, node, system=None, inner=""):
    inner = inner or (slot("codingScheme", system) + '<rim:Name><rim:LocalizedString xml:lang="FR" value="x"/></rim:Name>')
    return (f'<rim:Classification id="i{uuid.uuid4().hex}" classificationScheme="urn:uuid:{scheme}" '
            f'classifiedObject="{about}" nodeRepresentation="{node}">{inner}</rim:Classification>')


def identifier(about, scheme, value, name):
    return (f'<rim:ExternalIdentifier id="i{uuid.uuid4().hex}" registryObject="{about}" '
            f'identificationScheme="urn:uuid:{scheme}" value="{escape(value)}"><rim:Name><rim:LocalizedString '
            f'value="{name}"/></rim:Name></rim:ExternalIdentifier>')


class Document:
    """One document of a feed; what is wrong in a test is set apart."""

    def __init__(self, unique_id, data, author, institution, **extra):
        self.id, self.unique_id, self.data = "Document" + uuid.uuid4().hex[:8], unique_id, data
        self.author, self.institution = author, institution
        self.class_code, self.type_code, self.type_system = "10", "11488-4", "2.16.840.1.113883.6.1"
        self.confidentiality, self.replaces, self.mime, self.drop = ["N"], None, "text/xml", None
        self.signs = False
        self.title, self.time, self.attach = "Compte rendu", "20260302080000", True
        self.__dict__.update(extra)

    def write(self, patient):
        about = self.id
        author = slot("authorInstitution", self.institution) + slot("authorPerson", self.author)
        parts = {
            "creationTime": slot("creationTime", self.time), "languageCode": slot("languageCode", "fr-FR"),
            "legalAuthenticator": slot("legalAuthenticator", self.author),
            "serviceStartTime": slot("serviceStartTime", self.time),
            "sourcePatientId": slot("sourcePatientId", patient),
            "title": f'<rim:Name><rim:LocalizedString xml:lang="FR" value="{self.title}"/></rim:Name>',
            "author": classification(about, "93606bcf-9494-43ec-9b4e-a7748d1a838d", "", inner=author),
            "confidentiality": "".join(
                classification(about, "f4f85eac-e6cb-4883-b524-f2705394840f", c,
                               "2.16.840.1.113883.5.25" if c == "N" else "1.2.250.1.213.1.1.4.13")
                for c in self.confidentiality),
            "class": classification(about, "41a5887f-8865-4c09-adf7-e362475b143a", self.class_code,
                                    "1.2.250.1.213.1.1.4.1"),
            "type": classification(about, "f0306f51-975f-434e-a61c-c59651d33983", self.type_code, self.type_system),
            "format": classification(about, "a09d5840-386c-46f2-b5ad-9c3699a4309d", "urn:ihe:iti:xds-sd:pdf:2008",
                                     "1.3.6.1.4.1.19376.1.2.3"),
            "facility": classification(about, "f33fb8ac-18af-42cc-ae0e-ed0b0bdb91e1", "SA07", "1.2.250.1.71.4.2.4"),
            "practice": classification(about, "cccf5598-8b07-4b77-a05e-ae952c785ead", "AMBULATOIRE",
                                       "1.2.250.1.213.1.1.4.9"),
            "patient": identifier(about, "58a6f841-87b3-4a3e-92fd-a8ffeff98427", patient, "XDSDocumentEntry.patientId"),
            "uniqueId": identifier(about, "2e82c1f6-a085-4c72-9da3-8640a32e42ab", self.unique_id,
                                   "XDSDocumentEntry.uniqueId"),
        }
        body = "".join(v for k, v in parts.items() if k != self.drop)
        return (f'<rim:ExtrinsicObject id="{about}" mimeType="{self.mime}" '
                f'objectType="urn:uuid:7edca82f-054d-47f2-a032-9b2a5b5186c1">{body}</rim:ExtrinsicObject>')


def association(kind, source, target, status=None):
    extra = slot("SubmissionSetStatus", status) if status else ""
    return (f'<rim:Association id="a{uuid.uuid4().hex}" associationType="{kind}" sourceObject="{source}" '
            f'targetObject="{target}" objectType="urn:oasis:names:tc:ebxml-regrep:ObjectType:RegistryObject:Association">'
            f"{extra}</rim:Association>")


def feed(ins, documents, set_id, author, institution, *, inline=False, member=True, patient=None):
    """TD2.1. Returns the body and its attachments."""
    import base64
    patient = patient or f"{ins}^^^&1.2.250.1.213.1.4.10&ISO^NH"
    about = "SubmissionSet01"
    person = slot("authorInstitution", institution) + slot("authorPerson", author)
    out = (f'<rim:RegistryPackage id="{about}">' + slot("submissionTime", "20260302081500")
           + classification(about, "a7058bb9-b4e4-4307-ba5b-e3f0ab85e12d", "", inner=person)
           + classification(about, "aa543740-bdda-424e-8c96-df4873be8500", "07", "1.2.250.1.213.2.2")
           + f'<rim:Classification id="n1" classifiedObject="{about}" '
             'classificationNode="urn:uuid:a54d6aa5-d40d-43f9-88c5-b4633d873bdd"/>'
           + identifier(about, "6b5aea1a-874d-4603-a4bc-96a0a7b38446", patient, "XDSSubmissionSet.patientId")
           + identifier(about, "554ac39e-e3fe-47fe-b233-965d2a147832", "1.2.250.1.999.7", "XDSSubmissionSet.sourceId")
           + identifier(about, "96fdda7c-d067-4183-912e-bf5ee74998a8", set_id, "XDSSubmissionSet.uniqueId")
           + "</rim:RegistryPackage>")
    files, parts = "", {}
    for n, d in enumerate(documents):
        out += d.write(patient)
        if inline:
            content = base64.b64encode(d.data).decode()
        else:
            parts[f"doc{n}@test"] = (d.mime, d.data)
            content = f'<xop:Include xmlns:xop="{NS["xop"]}" href="cid:doc{n}@test"/>'
        if d.attach:
            files += f'<xdsb:Document id="{d.id}">{content}</xdsb:Document>'
    for d in documents:
        if member:
            out += association("urn:oasis:names:tc:ebxml-regrep:AssociationType:HasMember", about, d.id, "Original")
        if d.replaces:
            out += association("urn:ihe:iti:2007:AssociationType:RPLC", d.id, d.replaces)
        if d.signs:
            out += association("urn:ihe:iti:2007:AssociationType:signs", d.id, about, "Original")
    return (f'<xdsb:ProvideAndRegisterDocumentSetRequest xmlns:xdsb="{NS["xdsb"]}" '
            f'xmlns:lcm="urn:oasis:names:tc:ebxml-regrep:xsd:lcm:3.0" xmlns:rim="{NS["rim"]}"><lcm:SubmitObjectsRequest>'
            f"<rim:RegistryObjectList>{out}</rim:RegistryObjectList></lcm:SubmitObjectsRequest>{files}"
            "</xdsb:ProvideAndRegisterDocumentSetRequest>"), parts
