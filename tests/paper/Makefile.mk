# Tests of src/paper: pages, and what stands on them.
check_PROGRAMS += %D%/print-record
%C%_print_record_SOURCES = %D%/print-record.c tests/summary/summary-fixture.c tests/summary/summary-fixture.h \
  tests/cda/cda-fixture.c tests/cda/cda-fixture.h
%C%_print_record_CPPFLAGS = $(test_cppflags) $(CORE_CFLAGS) $(PAPER_CFLAGS)
%C%_print_record_LDADD = src/paper/libdmp-paper.la src/summary/libdmp-summary.la src/cda/libdmp-cda.la \
  src/model/libdmp-model.la $(CORE_LIBS) $(PAPER_LIBS)
sh_tests += %D%/test-paper.sh
