# HTTP, SOAP, WS-Addressing, MTOM, VIHF.
unit_tests += %D%/test-mime
%C%_test_mime_SOURCES = %D%/test-mime.c
%C%_test_mime_CPPFLAGS = $(test_cppflags) $(CORE_CFLAGS)
%C%_test_mime_LDADD = src/wire/libdmp-wire.la $(CORE_LIBS)

unit_tests += %D%/test-soap
%C%_test_soap_SOURCES = %D%/test-soap.c
%C%_test_soap_CPPFLAGS = $(test_cppflags) $(CORE_CFLAGS)
%C%_test_soap_LDADD = src/wire/libdmp-wire.la $(CORE_LIBS)

unit_tests += %D%/test-vihf
%C%_test_vihf_SOURCES = %D%/test-vihf.c %D%/vihf-params.c %D%/vihf-params.h \
  tests/xml/software-key.c tests/xml/software-key.h
%C%_test_vihf_CPPFLAGS = $(test_cppflags) $(CORE_CFLAGS)
%C%_test_vihf_LDADD = src/wire/libdmp-wire.la $(CORE_LIBS)

# A TLS peer of our own for what a real host cannot be made to do.
%C%_peer = %D%/test-pki.c %D%/test-pki.h %D%/tls-peer.c %D%/tls-peer.h \
  %D%/wire-fixture.c %D%/wire-fixture.h \
  tests/xml/software-key.c tests/xml/software-key.h
unit_tests += %D%/test-wire-client %D%/test-wire-tls
%C%_test_wire_client_SOURCES = %D%/test-wire-client.c $(%C%_peer)
%C%_test_wire_client_CPPFLAGS = $(test_cppflags) $(CORE_CFLAGS)
%C%_test_wire_client_LDADD = src/wire/libdmp-wire.la $(CORE_LIBS)
%C%_test_wire_tls_SOURCES = %D%/test-wire-tls.c $(%C%_peer)
%C%_test_wire_tls_CPPFLAGS = $(test_cppflags) $(CORE_CFLAGS)
%C%_test_wire_tls_LDADD = src/wire/libdmp-wire.la $(CORE_LIBS)

# Judges from outside: the schemas of the protocol, xmlsec1.
check_PROGRAMS += %D%/emit-request
%C%_emit_request_SOURCES = %D%/emit-request.c %D%/vihf-params.c %D%/vihf-params.h \
  tests/xml/software-key.c tests/xml/software-key.h
%C%_emit_request_CPPFLAGS = $(test_cppflags) $(CORE_CFLAGS)
%C%_emit_request_LDADD = src/wire/libdmp-wire.la $(CORE_LIBS)
sh_tests += %D%/test-judges.sh
