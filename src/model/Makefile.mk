# What the DMP speaks about: immutable objects, codes, dates, errors. No network, no XML.
noinst_LTLIBRARIES += %D%/libdmp-model.la
%C%_libdmp_model_la_SOURCES = \
  %D%/dmp-access.h \
  %D%/dmp-act.c %D%/dmp-act.h \
  %D%/dmp-author.c \
  %D%/dmp-code.c %D%/dmp-code.h \
  %D%/dmp-code-search.c %D%/dmp-code-search.h \
  %D%/dmp-code-table.c %D%/dmp-code-table.h \
  %D%/dmp-date.c %D%/dmp-date.h \
  %D%/dmp-document-entry.c %D%/dmp-document-entry.h \
  %D%/dmp-error.c %D%/dmp-error.h \
  %D%/dmp-access.h \
  %D%/dmp-host-codes.c %D%/dmp-host-codes.h \
  %D%/dmp-ins.c %D%/dmp-ins.h \
  %D%/dmp-locale.c %D%/dmp-locale.h \
  %D%/dmp-oid.h \
  %D%/dmp-patient.c %D%/dmp-patient.h \
  %D%/dmp-practitioner.c %D%/dmp-practitioner.h \
  %D%/dmp-text.c %D%/dmp-text.h \
  %D%/dmp-wipe-buffer.c %D%/dmp-wipe-buffer.h \
  %D%/dmp-unique-id.c %D%/dmp-unique-id.h \
  %D%/dmp-xds-strings.c %D%/dmp-xds-strings.h
nodist_%C%_libdmp_model_la_SOURCES = %D%/dmp-code-table-data.c
%C%_libdmp_model_la_CPPFLAGS = $(base_cppflags) $(MODEL_CFLAGS) -DLOCALEDIR='"$(localedir)"'
%C%_libdmp_model_la_LIBADD = $(MODEL_LIBS)

# JSON, for those who write it: nobody else links it.
noinst_LTLIBRARIES += %D%/libdmp-json.la
%C%_libdmp_json_la_SOURCES = %D%/dmp-json.c %D%/dmp-json.h
%C%_libdmp_json_la_CPPFLAGS = $(base_cppflags) $(CORE_CFLAGS)
%C%_libdmp_json_la_LIBADD = %D%/libdmp-model.la $(CORE_LIBS)

# The code tables, compiled in. A new one: its line here and its name in dmp-code-table.h.
%C%_tables = \
  $(srcdir)/%D%/codes/admission.tsv \
  $(srcdir)/%D%/codes/allergy-status.tsv \
  $(srcdir)/%D%/codes/allergy-type.tsv \
  $(srcdir)/%D%/codes/atc-vaccine.tsv \
  $(srcdir)/%D%/codes/author-specialty.tsv \
  $(srcdir)/%D%/codes/civility.tsv \
  $(srcdir)/%D%/codes/class.tsv \
  $(srcdir)/%D%/codes/confidentiality.tsv \
  $(srcdir)/%D%/codes/content-type.tsv \
  $(srcdir)/%D%/codes/diagnosis.tsv \
  $(srcdir)/%D%/codes/discharge.tsv \
  $(srcdir)/%D%/codes/document-status.tsv \
  $(srcdir)/%D%/codes/facility.tsv \
  $(srcdir)/%D%/codes/format.tsv \
  $(srcdir)/%D%/codes/function.tsv \
  $(srcdir)/%D%/codes/gender.tsv \
  $(srcdir)/%D%/codes/medicine.tsv \
  $(srcdir)/%D%/codes/other-actor.tsv \
  $(srcdir)/%D%/codes/practice-setting.tsv \
  $(srcdir)/%D%/codes/procedure.tsv \
  $(srcdir)/%D%/codes/profession.tsv \
  $(srcdir)/%D%/codes/relation.tsv \
  $(srcdir)/%D%/codes/relative.tsv \
  $(srcdir)/%D%/codes/route.tsv \
  $(srcdir)/%D%/codes/sector.tsv \
  $(srcdir)/%D%/codes/smoking.tsv \
  $(srcdir)/%D%/codes/speciality.tsv \
  $(srcdir)/%D%/codes/template-format.tsv \
  $(srcdir)/%D%/codes/type.tsv \
  $(srcdir)/%D%/codes/vaccination.tsv \
  $(srcdir)/%D%/codes/vaccine.tsv \
  $(srcdir)/%D%/codes/vaccine-route.tsv \
  $(srcdir)/%D%/codes/vaccine-site.tsv
%D%/dmp-code-table-data.c: $(%C%_tables) $(srcdir)/%D%/codes/make-tables.awk
	$(AM_V_GEN)$(MKDIR_P) %D% && \
	  $(AWK) -f $(srcdir)/%D%/codes/make-tables.awk $(%C%_tables) >$@.tmp && mv $@.tmp $@
CLEANFILES += %D%/dmp-code-table-data.c
EXTRA_DIST += $(%C%_tables) %D%/codes/make-tables.awk \
  %D%/codes/make-clinical.py %D%/codes/diagnosis-common.txt
