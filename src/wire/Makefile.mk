# HTTP, SOAP, WS-Addressing, MTOM, VIHF: bytes to envelopes and back. Knows no transaction.
noinst_LTLIBRARIES += %D%/libdmp-wire.la
%C%_libdmp_wire_la_SOURCES = \
  %D%/dmp-media-type.c %D%/dmp-media-type.h \
  %D%/dmp-mime-splitter.c %D%/dmp-mime-splitter.h \
  %D%/dmp-soap.c %D%/dmp-soap.h \
  %D%/dmp-vihf.c %D%/dmp-vihf.h \
  %D%/dmp-vihf-cache.c \
  %D%/dmp-vihf-issuer.c \
  %D%/dmp-wire-body.c %D%/dmp-wire-body.h \
  %D%/dmp-wire-card.c %D%/dmp-wire-card.h \
  %D%/dmp-wire-client.c %D%/dmp-wire-client.h \
  %D%/dmp-wire-failure.c %D%/dmp-wire-failure.h \
  %D%/dmp-wire-reply.c %D%/dmp-wire-reply.h \
  %D%/dmp-wire-tls.c %D%/dmp-wire-tls.h
%C%_libdmp_wire_la_CPPFLAGS = $(base_cppflags) $(CORE_CFLAGS)
%C%_libdmp_wire_la_LIBADD = src/xml/libdmp-xml.la $(CORE_LIBS)
