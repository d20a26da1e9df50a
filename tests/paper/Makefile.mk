# Tests of src/paper: pages, and what stands on them.
paper_test_sources = %D%/paper-sheet.c %D%/paper-sheet.h tests/summary/summary-fixture.c \
  tests/summary/summary-fixture.h tests/cda/cda-fixture.c tests/cda/cda-fixture.h
paper_test_libs = src/paper/libdmp-paper.la src/summary/libdmp-summary.la src/cda/libdmp-cda.la \
  src/model/libdmp-model.la $(CORE_LIBS) $(PAPER_LIBS)
unit_tests += %D%/test-paper %D%/test-paper-limits
%C%_test_paper_SOURCES = %D%/test-paper.c $(paper_test_sources)
%C%_test_paper_CPPFLAGS = $(test_cppflags) $(CORE_CFLAGS) $(PAPER_CFLAGS)
%C%_test_paper_LDADD = $(paper_test_libs)
%C%_test_paper_limits_SOURCES = %D%/test-paper-limits.c $(paper_test_sources)
%C%_test_paper_limits_CPPFLAGS = $(test_cppflags) $(CORE_CFLAGS) $(PAPER_CFLAGS)
%C%_test_paper_limits_LDADD = $(paper_test_libs)
sh_tests += %D%/test-paper.sh
