#pragma once

#include "dmp-note-draft.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* The version before, on top of a draft: whether to take over what it says, and whether the new one
 * takes its place. Not to be seen while there is none. */
#define DMP_TYPE_NOTE_VERSION (dmp_note_version_get_type ())
G_DECLARE_FINAL_TYPE (DmpNoteVersion, dmp_note_version, DMP, NOTE_VERSION, AdwBin)

GtkWidget *dmp_note_version_new (DmpNoteDraft *draft);

G_END_DECLS
