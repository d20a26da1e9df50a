# Tests of src/search.
unit_tests += %D%/test-search
%C%_test_search_SOURCES = %D%/test-search.c tests/summary/summary-fixture.c tests/summary/summary-fixture.h \
  tests/cda/cda-fixture.c tests/cda/cda-fixture.h
%C%_test_search_CPPFLAGS = $(test_cppflags) $(CORE_CFLAGS)
%C%_test_search_LDADD = src/search/libdmp-search.la src/summary/libdmp-summary.la src/cda/libdmp-cda.la \
  src/model/libdmp-model.la $(CORE_LIBS)
