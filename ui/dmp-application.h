#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define DMP_TYPE_APPLICATION (dmp_application_get_type ())
G_DECLARE_FINAL_TYPE (DmpApplication, dmp_application, DMP, APPLICATION, AdwApplication)

/* Returns: (transfer full) */
DmpApplication *dmp_application_new (void);

G_END_DECLS
