# One file a DMP transaction.
noinst_LTLIBRARIES += %D%/libdmp-td.la
%C%_libdmp_td_la_SOURCES = \
  %D%/dmp-hl7-patient.c %D%/dmp-hl7-patient.h \
  %D%/dmp-metadata.c %D%/dmp-metadata.h \
  %D%/dmp-registry-response.c %D%/dmp-registry-response.h \
  %D%/dmp-rim-read.c %D%/dmp-rim-read.h \
  %D%/dmp-rim-write.c %D%/dmp-rim-write.h \
  %D%/dmp-set-signature.c %D%/dmp-set-signature.h %D%/dmp-set-signature-read.c \
  %D%/dmp-td.c %D%/dmp-td.h \
  %D%/dmp-td-authorise.c %D%/dmp-td-authorise.h \
  %D%/dmp-td-find.c %D%/dmp-td-find.h \
  %D%/dmp-td-retrieve.c %D%/dmp-td-retrieve.h \
  %D%/dmp-td-status.c %D%/dmp-td-status.h \
  %D%/dmp-td-submit.c %D%/dmp-td-submit.h
%C%_libdmp_td_la_CPPFLAGS = $(base_cppflags) $(XML_CFLAGS)
%C%_libdmp_td_la_LIBADD = $(XML_LIBS)
