"""Writes documents with what the published examples lack: own_documents.py FOLDER.

Text and RTF bodies, other encodings, spans, nested lists, footnotes, a style sheet around, a PDF of two columns."""
import base64
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(os.environ['top_srcdir']) / 'tests/records'))
from samples import pdf  # noqa: E402
from datetime import datetime, timezone  # noqa: E402

HEAD = ('<ClinicalDocument xmlns="urn:hl7-org:v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><id root="2.25.{number}"/><code code="11488-4" codeSystem="2.16.840.1.113883.6.1"/>'
        '<title>Essai {number}</title><effectiveTime value="20260110"/><recordTarget><patientRole><id root="1.2.250.1.213.1.4.10" extension="255081416802538"/><patient><name>'
        '<given>Jeanne</given><family qualifier="BR">DUPONT</family></name></patient></patientRole></recordTarget><component>')
TAIL = '</component></ClinicalDocument>'
NARRATIVE = """<structuredBody><component><section><title>Motif <content>d’entrée</content></title><text>Avant <br/>après
<paragraph ID="a">Un <content styleCode="Bold">gras</content><content styleCode="Italics">italique</content>, H<sub>2</sub>O, 10<sup>9</sup>/L
<content revised="delete">rayé</content> &lt;chevrons&gt; &#233;<![CDATA[ & brut ]]>œdème<footnote ID="n1">première note</footnote> et<footnoteRef IDREF="n1"/> suite
<linkHtml href="https://www.has-sante.fr/">HAS</linkHtml><linkHtml href="#a">ici</linkHtml>.</paragraph>
<list listType="ordered"><caption>Liste ordonnée</caption><item><caption>Titre d’item</caption>premier<list><item>dedans</item><item>encore<list><item>plus bas</item></list></item></list></item><item>second</item></list>
<table><caption>Tableau A</caption><thead><tr><th rowspan="2">Examen</th><th colspan="2">Résultats</th></tr><tr><th>Valeur</th><th>Unité</th></tr></thead>
<tfoot><tr><td colspan="3">Pied du tableau</td></tr></tfoot>
<tbody><tr><td rowspan="2">Sodium</td><td align="right">138</td><td>mmol/L</td></tr><tr><td>139</td><td><list><item>un</item><item>deux</item></list></td></tr>
<tr><th>Ligne titre</th><td><table><tbody><tr><td>dans une cellule</td></tr></tbody></table></td><td/></tr></tbody></table>
<unknown>élément inconnu</unknown></text>
<component><section><title>Sous-section</title><text><content>Nu</content> <content>et cru</content></text></section></component></section></component>
<component><section><text>Sans titre</text></section></component></structuredBody>"""
RTF = (r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0 Helvetica;}{\f1 Courier;}}{\colortbl;\red0\green0\blue0;}{\*\generator Essai;}"
       r"{\info{\title Titre cach\'e9}}\pard\b Compte rendu\b0\par Dyspn\'e9e d\rquote effort \u8212? repos.\par "
       r"{\i Traitement\i0 : furos\'e9mide 40\~mg}\line fin\tab colonne\cell suite\row \{accolades\} \u339?d\u232?me\par}")


def one(number, body, declaration='<?xml version="1.0" encoding="UTF-8"?>\n'):
    return declaration + HEAD.format(number=number) + body + TAIL


def level1(number, mime, data):
    return one(number, f'<nonXMLBody><text mediaType="{mime}" representation="B64">{base64.b64encode(data).decode()}</text></nonXMLBody>')


def columns():
    """Two columns whose words nothing but their places part."""
    page = pdf.Page()
    for left, right in (('Nom', 'DUPONT'), ('Prénom', 'Jeanne'), ('Créatinine', '122')):
        page.text(pdf.MARGIN, left)
        page.text(pdf.MARGIN + 120, right)
        page.down(20)
    return pdf.text_file([page, page], datetime(2026, 1, 10, tzinfo=timezone.utc))


def write(folder):
    text = '\n'.join(f'Ligne {i} : température {36 + i % 4},{i % 10} °C, examen n° {i}' for i in range(2500))
    wrapped = one(7, NARRATIVE, '')
    files = {
        'narrative': one(1, NARRATIVE).encode(),
        'latin1': one(2, NARRATIVE.replace('œ', 'oe').replace('’', "'"), '<?xml version="1.0" encoding="ISO-8859-1"?>\n').encode('latin-1'),
        'utf16': one(3, NARRATIVE, '<?xml version="1.0" encoding="UTF-16"?>\n').encode('utf-16'),
        'rtf': level1(4, 'text/rtf', RTF.encode('ascii')).encode(),
        'text-latin1': level1(5, 'text/plain', 'Opérée d’une hernie'.replace('’', "'").encode('latin-1')).encode(),
        'text-long': level1(6, 'text/plain', text.encode()).encode(),
        'wrapped': ('<?xml version="1.0"?><xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"><xsl:template match="/"><html>mise en forme</html></xsl:template>'
                    + wrapped + '</xsl:stylesheet>').encode(),
        'columns': level1(8, 'application/pdf', columns()).encode(),
        'text-inline': one(9, '<nonXMLBody><text mediaType="text/plain">Texte &amp; accents : é\nligne 2</text></nonXMLBody>').encode(),
    }
    for name, data in files.items():
        (folder / f'{name}.xml').write_bytes(data)


if __name__ == '__main__':
    write(Path(sys.argv[1]))
