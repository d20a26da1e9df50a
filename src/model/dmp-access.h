#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How a record is opened (TRE_R248, mode d’accès). */
typedef enum
{
  DMP_ACCESS_NORMAL,
  DMP_ACCESS_BREAK_GLASS, /* bris de glace */
  DMP_ACCESS_CENTRE_15
} DmpAccessMode;

G_END_DECLS
