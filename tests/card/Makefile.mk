# Tests of pkcs11/.
card_test_cppflags = $(test_cppflags) $(CARD_CFLAGS)
card_test_libs = pkcs11/libdmp-card.la $(CARD_LIBS)

unit_tests += %D%/test-secret %D%/test-bytes %D%/test-card-error %D%/test-certificate %D%/test-module
%C%_test_secret_SOURCES = %D%/test-secret.c
%C%_test_secret_CPPFLAGS = $(card_test_cppflags)
%C%_test_secret_LDADD = $(card_test_libs)
%C%_test_bytes_SOURCES = %D%/test-bytes.c
%C%_test_bytes_CPPFLAGS = $(card_test_cppflags)
%C%_test_bytes_LDADD = $(card_test_libs)
%C%_test_card_error_SOURCES = %D%/test-card-error.c
%C%_test_card_error_CPPFLAGS = $(card_test_cppflags)
%C%_test_card_error_LDADD = $(card_test_libs)
%C%_test_certificate_SOURCES = %D%/test-certificate.c %D%/make-certificate.c %D%/make-certificate.h
%C%_test_certificate_CPPFLAGS = $(card_test_cppflags)
%C%_test_certificate_LDADD = $(card_test_libs)
%C%_test_module_SOURCES = %D%/test-module.c
%C%_test_module_CPPFLAGS = $(card_test_cppflags)
%C%_test_module_LDADD = $(card_test_libs)

# With the real pcscd and OpenSC: test-card.sh starts it inside a reader.
check_PROGRAMS += %D%/on-card
%C%_on_card_SOURCES = %D%/on-card.c %D%/on-card.h %D%/on-card-identity.c %D%/on-card-keys.c \
  %D%/on-card-pin.c %D%/on-card-presence.c %D%/on-card-vitale.c %D%/on-card-watch.c
%C%_on_card_CPPFLAGS = $(card_test_cppflags)
%C%_on_card_LDADD = $(card_test_libs) -lssl
sh_tests += %D%/test-card.sh
