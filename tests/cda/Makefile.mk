# Tests of src/cda.
check_PROGRAMS += %D%/cda-dump
%C%_cda_dump_SOURCES = %D%/cda-dump.c
%C%_cda_dump_CPPFLAGS = $(test_cppflags) $(CORE_CFLAGS)
%C%_cda_dump_LDADD = src/cda/libdmp-cda.la $(CORE_LIBS)

sh_tests += %D%/test-cda-examples.sh %D%/test-fact-counts.sh
EXTRA_DIST += %D%/test-cda-examples.py %D%/test-fact-counts.py %D%/documents %D%/models

unit_tests += %D%/test-cda-write
%C%_test_cda_write_SOURCES = %D%/test-cda-write.c
%C%_test_cda_write_CPPFLAGS = $(test_cppflags) $(MODEL_CFLAGS)
%C%_test_cda_write_LDADD = src/cda/libdmp-cda.la $(MODEL_LIBS)
sh_tests += %D%/test-cda-valid.sh

%C%_fixture = %D%/cda-fixture.c %D%/cda-fixture.h
unit_tests += %D%/test-cda-document %D%/test-cda-facts %D%/test-cda-hostile
%C%_test_cda_document_SOURCES = %D%/test-cda-document.c $(%C%_fixture)
%C%_test_cda_document_CPPFLAGS = $(test_cppflags) $(MODEL_CFLAGS)
%C%_test_cda_document_LDADD = src/cda/libdmp-cda.la $(MODEL_LIBS)
%C%_test_cda_facts_SOURCES = %D%/test-cda-facts.c $(%C%_fixture)
%C%_test_cda_facts_CPPFLAGS = $(test_cppflags) $(MODEL_CFLAGS)
%C%_test_cda_facts_LDADD = src/cda/libdmp-cda.la $(MODEL_LIBS)
%C%_test_cda_hostile_SOURCES = %D%/test-cda-hostile.c $(%C%_fixture)
%C%_test_cda_hostile_CPPFLAGS = $(test_cppflags) $(MODEL_CFLAGS)
%C%_test_cda_hostile_LDADD = src/cda/libdmp-cda.la $(MODEL_LIBS)

unit_tests += %D%/test-note
%C%_test_note_SOURCES = %D%/test-note.c %D%/note-maker.c %D%/note-maker.h
%C%_test_note_CPPFLAGS = $(test_cppflags) $(MODEL_CFLAGS)
%C%_test_note_LDADD = src/cda/libdmp-cda.la $(MODEL_LIBS)

# What was read for sending is wiped.
own_memory_tests += %D%/test-file-wiped
%C%_test_file_wiped_SOURCES = %D%/test-file-wiped.c
%C%_test_file_wiped_CPPFLAGS = $(test_cppflags) $(MODEL_CFLAGS)
%C%_test_file_wiped_LDADD = src/cda/libdmp-cda.la $(MODEL_LIBS)
