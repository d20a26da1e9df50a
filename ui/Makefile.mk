# The window: widgets only. It asks src/session for everything.
ui_files = %D%/dmp.gresource.xml %D%/style.css %D%/style-dark.css %D%/style-hc.css %D%/style-hc-dark.css \
  %D%/dmp-access-page.ui \
  %D%/dmp-break-glass.ui \
  %D%/dmp-card-page.ui \
  %D%/dmp-coverage-row.ui \
  %D%/dmp-document-page.ui \
  %D%/dmp-documents-page.ui \
  %D%/dmp-fact-form.ui \
  %D%/dmp-failure-page.ui \
  %D%/dmp-lock-page.ui \
  %D%/dmp-outbox-page.ui \
  %D%/dmp-patient-page.ui \
  %D%/dmp-pin-page.ui \
  %D%/dmp-place-page.ui \
  %D%/dmp-search-page.ui \
  %D%/dmp-send-fields.ui \
  %D%/dmp-send-page.ui \
  %D%/dmp-shortcuts.ui \
  %D%/dmp-summary-page.ui \
  %D%/dmp-timeline-page.ui \
  %D%/dmp-window.ui \
  %D%/dmp-write-page.ui \
  %D%/icons/scalable/actions/ca-hospital-symbolic.svg \
  %D%/icons/scalable/actions/ca-info-symbolic.svg \
  %D%/icons/scalable/actions/ca-insurer-symbolic.svg \
  %D%/icons/scalable/actions/ca-laboratory-symbolic.svg \
  %D%/icons/scalable/actions/ca-octo-symbolic.svg \
  %D%/icons/scalable/actions/ca-patient-symbolic.svg \
  %D%/icons/scalable/actions/ca-prescription-symbolic.svg \
  %D%/icons/scalable/actions/ca-professional-symbolic.svg \
  %D%/icons/scalable/actions/ca-regular-doctor-symbolic.svg \
  %D%/icons/scalable/actions/ca-triangle-outline-symbolic.svg \
  %D%/icons/scalable/actions/ca-triangle-symbolic.svg

noinst_LTLIBRARIES += %D%/libdmp-ui.la
%C%_libdmp_ui_la_SOURCES = \
  %D%/dmp-access-page.c %D%/dmp-access-page.h \
  %D%/dmp-anchor.c %D%/dmp-anchor.h \
  %D%/dmp-application.c %D%/dmp-application.h \
  %D%/dmp-aside.c %D%/dmp-aside.h \
  %D%/dmp-block.c %D%/dmp-block.h %D%/dmp-block-private.h \
  %D%/dmp-block-fold.c \
  %D%/dmp-break-glass.c %D%/dmp-break-glass.h \
  %D%/dmp-card-page.c %D%/dmp-card-page.h \
  %D%/dmp-check-row.c %D%/dmp-check-row.h \
  %D%/dmp-code-entry.c %D%/dmp-code-entry.h \
  %D%/dmp-completeness.c %D%/dmp-completeness.h \
  %D%/dmp-coverage-row.c %D%/dmp-coverage-row.h \
  %D%/dmp-document-chips.c %D%/dmp-document-chips.h \
  %D%/dmp-document-columns.c %D%/dmp-document-columns.h \
  %D%/dmp-document-details.c %D%/dmp-document-details.h \
  %D%/dmp-document-filters.c %D%/dmp-document-filters.h \
  %D%/dmp-document-kind.c %D%/dmp-document-kind.h \
  %D%/dmp-document-outline.c %D%/dmp-document-outline.h \
  %D%/dmp-document-page.c %D%/dmp-document-page.h \
  %D%/dmp-document-person.c %D%/dmp-document-person.h \
  %D%/dmp-document-print.c %D%/dmp-document-print.h \
  %D%/dmp-documents-page.c %D%/dmp-documents-page.h \
  %D%/dmp-fact-form.c %D%/dmp-fact-form.h \
  %D%/dmp-failure-page.c %D%/dmp-failure-page.h \
  %D%/dmp-field-input.c %D%/dmp-field-input.h \
  %D%/dmp-field.c %D%/dmp-field.h \
  %D%/dmp-file-view.c %D%/dmp-file-view.h \
  %D%/dmp-find-bar.c %D%/dmp-find-bar.h \
  %D%/dmp-flag-line.c \
  %D%/dmp-frieze.c %D%/dmp-frieze.h \
  %D%/dmp-group-card.c %D%/dmp-group-card.h \
  %D%/dmp-landmarks.c %D%/dmp-landmarks.h \
  %D%/dmp-lines.c %D%/dmp-lines.h %D%/dmp-lines-private.h \
  %D%/dmp-lists-window.c %D%/dmp-lists-window.h \
  %D%/dmp-lock-page.c %D%/dmp-lock-page.h \
  %D%/dmp-marks.c %D%/dmp-marks.h \
  %D%/dmp-narrative.c %D%/dmp-narrative.h \
  %D%/dmp-narrative-blocks.c %D%/dmp-narrative-blocks.h \
  %D%/dmp-page-view.c %D%/dmp-page-view.h \
  %D%/dmp-note-draft.c %D%/dmp-note-draft.h \
  %D%/dmp-note-fill.c \
  %D%/dmp-note-list.c %D%/dmp-note-list.h \
  %D%/dmp-note-version.c %D%/dmp-note-version.h \
  %D%/dmp-outbox-page.c %D%/dmp-outbox-page.h \
  %D%/dmp-patient-page.c %D%/dmp-patient-page.h \
  %D%/dmp-pdf.c %D%/dmp-pdf.h \
  %D%/dmp-pin-page.c %D%/dmp-pin-page.h \
  %D%/dmp-place-page.c %D%/dmp-place-page.h \
  %D%/dmp-scroll.c %D%/dmp-scroll.h \
  %D%/dmp-search-ask.c %D%/dmp-search-ask.h \
  %D%/dmp-search-gaps.c %D%/dmp-search-gaps.h \
  %D%/dmp-search-kinds.c %D%/dmp-search-kinds.h \
  %D%/dmp-search-list.c %D%/dmp-search-list.h \
  %D%/dmp-search-names.c %D%/dmp-search-names.h \
  %D%/dmp-search-page.c %D%/dmp-search-page.h \
  %D%/dmp-search-preview.c %D%/dmp-search-preview.h \
  %D%/dmp-search-row.c %D%/dmp-search-row.h \
  %D%/dmp-send-checks.c %D%/dmp-send-checks.h \
  %D%/dmp-send-fields.c %D%/dmp-send-fields.h \
  %D%/dmp-send-file.c %D%/dmp-send-file.h \
  %D%/dmp-print-layout.c %D%/dmp-print-layout.h \
  %D%/dmp-send-page.c %D%/dmp-send-page.h \
  %D%/dmp-send-types.c %D%/dmp-send-types.h \
  %D%/dmp-send-words.c %D%/dmp-send-words.h \
  %D%/dmp-spark.c %D%/dmp-spark.h \
  %D%/dmp-summary-blocks.c %D%/dmp-summary-blocks.h \
  %D%/dmp-summary-chosen.c \
  %D%/dmp-summary-keys.c \
  %D%/dmp-summary-layout.c %D%/dmp-summary-layout.h \
  %D%/dmp-summary-page.c %D%/dmp-summary-page.h %D%/dmp-summary-page-private.h \
  %D%/dmp-summary-print.c %D%/dmp-summary-print.h \
  %D%/dmp-tag.c %D%/dmp-tag.h \
  %D%/dmp-text-layout.c %D%/dmp-text-layout.h \
  %D%/dmp-timeline.c %D%/dmp-timeline.h \
  %D%/dmp-timeline-build.h %D%/dmp-timeline-data.c %D%/dmp-timeline-data.h \
  %D%/dmp-timeline-lines.c %D%/dmp-timeline-periods.c \
  %D%/dmp-timeline-list.c %D%/dmp-timeline-list.h \
  %D%/dmp-timeline-draw.c %D%/dmp-timeline-private.h \
  %D%/dmp-timeline-events.c %D%/dmp-timeline-events.h \
  %D%/dmp-timeline-lanes.c %D%/dmp-timeline-lanes.h \
  %D%/dmp-timeline-page.c %D%/dmp-timeline-page.h \
  %D%/dmp-treatment-line.c \
  %D%/dmp-wide.c %D%/dmp-wide.h \
  %D%/dmp-why.c %D%/dmp-why.h \
  %D%/dmp-window.c %D%/dmp-window.h \
  %D%/dmp-window-actions.c \
  %D%/dmp-window-card.c \
  %D%/dmp-window-document.c \
  %D%/dmp-window-outbox.c %D%/dmp-window-receipt.c %D%/dmp-window-sending.c \
  %D%/dmp-window-private.h \
  %D%/dmp-window-search.c \
  %D%/dmp-window-write.c \
  %D%/dmp-write-page.c %D%/dmp-write-page.h \
  %D%/dmp-window-record.c \
  %D%/dmp-zoom.c %D%/dmp-zoom.h
nodist_%C%_libdmp_ui_la_SOURCES = %D%/dmp-resources.c
%C%_libdmp_ui_la_CPPFLAGS = $(base_cppflags) $(UI_CFLAGS)
%C%_libdmp_ui_la_LIBADD = src/session/libdmp-session.la src/search/libdmp-search.la src/paper/libdmp-paper.la src/summary/libdmp-summary.la src/files/libdmp-files.la src/cda/libdmp-cda.la src/model/libdmp-model.la pkcs11/libdmp-card.la $(UI_LIBS) -lm

bin_PROGRAMS += %D%/caducee
%C%_caducee_SOURCES = %D%/main.c
%C%_caducee_CPPFLAGS = $(%C%_libdmp_ui_la_CPPFLAGS)
%C%_caducee_LDADD = %D%/libdmp-ui.la $(UI_LIBS)

# The confined child that reads PDFs and images (src/files/dmp-pdf-wire.h).
pkglibexec_PROGRAMS += %D%/caducee-pdf
%C%_caducee_pdf_SOURCES = %D%/caducee-pdf.c \
  %D%/caducee-pdf-fonts.c %D%/caducee-pdf-fonts.h %D%/caducee-pdf-page.c %D%/caducee-pdf-page.h \
  %D%/caducee-pdf-tiff.c %D%/caducee-pdf-tiff.h
%C%_caducee_pdf_CPPFLAGS = $(base_cppflags) $(PDF_CFLAGS)
%C%_caducee_pdf_LDADD = src/files/libdmp-prepared.la src/files/libdmp-sandbox.la $(PDF_LIBS) -lm

# Templates become C; --manual-register: a convenience library would lose the
# constructor of a resource object that nothing references.
%D%/dmp-resources.c: $(ui_files)
	$(AM_V_GEN)$(MKDIR_P) $(@D) && $(GLIB_COMPILE_RESOURCES) --target=$@ \
	  --sourcedir=$(srcdir)/ui --generate-source --manual-register --c-name=dmp $(srcdir)/ui/dmp.gresource.xml
%D%/dmp-resources.h: $(ui_files)
	$(AM_V_GEN)$(MKDIR_P) $(@D) && $(GLIB_COMPILE_RESOURCES) --target=$@ \
	  --sourcedir=$(srcdir)/ui --generate-header --manual-register --c-name=dmp $(srcdir)/ui/dmp.gresource.xml
BUILT_SOURCES += %D%/dmp-resources.h
CLEANFILES += %D%/dmp-resources.c %D%/dmp-resources.h

# What the desktop reads: translated .desktop and metainfo, settings, icon.
appsdir = $(datadir)/applications
nodist_apps_DATA = %D%/data/$(APP_ID).desktop
metainfodir = $(datadir)/metainfo
nodist_metainfo_DATA = %D%/data/$(APP_ID).metainfo.xml
iconsdir = $(datadir)/icons/hicolor/scalable/apps
dist_icons_DATA = %D%/data/$(APP_ID).svg
gsettings_SCHEMAS = %D%/data/$(APP_ID).gschema.xml
@GSETTINGS_RULES@

po_files = $(wildcard $(top_srcdir)/po/*.po) $(top_srcdir)/po/LINGUAS
%D%/data/$(APP_ID).desktop: %D%/data/$(APP_ID).desktop.in $(po_files)
	$(AM_V_GEN)$(MKDIR_P) $(@D) && $(MSGFMT_BIN) --desktop -d $(top_srcdir)/po --template=$< -o $@
%D%/data/$(APP_ID).metainfo.xml: %D%/data/$(APP_ID).metainfo.xml.in $(po_files)
	$(AM_V_GEN)$(MKDIR_P) $(@D) && $(MSGFMT_BIN) --xml -d $(top_srcdir)/po --template=$< -o $@
CLEANFILES += $(nodist_apps_DATA) $(nodist_metainfo_DATA)
EXTRA_DIST += $(ui_files) $(gsettings_SCHEMAS) \
  %D%/data/$(APP_ID).desktop.in %D%/data/$(APP_ID).metainfo.xml.in

# Schemas compiled in the build tree, for runs that are not installed.
%D%/data/gschemas.compiled: $(gsettings_SCHEMAS)
	$(AM_V_GEN)$(MKDIR_P) $(@D) && $(GLIB_COMPILE_SCHEMAS) --strict --targetdir=$(@D) $(srcdir)/ui/data
noinst_DATA += %D%/data/gschemas.compiled
CLEANFILES += %D%/data/gschemas.compiled

.PHONY: run
run: all
	GSETTINGS_SCHEMA_DIR=$(abs_top_builddir)/ui/data DMP_PDF_CHILD=$(abs_top_builddir)/ui/caducee-pdf \
	  DMP_PDFA_CHILD=$(abs_top_builddir)/src/files/caducee-pdfa %D%/caducee
