#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* A job that failed: what happened, whether anything is lost, what to do; the code small, below.
 * The button activates "win.refresh". */
#define DMP_TYPE_FAILURE_PAGE (dmp_failure_page_get_type ())
G_DECLARE_FINAL_TYPE (DmpFailurePage, dmp_failure_page, DMP, FAILURE_PAGE, AdwBin)

void dmp_failure_page_set_error (DmpFailurePage *self, const GError *error);

/* The few words above the sentence of @error. Returns: (transfer none) */
const char *dmp_failure_page_title (const GError *error);

void dmp_failure_page_focus (DmpFailurePage *self);

G_END_DECLS
