# The summary on paper: drawn with Cairo and Pango, without widgets.
noinst_LTLIBRARIES += %D%/libdmp-paper.la
%C%_libdmp_paper_la_SOURCES = \
  %D%/dmp-paper-curve.c \
  %D%/dmp-paper-edges.c \
  %D%/dmp-paper-lists.c \
  %D%/dmp-paper-maker.c \
  %D%/dmp-paper-private.h \
  %D%/dmp-paper-row.c \
  %D%/dmp-paper-tables.c \
  %D%/dmp-paper.c %D%/dmp-paper.h
%C%_libdmp_paper_la_CPPFLAGS = $(base_cppflags) -I$(srcdir)/%D% $(PAPER_CFLAGS)
%C%_libdmp_paper_la_LIBADD = src/summary/libdmp-summary.la src/cda/libdmp-cda.la src/model/libdmp-model.la $(PAPER_LIBS) -lm
