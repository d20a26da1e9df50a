# dmp-host: the reference host. It shares src/xml and src/model only.
noinst_LTLIBRARIES += %D%/libdmp-host.la
%C%_libdmp_host_la_SOURCES = \
  %D%/dmp-host-adhoc.c %D%/dmp-host-adhoc.h \
  %D%/dmp-host-admin.c %D%/dmp-host-admin.h \
  %D%/dmp-host-authorisation.c \
  %D%/dmp-host-blobs.c %D%/dmp-host-blobs.h \
  %D%/dmp-host-connection.c %D%/dmp-host-connection.h \
  %D%/dmp-host-content.c \
  %D%/dmp-host-dn.c \
  %D%/dmp-host-entry.c %D%/dmp-host-entry.h \
  %D%/dmp-host-error.c %D%/dmp-host-error.h \
  %D%/dmp-host-feed.c %D%/dmp-host-feed.h \
  %D%/dmp-host-hl7.c \
  %D%/dmp-host-keys.c %D%/dmp-host-keys.h \
  %D%/dmp-host-loader-documents.c %D%/dmp-host-loader-documents.h \
  %D%/dmp-host-loader.c %D%/dmp-host-loader.h \
  %D%/dmp-host-mtom.c %D%/dmp-host-mtom.h \
  %D%/dmp-host-pki.c %D%/dmp-host-pki.h \
  %D%/dmp-host-provide.c \
  %D%/dmp-host-query.c \
  %D%/dmp-host-record.c %D%/dmp-host-record.h \
  %D%/dmp-host-recorder.c %D%/dmp-host-recorder.h \
  %D%/dmp-host-replace.c \
  %D%/dmp-host-retrieve.c \
  %D%/dmp-host-rights.c %D%/dmp-host-rights.h \
  %D%/dmp-host-rim-read.c \
  %D%/dmp-host-rim.c %D%/dmp-host-rim.h \
  %D%/dmp-host-server.c %D%/dmp-host-server.h \
  %D%/dmp-host-service.c %D%/dmp-host-service.h \
  %D%/dmp-host-set-signature.c \
  %D%/dmp-host-soap.c %D%/dmp-host-soap.h \
  %D%/dmp-host-store-audit.c \
  %D%/dmp-host-store-documents.c \
  %D%/dmp-host-store-patients.c \
  %D%/dmp-host-store-sqlite.c %D%/dmp-host-store-sqlite.h \
  %D%/dmp-host-store.h \
  %D%/dmp-host-tls.c %D%/dmp-host-tls.h \
  %D%/dmp-host-vihf-read.c %D%/dmp-host-vihf-read.h \
  %D%/dmp-host-vihf.c %D%/dmp-host-vihf.h \
  %D%/dmp-host-xmldsig.c %D%/dmp-host-xmldsig.h
nodist_%C%_libdmp_host_la_SOURCES = %D%/dmp-host-tables.c
%C%_libdmp_host_la_CPPFLAGS = $(base_cppflags) -I$(top_srcdir)/%D% $(HOST_CFLAGS)
%C%_libdmp_host_la_LIBADD = src/xml/libdmp-xml.la src/model/libdmp-model.la $(HOST_LIBS)

# The rights are compiled from our tables of facts.
host_tables = %D%/rights.tsv %D%/classes.tsv
EXTRA_DIST += $(host_tables) %D%/tables.awk
CLEANFILES += %D%/dmp-host-tables.c
%D%/dmp-host-tables.c: %D%/tables.awk $(host_tables)
	$(AM_V_GEN)$(MKDIR_P) %D% && LC_ALL=C $(AWK) -f $(srcdir)/%D%/tables.awk \
	  $(srcdir)/%D%/rights.tsv $(srcdir)/%D%/classes.tsv >$@.new && mv $@.new $@

bin_PROGRAMS += %D%/dmp-host
%C%_dmp_host_SOURCES = %D%/dmp-host-main.c
%C%_dmp_host_CPPFLAGS = $(base_cppflags) -I$(top_srcdir)/%D% $(HOST_CFLAGS)
%C%_dmp_host_LDADD = %D%/libdmp-host.la $(HOST_LIBS)
