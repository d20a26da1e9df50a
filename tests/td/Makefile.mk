# Transactions: requests as written, answers as read.
td_test_libs = src/td/libdmp-td.la src/xml/libdmp-xml.la $(XML_LIBS)
unit_tests += %D%/test-td-write
%C%_test_td_write_SOURCES = %D%/test-td-write.c %D%/td-support.c %D%/td-support.h
%C%_test_td_write_CPPFLAGS = $(test_cppflags) -I$(top_srcdir)/tests/td $(XML_CFLAGS)
%C%_test_td_write_LDADD = $(td_test_libs)

sh_tests += %D%/test-td-schema.sh
# Expected bodies of requests: DMP_TD_RECORD=1 test-td-write writes them anew; read the difference.
EXTRA_DIST += %D%/requests
