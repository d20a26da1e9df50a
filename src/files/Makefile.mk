# What a file is: its kind, its text, what is wrong with it, what becomes of it before it is sent.
noinst_LTLIBRARIES += %D%/libdmp-sandbox.la
%C%_libdmp_sandbox_la_SOURCES = %D%/dmp-sandbox.c %D%/dmp-sandbox.h
%C%_libdmp_sandbox_la_CPPFLAGS = $(base_cppflags) $(PDFA_CFLAGS)

# The confined child that inspects PDFs and makes PDF/A of them (dmp-pdfa-wire.h).
pkglibexec_PROGRAMS += %D%/caducee-pdfa
%C%_caducee_pdfa_SOURCES = %D%/caducee-pdfa.c %D%/caducee-pdfa.h %D%/dmp-pdfa-wire.h \
  %D%/caducee-pdfa-convert.c %D%/caducee-pdfa-files.c %D%/caducee-pdfa-inspect.c %D%/caducee-pdfa-walk.c
%C%_caducee_pdfa_CPPFLAGS = $(base_cppflags) $(PDFA_CFLAGS)
%C%_caducee_pdfa_LDADD = %D%/libdmp-sandbox.la $(PDFA_LIBS)
