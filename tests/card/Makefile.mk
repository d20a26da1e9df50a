# Tests of pkcs11/.
unit_tests += %D%/test-secret
%C%_test_secret_SOURCES = %D%/test-secret.c
%C%_test_secret_CPPFLAGS = $(test_cppflags) $(CARD_CFLAGS)
%C%_test_secret_LDADD = pkcs11/libdmp-card.la $(CARD_LIBS)

# With the real pcscd and OpenSC: started by test-card.sh.
check_PROGRAMS += %D%/on-card
%C%_on_card_SOURCES = %D%/on-card.c %D%/on-card.h
%C%_on_card_CPPFLAGS = $(test_cppflags) $(CARD_CFLAGS)
%C%_on_card_LDADD = pkcs11/libdmp-card.la $(CARD_LIBS)
