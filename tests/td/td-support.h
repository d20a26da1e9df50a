#pragma once

#include "model/dmp-patient.h"
#include "model/dmp-practitioner.h"
#include "td/dmp-td.h"

/* What the tests of src/td share. */

/* The body in @xml: the first child of a SOAP Body, or the root itself. Fails the test when @xml
 * cannot be read. Returns: (transfer full) */
DmpMessage *td_message_from_xml (const char *xml, gssize len);

/* The same from a file of tests/td/replies. Returns: (transfer full) */
DmpMessage *td_message_from_reply (const char *name);

/* The same from a file below the shared reference folder. Returns: (transfer full) (nullable): NULL
 * when there is no such folder: the test is marked as skipped */
DmpMessage *td_message_from_shared (const char *path);

/* Returns: (transfer full): the path of a file below the shared reference folder */
char *td_shared_path (const char *path);

/* Compares the canonical form of @message with the file tests/td/requests/@name; content ids are
 * left out. With DMP_TD_RECORD=1 in the environment the file is written instead. */
void td_assert_request (const DmpMessage *message, const char *name);

/* Asserts the error and that its sentence is one for people: it ends with a stop or a bracket. */
void td_assert_error (GError *error, int code);

/* Claire Moreau's patient and herself, in her practice. Returns: (transfer full) */
DmpPatient *td_patient (void);
DmpPractitioner *td_practitioner (void);
DmpSituation *td_situation (void);
