# Tests of src/cda.
check_PROGRAMS += %D%/cda-dump
%C%_cda_dump_SOURCES = %D%/cda-dump.c
%C%_cda_dump_CPPFLAGS = $(test_cppflags) $(CORE_CFLAGS)
%C%_cda_dump_LDADD = src/cda/libdmp-cda.la $(CORE_LIBS)

sh_tests += %D%/test-cda-examples.sh
EXTRA_DIST += %D%/test-cda-examples.py

unit_tests += %D%/test-cda-write
%C%_test_cda_write_SOURCES = %D%/test-cda-write.c
%C%_test_cda_write_CPPFLAGS = $(test_cppflags) $(MODEL_CFLAGS)
%C%_test_cda_write_LDADD = src/cda/libdmp-cda.la $(MODEL_LIBS)
sh_tests += %D%/test-cda-valid.sh
