# The window's pages, alone and as a whole.
gallery_sources = %D%/gallery.c %D%/gallery.h
gallery_cppflags = $(test_cppflags) $(UI_CFLAGS)
gallery_libs = ui/libdmp-ui.la src/session/libdmp-session.la src/summary/libdmp-summary.la \
  src/cda/libdmp-cda.la src/model/libdmp-model.la \
  pkcs11/libdmp-card.la $(UI_LIBS)

widget_tests += %D%/widget-pages
%C%_widget_pages_SOURCES = %D%/widget-pages.c $(gallery_sources)
%C%_widget_pages_CPPFLAGS = $(gallery_cppflags)
%C%_widget_pages_LDADD = $(gallery_libs)

widget_tests += %D%/widget-document
%C%_widget_document_SOURCES = %D%/widget-document.c $(gallery_sources)
%C%_widget_document_CPPFLAGS = $(gallery_cppflags)
%C%_widget_document_LDADD = $(gallery_libs)

widget_tests += %D%/widget-pdf
%C%_widget_pdf_SOURCES = %D%/widget-pdf.c $(gallery_sources)
%C%_widget_pdf_CPPFLAGS = $(gallery_cppflags)
%C%_widget_pdf_LDADD = $(gallery_libs)

widget_tests += %D%/widget-outbox
%C%_widget_outbox_SOURCES = %D%/widget-outbox.c $(gallery_sources)
%C%_widget_outbox_CPPFLAGS = $(gallery_cppflags)
%C%_widget_outbox_LDADD = $(gallery_libs)

widget_tests += %D%/widget-record
%C%_widget_record_SOURCES = %D%/widget-record.c %D%/sample-record.c %D%/sample-record.h \
  $(gallery_sources)
%C%_widget_record_CPPFLAGS = $(gallery_cppflags) $(CORE_CFLAGS)
%C%_widget_record_LDADD = $(gallery_libs) $(CORE_LIBS)

widget_tests += %D%/widget-summary
%C%_widget_summary_SOURCES = %D%/widget-summary.c %D%/sample-record.c %D%/sample-record.h \
  $(gallery_sources)
%C%_widget_summary_CPPFLAGS = $(gallery_cppflags) $(CORE_CFLAGS)
%C%_widget_summary_LDADD = $(gallery_libs) $(CORE_LIBS)

widget_tests += %D%/widget-patient-mode
%C%_widget_patient_mode_SOURCES = %D%/widget-patient-mode.c %D%/sample-record.c %D%/sample-record.h \
  $(gallery_sources)
%C%_widget_patient_mode_CPPFLAGS = $(gallery_cppflags) $(CORE_CFLAGS)
%C%_widget_patient_mode_LDADD = $(gallery_libs) $(CORE_LIBS)

widget_tests += %D%/widget-timeline
%C%_widget_timeline_SOURCES = %D%/widget-timeline.c %D%/sample-record.c %D%/sample-record.h \
  $(gallery_sources)
%C%_widget_timeline_CPPFLAGS = $(gallery_cppflags) $(CORE_CFLAGS)
%C%_widget_timeline_LDADD = $(gallery_libs) $(CORE_LIBS)

widget_tests += %D%/widget-search
%C%_widget_search_SOURCES = %D%/widget-search.c %D%/sample-record.c %D%/sample-record.h \
  $(gallery_sources)
%C%_widget_search_CPPFLAGS = $(gallery_cppflags) $(CORE_CFLAGS)
%C%_widget_search_LDADD = src/search/libdmp-search.la $(gallery_libs) $(CORE_LIBS)

widget_tests += %D%/widget-send
%C%_widget_send_SOURCES = %D%/widget-send.c $(gallery_sources)
%C%_widget_send_CPPFLAGS = $(gallery_cppflags) $(CORE_CFLAGS)
%C%_widget_send_LDADD = $(gallery_libs) $(CORE_LIBS)

widget_tests += %D%/widget-write
%C%_widget_write_SOURCES = %D%/widget-write.c %D%/sample-record.c %D%/sample-record.h \
  tests/cda/note-maker.c tests/cda/note-maker.h \
  $(gallery_sources)
%C%_widget_write_CPPFLAGS = $(gallery_cppflags) $(CORE_CFLAGS)
%C%_widget_write_LDADD = $(gallery_libs) $(CORE_LIBS)

sh_tests += %D%/test-metadata.sh %D%/test-po.sh %D%/test-french.sh %D%/test-ui.sh \
  %D%/test-hostile-reader.sh %D%/test-questions.sh %D%/test-ui-forget.sh %D%/test-ui-outbox.sh %D%/test-ui-pace.sh %D%/test-ui-patient.sh %D%/test-ui-search.sh %D%/test-ui-summary.sh %D%/test-ui-vsm.sh %D%/test-ui-write.sh %D%/test-words.sh
EXTRA_DIST += %D%/hostile_reader.py %D%/own_documents.py %D%/robot.py %D%/desk.py %D%/ui_questions.py %D%/ui_journey.py %D%/ui_forget.py %D%/opening.py %D%/pulse.py %D%/ui_outbox.py %D%/ui_pace.py %D%/ui_patient.py %D%/ui_search.py %D%/ui_summary.py \
  %D%/ui_vsm.py %D%/ui_write.py %D%/words_on_screen.py

check_PROGRAMS += %D%/show-document
%C%_show_document_SOURCES = %D%/show-document.c
%C%_show_document_CPPFLAGS = $(gallery_cppflags)
%C%_show_document_LDADD = $(gallery_libs)
