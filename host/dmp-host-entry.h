#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* XDS metadata of a document or of a submission set, kept as it stood on the wire. Texts and codes
 * are addressed by enum, so that reading, writing and sealing are tables. */

typedef enum
{
  DMP_HOST_TEXT_TITLE,
  DMP_HOST_TEXT_COMMENTS,
  DMP_HOST_TEXT_MIME,
  DMP_HOST_TEXT_LANGUAGE,
  DMP_HOST_TEXT_CREATION,
  DMP_HOST_TEXT_SERVICE_START,
  DMP_HOST_TEXT_SERVICE_STOP,
  DMP_HOST_TEXT_LEGAL_AUTHENTICATOR,
  DMP_HOST_TEXT_SOURCE_PATIENT_ID,
  DMP_HOST_TEXT_SUBMISSION_TIME, /* submission sets only, as the next one */
  DMP_HOST_TEXT_SOURCE_ID,
  DMP_HOST_TEXT_LAST
} DmpHostText;

typedef enum
{
  DMP_HOST_CODE_CLASS,
  DMP_HOST_CODE_TYPE,
  DMP_HOST_CODE_FORMAT,
  DMP_HOST_CODE_PRACTICE_SETTING,
  DMP_HOST_CODE_FACILITY,
  DMP_HOST_CODE_CONFIDENTIALITY, /* may repeat, as the next one */
  DMP_HOST_CODE_EVENT,
  DMP_HOST_CODE_CONTENT_TYPE, /* submission sets only */
  DMP_HOST_CODE_LAST
} DmpHostCodeKind;

typedef struct
{
  DmpHostCodeKind kind;
  char *code;
  char *system;
  char *display; /* (nullable) */
} DmpHostCode;

typedef struct
{
  char *person;      /* XCN (nullable) */
  char *institution; /* XON (nullable) */
  char *specialty;   /* CE (nullable) */
  char *role;        /* (nullable) */
} DmpHostAuthor;

typedef enum
{
  DMP_HOST_STATUS_APPROVED,
  DMP_HOST_STATUS_DEPRECATED,
  DMP_HOST_STATUS_ARCHIVED,
  DMP_HOST_STATUS_DELETED,
  DMP_HOST_STATUS_LAST
} DmpHostStatus;

typedef struct
{
  gboolean is_set; /* a submission set, else a document */
  char *unique_id;
  char *entry_uuid;
  DmpHostStatus status;
  guint version;
  char *repository;     /* documents: repositoryUniqueId */
  char *submission_set; /* documents: entryUUID of the set */
  char *replaces;       /* documents: entryUUID of the replaced one (nullable) */
  char *hash;           /* SHA-1, hex */
  gint64 size;          /* bytes */
  char *blob;           /* name of the sealed body */
  char *text[DMP_HOST_TEXT_LAST];
  GPtrArray *codes;   /* (element-type DmpHostCode) */
  GPtrArray *authors; /* (element-type DmpHostAuthor) */
  GPtrArray *infos;   /* (element-type utf8): sourcePatientInfo values */
  GPtrArray *refs;    /* (element-type utf8): referenceIdList values */
} DmpHostEntry;

DmpHostEntry *dmp_host_entry_new (gboolean is_set);
void dmp_host_entry_free (DmpHostEntry *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DmpHostEntry, dmp_host_entry_free)

/* Adds copies of the words; @display (nullable). */
void dmp_host_entry_add_code (DmpHostEntry *self,
                              DmpHostCodeKind kind,
                              const char *code,
                              const char *system,
                              const char *display);
void dmp_host_entry_add_author (DmpHostEntry *self,
                                const char *person,
                                const char *institution,
                                const char *specialty,
                                const char *role);

/* Returns: (transfer none) (nullable): the first code of that kind */
const DmpHostCode *dmp_host_entry_get_code (const DmpHostEntry *self, DmpHostCodeKind kind);

/* Whether a code of that kind has this value, in any system. */
gboolean dmp_host_entry_has_code (const DmpHostEntry *self, DmpHostCodeKind kind, const char *code);

/* Whether the professional (PS_IdNat, or Struct/internal id) is one of the authors. */
gboolean dmp_host_entry_is_by (const DmpHostEntry *self, const char *professional);

/* Whether the structure (Struct_IdNat) is the institution of one of the authors. */
gboolean dmp_host_entry_is_from (const DmpHostEntry *self, const char *structure);

/* Texts, codes, authors: what is sealed. The other members are columns of the store.
 * Returns: (transfer full) */
GBytes *dmp_host_entry_write (const DmpHostEntry *self);
/* Fills texts, codes and authors from what dmp_host_entry_write() made. */
gboolean dmp_host_entry_read (DmpHostEntry *self, GBytes *bytes);

/* The URN of a status, and back: DMP_HOST_STATUS_LAST for another word. */
const char *dmp_host_status_urn (DmpHostStatus status);
DmpHostStatus dmp_host_status_parse (const char *urn);

G_END_DECLS
