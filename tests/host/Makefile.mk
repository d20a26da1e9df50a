# Tests of host/.
unit_tests += %D%/test-codecs %D%/test-rights %D%/test-store %D%/test-vihf
host_test_cppflags = $(test_cppflags) -I$(top_srcdir)/host $(HOST_CFLAGS)
host_test_libs = host/libdmp-host.la src/xml/libdmp-xml.la src/model/libdmp-model.la $(HOST_LIBS)
host_bench = %D%/host-bench.c %D%/host-bench.h

%C%_test_codecs_SOURCES = %D%/test-codecs.c
%C%_test_codecs_CPPFLAGS = $(host_test_cppflags)
%C%_test_codecs_LDADD = $(host_test_libs)

%C%_test_rights_SOURCES = %D%/test-rights.c
%C%_test_rights_CPPFLAGS = $(host_test_cppflags)
%C%_test_rights_LDADD = $(host_test_libs)

%C%_test_store_SOURCES = %D%/test-store.c
%C%_test_store_CPPFLAGS = $(host_test_cppflags)
%C%_test_store_LDADD = $(host_test_libs)

%C%_test_vihf_SOURCES = %D%/test-vihf.c %D%/vihf-attacks.c %D%/vihf-attacks.h $(host_bench)
%C%_test_vihf_CPPFLAGS = $(host_test_cppflags)
%C%_test_vihf_LDADD = $(host_test_libs)

sh_tests += %D%/test-host.sh
EXTRA_DIST += %D%/wire.py %D%/tiny.py %D%/exchange.py %D%/exchange_cases.py %D%/crowds.py %D%/signed_sets.py
