# make bench: ratios against floors measured in the same run; nothing asserts a time (docs/bench.md).
bench_sources = %D%/bench.c %D%/bench.h
bench_programs = %D%/bench-list %D%/bench-page %D%/bench-record %D%/bench-registry %D%/bench-search %D%/bench-wire %D%/bench-xml
check_PROGRAMS += $(bench_programs)

%C%_bench_list_SOURCES = %D%/bench-list.c tests/ui/gallery.c tests/ui/gallery.h $(bench_sources)
%C%_bench_list_CPPFLAGS = $(gallery_cppflags) $(XML_CFLAGS)
%C%_bench_list_LDADD = $(gallery_libs) $(XML_LIBS)
%C%_bench_page_SOURCES = %D%/bench-page.c tests/ui/gallery.c tests/ui/gallery.h $(bench_sources)
%C%_bench_page_CPPFLAGS = $(gallery_cppflags) $(XML_CFLAGS)
%C%_bench_page_LDADD = src/search/libdmp-search.la $(gallery_libs) $(XML_LIBS)
%C%_bench_record_SOURCES = %D%/bench-record.c $(bench_sources)
%C%_bench_record_CPPFLAGS = $(test_cppflags) $(CORE_CFLAGS)
%C%_bench_record_LDADD = src/summary/libdmp-summary.la src/cda/libdmp-cda.la src/model/libdmp-model.la $(CORE_LIBS)
%C%_bench_registry_SOURCES = %D%/bench-registry.c $(bench_sources)
%C%_bench_registry_CPPFLAGS = $(test_cppflags) $(XML_CFLAGS)
%C%_bench_registry_LDADD = src/td/libdmp-td.la src/xml/libdmp-xml.la $(XML_LIBS)
%C%_bench_search_SOURCES = %D%/bench-search.c $(bench_sources)
%C%_bench_search_CPPFLAGS = $(test_cppflags) $(CORE_CFLAGS) $(SEARCH_CFLAGS)
%C%_bench_search_LDADD = src/search/libdmp-search.la src/summary/libdmp-summary.la src/cda/libdmp-cda.la src/model/libdmp-model.la \
  $(CORE_LIBS) $(SEARCH_LIBS)
%C%_bench_wire_SOURCES = %D%/bench-wire.c $(bench_sources) \
  tests/wire/test-pki.c tests/wire/test-pki.h tests/wire/tls-peer.c tests/wire/tls-peer.h \
  tests/wire/wire-fixture.c tests/wire/wire-fixture.h tests/xml/software-key.c tests/xml/software-key.h
%C%_bench_wire_CPPFLAGS = $(test_cppflags) $(CORE_CFLAGS)
%C%_bench_wire_LDADD = src/wire/libdmp-wire.la $(CORE_LIBS)
%C%_bench_xml_SOURCES = %D%/bench-xml.c $(bench_sources)
%C%_bench_xml_CPPFLAGS = $(test_cppflags) $(XML_CFLAGS)
%C%_bench_xml_LDADD = src/xml/libdmp-xml.la $(XML_LIBS)

EXTRA_DIST += %D%/run-bench.sh %D%/bench_journey.py %D%/bench_window.py
.PHONY: bench
bench: all $(check_PROGRAMS)
	@$(AM_TESTS_ENVIRONMENT) $(SHELL) $(srcdir)/%D%/run-bench.sh
