# The façade: one verb a job, and the worker thread that owns card and connection.
noinst_LTLIBRARIES += %D%/libdmp-session.la
%C%_libdmp_session_la_SOURCES = \
  %D%/dmp-access-words.c %D%/dmp-access-words.h \
  %D%/dmp-config.c %D%/dmp-config.h \
  %D%/dmp-delivery.c %D%/dmp-delivery.h \
  %D%/dmp-digest.c %D%/dmp-digest.h \
  %D%/dmp-document-groups.c %D%/dmp-document-groups.h \
  %D%/dmp-document-title.c %D%/dmp-document-title.h \
  %D%/dmp-draft-check.c %D%/dmp-draft-check.h \
  %D%/dmp-file-indexer.c %D%/dmp-file-indexer.h \
  %D%/dmp-identity.c %D%/dmp-identity.h \
  %D%/dmp-link.c %D%/dmp-link.h \
  %D%/dmp-receipt.c %D%/dmp-receipt.h %D%/dmp-receipt-private.h \
  %D%/dmp-record.c %D%/dmp-record.h %D%/dmp-record-private.h \
  %D%/dmp-replacement.c %D%/dmp-replacement.h \
  %D%/dmp-session.c %D%/dmp-session.h %D%/dmp-session-private.h \
  %D%/dmp-session-card.c \
  %D%/dmp-session-load.c \
  %D%/dmp-session-outbox.c \
  %D%/dmp-session-probe.c \
  %D%/dmp-session-receipt.c \
  %D%/dmp-session-record.c \
  %D%/dmp-session-send.c \
  %D%/dmp-session-signature.c \
  %D%/dmp-signature-fact.c %D%/dmp-signature-fact.h \
  %D%/dmp-submission.c %D%/dmp-submission.h \
  %D%/dmp-submission-draft.c %D%/dmp-submission-draft.h \
  %D%/dmp-trust.c %D%/dmp-trust.h \
  %D%/dmp-worker.c %D%/dmp-worker.h
%C%_libdmp_session_la_CPPFLAGS = $(base_cppflags) $(CARD_CFLAGS) $(CORE_CFLAGS) \
  -DSYSCONFDIR='"$(sysconfdir)"'
%C%_libdmp_session_la_LIBADD = src/outbox/libdmp-outbox.la src/search/libdmp-search.la src/summary/libdmp-summary.la src/td/libdmp-td.la \
  src/wire/libdmp-wire.la src/files/libdmp-files.la src/cda/libdmp-cda.la src/xml/libdmp-xml.la src/model/libdmp-model.la \
  pkcs11/libdmp-card.la $(CARD_LIBS) $(CORE_LIBS)
