# The façade: one verb a job, and the worker thread that owns card and connection.
noinst_LTLIBRARIES += %D%/libdmp-session.la
%C%_libdmp_session_la_SOURCES = \
  %D%/dmp-config.c %D%/dmp-config.h \
  %D%/dmp-submission-draft.c %D%/dmp-submission-draft.h \
  %D%/dmp-worker.c %D%/dmp-worker.h
%C%_libdmp_session_la_CPPFLAGS = $(base_cppflags) $(CARD_CFLAGS) $(CORE_CFLAGS) \
  -DSYSCONFDIR='"$(sysconfdir)"'
%C%_libdmp_session_la_LIBADD = src/model/libdmp-model.la pkcs11/libdmp-card.la $(CORE_LIBS)
