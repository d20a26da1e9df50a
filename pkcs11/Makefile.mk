# Card layer: knows PC/SC, PKCS#11 and secrets, nothing of the DMP.
noinst_LTLIBRARIES += %D%/libdmp-card.la
%C%_libdmp_card_la_SOURCES = \
  %D%/dmp-card-error.h %D%/dmp-card-key.h %D%/dmp-card-watch.h %D%/dmp-card.h \
  %D%/dmp-secret.c %D%/dmp-secret.h \
  %D%/dmp-vitale.h
%C%_libdmp_card_la_CPPFLAGS = $(base_cppflags) $(CARD_CFLAGS)
%C%_libdmp_card_la_LIBADD = $(CARD_LIBS)
