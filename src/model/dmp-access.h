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

/* Whether the patient lets this professional read the record (TD0.2). */
typedef enum
{
  DMP_AUTHORISATION_NONE,
  DMP_AUTHORISATION_VALID,
  DMP_AUTHORISATION_EXPIRED,
  DMP_AUTHORISATION_DENIED
} DmpAuthorisation;

G_END_DECLS
