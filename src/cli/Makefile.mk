# The command line: one file a sub-command.
# The summary of a folder alone: it binds no library that this does not need.
bin_PROGRAMS += %D%/dmp
%C%_shared = \
  %D%/dmp-cli.c %D%/dmp-cli.h \
  %D%/dmp-cli-folder.c %D%/dmp-cli-folder.h \
  %D%/dmp-cli-offline.c \
  %D%/dmp-cli-run.c %D%/dmp-cli-run.h \
  %D%/dmp-cli-summary.c %D%/dmp-cli-summary.h
%C%_cppflags = $(base_cppflags) $(CARD_CFLAGS) $(CORE_CFLAGS) $(PAPER_CFLAGS)
%C%_dmp_SOURCES = %D%/dmp-front.c $(%C%_shared)
%C%_dmp_CPPFLAGS = $(%C%_cppflags) -DPKGLIBEXECDIR='"$(pkglibexecdir)"'
%C%_dmp_LDFLAGS = $(AM_LDFLAGS) -Wl,--as-needed
%C%_dmp_LDADD = src/session/libdmp-session.la $(CARD_LIBS) $(CORE_LIBS)

# Everything: where it hands over to.
pkglibexec_PROGRAMS += %D%/caducee-dmp
%C%_caducee_dmp_SOURCES = \
  %D%/main.c $(%C%_shared) \
  %D%/dmp-cli-card.c \
  %D%/dmp-cli-cda.c \
  %D%/dmp-cli-cda-write.c %D%/dmp-cli-cda-write.h \
  %D%/dmp-cli-decode.c \
  %D%/dmp-cli-doctor.c \
  %D%/dmp-cli-get.c \
  %D%/dmp-cli-held.c %D%/dmp-cli-held.h \
  %D%/dmp-cli-input.c %D%/dmp-cli-input.h \
  %D%/dmp-cli-list.c \
  %D%/dmp-cli-outbox.c \
  %D%/dmp-cli-receipt.c \
  %D%/dmp-cli-search.c \
  %D%/dmp-cli-send.c \
  %D%/dmp-cli-status.c \
  %D%/dmp-cli-summary-record.c \
  %D%/dmp-cli-tables.c \
  %D%/dmp-cli-vitale.c \
  %D%/dmp-file-print.c %D%/dmp-file-print.h \
  %D%/dmp-note-json.c %D%/dmp-note-json.h
%C%_caducee_dmp_CPPFLAGS = $(%C%_cppflags)
%C%_caducee_dmp_LDADD = %D%/libdmp-cda-print.la %D%/libdmp-decode.la src/session/libdmp-session.la src/paper/libdmp-paper.la $(CARD_LIBS) $(CORE_LIBS) $(PAPER_LIBS)

# What "dmp decode" does, apart from the command, for its tests.
noinst_LTLIBRARIES += %D%/libdmp-decode.la
%C%_libdmp_decode_la_SOURCES = \
  %D%/dmp-decode.c %D%/dmp-decode.h %D%/dmp-decode-private.h \
  %D%/dmp-decode-body.c \
  %D%/dmp-decode-vihf.c \
  %D%/dmp-recorded-message.c %D%/dmp-recorded-message.h
%C%_libdmp_decode_la_CPPFLAGS = $(base_cppflags) $(CORE_CFLAGS)
%C%_libdmp_decode_la_LIBADD = src/model/libdmp-json.la

# What "dmp cda" prints.
noinst_LTLIBRARIES += %D%/libdmp-cda-print.la
%C%_libdmp_cda_print_la_SOURCES = %D%/dmp-cda-print.c %D%/dmp-cda-print.h
%C%_libdmp_cda_print_la_CPPFLAGS = $(base_cppflags) $(CORE_CFLAGS)
%C%_libdmp_cda_print_la_LIBADD = src/cda/libdmp-cda.la src/model/libdmp-json.la src/model/libdmp-model.la $(CORE_LIBS)
