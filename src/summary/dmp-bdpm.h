#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The public medicines database (Base de données publique des médicaments), as the user imported it
 * into this program's format: docs/summary.md, "Tables". Immutable and counted; any thread may read
 * it. It holds nothing of a patient. */
typedef struct _DmpBdpm DmpBdpm;

/* Where imports go: $XDG_DATA_HOME/caducee/tables. Returns: (transfer full) */
char *dmp_bdpm_dup_folder (void);

/* What was imported into @folder. Files are mapped, not read: opening costs nothing.
 * @folder: (nullable): NULL is dmp_bdpm_dup_folder()
 * Returns: (transfer full) (nullable): NULL without @error when nothing was imported; NULL with
 * %DMP_ERROR_INVALID_CONFIG when a file is not what an import writes */
DmpBdpm *dmp_bdpm_open (const char *folder, GError **error);

DmpBdpm *dmp_bdpm_ref (DmpBdpm *self);
void dmp_bdpm_unref (DmpBdpm *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DmpBdpm, dmp_bdpm_unref)

/* The day of the source files, "2026-01-12". */
const char *dmp_bdpm_get_version (DmpBdpm *self);
const char *dmp_bdpm_get_source (DmpBdpm *self);

/* A medicine by its CIS code.
 * @name: (out) (transfer full): its label
 * @substances: (out) (transfer full): "code=name;code=name", sorted by code, "" when none is known
 * Returns: FALSE when it is not there: nothing is set */
gboolean dmp_bdpm_find_medicine (DmpBdpm *self, const char *cis, char **name, char **substances);

/* A pack by its CIP13 code.
 * @units: (out): tablets, capsules… in it, 0 when the base does not say
 * Returns: (transfer full) (nullable): CIS */
char *dmp_bdpm_find_pack (DmpBdpm *self, const char *cip, guint *units);

/* How many rows there are: medicines, packs. */
guint dmp_bdpm_count_medicines (DmpBdpm *self);
guint dmp_bdpm_count_packs (DmpBdpm *self);

/* Units in one pack, from the words of the base: "plaquette(s) de 30 comprimé(s)" is 30, "3
 * plaquettes de 10 gélules" 30; 0 when the words are not wholly understood. */
guint dmp_bdpm_read_units (const char *label);

/* What an import did. */
typedef struct
{
  guint medicines;
  guint packs;
  guint substances;
  guint skipped; /* rows without a valid code, or of a medicine that CIS_bdpm.txt does not hold */
} DmpBdpmCounts;

/* Reads CIS_bdpm.txt, CIS_CIP_bdpm.txt and CIS_COMPO_bdpm.txt of folder @from (tab separated,
 * Windows-1252 or UTF-8, no heading, as published) and writes this program's format into @folder,
 * whole or not at all.
 * @folder: (nullable): as above
 * @version: day of the source, "yyyy-MM-dd"
 * @error: %DMP_ERROR_USAGE (no such file), %DMP_ERROR_LIMIT, %DMP_ERROR_INVALID_DOCUMENT (it is
 *   something else), %DMP_ERROR_INTERNAL (it cannot be written) */
gboolean dmp_bdpm_import (const char *from,
                          const char *folder,
                          const char *version,
                          DmpBdpmCounts *counts,
                          GError **error);

/* Takes an import away. Returns: whether there was one */
gboolean dmp_bdpm_remove (const char *folder);

G_END_DECLS
