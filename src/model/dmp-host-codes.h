#pragma once

#include "dmp-error.h"

G_BEGIN_DECLS

/* The codes a host answers with — SOAP fault sub-codes, XDS error codes, acknowledgement details,
 * statuses of the DMP's own services — and what the person is told (EX_GEN-1145: a message for
 * each code). */

/* Sets the error of @code: its own sentence where the code is known, else one that says so and
 * shows code and text; the raw code always ends the sentence, and dmp_error_get_host_code() has it.
 * @code: (nullable): local part, e.g. "DMPInvalidCertificate"; NULL: the host gave none
 * @text: (nullable): the host's own words; shown shortened and without control characters */
void dmp_host_code_set_error (GError **error, const char *code, const char *text);

/* Returns: the error of @code; %DMP_ERROR_FAULT for one that is not in the table */
DmpErrorCode dmp_host_code_get_error (const char *code);

/* Whether @code is in the table. */
gboolean dmp_host_code_is_known (const char *code);

/* Whether @code (of a status or an acknowledgement) means success: DMPOk, DMPOK. */
gboolean dmp_host_code_is_ok (const char *code);

G_END_DECLS
