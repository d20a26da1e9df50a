# Fuzz targets, run over their corpus in make check. For libFuzzer link the target without corpus.c:
# clang -fsanitize=fuzzer,address tests/fuzz/fuzz-td.c …
unit_tests += %D%/test-fuzz-td
%C%_test_fuzz_td_SOURCES = %D%/fuzz-td.c %D%/corpus.c %D%/fuzz.h
%C%_test_fuzz_td_CPPFLAGS = $(test_cppflags) $(XML_CFLAGS)
%C%_test_fuzz_td_LDADD = src/td/libdmp-td.la src/xml/libdmp-xml.la $(XML_LIBS)
