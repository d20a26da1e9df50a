# Tests of src/model.
unit_tests += %D%/test-ins
%C%_test_ins_SOURCES = %D%/test-ins.c
%C%_test_ins_CPPFLAGS = $(test_cppflags) $(MODEL_CFLAGS)
%C%_test_ins_LDADD = src/model/libdmp-model.la $(MODEL_LIBS)
