# Tests of src/summary.
check_PROGRAMS += %D%/summarise
%C%_summarise_SOURCES = %D%/summarise.c
%C%_summarise_CPPFLAGS = $(test_cppflags) $(CORE_CFLAGS)
%C%_summarise_LDADD = src/summary/libdmp-summary.la src/cda/libdmp-cda.la src/model/libdmp-model.la $(CORE_LIBS)
sh_tests += %D%/test-summary-records.sh
EXTRA_DIST += %D%/score.py
