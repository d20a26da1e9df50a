#pragma once

#include "dmp-send-file.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* What is looked at before a file goes, a row each, with a button where it can be put right.
 * Signals: "repair" (int: DmpRepair), "accept" (string: code of the warning). */
#define DMP_TYPE_SEND_CHECKS (dmp_send_checks_get_type ())
G_DECLARE_FINAL_TYPE (DmpSendChecks, dmp_send_checks, DMP, SEND_CHECKS, AdwBin)

/* @file: (nullable): none chosen. Returns: how many points are still to put right */
guint dmp_send_checks_show (DmpSendChecks *self, DmpSendFile *file);

/* The same count, nothing shown. @today: "yyyyMMdd" */
guint dmp_send_checks_count (DmpSendFile *file, const char *today);

G_END_DECLS
