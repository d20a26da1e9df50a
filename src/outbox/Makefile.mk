# The outbox: what was asked to be sent, until the host has said so. Sealed on this machine's disk.
noinst_LTLIBRARIES += %D%/libdmp-outbox.la
%C%_libdmp_outbox_la_SOURCES = \
  %D%/dmp-outbox.c %D%/dmp-outbox-open.c %D%/dmp-outbox.h %D%/dmp-outbox-private.h \
  %D%/dmp-outbox-key.c \
  %D%/dmp-outbox-receipts.c \
  %D%/dmp-outbox-row.c \
  %D%/dmp-outbox-sql.c
%C%_libdmp_outbox_la_CPPFLAGS = $(base_cppflags) $(OUTBOX_CFLAGS)
%C%_libdmp_outbox_la_LIBADD = src/model/libdmp-model.la $(OUTBOX_LIBS)
