# Fuzz targets: fuzz-NAME.c and the three lines of its program. make check runs each over its corpus
# and bends that a little (main.c); with --enable-fuzz libFuzzer takes main.c's place:
# make fuzz [SECONDS=60 [FUZZ='td cda']]
if FUZZ
fuzz_main =
else
fuzz_main = %D%/main.c
endif
unit_tests += %D%/test-fuzz-td
%C%_test_fuzz_td_SOURCES = %D%/fuzz-td.c $(fuzz_main) %D%/fuzz.h
%C%_test_fuzz_td_CPPFLAGS = $(test_cppflags) $(XML_CFLAGS)
%C%_test_fuzz_td_LDADD = src/td/libdmp-td.la src/xml/libdmp-xml.la $(XML_LIBS) $(FUZZ_ENGINE)

# With a PC/SC of its own in front of the real one.
unit_tests += %D%/test-fuzz-card
%C%_test_fuzz_card_SOURCES = %D%/fuzz-card.c $(fuzz_main) %D%/fuzz.h
%C%_test_fuzz_card_CPPFLAGS = $(test_cppflags) $(CARD_CFLAGS)
%C%_test_fuzz_card_LDADD = pkcs11/libdmp-card.la $(CARD_LIBS) $(FUZZ_ENGINE)

unit_tests += %D%/test-fuzz-cda
%C%_test_fuzz_cda_SOURCES = %D%/fuzz-cda.c $(fuzz_main) %D%/fuzz.h
%C%_test_fuzz_cda_CPPFLAGS = $(test_cppflags) $(CORE_CFLAGS)
%C%_test_fuzz_cda_LDADD = src/summary/libdmp-summary.la src/cda/libdmp-cda.la src/model/libdmp-model.la $(CORE_LIBS) $(FUZZ_ENGINE)

unit_tests += %D%/test-fuzz-xml %D%/test-fuzz-soap %D%/test-fuzz-mime
%C%_test_fuzz_xml_SOURCES = %D%/fuzz-xml.c $(fuzz_main) %D%/fuzz.h
%C%_test_fuzz_xml_CPPFLAGS = $(test_cppflags) -I$(top_srcdir)/src/xml $(XML_CFLAGS)
%C%_test_fuzz_xml_LDADD = src/xml/libdmp-xml.la $(XML_LIBS) $(FUZZ_ENGINE)
%C%_test_fuzz_soap_SOURCES = %D%/fuzz-soap.c $(fuzz_main) %D%/fuzz.h
%C%_test_fuzz_soap_CPPFLAGS = $(test_cppflags) $(CORE_CFLAGS)
%C%_test_fuzz_soap_LDADD = src/wire/libdmp-wire.la $(CORE_LIBS) $(FUZZ_ENGINE)
%C%_test_fuzz_mime_SOURCES = %D%/fuzz-mime.c $(fuzz_main) %D%/fuzz.h
%C%_test_fuzz_mime_CPPFLAGS = $(test_cppflags) $(CORE_CFLAGS)
%C%_test_fuzz_mime_LDADD = src/wire/libdmp-wire.la $(CORE_LIBS) $(FUZZ_ENGINE)

unit_tests += %D%/test-fuzz-host
%C%_test_fuzz_host_SOURCES = %D%/fuzz-host.c $(fuzz_main) %D%/fuzz.h
%C%_test_fuzz_host_CPPFLAGS = $(test_cppflags) -I$(top_srcdir)/host $(HOST_CFLAGS)
%C%_test_fuzz_host_LDADD = host/libdmp-host.la src/xml/libdmp-xml.la src/model/libdmp-model.la $(HOST_LIBS) $(FUZZ_ENGINE)

unit_tests += %D%/test-fuzz-search %D%/test-fuzz-tables
%C%_test_fuzz_search_SOURCES = %D%/fuzz-search.c $(fuzz_main) %D%/fuzz.h
%C%_test_fuzz_search_CPPFLAGS = $(test_cppflags) $(CORE_CFLAGS)
%C%_test_fuzz_search_LDADD = src/search/libdmp-search.la src/cda/libdmp-cda.la $(CORE_LIBS) $(FUZZ_ENGINE)
%C%_test_fuzz_tables_SOURCES = %D%/fuzz-tables.c $(fuzz_main) %D%/fuzz.h
%C%_test_fuzz_tables_CPPFLAGS = $(test_cppflags) $(CORE_CFLAGS)
%C%_test_fuzz_tables_LDADD = src/summary/libdmp-summary.la $(CORE_LIBS) $(FUZZ_ENGINE)

EXTRA_DIST += %D%/card %D%/corpus %D%/host %D%/run-fuzz.sh

.PHONY: fuzz
fuzz: $(filter %D%/test-fuzz-%,$(unit_tests))
	@test -n '$(FUZZ_ENGINE)' || { echo 'Configure with --enable-fuzz (clang) for make fuzz.' >&2; exit 1; }
	$(SHELL) $(srcdir)/%D%/run-fuzz.sh $(srcdir) $(builddir) $(SECONDS) $(FUZZ)
