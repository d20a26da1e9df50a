# Tests of the façade.
unit_tests += %D%/test-config
%C%_test_config_SOURCES = %D%/test-config.c
%C%_test_config_CPPFLAGS = $(test_cppflags) $(CORE_CFLAGS)
%C%_test_config_LDADD = src/session/libdmp-session.la $(CORE_LIBS)

unit_tests += %D%/test-worker
%C%_test_worker_SOURCES = %D%/test-worker.c
%C%_test_worker_CPPFLAGS = $(test_cppflags) $(CORE_CFLAGS)
%C%_test_worker_LDADD = src/session/libdmp-session.la $(CORE_LIBS)

unit_tests += %D%/test-digest
%C%_test_digest_SOURCES = %D%/test-digest.c
%C%_test_digest_CPPFLAGS = $(test_cppflags) $(CORE_CFLAGS)
%C%_test_digest_LDADD = src/session/libdmp-session.la $(CORE_LIBS)

unit_tests += %D%/test-document-groups
%C%_test_document_groups_SOURCES = %D%/test-document-groups.c
%C%_test_document_groups_CPPFLAGS = $(test_cppflags) $(CORE_CFLAGS)
%C%_test_document_groups_LDADD = src/session/libdmp-session.la $(CORE_LIBS)

unit_tests += %D%/test-trust
%C%_test_trust_SOURCES = %D%/test-trust.c tests/xml/software-key.c tests/xml/software-key.h
%C%_test_trust_CPPFLAGS = $(test_cppflags) $(CORE_CFLAGS)
%C%_test_trust_LDADD = src/session/libdmp-session.la src/td/libdmp-td.la src/xml/libdmp-xml.la $(CORE_LIBS)

unit_tests += %D%/test-replacement
%C%_test_replacement_SOURCES = %D%/test-replacement.c
%C%_test_replacement_CPPFLAGS = $(test_cppflags) $(CORE_CFLAGS)
%C%_test_replacement_LDADD = src/session/libdmp-session.la $(CORE_LIBS)

unit_tests += %D%/test-draft-check
%C%_test_draft_check_SOURCES = %D%/test-draft-check.c
%C%_test_draft_check_CPPFLAGS = $(test_cppflags) $(CORE_CFLAGS)
%C%_test_draft_check_LDADD = src/session/libdmp-session.la $(CORE_LIBS)

unit_tests += %D%/test-file-indexer
%C%_test_file_indexer_SOURCES = %D%/test-file-indexer.c tests/cda/cda-fixture.c tests/cda/cda-fixture.h
%C%_test_file_indexer_CPPFLAGS = $(test_cppflags) $(CORE_CFLAGS)
%C%_test_file_indexer_LDADD = src/session/libdmp-session.la src/cda/libdmp-cda.la $(CORE_LIBS)
