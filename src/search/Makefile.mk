# Search over the open record, in memory only.
noinst_LTLIBRARIES += %D%/libdmp-search.la
%C%_libdmp_search_la_SOURCES = \
  %D%/dmp-search.c %D%/dmp-search.h %D%/dmp-search-private.h \
  %D%/dmp-search-find.c \
  %D%/dmp-search-gaps.c \
  %D%/dmp-search-passages.c \
  %D%/dmp-search-pieces.c \
  %D%/dmp-search-query.c \
  %D%/dmp-search-synonyms.c
%C%_libdmp_search_la_CPPFLAGS = $(base_cppflags) -I$(srcdir)/%D% $(CORE_CFLAGS) $(SEARCH_CFLAGS)
%C%_libdmp_search_la_LIBADD = src/summary/libdmp-summary.la src/cda/libdmp-cda.la src/model/libdmp-model.la \
  $(CORE_LIBS) $(SEARCH_LIBS)
