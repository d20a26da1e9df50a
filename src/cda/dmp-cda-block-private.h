#pragma once

#include "dmp-cda-block.h"

G_BEGIN_DECLS

GPtrArray *dmp_cda_blocks_new (void);
DmpCdaBlock *dmp_cda_block_new (DmpCdaBlockKind kind, guint section);
void dmp_cda_block_free (DmpCdaBlock *block);
void dmp_cda_run_free (DmpCdaRun *run);
void dmp_cda_cell_free (DmpCdaCell *cell);
void dmp_cda_section_free (DmpCdaSection *section);
void dmp_cda_attachment_free (DmpCdaAttachment *attachment);

G_END_DECLS
