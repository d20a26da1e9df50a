"""CDA documents, RTF and texts made to hurt: what they carry must stay words (VECTORS) or be refused with a sentence (BOMBS)."""

HEAD = """<?xml version="1.0" encoding="UTF-8"?>%s
<ClinicalDocument xmlns="urn:hl7-org:v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"%s>
<realmCode code="FR"/><typeId root="2.16.840.1.113883.1.3" extension="POCD_HD000040"/><id root="1.2.3.4"/>
<code code="11488-4" codeSystem="2.16.840.1.113883.6.1"/><title>%s</title><effectiveTime value="20260115"/>
<recordTarget><patientRole><id root="1.2.250.1.213.1.4.8" extension="%s"/><patient><name><family>%s</family></name></patient></patientRole></recordTarget>
<component>%s</component></ClinicalDocument>"""
BODY = '<structuredBody><component><section><code code="11488-4"/><title>%s</title><text>%s</text></section></component></structuredBody>'
AT = 'http://127.0.0.1:9/'
JS = 'javascript:alert(1)'


def cda(text='W', title='T', prolog='', attributes='', ins='1', family='X', section='S', body=None):
    return HEAD % (prolog, attributes, title, ins, family, body or BODY % (section, text))


def narrative():
    """What stands in <text>: name, XML; the letter W must be read."""
    for i, href in enumerate((JS, 'JaVaScRiPt:alert(1)', 'java&#9;script:alert(1)', 'java&#10;script:alert(1)', ' javascript:alert(1)', 'vbscript:msgbox(1)',
                              'data:text/html;base64,PHNjcmlwdD4=', 'data:image/svg+xml,&lt;svg onload=alert(1)&gt;', 'file:///etc/passwd',
                              'file://127.0.0.1/share/x', '\\\\127.0.0.1\\share', AT, '//127.0.0.1:9/', 'ftp://127.0.0.1/', 'ldap://127.0.0.1/',
                              'mailto:a@example.org', 'tel:0123456789', 'jar:http://127.0.0.1/x!/y', 'smb://127.0.0.1/', 'gopher://127.0.0.1:9/',
                              'view-source:http://127.0.0.1/', 'about:blank', 'blob:http://127.0.0.1/x', 'dmp:open?t=1')):
        yield 'link-%d' % i, '<linkHtml href="%s">W</linkHtml>' % href
    for i, event in enumerate(('onclick', 'onmouseover', 'onload', 'onerror', 'onfocus', 'onbegin', 'onanimationstart', 'onpaste', 'ontoggle', 'onwheel')):
        yield 'event-' + event, '<%s %s="alert(1)">W</%s>' % (('paragraph', 'content')[i % 2], event, ('paragraph', 'content')[i % 2])
    for i, style in enumerate(('background:url(%s)' % AT, 'expression(alert(1))', '@import url(%s)' % AT, 'behavior:url(x.htc)', '-moz-binding:url(x)',
                               'list-style-image:url(%s)' % AT, 'Bold; content:url(file:///etc/passwd)', 'position:fixed;top:0;z-index:9999')):
        yield 'style-%d' % i, '<content styleCode="%s" style="%s">W</content>' % (style, style)
    for name in ('script', 'iframe', 'object', 'embed', 'applet', 'form', 'input', 'meta', 'base', 'link', 'style', 'frame', 'video', 'audio', 'img',
                 'isindex', 'marquee', 'template'):
        yield 'element-' + name, '<%s src="%s" href="%s" data="%s" http-equiv="refresh" action="%s">W</%s>' % (name, AT, AT, AT, JS, name)
    for name, xml in (
            ('html-script', '<script xmlns="http://www.w3.org/1999/xhtml">W</script>'),
            ('svg-script', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script><text>W</text></svg>'),
            ('svg-use', '<svg xmlns="http://www.w3.org/2000/svg"><use href="%s#x"/><text>W</text></svg>' % AT),
            ('svg-foreign', '<svg xmlns="http://www.w3.org/2000/svg"><foreignObject><p>W</p></foreignObject></svg>'),
            ('mathml', '<math xmlns="http://www.w3.org/1998/Math/MathML"><maction actiontype="statusline#%s">W</maction></math>' % AT),
            ('xinclude', '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd" parse="text"/>W'),
            ('xinclude-http', '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="%s"><xi:fallback>x</xi:fallback></xi:include>W' % AT),
            ('xslt', '<xsl:value-of xmlns:xsl="http://www.w3.org/1999/XSL/Transform" select="document(\'file:///etc/passwd\')"/>W'),
            ('xlink', '<content xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="%s" xlink:actuate="onLoad">W</content>' % AT),
            ('xml-base', '<content xml:base="%s">W</content>' % AT),
            ('schema-location', '<content xsi:schemaLocation="urn:x %sx.xsd">W</content>' % AT),
            ('processing', '<?php system("id"); ?>W'), ('comment', '<!-- <script>alert(1)</script> -->W'), ('cdata', '<![CDATA[<script>W</script>]]>'),
            ('bidi', '&#x202e;W&#x202c;'), ('zero-width', 'W&#x200b;&#xfeff;'), ('markup', '&lt;b&gt;W&lt;/b&gt; &amp;amp; &lt;a href="%s"&gt;' % AT),
            ('media-path', '<renderMultiMedia referencedObject="../../../../etc/passwd"/>W'),
            ('media-address', '<renderMultiMedia referencedObject="%s"/>W' % AT), ('reference', '<footnoteRef IDREF="file:///etc/passwd"/>W'),
            ('table-width', '<table width="expression(1)" background="%s"><tbody><tr><td background="%s">W</td></tr></tbody></table>' % (AT, AT)),
            ('spans', '<table><tbody><tr><td colspan="1000000" rowspan="1000000">W</td></tr></tbody></table>'),
            ('verified', '<paragraph styleCode="Bold">✔ Document signé et vérifié par le DMP</paragraph>W')):
        yield name, xml


def vectors():
    """name, file name ending, bytes: read as words."""
    for name, xml in narrative():
        yield name, 'xml', cda(xml).encode()
    for name, change in (('title', {'title': '&lt;script&gt;alert(1)&lt;/script&gt; W'}), ('name', {'family': '&lt;img src=x onerror=alert(1)&gt; W'}),
                         ('identifier', {'ins': "1' OR '1'='1"}), ('section', {'section': '&lt;a href="%s"&gt;W' % JS}),
                         ('stylesheet', {'prolog': '<?xml-stylesheet type="text/xsl" href="%sx.xsl"?>' % AT}),
                         ('stylesheet-file', {'prolog': '<?xml-stylesheet type="text/xsl" href="file:///etc/passwd"?>'}),
                         ('schema', {'attributes': ' xsi:schemaLocation="urn:hl7-org:v3 %sCDA.xsd"' % AT}),
                         ('body-reference', {'body': '<nonXMLBody><text mediaType="application/pdf"><reference value="%s"/></text></nonXMLBody>' % AT}),
                         ('body-file', {'body': '<nonXMLBody><text mediaType="text/plain"><reference value="file:///etc/passwd"/></text></nonXMLBody>'}),
                         ('body-html', {'body': '<nonXMLBody><text mediaType="text/html" representation="B64">PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==</text></nonXMLBody>'}),
                         ('body-svg', {'body': '<nonXMLBody><text mediaType="image/svg+xml" representation="B64">PHN2ZyBvbmxvYWQ9ImFsZXJ0KDEpIi8+</text></nonXMLBody>'}),
                         ('body-program', {'body': '<nonXMLBody><text mediaType="application/x-msdownload" representation="B64">TVqQAAMAAAAEAAAA</text></nonXMLBody>'})):
        yield 'cda-' + name, 'xml', cda(**change).encode()
    yield 'self-presenting', 'xml', ('<xsl:stylesheet xmlns:xsl="http://www.w3.org/1999/XSL/Transform" version="1.0"><xsl:include href="%sx.xsl"/>'
                                     '<xsl:template match="/"><xsl:value-of select="document(\'file:///etc/passwd\')"/></xsl:template>%s</xsl:stylesheet>'
                                     % (AT, cda().split('?>', 1)[1])).encode()


def texts():
    """name, ending, bytes, code of the check: RTF and plain text."""
    rtf = '{\\rtf1\\ansi W %s\\par}'
    for name, inner in (('object', '{\\object\\objemb{\\*\\objdata 0105}}'), ('template', '{\\*\\template %s}' % AT),
                        ('field-dde', '{\\field{\\*\\fldinst DDEAUTO c:\\\\\\\\cmd "/c calc"}{\\fldrslt x}}'),
                        ('field-picture', '{\\field{\\*\\fldinst INCLUDEPICTURE "%s"}{\\fldrslt x}}' % AT),
                        ('field-text', '{\\field{\\*\\fldinst INCLUDETEXT "/etc/passwd"}{\\fldrslt x}}'), ('ole-link', '{\\object\\objautlink}'),
                        ('ocx', '{\\object\\objocx{\\*\\objdata 00}}'), ('update', '{\\object\\objupdate}')):
        yield 'rtf-' + name, 'rtf', (rtf % inner).encode(), 'rtf-active'
    yield 'rtf-deep', 'rtf', b'{\\rtf1' + b'{' * 100000, 'rtf-damaged'
    yield 'rtf-binary', 'rtf', b'{\\rtf1 W\\bin2000000000 x}', 'rtf-damaged'
    yield 'rtf-open', 'rtf', b'{\\rtf1 W', 'rtf-damaged'
    yield 'text-escape', 'txt', 'Bilan \x1b]0;x\x07\x1b[2J W'.encode(), 'text-control'
    yield 'text-latin', 'txt', 'Compte rendu de l’été, fièvre à 39'.encode('cp1252'), 'text-encoding'
    yield 'text-nul', 'txt', b'W\0\0W', None
    yield 'text-html', 'txt', b'<script>alert(1)</script> W', None


def bombs():
    """name, bytes: refused."""
    empty = cda().split('?>', 1)[1]
    yield 'nothing', b''
    yield 'blank', b' \n'
    yield 'not-xml', b'<?xml version="1.0"?>PK\3\4'
    yield 'other-root', b'<?xml version="1.0"?><html/>'
    yield 'no-id', cda().replace('<id root="1.2.3.4"/>', '').encode()
    for part in (0.1, 0.3, 0.5, 0.7, 0.9, 0.99):
        yield 'cut-%d' % (part * 100), cda().encode()[:int(len(cda()) * part)]
    laughs = ''.join('<!ENTITY l%d "%s">' % (i, '&l%d;' % (i - 1) * 10) for i in range(1, 10))
    dtds = {'laughs': '<!ENTITY l0 "lol">' + laughs, 'quadratic': '<!ENTITY a "%s">' % ('a' * 100000), 'file': '<!ENTITY e SYSTEM "file:///etc/passwd">',
            'http': '<!ENTITY e SYSTEM "%s">' % AT, 'parameter': '<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;',
            'parameter-http': '<!ENTITY %% p SYSTEM "%s"> %%p;' % AT, 'notation': '<!NOTATION n SYSTEM "x">', 'attribute': '<!ATTLIST x y CDATA "z">',
            'element': '<!ELEMENT ClinicalDocument ANY>', 'public': '<!ENTITY e PUBLIC "-//x" "%s">' % AT, 'recursive': '<!ENTITY a "&b;"><!ENTITY b "&a;">',
            'conditional': '<![IGNORE[ x ]]>', 'unparsed': '<!NOTATION n SYSTEM "x"><!ENTITY e SYSTEM "y" NDATA n>'}
    for name, dtd in dtds.items():
        yield 'dtd-' + name, ('<?xml version="1.0"?><!DOCTYPE ClinicalDocument [%s]>%s' % (dtd, empty.replace('>W<', '>&l9;&e;W<'))).encode()
    yield 'dtd-outside', ('<?xml version="1.0"?><!DOCTYPE ClinicalDocument SYSTEM "%s">%s' % (AT, empty)).encode()
    yield 'dtd-outside-file', ('<?xml version="1.0"?><!DOCTYPE ClinicalDocument SYSTEM "file:///etc/passwd">%s' % empty).encode()
    yield 'unknown-entity', cda('&nbsp;W').encode()
    yield 'deep', cda('<content>' * 5000 + 'W' + '</content>' * 5000).encode()
    yield 'deep-open', cda('<content>' * 100000).encode()
    yield 'attributes', cda('<content %s>W</content>' % ' '.join('a%d="1"' % i for i in range(20000))).encode()
    yield 'namespaces', cda('<content %s>W</content>' % ' '.join('xmlns:n%d="u%d"' % (i, i) for i in range(5000))).encode()
    yield 'attribute-twice', cda('<content a="1" a="2">W</content>').encode()
    yield 'not-closed', cda('<content>W').encode()
    yield 'crossed', cda('<content><paragraph>W</content></paragraph>').encode()
    yield 'ampersand', cda('a & b').encode()
    yield 'less-than', cda('a < b').encode()
    yield 'control', cda('W\x01').encode()
    yield 'control-reference', cda('W&#1;').encode()
    yield 'nul', cda('W\0').encode()
    yield 'surrogate', cda('W').encode().replace(b'>W<', b'>\xed\xa0\x80<')
    yield 'overlong', cda('W').encode().replace(b'>W<', b'>\xc0\xbcscript\xc0\xbe<')
    yield 'bad-utf8', cda('W').encode().replace(b'>W<', b'>\xff\xfe<')
    yield 'prefix', cda('<x:content>W</x:content>').encode()
    yield 'two-roots', cda().encode() + b'<x/>'
    yield 'words-after', cda().encode() + b'words'
    for charset in ('UTF-7', 'EBCDIC-INT', 'x-unknown', 'UTF-32'):
        yield 'encoding-' + charset, cda().replace('UTF-8', charset).encode()
    yield 'utf-16-wrong', b'\xff\xfe' + cda().encode()
    yield 'comment-open', cda('<!-- W').encode()
    yield 'cdata-open', cda('<![CDATA[ W').encode()
    yield 'processing-open', cda('<?x W').encode()
    yield 'version', cda().replace('version="1.0"', 'version=1.0').encode()
