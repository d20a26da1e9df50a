#pragma once

#include "summary/dmp-checks.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* The settings of one installation: where the host is, whom to trust, who we say we are. Immutable
 * after loading, so it crosses threads. Read from an INI file; the keys of the system policy file
 * win (docs/settings.md). */
typedef struct _DmpConfig DmpConfig;

/* Loads the settings.
 * @path: (nullable): a file; NULL: $XDG_CONFIG_HOME/caducee/caducee.ini if there is one
 * The policy is read from @policy_path, NULL: SYSCONFDIR/caducee/policy.ini if there is one.
 * Returns: (transfer full): NULL with %DMP_ERROR_INVALID_CONFIG when a file cannot be read or a
 * value is off */
DmpConfig *dmp_config_load (const char *path, const char *policy_path, GError **error);

DmpConfig *dmp_config_ref (DmpConfig *self);
void dmp_config_unref (DmpConfig *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DmpConfig, dmp_config_unref)

/* All strings (transfer none). */
const char *
dmp_config_get_host_url (DmpConfig *self); /* "" when none is set; else https, no final slash */
const char *
dmp_config_get_host_ca (DmpConfig *self); /* PEM file of the pinned authorities; "" when none */
guint dmp_config_get_connect_timeout (DmpConfig *self);  /* seconds */
guint dmp_config_get_response_timeout (DmpConfig *self); /* seconds */
const char *dmp_config_get_ins_oid (DmpConfig *self); /* OID put to an INS that came without one */
const char *dmp_config_get_card_module (DmpConfig *self); /* PKCS#11 module; "" = look it up */
/* Struct_IdNat of the place of practice that is chosen when the card has several; "" = ask. */
const char *dmp_config_get_card_place (DmpConfig *self);
const char *dmp_config_get_software_name (DmpConfig *self);    /* LPS_Nom */
const char *dmp_config_get_software_version (DmpConfig *self); /* LPS_Version */
const char *
dmp_config_get_software_id (DmpConfig *self); /* LPS_ID: serial number of this installation */
const char *dmp_config_get_software_oid (
    DmpConfig *self); /* OID of this installation: sourceId of submissions */
const char *
dmp_config_get_homologation (DmpConfig *self); /* LPS_ID_HOMOLOGATION_DMP: never shown */
guint dmp_config_get_assertion_lifetime (
    DmpConfig *self); /* seconds one VIHF is reused; 0 = one a request */
guint
dmp_config_get_idle_lock (DmpConfig *self); /* seconds without a key before the lock; 0 = never */
guint dmp_config_get_batch_size (DmpConfig *self); /* documents asked for in one TD3.2, 1 to 16 */
/* Seconds after a sending before the same identifiers are sent again: longer than the host may
 * still be at it. */
guint dmp_config_get_resend_delay (DmpConfig *self);
/* Days for which the receipt of a submission is kept on this machine; 0: not at all. */
guint dmp_config_get_receipt_days (DmpConfig *self);
/* Seconds between two tries by itself to clear up what is left in the outbox; 0: none. */
guint dmp_config_get_retry_interval (DmpConfig *self);
/* 1: every submission set is signed with the card; 0: none is. */
guint dmp_config_get_sign_submissions (DmpConfig *self);
/* PEM file of the authorities that certify professionals, for signatures that are read; "" = none.
 */
const char *dmp_config_get_signature_ca (DmpConfig *self);
/* Which classes of documents are closed to which professions: for dmp_access_words_make(). */
const char *dmp_config_get_closed_classes (DmpConfig *self);
/* Which checks the summary makes. */
DmpChecks dmp_config_get_checks (DmpConfig *self);

G_END_DECLS
