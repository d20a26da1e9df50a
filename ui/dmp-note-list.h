#pragma once

#include "dmp-note-draft.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* One section of a document that is being written: its lines with confirm, edit and remove; and,
 * while it has none, whether nothing is known or nothing was said. */
#define DMP_TYPE_NOTE_LIST_WIDGET (dmp_note_list_widget_get_type ())
G_DECLARE_FINAL_TYPE (DmpNoteListWidget, dmp_note_list_widget, DMP, NOTE_LIST_WIDGET, AdwBin)

/* @section: index into the type's sections; one that has lines */
GtkWidget *dmp_note_list_widget_new (DmpNoteDraft *draft, guint section);

G_END_DECLS
