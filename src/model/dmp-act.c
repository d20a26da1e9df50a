#include "config.h"

#include "dmp-act.h"

#include "dmp-oid.h"

#include <string.h>

#define CCAM_LENGTH 7
#define ACTION 2
#define MEANS 3

static DmpActKind
read_ccam (const char *value)
{
  if (strlen (value) < CCAM_LENGTH)
    return DMP_ACT_OTHER;
  if (strchr ("KL", value[ACTION]) != NULL)
    return DMP_ACT_IMPLANT;
  if (value[ACTION] != 'Q')
    return DMP_ACT_OTHER;

  return strchr ("HJKLMN", value[MEANS]) != NULL ? DMP_ACT_IMAGING : DMP_ACT_EXAMINATION;
}

DmpActKind
dmp_act_kind_of (DmpCode *code)
{
  const char *system = code != NULL ? dmp_code_get_system (code) : NULL;

  if (g_strcmp0 (system, DMP_OID_NABM) == 0)
    return DMP_ACT_LABORATORY;
  if (g_strcmp0 (system, DMP_OID_NGAP) == 0)
    return DMP_ACT_VISIT;
  if (g_strcmp0 (system, DMP_OID_CCAM) == 0 || g_strcmp0 (system, DMP_OID_CCAM_BODY) == 0 ||
      g_strcmp0 (system, DMP_OID_CCAM_INSURER) == 0)
    return read_ccam (dmp_code_get_code (code));

  return DMP_ACT_OTHER;
}

gboolean
dmp_act_kind_is_examination (DmpActKind kind)
{
  return kind == DMP_ACT_EXAMINATION || kind == DMP_ACT_IMAGING || kind == DMP_ACT_LABORATORY;
}
