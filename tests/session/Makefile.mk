# Tests of the façade.
unit_tests += %D%/test-config
%C%_test_config_SOURCES = %D%/test-config.c
%C%_test_config_CPPFLAGS = $(test_cppflags) $(CORE_CFLAGS)
%C%_test_config_LDADD = src/session/libdmp-session.la $(CORE_LIBS)
