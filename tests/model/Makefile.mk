# Tests of src/model.
unit_tests += %D%/test-locale
%C%_test_locale_SOURCES = %D%/test-locale.c
%C%_test_locale_CPPFLAGS = $(test_cppflags) $(MODEL_CFLAGS)
%C%_test_locale_LDADD = src/model/libdmp-model.la $(MODEL_LIBS)

unit_tests += %D%/test-act
%C%_test_act_SOURCES = %D%/test-act.c
%C%_test_act_CPPFLAGS = $(test_cppflags) $(MODEL_CFLAGS)
%C%_test_act_LDADD = src/model/libdmp-model.la $(MODEL_LIBS)

unit_tests += %D%/test-ins
%C%_test_ins_SOURCES = %D%/test-ins.c
%C%_test_ins_CPPFLAGS = $(test_cppflags) $(MODEL_CFLAGS)
%C%_test_ins_LDADD = src/model/libdmp-model.la $(MODEL_LIBS)

unit_tests += %D%/test-unique-id
%C%_test_unique_id_SOURCES = %D%/test-unique-id.c
%C%_test_unique_id_CPPFLAGS = $(test_cppflags) $(MODEL_CFLAGS)
%C%_test_unique_id_LDADD = src/model/libdmp-model.la $(MODEL_LIBS)

unit_tests += %D%/test-date
%C%_test_date_SOURCES = %D%/test-date.c
%C%_test_date_CPPFLAGS = $(test_cppflags) $(MODEL_CFLAGS)
%C%_test_date_LDADD = src/model/libdmp-model.la $(MODEL_LIBS)

unit_tests += %D%/test-people
%C%_test_people_SOURCES = %D%/test-people.c
%C%_test_people_CPPFLAGS = $(test_cppflags) $(MODEL_CFLAGS)
%C%_test_people_LDADD = src/model/libdmp-model.la $(MODEL_LIBS)

unit_tests += %D%/test-codes
%C%_test_codes_SOURCES = %D%/test-codes.c
%C%_test_codes_CPPFLAGS = $(test_cppflags) $(MODEL_CFLAGS)
%C%_test_codes_LDADD = src/model/libdmp-model.la $(MODEL_LIBS)

unit_tests += %D%/test-entry
%C%_test_entry_SOURCES = %D%/test-entry.c
%C%_test_entry_CPPFLAGS = $(test_cppflags) $(MODEL_CFLAGS)
%C%_test_entry_LDADD = src/model/libdmp-model.la $(MODEL_LIBS)

unit_tests += %D%/test-host-codes
%C%_test_host_codes_SOURCES = %D%/test-host-codes.c
%C%_test_host_codes_CPPFLAGS = $(test_cppflags) $(MODEL_CFLAGS)
%C%_test_host_codes_LDADD = src/model/libdmp-model.la $(MODEL_LIBS)

unit_tests += %D%/test-code-search
%C%_test_code_search_SOURCES = %D%/test-code-search.c
%C%_test_code_search_CPPFLAGS = $(test_cppflags) $(MODEL_CFLAGS)
%C%_test_code_search_LDADD = src/model/libdmp-model.la $(MODEL_LIBS)
