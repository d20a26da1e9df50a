# Transactions: requests as written, answers as read.
td_test_libs = src/td/libdmp-td.la src/xml/libdmp-xml.la $(XML_LIBS)
td_test_support = %D%/td-support.c %D%/td-support.h
td_test_cppflags = $(test_cppflags) -I$(top_srcdir)/tests/td $(XML_CFLAGS)

unit_tests += %D%/test-td-write %D%/test-td-read %D%/test-td-shared %D%/test-td-hostile \
  %D%/test-td-metadata %D%/test-set-signature
%C%_test_td_write_SOURCES = %D%/test-td-write.c $(td_test_support)
%C%_test_td_write_CPPFLAGS = $(td_test_cppflags)
%C%_test_td_write_LDADD = $(td_test_libs)

%C%_test_td_read_SOURCES = %D%/test-td-read.c $(td_test_support)
%C%_test_td_read_CPPFLAGS = $(td_test_cppflags)
%C%_test_td_read_LDADD = $(td_test_libs)

%C%_test_td_shared_SOURCES = %D%/test-td-shared.c $(td_test_support)
%C%_test_td_shared_CPPFLAGS = $(td_test_cppflags)
%C%_test_td_shared_LDADD = $(td_test_libs)

%C%_test_td_hostile_SOURCES = %D%/test-td-hostile.c $(td_test_support)
%C%_test_td_hostile_CPPFLAGS = $(td_test_cppflags)
%C%_test_td_hostile_LDADD = $(td_test_libs)

%C%_test_td_metadata_SOURCES = %D%/test-td-metadata.c $(td_test_support)
%C%_test_td_metadata_CPPFLAGS = $(td_test_cppflags)
%C%_test_td_metadata_LDADD = src/td/libdmp-td.la src/cda/libdmp-cda.la src/xml/libdmp-xml.la \
  $(XML_LIBS)

%C%_test_set_signature_SOURCES = %D%/test-set-signature.c tests/xml/software-key.c tests/xml/software-key.h
%C%_test_set_signature_CPPFLAGS = $(test_cppflags) -I$(top_srcdir)/tests $(XML_CFLAGS)
%C%_test_set_signature_LDADD = $(td_test_libs)

sh_tests += %D%/test-td-schema.sh
# Expected bodies of requests (DMP_TD_RECORD=1 test-td-write writes them anew: read the
# difference), and answers.
EXTRA_DIST += %D%/requests %D%/replies

# The same against the reference host, over TLS, with keys from files.
sh_tests += %D%/test-td-host.sh
check_PROGRAMS += %D%/td-exchange
%C%_td_exchange_SOURCES = %D%/td-exchange.c tests/xml/software-key.c tests/xml/software-key.h
%C%_td_exchange_CPPFLAGS = $(test_cppflags) -I$(top_srcdir)/tests $(CORE_CFLAGS)
%C%_td_exchange_LDADD = src/td/libdmp-td.la src/cda/libdmp-cda.la src/wire/libdmp-wire.la \
  src/xml/libdmp-xml.la $(CORE_LIBS)
