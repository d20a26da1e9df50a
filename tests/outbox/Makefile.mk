# The outbox's store, without a host.
unit_tests += %D%/test-outbox
%C%_test_outbox_SOURCES = %D%/test-outbox.c
%C%_test_outbox_CPPFLAGS = $(test_cppflags) $(OUTBOX_CFLAGS)
%C%_test_outbox_LDADD = src/outbox/libdmp-outbox.la $(OUTBOX_LIBS)

unit_tests += %D%/test-outbox-schema
%C%_test_outbox_schema_SOURCES = %D%/test-outbox-schema.c
%C%_test_outbox_schema_CPPFLAGS = $(test_cppflags) $(OUTBOX_CFLAGS)
%C%_test_outbox_schema_LDADD = src/outbox/libdmp-outbox.la $(OUTBOX_LIBS)
