#include "config.h"

#include "dmp-drug.h"
#include "dmp-summary-tables.h"

#include "model/dmp-text.h"

#include <stdlib.h>
#include <string.h>

#define OID_CIS "1.2.250.1.213.2.3.1"
#define OID_CIP "1.2.250.1.213.2.3.2"
#define OID_CIP_VACCINE "1.2.250.1.213.2.3.3"
#define OID_CIP_INSURER "1.2.250.1.215.200.1.1.1"

struct _DmpDrugs
{
  DmpBdpm *bdpm;       /* (nullable) */
  GHashTable *by_fact; /* DmpFact → DmpDrug */
};

static void
drug_free (DmpDrug *drug)
{
  g_free (drug->atc);
  g_free (drug->substances);
  g_free (drug->bases);
  g_free (drug->cis);
  g_free (drug->strength);
  g_free (drug->route);
  g_ptr_array_unref (drug->tokens);
  g_ptr_array_unref (drug->parts);
  g_free (drug);
}

DmpDrugs *
dmp_drugs_new (DmpBdpm *bdpm)
{
  DmpDrugs *self = g_new0 (DmpDrugs, 1);

  self->bdpm = bdpm ? dmp_bdpm_ref (bdpm) : NULL;
  self->by_fact = g_hash_table_new_full (NULL, NULL, (GDestroyNotify) dmp_fact_unref,
                                         (GDestroyNotify) drug_free);
  return self;
}

void
dmp_drugs_free (DmpDrugs *self)
{
  g_clear_pointer (&self->bdpm, dmp_bdpm_unref);
  g_hash_table_unref (self->by_fact);
  g_free (self);
}

DmpBdpm *
dmp_drugs_get_bdpm (DmpDrugs *self)
{
  return self->bdpm;
}

/* --- Route: T1 keeps an ointment apart from a tablet of the same substance ---------------------
 */

/* Words of a name, folded, that say that it is neither swallowed nor injected. */
static const struct
{
  const char *word;
  const char *route;
} forms[] = {
  { "creme", "skin" },   { "pommade", "skin" },    { "gel", "skin" },        { "emulgel", "skin" },
  { "collyre", "eye" },  { "ophtalmique", "eye" }, { "auriculaire", "ear" }, { "nasal", "nose" },
  { "nasale", "nose" },  { "inhalation", "lung" }, { "inhaler", "lung" },    { "bouffee", "lung" },
  { "ovule", "vagina" }, { "vaginal", "vagina" },  { "vaginale", "vagina" },
};

static gboolean
ends_word (char c)
{
  return !g_ascii_isalnum (c);
}

static gboolean
holds_word (const char *folded, const char *word)
{
  gsize len = strlen (word);

  for (const char *p = folded; (p = strstr (p, word)) != NULL; p++)
    if ((p == folded || ends_word (p[-1])) && ends_word (p[len]))
      return TRUE;
  return FALSE;
}

static const char *
find_route (const char *folded)
{
  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    if (holds_word (folded, forms[i].word))
      return forms[i].route;
  return "";
}

/* --- Strength -------------------------------------------------------------------------------- */

/* The length of a unit at @p; @name: (out): how it is compared. 0: none */
static gsize
read_unit (const char *p, const char **name)
{
  static const char *const units[][2] = {
    { "mg", "mg" }, { "g", "g" },    { "microgrammes", "ug" }, { "microgramme", "ug" },
    { "µg", "ug" }, { "mcg", "ug" }, { "ug", "ug" },           { "ui", "ui" },
    { "u", "ui" },  { "%", "%" },    { "unites", "ui" },
  };
  gsize letters = strcspn (p, " ,./)(;");

  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    if (strlen (units[i][0]) == letters && strncmp (p, units[i][0], letters) == 0)
      {
        *name = units[i][1];
        return letters;
      }
  return 0;
}

/* All amounts of a folded name: "perindopril 4 mg/5 mg, comprime" gives "4mg+5mg". */
static char *
dup_strength (const char *folded)
{
  GString *out = g_string_new (NULL);

  for (const char *p = folded; *p; p++)
    {
      g_autofree char *number = NULL;
      const char *unit = NULL;
      gsize digits, letters;

      if (!g_ascii_isdigit (*p) || (p > folded && !ends_word (p[-1])))
        continue;
      digits = strspn (p, "0123456789,.");
      number = g_strndup (p, digits);
      g_strdelimit (number, ",", '.');
      p += digits;
      p += strspn (p, " ");
      letters = read_unit (p, &unit);
      if (letters > 0)
        g_string_append_printf (out, "%s%s%s", out->len > 0 ? "+" : "", number, unit);
      if (p[letters] == '\0')
        break;
      p += letters;
    }
  return g_string_free (out, out->len == 0);
}

/* --- Codes ------------------------------------------------------------------------------------ */

static const char *
find_cip (const DmpFact *fact)
{
  static const char *const systems[] = { OID_CIP, OID_CIP_INSURER, OID_CIP_VACCINE };

  for (guint i = 0; i < G_N_ELEMENTS (systems); i++)
    {
      DmpCode *code = dmp_fact_get_key (fact, systems[i]);

      if (code)
        return dmp_code_get_code (code);
    }
  return NULL;
}

/* CIS and pack of a CIP13, by the imported database, else by the table. */
static void
look_up_pack (DmpDrugs *self, DmpDrug *drug, const char *cip)
{
  const DmpSummaryRow *row = dmp_summary_tables[DMP_SUMMARY_PRESENTATIONS].rows;
  g_autofree char *cis = self->bdpm ? dmp_bdpm_find_pack (self->bdpm, cip, &drug->units) : NULL;

  for (; cis == NULL && row->cells[0]; row++)
    if (strcmp (row->cells[0], cip) == 0)
      {
        cis = g_strdup (row->cells[1]);
        drug->units = (guint) strtoul (row->cells[2], NULL, 10);
      }
  if (drug->cis == NULL)
    drug->cis = g_steal_pointer (&cis);
}

static int
compare_words (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* "00123=APIXABAN;00456=…" → "00123+00456", and what is known of each by its name. */
static void
take_substances (DmpDrug *drug, const char *list)
{
  g_auto (GStrv) parts = g_strsplit (list, ";", -1);
  g_autoptr (GPtrArray) bases = g_ptr_array_new_with_free_func (g_free);
  GString *codes = g_string_new (NULL);

  for (guint i = 0; parts[i] && *parts[i]; i++)
    {
      const char *name = strchr (parts[i], '=');
      const char *atc = name ? dmp_medicine_get_atc_of_substance (name + 1) : NULL;

      g_string_append_printf (codes, "%s%.*s", i > 0 ? "+" : "", (int) strcspn (parts[i], "="),
                              parts[i]);
      if (atc)
        g_ptr_array_add (drug->parts, (gpointer) atc);
      if (drug->atc == NULL && parts[1] == NULL)
        drug->atc = g_strdup (atc);
      g_ptr_array_add (bases, name ? dmp_medicine_dup_base (name + 1) : g_strdup (""));
    }
  drug->substances = g_string_free (codes, FALSE);
  g_ptr_array_sort (bases, compare_words);
  g_ptr_array_add (bases, NULL);
  drug->bases = g_strjoinv ("+", (char **) bases->pdata);
}

/* The database has one substance for a rapid insulin, which is a solution, and for its slow
 * mixtures, which are suspensions: these are known by what they are called only (T1). */
static gboolean
is_slow_insulin (const char *name, const char *substances)
{
  g_autofree char *folded_name = dmp_text_fold (name);
  g_autofree char *folded = dmp_text_fold (substances);

  return strstr (folded, "insuline") && strstr (folded_name, "suspension");
}

static void
look_up_medicine (DmpDrugs *self, DmpDrug *drug)
{
  g_autofree char *name = NULL;
  g_autofree char *substances = NULL;

  if (self->bdpm == NULL || drug->cis == NULL ||
      !dmp_bdpm_find_medicine (self->bdpm, drug->cis, &name, &substances))
    return;
  if (drug->atc == NULL)
    drug->atc = g_strdup (dmp_medicine_get_atc_of_name (name));
  if (*substances && !is_slow_insulin (name, substances))
    take_substances (drug, substances);
}

/* What is in a combination that no database names: by its own words, else by the table's. */
static void
find_parts (DmpDrug *drug, const char *folded)
{
  const char *substance = dmp_medicine_get_substance (drug->atc);

  if (drug->parts->len == 0)
    dmp_medicine_add_parts (folded, "/", drug->parts);
  if (drug->parts->len == 0 && substance)
    dmp_medicine_add_parts (substance, " et ", drug->parts);
}

gboolean
dmp_drug_is_of_class (const DmpDrug *drug, const char *class)
{
  gboolean is = drug->atc && dmp_medicine_is_of_class (class, drug->atc);

  for (guint i = 0; i < drug->parts->len; i++)
    is |= dmp_medicine_is_of_class (class, g_ptr_array_index (drug->parts, i));
  return is;
}

static void
add_token (DmpDrug *drug, const char *kind, const char *value, const char *route)
{
  if (value && *value)
    g_ptr_array_add (drug->tokens, g_strconcat (kind, "|", value, route, NULL));
}

/* T1: active substance and route first; codes of the pack, which are of one route by themselves:
 * the insurer's short names say none; else the words. Where words and codes name two medicines, the
 * line is of neither. */
static void
name_it (DmpDrug *drug, const DmpFact *fact, const char *folded, const char *cip)
{
  if (dmp_medicine_get_other_name (fact))
    {
      add_token (drug, "text", folded, drug->route); /* C4: who knows which of the two */
      return;
    }
  add_token (drug, "atc", drug->atc, drug->route);
  add_token (drug, "substances", drug->substances, drug->route);
  add_token (drug, "bases", drug->bases, drug->route);
  add_token (drug, "cis", drug->cis, NULL);
  add_token (drug, "cip", cip, NULL);
  if (drug->tokens->len == 0)
    add_token (drug, "text", folded, drug->route);
}

static DmpDrug *
make (DmpDrugs *self, const DmpFact *fact)
{
  DmpDrug *drug = g_new0 (DmpDrug, 1);
  g_autofree char *folded = dmp_text_fold (fact->text);
  const char *cip = find_cip (fact);
  DmpCode *cis = dmp_fact_get_key (fact, OID_CIS);

  drug->tokens = g_ptr_array_new_with_free_func (g_free);
  drug->parts = g_ptr_array_new ();
  drug->cis = g_strdup (cis ? dmp_code_get_code (cis) : NULL);
  drug->atc = g_strdup (dmp_medicine_get_atc (fact));
  drug->route = g_strdup (find_route (folded));
  drug->strength = dup_strength (folded);
  if (cip)
    look_up_pack (self, drug, cip);
  look_up_medicine (self, drug);
  find_parts (drug, folded);
  name_it (drug, fact, folded, cip);
  return drug;
}

const DmpDrug *
dmp_drugs_get (DmpDrugs *self, const DmpFact *fact)
{
  DmpDrug *drug = g_hash_table_lookup (self->by_fact, fact);

  if (drug == NULL)
    {
      drug = make (self, fact);
      g_hash_table_insert (self->by_fact, dmp_fact_ref ((DmpFact *) fact), drug);
    }
  return drug;
}
