#include "config.h"

#include "dmp-search-private.h"
#include "model/dmp-text.h"
#include "summary/dmp-medicine-names.h"

#include <string.h>

/* Names that laboratories and doctors give to one thing: facts of the trade. A short name stands
 * for the thing as a whole word only ("k" is no beginning of a word here). */
static const char *const groups[] = {
  "potassium;kaliémie;K",
  "sodium;natrémie;Na",
  "calcium;calcémie;Ca",
  "magnésium;magnésémie;Mg",
  "phosphore;phosphorémie;phosphates",
  "créatinine;créatininémie;créat",
  "débit de filtration glomérulaire;DFG;CKD-EPI;MDRD;clairance",
  "urée;azotémie",
  "acide urique;uricémie",
  "glycémie;glucose",
  "hémoglobine glyquée;HbA1c;hémoglobine A1c",
  "hémoglobine;Hb",
  "plaquettes;thrombocytes",
  "leucocytes;globules blancs;GB",
  "hématies;globules rouges;GR;érythrocytes",
  "numération formule sanguine;NFS;hémogramme",
  "protéine C réactive;CRP",
  "vitesse de sédimentation;VS",
  "cholestérol LDL;LDL-cholestérol;LDL",
  "cholestérol HDL;HDL-cholestérol;HDL",
  "triglycérides;TG",
  "transaminases;ALAT;ASAT;TGP;TGO;SGPT;SGOT",
  "gamma-glutamyl transférase;gamma-GT;GGT",
  "phosphatases alcalines;PAL",
  "thyréostimuline;TSH",
  "peptide natriurétique;BNP;NT-proBNP;proBNP",
  "antigène prostatique spécifique;PSA",
  "albuminurie;microalbuminurie;RAC",
  "INR;temps de Quick;taux de prothrombine;TP",
  "vitamine D;25-OH vitamine D;calcidiol",
  "électrocardiogramme;ECG",
  "imagerie par résonance magnétique;IRM",
  "scanner;tomodensitométrie;TDM",
  "échographie;écho",
  "radiographie;radio",
  "mammographie;mammo",
  "hypertension artérielle;HTA",
  "insuffisance cardiaque;IC",
  "fibrillation auriculaire;fibrillation atriale;FA;ACFA",
  "accident vasculaire cérébral;AVC",
  "accident ischémique transitoire;AIT",
  "infarctus du myocarde;IDM;syndrome coronarien aigu;SCA",
  "bronchopneumopathie chronique obstructive;BPCO",
  "insuffisance rénale chronique;maladie rénale chronique;IRC;MRC",
  "embolie pulmonaire;EP",
  "thrombose veineuse profonde;TVP;phlébite",
  "artériopathie oblitérante des membres inférieurs;AOMI",
  "diphtérie tétanos poliomyélite;DTP;tétanos",
  "rougeole oreillons rubéole;ROR",
  "stimulateur cardiaque;pacemaker;pace-maker",
  NULL
};

static void
name_free (gpointer data)
{
  DmpSearchName *name = data;

  g_free (name->folded);
  g_free (name->shown);
  g_free (name);
}

GPtrArray *
dmp_search_names_new (void)
{
  return g_ptr_array_new_with_free_func (name_free);
}

/* Letters and digits of its words, as the index has them. */
static char *
dup_folded (const char *name)
{
  char *folded = dmp_text_fold (name);

  return g_strcanon (folded, "abcdefghijklmnopqrstuvwxyz0123456789", ' ');
}

static void
add_name (const char *word, const char *shown, GPtrArray *names)
{
  g_autofree char *folded = dup_folded (shown);
  DmpSearchName *name;

  if (g_str_has_prefix (folded, word))
    return;
  for (guint i = 0; i < names->len; i++)
    if (g_str_equal (((const DmpSearchName *) g_ptr_array_index (names, i))->folded, folded))
      return;
  name = g_new0 (DmpSearchName, 1);
  name->folded = g_steal_pointer (&folded);
  name->shown = g_strdup (shown);
  g_ptr_array_add (names, name);
}

/* @word is the name, or begins it and is long enough to mean it. */
static gboolean
means (const char *word, const char *name)
{
  g_autofree char *folded = dup_folded (name);

  return g_str_equal (word, folded) || (strlen (word) >= 4 && g_str_has_prefix (folded, word));
}

static void
add_group (const char *word, const char *names_of, GPtrArray *names)
{
  g_auto (GStrv) group = g_strsplit (names_of, ";", -1);
  gboolean meant = FALSE;

  for (char **name = group; *name != NULL && !meant; name++)
    meant = means (word, *name);
  for (char **name = group; *name != NULL && meant; name++)
    add_name (word, *name, names);
}

/* The tables have medicines in small letters. */
static char *
dup_capital (const char *name)
{
  char first[8] = { 0 };

  g_unichar_to_utf8 (g_unichar_toupper (g_utf8_get_char (name)), first);
  return g_strconcat (first, *name != '\0' ? g_utf8_next_char (name) : "", NULL);
}

void
dmp_search_add_synonyms (const char *word, GPtrArray *names)
{
  g_autoptr (GPtrArray) medicines = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; groups[i] != NULL; i++)
    add_group (word, groups[i], names);
  if (strlen (word) >= 4)
    dmp_medicine_add_names (word, medicines);
  for (guint i = 0; i < medicines->len; i++)
    {
      g_autofree char *name = dup_capital (g_ptr_array_index (medicines, i));

      add_name (word, name, names);
    }
}
