# Tests of pkcs11/.
unit_tests += %D%/test-secret
%C%_test_secret_SOURCES = %D%/test-secret.c
%C%_test_secret_CPPFLAGS = $(test_cppflags) $(CARD_CFLAGS)
%C%_test_secret_LDADD = pkcs11/libdmp-card.la $(CARD_LIBS)
