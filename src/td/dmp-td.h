#pragma once

#include "model/dmp-error.h"
#include "xml/dmp-message.h"

G_BEGIN_DECLS

/* One transaction of the DMP: where it goes and what it is called. Each has a file dmp-td-….c with
 * its row, a function from parameters to a #DmpMessage and one from the answer's #DmpMessage to a
 * result; none of them blocks, none knows how messages travel. */
typedef struct
{
  const char *id;              /* "TD0.2" */
  const char *action;          /* SOAP action of the request */
  const char *response_action; /* and of its answer */
  const char *endpoint;        /* below the base URL: "patients" */
  const char *ns;              /* of the request's body */
  const char *request;         /* its local name */
  const char *reply_ns;        /* of the answer's body */
  const char *reply;
  gboolean repeatable; /* may be sent again when no answer came: it changes nothing */
} DmpTd;

extern const DmpTd dmp_td_status;    /* TD0.2 */
extern const DmpTd dmp_td_authorise; /* TD0.3 */
extern const DmpTd dmp_td_submit;    /* TD2.1 */
extern const DmpTd dmp_td_find;      /* TD3.1 */
extern const DmpTd dmp_td_retrieve;  /* TD3.2 */

/* Returns: (transfer none): the @i-th transaction, NULL beyond the last */
const DmpTd *dmp_td_get (guint i);

/* Who sends, for the messages that say so in the body (HL7 V3). */
typedef struct
{
  const char *oid;        /* of this installation */
  const char *name;       /* of the software */
  gboolean test;          /* processing code D (debugging) instead of P (production) */
  GDateTime *now;         /* (nullable): NULL: now */
  const char *message_id; /* (nullable): UUID; NULL: a new one */
  const char *query_id;   /* (nullable): UUID; NULL: a new one */
} DmpTdSender;

/* Whether the root of @reply is what @td awaits. @error: %DMP_ERROR_INVALID_MESSAGE */
gboolean dmp_td_check_reply (const DmpTd *td, const DmpMessage *reply, GError **error);

/* %DMP_ERROR_INVALID_MESSAGE: the answer to @td is not what the protocol says; the sentence tells
 * whether something may have been changed by it.
 * @what: in French, what is wrong: "statut inconnu" */
void dmp_td_set_invalid (GError **error, const DmpTd *td, const char *what);

/* A word of the host's as it may stand in a sentence of ours: 60 characters at most, no control
 * characters. @text: (nullable). Returns: (transfer full) */
char *dmp_td_dup_shown (const char *text);

G_END_DECLS
