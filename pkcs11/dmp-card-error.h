#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define DMP_CARD_ERROR (dmp_card_error_quark ())

/* What can go wrong with the card. Each code has a stable name and an exit status
 * (dmp_card_error_name(), dmp_card_error_exit_status()); the message is a French sentence for the
 * person: what happened, whether anything was lost, what to do. */
typedef enum
{
  DMP_CARD_ERROR_INTERNAL,    /* a rule of ours is broken */
  DMP_CARD_ERROR_NO_SERVICE,  /* the smart-card service (pcscd) does not answer */
  DMP_CARD_ERROR_NO_READER,   /* no such reader, or none at all */
  DMP_CARD_ERROR_NO_CARD,     /* the reader is empty */
  DMP_CARD_ERROR_WRONG_CARD,  /* a Vitale where a CPS is awaited (or the reverse), or unknown */
  DMP_CARD_ERROR_REMOVED,     /* the card or its reader was pulled: open again */
  DMP_CARD_ERROR_READ,        /* the card is mute, or what it answers makes no sense */
  DMP_CARD_ERROR_BUSY,        /* another program keeps the card for itself */
  DMP_CARD_ERROR_EXPIRED,     /* the card's certificates are past their end, or not yet valid */
  DMP_CARD_ERROR_MODULE,      /* the PKCS#11 module is missing, unsafe or broken */
  DMP_CARD_ERROR_KEY,         /* no key of that use, or the key refuses to sign */
  DMP_CARD_ERROR_PIN_FORMAT,  /* not the digits the card asks for; no try was used */
  DMP_CARD_ERROR_WRONG_PIN,   /* one try is gone; see dmp_card_get_tries_left() */
  DMP_CARD_ERROR_LAST_TRY,    /* one try left, and the person has not allowed it; none was used */
  DMP_CARD_ERROR_BLOCKED,     /* no try left: unblock with the PUK */
  DMP_CARD_ERROR_PIN_NEEDED,  /* not signed in, or another program has reset the card since */
  DMP_CARD_ERROR_WRONG_PUK,   /* one try of the PUK is gone */
  DMP_CARD_ERROR_PUK_BLOCKED, /* the PUK itself is blocked: the card must be replaced */
  DMP_CARD_ERROR_CANCELLED,   /* stopped on demand */
  DMP_CARD_ERROR_LAST         /* not a code: how many there are */
} DmpCardErrorCode;

/* Whose number dmp_card_error_get_cause() returns */
typedef enum
{
  DMP_CARD_CAUSE_NONE,
  DMP_CARD_CAUSE_PCSC,   /* a PC/SC return value (SCARD_…) */
  DMP_CARD_CAUSE_PKCS11, /* a CK_RV (CKR_…) */
  DMP_CARD_CAUSE_STATUS  /* a status word of the card (SW1 SW2) */
} DmpCardCause;

GQuark dmp_card_error_quark (void);

/* Returns: (transfer none): the stable name of @code, e.g. "wrong-pin" (docs/cli.md) */
const char *dmp_card_error_name (DmpCardErrorCode code);

/* Returns: the exit status of the command line for @code: 10, 11 or 20 (docs/cli.md) */
int dmp_card_error_exit_status (DmpCardErrorCode code);

/* The number that the layer below gave, kept for the log and for `dmp doctor`.
 * @error: (nullable): any error
 * @number: (out) (optional): the PC/SC code, the CK_RV or the status word
 * Returns: whose number it is; %DMP_CARD_CAUSE_NONE for other domains */
DmpCardCause dmp_card_error_get_cause (const GError *error, gulong *number);

G_END_DECLS
