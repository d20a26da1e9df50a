#include "config.h"

#include "dmp-search-private.h"
#include "model/dmp-text.h"
#include "summary/dmp-medicine-names.h"

#include <string.h>

/* Names that laboratories and doctors give to one thing: facts of the trade, folded. A short name
 * stands for the thing as a whole word only ("k" is no beginning of a word here). */
static const char *const groups[] = {
  "potassium;kaliemie;k",
  "sodium;natremie;na",
  "calcium;calcemie;ca",
  "magnesium;magnesemie;mg",
  "phosphore;phosphoremie;phosphates",
  "creatinine;creatininemie;creat",
  "debit de filtration glomerulaire;dfg;ckd epi;mdrd;clairance",
  "uree;azotemie",
  "acide urique;uricemie",
  "glycemie;glucose",
  "hemoglobine glyquee;hba1c;hemoglobine a1c",
  "hemoglobine;hb",
  "plaquettes;thrombocytes",
  "leucocytes;globules blancs;gb",
  "hematies;globules rouges;gr;erythrocytes",
  "numeration formule sanguine;nfs;hemogramme",
  "proteine c reactive;crp",
  "vitesse de sedimentation;vs",
  "cholesterol ldl;ldl cholesterol;ldl",
  "cholesterol hdl;hdl cholesterol;hdl",
  "triglycerides;tg",
  "transaminases;alat;asat;tgp;tgo;sgpt;sgot",
  "gamma glutamyl transferase;gamma gt;ggt",
  "phosphatases alcalines;pal",
  "thyreostimuline;tsh",
  "peptide natriuretique;bnp;nt probnp;probnp",
  "antigene prostatique specifique;psa",
  "albuminurie;microalbuminurie;rac",
  "inr;temps de quick;taux de prothrombine;tp",
  "vitamine d;25 oh vitamine d;calcidiol",
  "electrocardiogramme;ecg",
  "imagerie par resonance magnetique;irm",
  "scanner;tomodensitometrie;tdm",
  "echographie;echo",
  "radiographie;radio",
  "mammographie;mammo",
  "hypertension arterielle;hta",
  "insuffisance cardiaque;ic",
  "fibrillation auriculaire;fibrillation atriale;fa;acfa",
  "accident vasculaire cerebral;avc",
  "accident ischemique transitoire;ait",
  "infarctus du myocarde;idm;syndrome coronarien aigu;sca",
  "bronchopneumopathie chronique obstructive;bpco",
  "insuffisance renale chronique;maladie renale chronique;irc;mrc",
  "embolie pulmonaire;ep",
  "thrombose veineuse profonde;tvp;phlebite",
  "arteriopathie obliterante des membres inferieurs;aomi",
  "diphterie tetanos poliomyelite;dtp;tetanos",
  "rougeole oreillons rubeole;ror",
  "stimulateur cardiaque;pacemaker;pace maker",
  NULL
};

static gboolean
is_in (const char *name, GPtrArray *names)
{
  for (guint i = 0; i < names->len; i++)
    if (g_str_equal (g_ptr_array_index (names, i), name))
      return TRUE;
  return FALSE;
}

/* @word is the name, or begins it and is long enough to mean it. */
static gboolean
means (const char *word, const char *name)
{
  return g_str_equal (word, name) || (strlen (word) >= 4 && g_str_has_prefix (name, word));
}

static void
add_group (const char *word, char **group, GPtrArray *names)
{
  for (char **name = group; *name != NULL; name++)
    if (!is_in (*name, names) && !g_str_has_prefix (*name, word))
      g_ptr_array_add (names, g_strdup (*name));
}

void
dmp_search_add_synonyms (const char *word, GPtrArray *names)
{
  g_autoptr (GPtrArray) medicines = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; groups[i] != NULL; i++)
    {
      g_auto (GStrv) group = g_strsplit (groups[i], ";", -1);

      for (char **name = group; *name != NULL; name++)
        if (means (word, *name))
          {
            add_group (word, group, names);
            break;
          }
    }
  if (strlen (word) >= 4)
    dmp_medicine_add_names (word, medicines);
  for (guint i = 0; i < medicines->len; i++)
    {
      g_autofree char *folded = dmp_text_fold (g_ptr_array_index (medicines, i));

      g_strcanon (folded, "abcdefghijklmnopqrstuvwxyz0123456789", ' ');
      if (!is_in (folded, names) && !g_str_has_prefix (folded, word))
        g_ptr_array_add (names, g_steal_pointer (&folded));
    }
}
