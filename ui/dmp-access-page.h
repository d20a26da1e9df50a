#pragma once

#include "model/dmp-patient.h"

#include <adwaita.h>

G_BEGIN_DECLS

typedef enum
{
  DMP_ACCESS_PAGE_ASK,     /* no authorisation yet: the patient is asked */
  DMP_ACCESS_PAGE_EXPIRED, /* the same, after it ran out */
  DMP_ACCESS_PAGE_DENIED,  /* the patient blocked this professional */
  DMP_ACCESS_PAGE_NONE,    /* no record */
  DMP_ACCESS_PAGE_CLOSED   /* the record is closed */
} DmpAccessPageKind;

/* Why the record does not open, and what may be done about it: "win.authorise", "win.refuse",
 * "win.break-glass". */
#define DMP_TYPE_ACCESS_PAGE (dmp_access_page_get_type ())
G_DECLARE_FINAL_TYPE (DmpAccessPage, dmp_access_page, DMP, ACCESS_PAGE, AdwBin)

/* @closed_at: (nullable): HL7 stamp, when @kind is CLOSED */
void dmp_access_page_show (DmpAccessPage *self,
                           DmpAccessPageKind kind,
                           DmpPatient *patient,
                           const char *closed_at);

/* Whether "médecin traitant" is ticked. */
gboolean dmp_access_page_get_medecin_traitant (DmpAccessPage *self);

void dmp_access_page_set_busy (DmpAccessPage *self, gboolean busy);
void dmp_access_page_clear (DmpAccessPage *self);
void dmp_access_page_focus (DmpAccessPage *self);

G_END_DECLS
