# Tests of src/summary.
check_PROGRAMS += %D%/summarise
%C%_summarise_SOURCES = %D%/summarise.c
%C%_summarise_CPPFLAGS = $(test_cppflags) $(CORE_CFLAGS)
%C%_summarise_LDADD = src/summary/libdmp-summary.la src/cda/libdmp-cda.la src/model/libdmp-model.la $(CORE_LIBS)

unit_tests += %D%/test-apart %D%/test-summary %D%/test-rules %D%/test-harm %D%/test-answers %D%/test-differences %D%/test-written %D%/test-posology %D%/test-bdpm
%C%_test_summary_SOURCES = %D%/test-summary.c %D%/summary-fixture.c %D%/summary-fixture.h \
  tests/cda/cda-fixture.c tests/cda/cda-fixture.h
%C%_test_summary_CPPFLAGS = $(test_cppflags) $(CORE_CFLAGS)
%C%_test_summary_LDADD = src/summary/libdmp-summary.la src/cda/libdmp-cda.la src/model/libdmp-model.la $(CORE_LIBS)
%C%_test_written_SOURCES = %D%/test-written.c %D%/summary-fixture.c %D%/summary-fixture.h \
  tests/cda/cda-fixture.c tests/cda/cda-fixture.h
%C%_test_written_CPPFLAGS = $(test_cppflags) $(CORE_CFLAGS)
%C%_test_written_LDADD = src/summary/libdmp-summary.la src/cda/libdmp-cda.la src/model/libdmp-model.la $(CORE_LIBS)
%C%_test_posology_SOURCES = %D%/test-posology.c
%C%_test_posology_CPPFLAGS = $(test_cppflags) $(CORE_CFLAGS)
%C%_test_posology_LDADD = src/summary/libdmp-summary.la src/cda/libdmp-cda.la src/model/libdmp-model.la $(CORE_LIBS) -lm
%C%_test_rules_SOURCES = %D%/test-rules.c %D%/summary-fixture.c %D%/summary-fixture.h \
  tests/cda/cda-fixture.c tests/cda/cda-fixture.h
%C%_test_rules_CPPFLAGS = $(test_cppflags) $(CORE_CFLAGS)
%C%_test_rules_LDADD = src/summary/libdmp-summary.la src/cda/libdmp-cda.la src/model/libdmp-model.la $(CORE_LIBS)
%C%_test_harm_SOURCES = %D%/test-harm.c %D%/summary-fixture.c %D%/summary-fixture.h \
  tests/cda/cda-fixture.c tests/cda/cda-fixture.h
%C%_test_harm_CPPFLAGS = $(test_cppflags) $(CORE_CFLAGS)
%C%_test_harm_LDADD = src/summary/libdmp-summary.la src/cda/libdmp-cda.la src/model/libdmp-model.la $(CORE_LIBS)
%C%_test_answers_SOURCES = %D%/test-answers.c %D%/summary-fixture.c %D%/summary-fixture.h \
  tests/cda/cda-fixture.c tests/cda/cda-fixture.h
%C%_test_answers_CPPFLAGS = $(test_cppflags) $(CORE_CFLAGS)
%C%_test_answers_LDADD = src/summary/libdmp-summary.la src/cda/libdmp-cda.la src/model/libdmp-model.la $(CORE_LIBS)
%C%_test_apart_SOURCES = %D%/test-apart.c %D%/summary-fixture.c %D%/summary-fixture.h \
  tests/cda/cda-fixture.c tests/cda/cda-fixture.h
%C%_test_apart_CPPFLAGS = $(test_cppflags) $(CORE_CFLAGS)
%C%_test_apart_LDADD = src/summary/libdmp-summary.la src/cda/libdmp-cda.la src/model/libdmp-model.la $(CORE_LIBS)
%C%_test_bdpm_SOURCES = %D%/test-bdpm.c
%C%_test_bdpm_CPPFLAGS = $(test_cppflags) $(CORE_CFLAGS)
%C%_test_bdpm_LDADD = src/summary/libdmp-summary.la src/cda/libdmp-cda.la src/model/libdmp-model.la $(CORE_LIBS)
%C%_test_differences_SOURCES = %D%/test-differences.c %D%/summary-fixture.c %D%/summary-fixture.h \
  tests/cda/cda-fixture.c tests/cda/cda-fixture.h
%C%_test_differences_CPPFLAGS = $(test_cppflags) $(CORE_CFLAGS)
%C%_test_differences_LDADD = src/summary/libdmp-summary.la src/cda/libdmp-cda.la src/model/libdmp-model.la $(CORE_LIBS)
