#pragma once

#include "model/dmp-practitioner.h"
#include "pkcs11/dmp-secret.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Who holds the card, how many tries are left, and the code. Entry and button activate
 * "win.sign-in"; the window then takes the code. */
#define DMP_TYPE_PIN_PAGE (dmp_pin_page_get_type ())
G_DECLARE_FINAL_TYPE (DmpPinPage, dmp_pin_page, DMP, PIN_PAGE, AdwBin)

/* @practitioner: (nullable) */
void dmp_pin_page_set_holder (DmpPinPage *self, DmpPractitioner *practitioner);

/* @tries: -1 when the card does not tell; 0: the card is blocked and asks no code */
void dmp_pin_page_set_tries (DmpPinPage *self, int tries);

/* What the last attempt said, tied to the field; NULL takes it away. */
void dmp_pin_page_set_problem (DmpPinPage *self, const char *problem);

/* While the card is asked: a spinner on the button, and no second try. */
void dmp_pin_page_set_busy (DmpPinPage *self, gboolean busy);

/* Whether a code of the right length stands in the field and nothing runs. */
gboolean dmp_pin_page_is_complete (DmpPinPage *self);

/* Takes the code out and clears the field at once. Returns: (transfer full) (nullable) */
DmpSecret *dmp_pin_page_take_pin (DmpPinPage *self);

void dmp_pin_page_focus (DmpPinPage *self);

G_END_DECLS
