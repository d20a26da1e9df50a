# Fuzz targets, run over their corpus in make check. For libFuzzer link the target without corpus.c:
# clang -fsanitize=fuzzer,address tests/fuzz/fuzz-td.c …
unit_tests += %D%/test-fuzz-td
%C%_test_fuzz_td_SOURCES = %D%/fuzz-td.c %D%/corpus.c %D%/fuzz.h
%C%_test_fuzz_td_CPPFLAGS = $(test_cppflags) $(XML_CFLAGS)
%C%_test_fuzz_td_LDADD = src/td/libdmp-td.la src/xml/libdmp-xml.la $(XML_LIBS)

# With a PC/SC of its own in front of the real one.
unit_tests += %D%/test-fuzz-card
%C%_test_fuzz_card_SOURCES = %D%/fuzz-card.c %D%/corpus.c %D%/fuzz.h
%C%_test_fuzz_card_CPPFLAGS = $(test_cppflags) $(CARD_CFLAGS)
%C%_test_fuzz_card_LDADD = pkcs11/libdmp-card.la $(CARD_LIBS)
EXTRA_DIST += \
  %D%/card/activity %D%/card/atr %D%/card/certificate %D%/card/codes %D%/card/codes-t1-reset \
  %D%/card/endless-answer %D%/card/info %D%/card/label %D%/card/tries %D%/card/vitale-identities \
  %D%/card/vitale-numbers %D%/card/vitale-removed %D%/card/vitale-session

unit_tests += %D%/test-fuzz-cda
%C%_test_fuzz_cda_SOURCES = %D%/fuzz-cda.c %D%/corpus.c %D%/fuzz.h
%C%_test_fuzz_cda_CPPFLAGS = $(test_cppflags) $(CORE_CFLAGS)
%C%_test_fuzz_cda_LDADD = src/summary/libdmp-summary.la src/cda/libdmp-cda.la src/model/libdmp-model.la $(CORE_LIBS)

unit_tests += %D%/test-fuzz-xml %D%/test-fuzz-soap %D%/test-fuzz-mime
%C%_test_fuzz_xml_SOURCES = %D%/fuzz-xml.c %D%/corpus.c %D%/fuzz.h
%C%_test_fuzz_xml_CPPFLAGS = $(test_cppflags) -I$(top_srcdir)/src/xml $(XML_CFLAGS)
%C%_test_fuzz_xml_LDADD = src/xml/libdmp-xml.la $(XML_LIBS)
%C%_test_fuzz_soap_SOURCES = %D%/fuzz-soap.c %D%/corpus.c %D%/fuzz.h
%C%_test_fuzz_soap_CPPFLAGS = $(test_cppflags) $(CORE_CFLAGS)
%C%_test_fuzz_soap_LDADD = src/wire/libdmp-wire.la $(CORE_LIBS)
%C%_test_fuzz_mime_SOURCES = %D%/fuzz-mime.c %D%/corpus.c %D%/fuzz.h
%C%_test_fuzz_mime_CPPFLAGS = $(test_cppflags) $(CORE_CFLAGS)
%C%_test_fuzz_mime_LDADD = src/wire/libdmp-wire.la $(CORE_LIBS)
EXTRA_DIST += \
  %D%/corpus/mime/bare %D%/corpus/mime/base64 %D%/corpus/mime/full %D%/corpus/mime/media-type \
  %D%/corpus/mime/two-ids \
  %D%/corpus/soap/attached %D%/corpus/soap/fault %D%/corpus/soap/fault-1.1 %D%/corpus/soap/plain \
  %D%/corpus/xml/doctype %D%/corpus/xml/errors %D%/corpus/xml/plain %D%/corpus/xml/quotes

unit_tests += %D%/test-fuzz-host
%C%_test_fuzz_host_SOURCES = %D%/fuzz-host.c %D%/corpus.c %D%/fuzz.h
%C%_test_fuzz_host_CPPFLAGS = $(test_cppflags) -I$(top_srcdir)/host $(HOST_CFLAGS)
%C%_test_fuzz_host_LDADD = host/libdmp-host.la src/xml/libdmp-xml.la src/model/libdmp-model.la $(HOST_LIBS)
EXTRA_DIST += %D%/host/feed %D%/host/mime %D%/host/query %D%/host/vihf %D%/host/vihf-sha1
