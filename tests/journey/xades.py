"""The signature of a submission set, looked at with other people's tools: xmlsec1, xmllint, openssl, the schemas.

Shares no line with the program.
"""
import base64
import hashlib
import os
import re
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path

DS = '{http://www.w3.org/2000/09/xmldsig#}'
XADES = '{http://uri.etsi.org/01903/v1.1.1#}'
XMLSEC = os.environ.get('XMLSEC1') or 'xmlsec1'


def canonical(path):
    """C14N with comments of a whole document, by xmllint."""
    return subprocess.run(['xmllint', '--c14n', '--huge', str(path)], check=True, capture_output=True).stdout


def xmlsec(path, pki, documents):
    """xmlsec1 on the signature, then on its manifest with the @documents (uri: file): (accepted, manifest, what it said)."""
    trust = ['--enabled-key-data', 'x509', '--trusted-pem', str(pki / 'authorities/root.pem'),
             '--untrusted-pem', str(pki / 'authorities/persons.pem')]
    run = subprocess.run([XMLSEC, '--verify', '--ignore-manifests', *trust, str(path)], capture_output=True, text=True)
    maps = [word for uri, file in documents.items() for word in ('--url-map:' + uri, str(file))]
    whole = subprocess.run([XMLSEC, '--verify', *maps, *trust, str(path)], capture_output=True, text=True)
    counted = re.search(r'Manifests References \(ok/all\): (\d+)/(\d+)', whole.stdout + whole.stderr)
    return run.returncode == 0, tuple(map(int, counted.groups())) if counted else None, run.stderr + whole.stderr


class Signature:
    def __init__(self, path):
        self.path = Path(path)
        self.root = ET.parse(path).getroot()
        certificate = self.root.findtext('.//' + DS + 'X509Certificate')
        self.der = base64.b64decode(certificate)
        self.references = {}
        for reference in self.root.iter(DS + 'Manifest').__next__():
            self.references[reference.get('URI')] = reference.findtext(DS + 'DigestValue')
        self.time = self.root.findtext('.//' + XADES + 'SigningTime')
        self.purpose = ''.join(self.root.find('.//' + DS + 'SignatureProperty').itertext())
        self.said_certificate = self.root.findtext('.//' + XADES + 'CertDigest/' + XADES + 'DigestValue')

    def subject(self):
        return subprocess.run(['openssl', 'x509', '-inform', 'DER', '-noout', '-subject', '-nameopt', 'RFC2253'],
                              input=self.der, check=True, capture_output=True).stdout.decode()

    def names_its_certificate(self):
        return self.said_certificate == base64.b64encode(hashlib.sha256(self.der).digest()).decode()

    def fits(self, uri, path):
        return self.references.get(uri) == base64.b64encode(hashlib.sha256(canonical(path)).digest()).decode()
