#pragma once

#include "cda/dmp-note.h"

G_BEGIN_DECLS

/* A note of @type with everything drawn from @random: lists empty, denied or filled, fields coded
 * or in words. @fullness: 0 only what is needed, 1 everything. Returns: (transfer full) */
DmpNote *note_maker_draw (const DmpNoteType *type, GRand *random, double fullness);

/* A header for any note. All its objects live as long as the process. */
const DmpCdaFrame *note_maker_frame (void);

G_END_DECLS
