# What the DMP speaks about: immutable objects, codes, dates, errors. No network, no XML.
noinst_LTLIBRARIES += %D%/libdmp-model.la
%C%_libdmp_model_la_SOURCES = \
  %D%/dmp-error.c %D%/dmp-error.h \
  %D%/dmp-ins.c %D%/dmp-ins.h \
  %D%/dmp-unique-id.c %D%/dmp-unique-id.h
%C%_libdmp_model_la_CPPFLAGS = $(base_cppflags) $(MODEL_CFLAGS)
%C%_libdmp_model_la_LIBADD = $(MODEL_LIBS)
