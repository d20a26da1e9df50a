#include "config.h"

#include "dmp-drug.h"
#include "dmp-summary-tables.h"

#include "model/dmp-code-table.h"
#include "model/dmp-oid.h"
#include "model/dmp-text.h"

#include <stdlib.h>
#include <string.h>

#define OID_CIS "1.2.250.1.213.2.3.1"
#define OID_ATC_INSURER "1.2.250.1.215.200.1.2"

/* Whether @name begins with @term as whole words. */
static gboolean
begins_with (const char *name, const char *term, gsize len)
{
  return strncmp (name, term, len) == 0 && !g_ascii_isalnum (name[len]);
}

static gboolean
holds_word (const char *text, gsize text_len, const char *term, gsize len)
{
  const char *end = text + text_len;

  for (const char *p = text; (p = memmem (p, (gsize) (end - p), term, len)) != NULL; p++)
    if ((p == text || !g_ascii_isalnum (p[-1])) && !g_ascii_isalnum (p[len]))
      return TRUE;
  return FALSE;
}

/* Each term of @row in turn. */
static const char *
next_term (const char *terms, const char *previous, gsize *len)
{
  const char *start = previous ? previous + *len : terms;

  if (*start == ';')
    start++;
  *len = strcspn (start, ";");
  return *len > 0 ? start : NULL;
}

/* The row with the longest word that the name begins with: "amoxicilline et acide clavulanique" is
 * no amoxicilline. */
static const DmpSummaryRow *
find_by_start (const char *folded, gsize *used)
{
  const DmpSummaryRow *found = NULL;

  *used = 0;
  for (const DmpSummaryRow *row = dmp_summary_tables[DMP_SUMMARY_MEDICINES].rows; row->cells[0];
       row++)
    {
      gsize len = 0;

      for (const char *term = next_term (row->cells[2], NULL, &len); term;
           term = next_term (row->cells[2], term, &len))
        if (len > *used && begins_with (folded, term, len))
          {
            *used = len;
            found = row;
          }
    }
  return found;
}

/* A name with a second substance in it is a combination, which is another medicine. */
static gboolean
is_combination (const char *rest, const DmpSummaryRow *own)
{
  static const char *const signs[] = { "et", "acide clavulanique", "hct", "hctz",
                                       "hydrochlorothiazide" };
  gsize len = strcspn (rest, "0123456789");

  if (memchr (rest, '/', len) || memchr (rest, '+', len))
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (signs); i++)
    if (holds_word (rest, len, signs[i], strlen (signs[i])) &&
        strcmp (own->cells[0], "C03AA03") != 0)
      return TRUE;
  for (const DmpSummaryRow *row = dmp_summary_tables[DMP_SUMMARY_MEDICINES].rows; row->cells[0];
       row++)
    {
      gsize term_len = 0;

      for (const char *term = next_term (row->cells[2], NULL, &term_len); term && row != own;
           term = next_term (row->cells[2], term, &term_len))
        if (holds_word (rest, len, term, term_len))
          return TRUE;
    }
  return FALSE;
}

const char *
dmp_medicine_get_atc_of_name (const char *name)
{
  g_autofree char *folded = dmp_text_fold (name);
  gsize used = 0;
  const DmpSummaryRow *row = find_by_start (folded, &used);

  return row && !is_combination (folded + used, row) ? row->cells[0] : NULL;
}

/* The salts of a metal are not one substance: valproate and bicarbonate "de sodium". */
static gboolean
is_metal (const char *word)
{
  static const char *const metals[] = { "aluminium", "ammonium",  "argent", "bismuth", "calcium",
                                        "cobalt",    "cuivre",    "fer",    "lithium", "magnesium",
                                        "manganese", "potassium", "sodium", "zinc" };

  for (guint i = 0; i < G_N_ELEMENTS (metals); i++)
    if (g_str_has_prefix (word, metals[i]))
      return TRUE;
  return FALSE;
}

/* Behind "maleate d " or "phosphate sodique de "; NULL when @folded does not begin so. */
static const char *
skip_salt (const char *folded)
{
  const char *p = folded + strcspn (folded, " ");

  if (p - folded < 5 || strncmp (p - 3, "ate", 3) != 0)
    return NULL;
  for (guint words = 0; words < 2 && *p; words++, p += 1 + strcspn (p + 1, " "))
    {
      if (g_str_has_prefix (p, " de"))
        return p + 3;
      if (g_str_has_prefix (p, " d ") || strcmp (p, " d") == 0)
        return p + 2;
    }
  return NULL;
}

/* "ranitidine (chlorhydrate de)" is "ranitidine", "clavulanique (acide)" is "acide clavulanique".
 * @base: (transfer full) */
static char *
dup_before_brackets (char *base)
{
  g_autofree char *owned = base;
  char *open = strrchr (owned, '(');
  const char *rest;

  if (open == NULL || open == owned || !g_str_has_suffix (open, ")"))
    return g_steal_pointer (&owned);
  open[strlen (open) - 1] = '\0';
  g_strchomp (open);
  rest = skip_salt (open + 1);
  if (strcmp (open, "(acide") == 0 || (rest && *rest == '\0' && !is_metal (owned)))
    {
      *open = '\0';
      return g_strconcat (rest ? "" : "acide ", g_strchomp (owned), NULL);
    }
  return g_strconcat (owned, ")", NULL);
}

/* Words behind a name that say its water or its metal. */
static void
cut_end (char *base)
{
  static const char *const words[] = { "base",       "anhydre",     "sodique",     "disodique",
                                       "calcique",   "potassique",  "monohydrate", "dihydrate",
                                       "trihydrate", "hemihydrate", "hydrate",     "sesquihydrate",
                                       NULL };
  char *end;

  while ((end = strrchr (base, ' ')) != NULL && g_strv_contains (words, end + 1))
    *end = '\0';
}

char *
dmp_medicine_dup_base (const char *name)
{
  g_autofree char *folded = dmp_text_fold (name);
  const char *part = skip_salt (folded);
  char *base;

  part = part && *part == ' ' && !is_metal (part + 1) ? part + 1 : folded;
  base = dup_before_brackets (g_strdup (part));
  cut_end (base);
  return base;
}

const char *
dmp_medicine_get_atc_of_substance (const char *name)
{
  g_autofree char *base = dmp_medicine_dup_base (name);
  const char *atc;

  if (strstr (base, "homeopathi")) /* a dilution is no dose of it */
    return NULL;
  atc = dmp_medicine_get_atc_of_name (name);
  return atc ? atc : dmp_medicine_get_atc_of_name (base);
}

void
dmp_medicine_add_parts (const char *name, const char *separator, GPtrArray *parts)
{
  g_autofree char *words = g_strndup (name, strcspn (name, "0123456789"));
  g_auto (GStrv) each = g_strsplit (words, separator, -1);

  for (guint i = 0; each[0] && each[1] && each[i]; i++)
    {
      const char *atc = dmp_medicine_get_atc_of_substance (g_strstrip (each[i]));

      if (atc)
        g_ptr_array_add (parts, (gpointer) atc);
    }
}

static const char *
atc_of_codes (const DmpFact *fact)
{
  for (guint i = 0; i < fact->keys->len; i++)
    {
      DmpCode *code = g_ptr_array_index (fact->keys, i);
      const char *system = dmp_code_get_system (code);

      if ((strcmp (system, DMP_OID_ATC) == 0 || g_str_has_prefix (system, OID_ATC_INSURER)) &&
          strlen (dmp_code_get_code (code)) == 7)
        return dmp_code_get_code (code);
    }
  return NULL;
}

/* The medicines of the code table by CIS, made once: the tables are constant. */
static GHashTable *
get_by_cis (void)
{
  static gsize made = 0;

  if (g_once_init_enter (&made))
    {
      const DmpCodeTableData *data = dmp_code_table_get (DMP_TABLE_MEDICINE);
      GHashTable *by_cis = g_hash_table_new (g_str_hash, g_str_equal);

      for (gsize i = data->n_rows; i-- > 0;) /* of two rows, the first */
        g_hash_table_replace (by_cis, (gpointer) data->rows[i].code, (gpointer) &data->rows[i]);
      g_once_init_leave (&made, (gsize) by_cis);
    }
  return (GHashTable *) made;
}

/* The ATC code that the code table of medicines gives for a CIS. */
static const char *
atc_of_cis (const DmpFact *fact)
{
  DmpCode *cis = dmp_fact_get_key (fact, OID_CIS);
  const DmpCodeRow *found =
      cis ? g_hash_table_lookup (get_by_cis (), dmp_code_get_code (cis)) : NULL;
  const char *atc = found ? found->extra : NULL;

  return atc && strlen (atc) == 7 ? atc : NULL;
}

/* The name of the only active substance. */
static const char *
single_substance (const DmpFact *fact)
{
  const char *found = NULL;

  for (guint i = 0; i < fact->details->len; i++)
    {
      const DmpFactDetail *detail = g_ptr_array_index (fact->details, i);

      if (detail->role != DMP_DETAIL_SUBSTANCE || detail->text == NULL)
        continue;
      if (found)
        return NULL;
      found = detail->text;
    }
  return found;
}

const char *
dmp_medicine_get_atc (const DmpFact *fact)
{
  const char *atc = atc_of_codes (fact);
  const char *substance;

  if (atc == NULL)
    atc = atc_of_cis (fact);
  substance = atc ? NULL : single_substance (fact);
  if (atc == NULL && substance)
    atc = dmp_medicine_get_atc_of_substance (substance);
  if (atc == NULL)
    atc = dmp_medicine_get_atc_of_name (fact->text);
  for (guint i = 0; atc == NULL && i < fact->keys->len; i++)
    {
      const char *label = dmp_code_get_display (g_ptr_array_index (fact->keys, i));

      if (label)
        atc = dmp_medicine_get_atc_of_name (label);
    }
  return atc;
}

const char *
dmp_medicine_get_other_name (const DmpFact *fact)
{
  const char *written = dmp_medicine_get_atc_of_name (fact->text);
  const char *other = NULL;

  for (guint i = 0; written && i < fact->keys->len; i++)
    {
      const char *label = dmp_code_get_display (g_ptr_array_index (fact->keys, i));
      const char *coded = label ? dmp_medicine_get_atc_of_name (label) : NULL;

      if (g_strcmp0 (coded, written) == 0)
        return NULL;
      if (coded && other == NULL)
        other = label;
    }
  return other;
}

const char *
dmp_medicine_get_substance (const char *atc)
{
  for (const DmpSummaryRow *row = dmp_summary_tables[DMP_SUMMARY_MEDICINES].rows;
       atc && row->cells[0]; row++)
    if (strcmp (row->cells[0], atc) == 0)
      return row->cells[1];
  return NULL;
}

/* What stands behind "allergie à la", "intolérance aux"… in a folded text. */
static const char *
skip_kind (const char *folded)
{
  static const char *const kinds[] = { "allergie ", "allergies ", "allergique ", "intolerance " };
  static const char *const links[] = { "a la ", "a l ", "aux ", "au ", "a " };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_has_prefix (folded, kinds[i]))
      {
        const char *rest = folded + strlen (kinds[i]);

        for (guint k = 0; k < G_N_ELEMENTS (links); k++)
          if (g_str_has_prefix (rest, links[k]))
            return rest + strlen (links[k]);
        return rest;
      }
  return folded;
}

const char *
dmp_medicine_get_allergen_class (const DmpFact *fact)
{
  DmpCode *atc = dmp_fact_get_key (fact, DMP_OID_ATC);
  g_autofree char *folded = NULL;
  const char *agent, *known;

  if (atc && strlen (dmp_code_get_code (atc)) >= 3)
    return dmp_code_get_code (atc);
  folded = dmp_text_fold (fact->text);
  agent = skip_kind (folded);
  for (const DmpSummaryRow *row = dmp_summary_tables[DMP_SUMMARY_ALLERGENS].rows; row->cells[0];
       row++)
    if (strcmp (agent, row->cells[0]) == 0)
      return row->cells[1];
  known = dmp_medicine_get_atc (fact);
  return known || agent == folded ? known : dmp_medicine_get_atc_of_name (agent);
}

gboolean
dmp_medicine_is_of_class (const char *class, const char *atc)
{
  if (dmp_summary_cell_covers (class, atc))
    return TRUE;
  for (const DmpSummaryRow *row = dmp_summary_tables[DMP_SUMMARY_SUBSTANCES].rows; row->cells[0];
       row++)
    if (strcmp (row->cells[0], class) == 0)
      return dmp_summary_cell_covers (row->cells[1], atc);
  return FALSE;
}
