# dmp: one file a sub-command.

# What "dmp decode" does, apart from the command, for its tests.
noinst_LTLIBRARIES += %D%/libdmp-decode.la
%C%_libdmp_decode_la_SOURCES = \
  %D%/dmp-decode.c %D%/dmp-decode.h %D%/dmp-decode-private.h \
  %D%/dmp-decode-body.c \
  %D%/dmp-decode-vihf.c \
  %D%/dmp-recorded-message.c %D%/dmp-recorded-message.h
%C%_libdmp_decode_la_CPPFLAGS = $(base_cppflags) $(CORE_CFLAGS)
