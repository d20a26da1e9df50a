# The command line: from outside, and what "dmp decode" makes of messages.
sh_tests += %D%/test-cli.sh %D%/test-man.sh
unit_tests += %D%/test-decode
%C%_test_decode_SOURCES = %D%/test-decode.c
%C%_test_decode_CPPFLAGS = $(test_cppflags) $(CORE_CFLAGS)
%C%_test_decode_LDADD = src/cli/libdmp-decode.la src/td/libdmp-td.la src/wire/libdmp-wire.la \
  src/xml/libdmp-xml.la $(CORE_LIBS)
sh_tests += %D%/test-cli-cda.sh %D%/test-tables.sh
EXTRA_DIST += %D%/cases.sh
