# Facts with provenance and the rules that order them.
noinst_LTLIBRARIES += %D%/libdmp-summary.la
%C%_libdmp_summary_la_SOURCES = \
  %D%/dmp-bdpm-import.c \
  %D%/dmp-bdpm-private.h \
  %D%/dmp-bdpm-units.c \
  %D%/dmp-bdpm.c %D%/dmp-bdpm.h \
  %D%/dmp-checks.h \
  %D%/dmp-drug.c %D%/dmp-drug.h \
  %D%/dmp-medicine.c \
  %D%/dmp-medicine-names.c %D%/dmp-medicine-names.h \
  %D%/dmp-posology.c \
  %D%/dmp-summary-allergies.c \
  %D%/dmp-summary-builder.c %D%/dmp-summary-builder.h \
  %D%/dmp-summary-calendar.c \
  %D%/dmp-summary-changes.c \
  %D%/dmp-summary-checks.c \
  %D%/dmp-summary-differences.c \
  %D%/dmp-summary-doubles.c \
  %D%/dmp-summary-events.c \
  %D%/dmp-summary-frieze.c \
  %D%/dmp-summary-group.c \
  %D%/dmp-summary-ingest.c \
  %D%/dmp-summary-json.c \
  %D%/dmp-summary-line.c %D%/dmp-summary-line.h \
  %D%/dmp-summary-lists.c \
  %D%/dmp-summary-news.c \
  %D%/dmp-summary-others.c %D%/dmp-summary-patient.c \
  %D%/dmp-summary-private.h \
  %D%/dmp-summary-problems.c \
  %D%/dmp-summary-procedures.c \
  %D%/dmp-summary-repeats.c \
  %D%/dmp-summary-results.c \
  %D%/dmp-summary-rules.c %D%/dmp-summary-rules.h \
  %D%/dmp-summary-sentences.c \
  %D%/dmp-summary-tables-use.c \
  %D%/dmp-summary-tables.h \
  %D%/dmp-summary-text.c \
  %D%/dmp-summary-treatments.c \
  %D%/dmp-summary-units.c \
  %D%/dmp-summary-vaccines.c %D%/dmp-summary-vsm.c %D%/dmp-summary-written.c \
  %D%/dmp-summary.c %D%/dmp-summary.h
nodist_%C%_libdmp_summary_la_SOURCES = %D%/dmp-summary-tables.c
%C%_libdmp_summary_la_CPPFLAGS = $(base_cppflags) -I$(srcdir)/%D% $(CORE_CFLAGS)
%C%_libdmp_summary_la_LIBADD = src/cda/libdmp-cda.la src/model/libdmp-json.la src/model/libdmp-model.la $(CORE_LIBS) -lm

# The tables, compiled in.
%C%_tables = \
  $(srcdir)/%D%/tables/allergens.tsv \
  $(srcdir)/%D%/tables/calendar.tsv \
  $(srcdir)/%D%/tables/changes.tsv \
  $(srcdir)/%D%/tables/interactions.tsv \
  $(srcdir)/%D%/tables/medicines.tsv \
  $(srcdir)/%D%/tables/monitoring.tsv \
  $(srcdir)/%D%/tables/presentations.tsv \
  $(srcdir)/%D%/tables/results.tsv \
  $(srcdir)/%D%/tables/sexes.tsv \
  $(srcdir)/%D%/tables/substances.tsv \
  $(srcdir)/%D%/tables/units.tsv \
  $(srcdir)/%D%/tables/vaccines.tsv
%D%/dmp-summary-tables.c: $(%C%_tables) $(srcdir)/%D%/tables/make-tables.awk
	$(AM_V_GEN)$(MKDIR_P) %D% && \
	  $(AWK) -f $(srcdir)/%D%/tables/make-tables.awk $(%C%_tables) >$@.tmp && mv $@.tmp $@
CLEANFILES += %D%/dmp-summary-tables.c
EXTRA_DIST += $(%C%_tables) %D%/tables/make-tables.awk
