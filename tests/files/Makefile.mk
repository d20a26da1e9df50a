# Tests of src/files, and of hostile files in general.
sh_tests += %D%/test-pdfa.sh %D%/test-broken-pdfs.sh %D%/test-hostile-xml.sh
EXTRA_DIST += %D%/broken_pdfs.py %D%/test-broken-pdfs.py %D%/hostile_xml.py %D%/test-hostile-xml.py

unit_tests += %D%/test-file-words
%C%_test_file_words_SOURCES = %D%/test-file-words.c
%C%_test_file_words_CPPFLAGS = $(test_cppflags) $(MODEL_CFLAGS)
%C%_test_file_words_LDADD = src/files/libdmp-files.la $(MODEL_LIBS)

unit_tests += %D%/test-sandbox
%C%_test_sandbox_SOURCES = %D%/test-sandbox.c
%C%_test_sandbox_CPPFLAGS = $(test_cppflags) $(PDF_CFLAGS)
%C%_test_sandbox_LDADD = src/files/libdmp-sandbox.la $(PDF_LIBS)
