#include "config.h"

#include "dmp-summary-rules.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Bumped whenever a rule changes what a summary says. */
#define RULES_VERSION "1.7"

/* Every rule by its id, with what it does. A new rule: a line here, its function, its tests. */
static const struct
{
  const char *id;
  const char *text;
} rules[] = {
  { "I1", N_ ("Un document d’un autre patient est écarté et compté.") },
  { "I2", N_ ("Un document altéré en route n’est pas lu.") },
  { "I3", N_ ("Seule la dernière version d’un document alimente le résumé.") },
  { "I4", N_ ("Ni entité, ni script, ni adresse externe d’un document ne sont suivis.") },
  { "I5", N_ ("Les documents archivés sont mis à part et comptés.") },
  { "D1", N_ ("Deux envois du même document comptent pour un.") },
  { "D2", N_ ("Deux documents identiques octet pour octet comptent pour un.") },
  { "D3", N_ ("Le même compte rendu en données et en fichier compte pour un.") },
  { "D4", N_ ("Les mêmes résultats deux fois : le compte rendu le plus complet compte.") },
  { "D5", N_ ("Sinon, deux documents ne sont jamais réunis.") },
  { "A0", N_ ("Toutes les allergies écrites ou codées sont reprises.") },
  { "A-merge",
    N_ ("Les mentions d’un même agent sont réunies, la réaction la plus grave d’abord.") },
  { "A-neg", N_ ("« Aucune allergie connue » est reprise avec son auteur et sa date.") },
  { "A-old", N_ ("Une allergie ne vieillit jamais.") },
  { "A1", N_ ("Une allergie est rapprochée des médicaments de la même substance ou classe.") },
  { "P1", N_ ("Un problème est actif tant que sa source ne dit pas qu’il est terminé.") },
  { "P2", N_ ("Deux problèmes sont réunis quand ils ont le même code de la même nomenclature.") },
  { "P5", N_ ("Ordre : médecin traitant, nombre de sources, date.") },
  { "P6", N_ ("Les symptômes et motifs sont repliés sous « autres ».") },
  { "P7", N_ ("Ce qui est exclu par le médecin est montré comme exclu.") },
  { "T1", N_ ("Listes, ordonnances et délivrances d’une même substance sont sur une ligne.") },
  { "T2", N_ ("« En cours » : dernière liste de moins d’un an, ordonnance en cours, ou délivrances "
              "récentes.") },
  { "T3", N_ ("Les délivrances sont des points ; aucune dose n’est supposée.") },
  { "T4", N_ ("Un traitement de la liste sans délivrance depuis 4 mois est signalé.") },
  { "T5", N_ ("La même classe deux fois est signalée sur la ligne.") },
  { "T6", N_ ("Interactions de la table, si le réglage les demande ; aucune autre.") },
  { "T8", N_ ("L’automédication et l’hôpital ne sont pas dans les remboursements.") },
  { "L1", N_ ("Valeur, unité, repère et bornes sont repris tels quels.") },
  { "L2", N_ ("Une courbe ne réunit que le même code LOINC dans la même unité.") },
  { "L3", N_ ("Les examens clés sont montrés d’abord.") },
  { "L4", N_ ("Le repère est celui du laboratoire, jamais calculé.") },
  { "L5", N_ ("Un changement plus grand que le seuil de l’examen, ou un autre repère.") },
  { "L6", N_ ("Un examen attendu pour un problème actif n’a pas été lu depuis longtemps.") },
  { "L7", N_ ("Le même examen par deux laboratoires en 7 jours.") },
  { "L8", N_ ("Un résultat critique de moins de 30 jours.") },
  { "V1", N_ ("Vaccinations de toutes les sources, par valence ; délivré n’est pas injecté.") },
  { "V2", N_ ("La dernière date connue de chaque valence.") },
  { "V3", N_ ("Rappel prévu à cet âge par le calendrier : à vérifier.") },
  { "E1", N_ ("Actes et dispositifs tels qu’écrits, latéralité comprise.") },
  { "E2", N_ ("Séjours et rencontres, une ligne par période.") },
  { "E3", N_ ("La réponse la plus récente à chaque question.") },
  { "N1", N_ ("Documents reçus depuis votre dernière visite.") },
  { "C1", N_ ("Allergie niée ici, affirmée là.") },
  { "B1", N_ ("Deux prescripteurs ordonnent la même substance sous deux noms.") },
  { "R1", N_ ("Le laboratoire a marqué ce résultat comme critique (AA, HH, LL).") },
  { "C2", N_ ("Les deux dernières listes de traitements de deux auteurs diffèrent.") },
  { "C3", N_ ("Problème actif pour l’un, terminé pour un document plus récent.") },
  { "C4", N_ ("Le texte et la donnée codée ne disent pas la même chose.") },
  { "C5", N_ ("Le même acte ou le même dispositif à droite ici, à gauche là.") },
  { "C6", N_ ("Deux documents donnent deux groupes sanguins.") },
  { "C7", N_ ("Un document porte le même numéro et d’autres traits d’identité.") },
  { "C8", N_ ("Un même prélèvement porte deux valeurs.") },
  { "C9", N_ ("Date dans l’avenir ou avant la naissance.") },
  { "C10", N_ ("Un code que la classification réserve à l’autre sexe.") },
};

/* The order of a build: blocks, then what looks across them, then what speaks of the whole. */
const DmpSummaryStep dmp_summary_steps[] = {
  dmp_summary_make_allergies,    dmp_summary_make_problems,
  dmp_summary_make_treatments,   dmp_summary_make_results,
  dmp_summary_make_vaccines,     dmp_summary_make_procedures,
  dmp_summary_make_events,       dmp_summary_make_others,
  dmp_summary_make_news,         dmp_summary_sort,
  dmp_summary_group_problems,    dmp_summary_check_allergies,
  dmp_summary_check_dosages,     dmp_summary_check_written,
  dmp_summary_check_lists,       dmp_summary_check_problems,
  dmp_summary_check_results,     dmp_summary_check_dates,
  dmp_summary_check_doubles,     dmp_summary_check_interactions,
  dmp_summary_check_critical,    dmp_summary_check_sides,
  dmp_summary_check_blood,       dmp_summary_check_traits,
  dmp_summary_check_sexes,       dmp_summary_look_for_results,
  dmp_summary_look_for_vaccines, dmp_summary_sort_flags,
  dmp_summary_make_vsm,          dmp_summary_make_tables,
  dmp_summary_make_sentences,    NULL
};

const char *
dmp_summary_get_rules_version (void)
{
  return RULES_VERSION;
}

const char *
dmp_summary_get_rule_text (const char *id)
{
  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    if (strcmp (rules[i].id, id) == 0)
      return _ (rules[i].text);
  return NULL;
}

/* --- Orders
 * ------------------------------------------------------------------------------------------- */

static int
trust_rank (DmpTrust trust)
{
  return trust == DMP_TRUST_MT ? 0 : 1;
}

static guint
count_documents (const DmpSummaryLine *line)
{
  guint n = 0;

  for (guint i = 0; i < line->sources->len; i++)
    {
      const DmpSummarySource *source = g_ptr_array_index (line->sources, i);
      gboolean seen = FALSE;

      for (guint j = 0; j < i && !seen; j++)
        seen = strcmp (((DmpSummarySource *) g_ptr_array_index (line->sources, j))->document,
                       source->document) == 0;
      n += !seen;
    }
  return n;
}

/* P5, and the order of every block that has none of its own: group, médecin traitant first, most
 * documents, newest, then words. */
static int
compare_lines (gconstpointer a, gconstpointer b)
{
  const DmpSummaryLine *first = *(const DmpSummaryLine *const *) a;
  const DmpSummaryLine *second = *(const DmpSummaryLine *const *) b;
  int order = (int) first->group - (int) second->group;

  if (order == 0)
    order = trust_rank (first->trust) - trust_rank (second->trust);
  if (order == 0)
    order = (int) count_documents (second) - (int) count_documents (first);
  if (order == 0)
    order = g_strcmp0 (second->source_date, first->source_date);
  if (order == 0)
    order = strcmp (first->text, second->text);
  return order ? order : strcmp (first->id, second->id);
}

void
dmp_summary_sort (DmpSummaryBuild *build)
{
  static const DmpBlockId own[] = { DMP_BLOCK_RESULT, DMP_BLOCK_VACCINE, DMP_BLOCK_PROCEDURE,
                                    DMP_BLOCK_DEVICE, DMP_BLOCK_EVENT };

  for (guint i = 0; i < DMP_N_BLOCKS; i++)
    {
      gboolean keeps = FALSE;

      for (guint k = 0; k < G_N_ELEMENTS (own); k++)
        keeps |= own[k] == i;
      if (!keeps)
        g_ptr_array_sort (build->summary->blocks[i].lines, compare_lines);
    }
}

/* 5.10: severity, newest, rule, words. */
static int
compare_flags (gconstpointer a, gconstpointer b)
{
  const DmpSummaryFlag *first = *(const DmpSummaryFlag *const *) a;
  const DmpSummaryFlag *second = *(const DmpSummaryFlag *const *) b;
  int order = (int) first->severity - (int) second->severity;

  if (order == 0)
    order = g_strcmp0 (second->date, first->date);
  if (order == 0)
    order = strcmp (first->rule, second->rule);
  if (order == 0)
    order = strcmp (first->text, second->text);
  return order ? order : strcmp (first->id, second->id);
}

void
dmp_summary_sort_flags (DmpSummaryBuild *build)
{
  for (guint i = 0; i < build->summary->flags->len; i++)
    dmp_summary_flag_name (g_ptr_array_index (build->summary->flags, i));
  g_ptr_array_sort (build->summary->flags, compare_flags);
}
