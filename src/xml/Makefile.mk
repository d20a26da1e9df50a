# Guarded parsing, building by tree, canonical form, XML signature. Knows no document type.
noinst_LTLIBRARIES += %D%/libdmp-xml.la
%C%_libdmp_xml_la_SOURCES = \
  %D%/dmp-c14n.c %D%/dmp-c14n.h \
  %D%/dmp-message.c %D%/dmp-message.h \
  %D%/dmp-xml.c %D%/dmp-xml.h %D%/dmp-xml-private.h \
  %D%/dmp-xml-build.c \
  %D%/dmp-xml-find.c \
  %D%/dmp-xml-names.c %D%/dmp-xml-names.h \
  %D%/dmp-xml-scan.c \
  %D%/dmp-xml-signature.c %D%/dmp-xml-signature.h
%C%_libdmp_xml_la_CPPFLAGS = $(base_cppflags) $(XML_CFLAGS)
%C%_libdmp_xml_la_LIBADD = src/model/libdmp-model.la $(XML_LIBS)
