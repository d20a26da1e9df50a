# Guarded parsing, canonical form, signature.
unit_tests += %D%/test-xml %D%/test-xml-hostile %D%/test-xml-signature
%C%_test_xml_SOURCES = %D%/test-xml.c
%C%_test_xml_CPPFLAGS = $(test_cppflags) $(XML_CFLAGS)
%C%_test_xml_LDADD = src/xml/libdmp-xml.la $(XML_LIBS)

%C%_test_xml_hostile_SOURCES = %D%/test-xml-hostile.c
%C%_test_xml_hostile_CPPFLAGS = $(test_cppflags) $(XML_CFLAGS)
%C%_test_xml_hostile_LDADD = src/xml/libdmp-xml.la $(XML_LIBS)

%C%_test_xml_signature_SOURCES = %D%/test-xml-signature.c %D%/software-key.c %D%/software-key.h
%C%_test_xml_signature_CPPFLAGS = $(test_cppflags) $(XML_CFLAGS)
%C%_test_xml_signature_LDADD = src/xml/libdmp-xml.la $(XML_LIBS)
