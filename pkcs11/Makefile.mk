# Card layer: knows PC/SC, PKCS#11 and secrets, nothing of the DMP.
noinst_LTLIBRARIES += %D%/libdmp-card.la
%C%_libdmp_card_la_SOURCES = \
  %D%/dmp-card-atr.c \
  %D%/dmp-card-cache.c \
  %D%/dmp-card-certificate.c %D%/dmp-card-certificate.h \
  %D%/dmp-card-code.c %D%/dmp-card-private.h \
  %D%/dmp-card-data.c %D%/dmp-card-data.h \
  %D%/dmp-card-error.c %D%/dmp-card-error.h %D%/dmp-card-error-private.h \
  %D%/dmp-card-evp.c %D%/dmp-card-evp.h \
  %D%/dmp-card-key.c %D%/dmp-card-key.h %D%/dmp-card-key-private.h \
  %D%/dmp-card-pin.c \
  %D%/dmp-card-read.c \
  %D%/dmp-card-readers.c %D%/dmp-card-readers.h \
  %D%/dmp-card-service.c %D%/dmp-card-service.h \
  %D%/dmp-card-tlv.c %D%/dmp-card-tlv.h \
  %D%/dmp-card-token.c %D%/dmp-card-token.h \
  %D%/dmp-card-watch.c %D%/dmp-card-watch.h \
  %D%/dmp-card.c %D%/dmp-card.h \
  %D%/dmp-pcsc.c %D%/dmp-pcsc.h \
  %D%/dmp-pkcs11.c %D%/dmp-pkcs11.h \
  %D%/dmp-secret.c %D%/dmp-secret.h \
  %D%/dmp-vitale.c %D%/dmp-vitale.h %D%/dmp-vitale-private.h
%C%_libdmp_card_la_CPPFLAGS = $(base_cppflags) $(CARD_CFLAGS) \
  -DPKGDATADIR='"$(pkgdatadir)"' -DOPENSC_MODULE='"$(OPENSC_MODULE)"'
%C%_libdmp_card_la_LIBADD = $(CARD_LIBS)

dist_pkgdata_DATA = %D%/opensc-client.conf
