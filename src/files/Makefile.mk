# What a file is: its kind, its text, what is wrong with it, what becomes of it before it is sent.
noinst_LTLIBRARIES += %D%/libdmp-sandbox.la
%C%_libdmp_sandbox_la_SOURCES = %D%/dmp-sandbox.c %D%/dmp-sandbox.h
%C%_libdmp_sandbox_la_CPPFLAGS = $(base_cppflags) $(PDFA_CFLAGS)

# Only for the confined children: it stands in the way of open() and its kin.
noinst_LTLIBRARIES += %D%/libdmp-prepared.la
%C%_libdmp_prepared_la_SOURCES = %D%/dmp-prepared.c %D%/dmp-prepared.h
%C%_libdmp_prepared_la_CPPFLAGS = $(base_cppflags) $(PDFA_CFLAGS)

# The confined child that inspects PDFs and makes PDF/A of them (dmp-pdfa-wire.h).
pkglibexec_PROGRAMS += %D%/caducee-pdfa
%C%_caducee_pdfa_SOURCES = %D%/caducee-pdfa.c %D%/caducee-pdfa.h %D%/dmp-pdfa-wire.h \
  %D%/caducee-pdfa-convert.c %D%/caducee-pdfa-files.c %D%/caducee-pdfa-inspect.c %D%/caducee-pdfa-walk.c
%C%_caducee_pdfa_CPPFLAGS = $(base_cppflags) $(PDFA_CFLAGS)
%C%_caducee_pdfa_LDADD = %D%/libdmp-prepared.la %D%/libdmp-sandbox.la $(PDFA_LIBS)

noinst_LTLIBRARIES += %D%/libdmp-files.la
%C%_libdmp_files_la_SOURCES = \
  %D%/dmp-charset.c %D%/dmp-charset.h \
  %D%/dmp-confined.c %D%/dmp-confined.h \
  %D%/dmp-file-dates.c %D%/dmp-file-dates.h \
  %D%/dmp-file-identity.c %D%/dmp-file-identity.h \
  %D%/dmp-file-jobs.c \
  %D%/dmp-file-report.c %D%/dmp-file-report.h \
  %D%/dmp-file-suggest.c %D%/dmp-file-suggest.h \
  %D%/dmp-file-text.c %D%/dmp-file-text.h \
  %D%/dmp-file-type.c %D%/dmp-file-type.h \
  %D%/dmp-finding.c %D%/dmp-finding.h \
  %D%/dmp-pages.c %D%/dmp-pages.h \
  %D%/dmp-pdf-wire.h \
  %D%/dmp-pdfa.c %D%/dmp-pdfa.h \
  %D%/dmp-rtf.c %D%/dmp-rtf.h
%C%_libdmp_files_la_CPPFLAGS = $(base_cppflags) -DPKGLIBEXECDIR='"$(pkglibexecdir)"' $(FILES_CFLAGS)
%C%_libdmp_files_la_LIBADD = src/cda/libdmp-cda.la src/model/libdmp-model.la $(FILES_LIBS)
