#pragma once

#include "dmp-document-entry.h"

G_BEGIN_DECLS

/* The strings that XDS metadata are made of: the four HL7 v2 data types it borrows, the values of
 * statuses and confidentiality (protocol: ITI TF-3 §4.2.3.1.7, CI-SIS Volet Partage §3.4.5).
 *
 * The writers escape ^ & | ~ \ in what they are given; the parsers undo it. They accept missing
 * parts at the end and give NULL for an empty one. What cannot be read is kept as it is by
 * DmpDocumentEntry, never dropped. */

/* CX: «id»^^^&«oid»&ISO^«type», perhaps with a date after it. */
typedef struct
{
  char *id;
  char *oid;
  char *type; /* NH for an INS, PI for a local number */
} DmpCx;

void dmp_cx_clear (DmpCx *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DmpCx, dmp_cx_clear)

/* Returns: (transfer full) */
char *dmp_cx_write (const char *id, const char *oid, const char *type);

/* @out: cleared by the caller with dmp_cx_clear(); not written on failure.
 * Returns: FALSE when there is no id or no OID */
gboolean dmp_cx_parse (const char *text, DmpCx *out);

/* XCN: «id»^«family»^«given»^^^^^^&«oid»&ISO^«D: a person, U: a machine»^^^«id type» */
typedef struct
{
  char *id;
  char *family; /* or the machine's name */
  char *given;
  char *oid;       /* of who gave the id */
  char *name_type; /* D or U */
  char *id_type;   /* IDNPS: national, EI: internal, NH: INS, RI: machine */
} DmpXcn;

void dmp_xcn_clear (DmpXcn *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DmpXcn, dmp_xcn_clear)

/* Returns: (transfer full) */
char *dmp_xcn_write (const DmpXcn *self);

/* The XCN of a professional: %DMP_OID_PROFESSIONAL, D, and IDNPS for a national id or EI for an
 * internal one ("«structure»/«id»"). Returns: (transfer full) */
char *dmp_xcn_write_professional (const char *id, const char *family, const char *given);

/* The XCN of an author. Without @id_oid he is taken for a professional; an INS gives the id type
 * NH; any other OID a machine (U, RI). Returns: (transfer full) */
char *dmp_xcn_write_author (const DmpAuthor *author);

/* Returns: FALSE, with nothing written, when neither id nor name is there */
gboolean dmp_xcn_parse (const char *text, DmpXcn *out);

/* XON: «name»^^^^^&«oid»&ISO^IDNST^^^«id» */
typedef struct
{
  char *name;
  char *oid;
  char *id; /* Struct_IdNat */
} DmpXon;

void dmp_xon_clear (DmpXon *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DmpXon, dmp_xon_clear)

/* The XON of a French health structure (%DMP_OID_STRUCTURE). Returns: (transfer full) */
char *dmp_xon_write (const char *name, const char *id);

/* Returns: FALSE, with nothing written, when neither name nor id is there */
gboolean dmp_xon_parse (const char *text, DmpXon *out);

/* CE: «code»^«label»^«system». Returns: (transfer full) */
char *dmp_ce_write (DmpCode *code);

/* Returns: (transfer full) (nullable): NULL when there is no code */
DmpCode *dmp_ce_parse (const char *text);

/* The URN of a status; %DMP_STATUS_UNKNOWN has none. Returns: (transfer none) (nullable) */
const char *dmp_status_to_urn (DmpStatus status);
DmpStatus dmp_status_from_urn (const char *urn);

/* "approved", "deprecated", "archived", "deleted", "unknown": of the JSON (docs/cli.md). Returns:
 * (transfer none) */
const char *dmp_status_get_name (DmpStatus status);

/* The confidentiality code of exactly one flag of #DmpVisibility: MASQUE_PS and so on. Returns:
 * (transfer none) (nullable) */
const char *dmp_visibility_to_code (DmpVisibility flag);

/* The flag of a confidentiality code; %DMP_VISIBILITY_NORMAL for N, R, V and unknown ones. */
DmpVisibility dmp_visibility_from_code (const char *code);

/* All confidentiality codes to write for @visibility: N first, then one a flag. Returns: (transfer
 * full): (element-type DmpCode) */
GPtrArray *dmp_visibility_dup_codes (DmpVisibility visibility);

G_END_DECLS
