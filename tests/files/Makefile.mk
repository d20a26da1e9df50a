# Tests of src/files, and of hostile files in general.
sh_tests += %D%/test-broken-pdfs.sh %D%/test-hostile-xml.sh
EXTRA_DIST += %D%/broken_pdfs.py %D%/test-broken-pdfs.py %D%/hostile_xml.py %D%/test-hostile-xml.py
