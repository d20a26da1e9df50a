#pragma once

#include "dmp-bdpm.h"

#include "cda/dmp-fact.h"

G_BEGIN_DECLS

/* What a treatment or delivery is about: codes of the fact first, then the imported database, then
 * the tables compiled in. Only to put lines together and to compare them: what is shown is always a
 * source's own words. */
typedef struct
{
  char *atc;         /* (nullable): level 5 */
  GPtrArray *parts;  /* (element-type utf8): ATC codes of the substances that are known by name */
  char *substances;  /* (nullable): substance codes of the imported database, joined by '+' */
  char *bases;       /* (nullable): the same by their names without salts */
  char *cis;         /* (nullable) */
  guint units;       /* of one pack, 0 unknown */
  char *strength;    /* (nullable): the amounts in the name: "2.5mg", "4mg+5mg" */
  char *route;       /* never NULL: "" taken or injected, else "skin", "eye", "nose", "lung"… */
  GPtrArray *tokens; /* (element-type utf8): medicines that share one are the same (T1) */
} DmpDrug;

/* Makes them, each once a fact. Not thread-safe. */
typedef struct _DmpDrugs DmpDrugs;

/* @bdpm: (nullable) (transfer none). Returns: (transfer full) */
DmpDrugs *dmp_drugs_new (DmpBdpm *bdpm);
void dmp_drugs_free (DmpDrugs *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DmpDrugs, dmp_drugs_free)

/* Returns: (transfer none): as long as @self */
const DmpDrug *dmp_drugs_get (DmpDrugs *self, const DmpFact *fact);

DmpBdpm *dmp_drugs_get_bdpm (DmpDrugs *self); /* (nullable) */

/* Whether the medicine, or a substance in it, is of @class, as dmp_medicine_is_of_class(). */
gboolean dmp_drug_is_of_class (const DmpDrug *drug, const char *class);

/* ATC code (level 5) of a medicine: the one it carries, else that of its CIS, else by the name of
 * its single substance or its leading word in the table. Returns: (transfer none) (nullable) */
const char *dmp_medicine_get_atc (const DmpFact *fact);

/* C4: the label of a code of @fact when all that the table knows of them name another medicine than
 * the text does. Returns: (transfer none) (nullable) */
const char *dmp_medicine_get_other_name (const DmpFact *fact);

/* The same by a name only. Returns: (transfer none) (nullable) */
const char *dmp_medicine_get_atc_of_name (const char *name);

/* The same by the name of a substance, which may be a salt: "maléate d'énalapril".
 * Returns: (transfer none) (nullable) */
const char *dmp_medicine_get_atc_of_substance (const char *name);

/* A substance without its salt and water, folded: "maléate d'énalapril", "énalapril base" and
 * "énalapril (maléate d')" are "enalapril". Returns: (transfer full) */
char *dmp_medicine_dup_base (const char *name);

/* The substances of a combination: "losartan/hydrochlorothiazide 50 mg", "valsartan et sacubitril".
 * @separator: what stands between two; a name without it adds nothing
 * @parts: (element-type utf8): ATC codes of those in the table are appended (transfer none) */
void dmp_medicine_add_parts (const char *name, const char *separator, GPtrArray *parts);

/* Substance of an ATC code in French. Returns: (transfer none) (nullable) */
const char *dmp_medicine_get_substance (const char *atc);

/* ATC class or substance that an allergy speaks of, or some of them parted by ';'. Returns:
 * (transfer none) (nullable) */
const char *dmp_medicine_get_allergen_class (const DmpFact *fact);

/* Whether the medicine @atc is of @class, or holds the same substance under another code (table
 * substances): the allergy to amoxicillin speaks of AUGMENTIN too. */
gboolean dmp_medicine_is_of_class (const char *class, const char *atc);

G_END_DECLS
