# Tests of src/model.
unit_tests += %D%/test-ins
%C%_test_ins_SOURCES = %D%/test-ins.c
%C%_test_ins_CPPFLAGS = $(test_cppflags) $(MODEL_CFLAGS)
%C%_test_ins_LDADD = src/model/libdmp-model.la $(MODEL_LIBS)

unit_tests += %D%/test-unique-id
%C%_test_unique_id_SOURCES = %D%/test-unique-id.c
%C%_test_unique_id_CPPFLAGS = $(test_cppflags) $(MODEL_CFLAGS)
%C%_test_unique_id_LDADD = src/model/libdmp-model.la $(MODEL_LIBS)
