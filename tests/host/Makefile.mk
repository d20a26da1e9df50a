# Tests of host/.
unit_tests += %D%/test-vihf
host_test_cppflags = $(test_cppflags) -I$(top_srcdir)/host $(HOST_CFLAGS)
host_test_libs = host/libdmp-host.la src/xml/libdmp-xml.la src/model/libdmp-model.la $(HOST_LIBS)
host_bench = %D%/host-bench.c %D%/host-bench.h

%C%_test_vihf_SOURCES = %D%/test-vihf.c %D%/vihf-attacks.c %D%/vihf-attacks.h $(host_bench)
%C%_test_vihf_CPPFLAGS = $(host_test_cppflags)
%C%_test_vihf_LDADD = $(host_test_libs)

sh_tests += %D%/test-host.sh
EXTRA_DIST += %D%/wire.py %D%/tiny.py %D%/exchange.py %D%/exchange_cases.py
