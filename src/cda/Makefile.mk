# CDA documents: header, narrative, entries.
noinst_LTLIBRARIES += %D%/libdmp-cda.la
%C%_libdmp_cda_la_SOURCES = \
  %D%/dmp-cda-address.c %D%/dmp-cda-attachment.c \
  %D%/dmp-cda-block.c %D%/dmp-cda-block.h %D%/dmp-cda-block-private.h \
  %D%/dmp-cda-check.c %D%/dmp-cda-check.h \
  %D%/dmp-cda-document.c %D%/dmp-cda-document.h \
  %D%/dmp-cda-facts.c %D%/dmp-cda-facts.h \
  %D%/dmp-cda-frame.c %D%/dmp-cda-frame.h %D%/dmp-cda-frame-private.h \
  %D%/dmp-cda-header.c %D%/dmp-cda-header-private.h \
  %D%/dmp-cda-narrative.c %D%/dmp-cda-narrative.h \
  %D%/dmp-cda-person.c \
  %D%/dmp-cda-place.c %D%/dmp-cda-place.h \
  %D%/dmp-cda-section.c \
  %D%/dmp-cda-table.c \
  %D%/dmp-cda-tree.c %D%/dmp-cda-tree.h \
  %D%/dmp-cda-write.c %D%/dmp-cda-write.h \
  %D%/dmp-entry.c \
  %D%/dmp-entry-answer.c \
  %D%/dmp-entry-problem.c \
  %D%/dmp-entry-product.c \
  %D%/dmp-fact-allergy.c \
  %D%/dmp-fact-contact.c \
  %D%/dmp-fact-delivery.c \
  %D%/dmp-fact-device.c \
  %D%/dmp-fact-event.c \
  %D%/dmp-fact-family.c \
  %D%/dmp-fact-observation.c \
  %D%/dmp-fact-problem.c \
  %D%/dmp-fact-procedure.c \
  %D%/dmp-fact-product.c \
  %D%/dmp-fact-reader.c %D%/dmp-fact-reader.h \
  %D%/dmp-fact-result.c \
  %D%/dmp-fact-treatment.c \
  %D%/dmp-fact-vaccine.c \
  %D%/dmp-fact-value.c \
  %D%/dmp-fact.c %D%/dmp-fact.h \
  %D%/dmp-file-check.c %D%/dmp-file-check.h \
  %D%/dmp-note.c %D%/dmp-note.h %D%/dmp-note-private.h \
  %D%/dmp-note-field.c \
  %D%/dmp-note-kinds.c \
  %D%/dmp-note-letter.c \
  %D%/dmp-note-vaccination.c \
  %D%/dmp-note-vsm.c \
  %D%/dmp-note-write.c
%C%_libdmp_cda_la_CPPFLAGS = $(base_cppflags) $(XML_CFLAGS)
%C%_libdmp_cda_la_LIBADD = src/xml/libdmp-xml.la src/model/libdmp-model.la $(XML_LIBS)
