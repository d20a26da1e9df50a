#pragma once

#include "dmp-card-error.h"

G_BEGIN_DECLS

/* For pkcs11/ only: the codes of the layers below become ours, with their sentence. */

/* Returns: what the PC/SC return value @rv means */
DmpCardErrorCode dmp_card_error_from_pcsc (glong rv);

/* Returns: what the CK_RV @rv means; MODULE for those that only a broken module gives */
DmpCardErrorCode dmp_card_error_from_pkcs11 (gulong rv);

/* Returns: what the status word @status (SW1 SW2) of the card means */
DmpCardErrorCode dmp_card_error_from_status (guint16 status);

/* Sets the sentence of @code. Each function below always returns FALSE. */
gboolean dmp_card_error_set (GError **error, DmpCardErrorCode code);
gboolean dmp_card_error_set_pcsc (GError **error, glong rv);
gboolean dmp_card_error_set_pkcs11 (GError **error, gulong rv);
gboolean dmp_card_error_set_status (GError **error, guint16 status);

/* The same for a code that the caller has worked out. */
gboolean dmp_card_error_set_caused (GError **error,
                                    DmpCardErrorCode code,
                                    DmpCardCause cause,
                                    gulong number);

/* A sentence of the caller's own. */
gboolean dmp_card_error_set_text (GError **error, DmpCardErrorCode code, const char *format, ...)
    G_GNUC_PRINTF (3, 4);

G_END_DECLS
