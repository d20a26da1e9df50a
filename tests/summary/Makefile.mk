# Tests of src/summary.
check_PROGRAMS += %D%/summarise
%C%_summarise_SOURCES = %D%/summarise.c
%C%_summarise_CPPFLAGS = $(test_cppflags) $(CORE_CFLAGS)
%C%_summarise_LDADD = src/summary/libdmp-summary.la src/cda/libdmp-cda.la src/model/libdmp-model.la $(CORE_LIBS)
sh_tests += %D%/test-summary-records.sh
EXTRA_DIST += %D%/score.py

unit_tests += %D%/test-summary %D%/test-posology
%C%_test_summary_SOURCES = %D%/test-summary.c %D%/summary-fixture.c %D%/summary-fixture.h \
  tests/cda/cda-fixture.c tests/cda/cda-fixture.h
%C%_test_summary_CPPFLAGS = $(test_cppflags) $(CORE_CFLAGS)
%C%_test_summary_LDADD = src/summary/libdmp-summary.la src/cda/libdmp-cda.la src/model/libdmp-model.la $(CORE_LIBS)
%C%_test_posology_SOURCES = %D%/test-posology.c
%C%_test_posology_CPPFLAGS = $(test_cppflags) $(CORE_CFLAGS)
%C%_test_posology_LDADD = src/summary/libdmp-summary.la src/cda/libdmp-cda.la src/model/libdmp-model.la $(CORE_LIBS) -lm
