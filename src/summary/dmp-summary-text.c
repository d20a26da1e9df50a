#include "config.h"

#include "dmp-summary-private.h"

#include "model/dmp-date.h"

#include <glib/gi18n-lib.h>

/* Lines of folded groups that the text still shows. */
#define FOLDED_SHOWN 5

static const char *
block_title (DmpBlockId block)
{
  static const char *const titles[DMP_N_BLOCKS] = {
    N_ ("Allergies et intolérances"),
    N_ ("Problèmes actifs"),
    N_ ("Antécédents"),
    N_ ("Traitements"),
    N_ ("Biologie"),
    N_ ("Vaccins"),
    N_ ("Actes"),
    N_ ("Dispositifs"),
    N_ ("Séjours et rencontres"),
    N_ ("Mode de vie, risques, famille"),
    N_ ("Personnes à prévenir"),
    N_ ("Directives"),
    N_ ("Non classé"),
  };

  return _ (titles[block]);
}

static void
append_part (GString *out, const char *before, const char *text)
{
  if (text && *text)
    g_string_append_printf (out, "%s%s", before, text);
}

static void
append_date (GString *out, const char *before, const char *stamp)
{
  g_autofree char *day = stamp ? dmp_date_dup_display (stamp, FALSE, FALSE) : NULL;

  append_part (out, before, day);
}

static void
append_value (GString *out, const DmpSummaryLine *line)
{
  const DmpFactValue *value = line->value;
  g_autofree char *number = value ? dmp_fact_value_dup_number (value->number) : NULL;
  g_autofree char *previous =
      line->previous ? dmp_fact_value_dup_number (line->previous->number) : NULL;

  if (line->block != DMP_BLOCK_RESULT || value == NULL)
    return;
  append_part (out, "  ", number ? number : dmp_fact_value_get_text (value));
  append_part (out, " ", dmp_fact_value_get_unit (value));
  append_part (out, " ", value->flag);
  if (previous)
    g_string_append_printf (out, _ (" (précédent %s)"), previous);
}

static void
append_line (GString *out, const DmpSummaryLine *line)
{
  static const char *const marks[] = { "  ", "  · ", "  (ancien) ", "  (exclu) " };

  g_string_append (out, marks[line->group]);
  g_string_append (out, line->text);
  append_part (out, " – ", line->substance);
  append_value (out, line);
  append_part (out, " · ", line->detail);
  append_date (out, " · ", line->date);
  append_part (out, " · ", line->label);
  append_part (out, " · ", line->change);
  append_part (out, " · ", line->note);
  g_string_append_printf (out, "  [%s, %u doc.]%s\n", dmp_trust_get_name (line->trust),
                          line->sources->len, line->is_new ? " ●" : "");
}

static void
append_block (GString *out, const DmpSummaryBlock *block)
{
  guint shown[4] = { 0 };
  guint hidden = 0;

  if (block->lines->len + block->missing->len == 0 && block->id > DMP_BLOCK_VACCINE)
    return;
  g_string_append_printf (out, "\n%s\n", block_title (block->id));
  if (block->sentence)
    g_string_append_printf (out, "  %s\n", block->sentence);
  for (guint i = 0; i < block->lines->len; i++)
    {
      const DmpSummaryLine *line = g_ptr_array_index (block->lines, i);

      if (line->group != DMP_LINE_CURRENT && shown[line->group]++ >= FOLDED_SHOWN)
        hidden++;
      else
        append_line (out, line);
    }
  if (hidden > 0)
    g_string_append_printf (
        out, g_dngettext (GETTEXT_PACKAGE, "  … et %u autre\n", "  … et %u autres\n", hidden),
        hidden);
  for (guint i = 0; i < block->missing->len; i++)
    {
      const DmpSummaryMissing *missing = g_ptr_array_index (block->missing, i);

      g_string_append_printf (out, "  · %s : %s  [%s]\n", missing->text, missing->note,
                              missing->rule);
    }
}

static void
append_coverage (GString *out, const DmpCoverage *coverage)
{
  g_string_append_printf (out,
                          _ ("%u / %u documents lus, dont %u en texte seul · %u PDF ou image sans "
                             "texte · %u illisibles · "
                             "%u en cours · %u archivés à part\n"),
                          coverage->read, coverage->listed, coverage->counts[DMP_READ_TEXT],
                          coverage->counts[DMP_READ_PDF], coverage->counts[DMP_READ_FAILED],
                          coverage->counts[DMP_READ_PENDING], coverage->counts[DMP_READ_ARCHIVED]);
  for (guint i = 0; i < coverage->items->len; i++)
    {
      const DmpCoverageItem *item = g_ptr_array_index (coverage->items, i);

      if (item->state == DMP_READ_FAILED || item->state == DMP_READ_PDF ||
          item->state == DMP_READ_PENDING)
        {
          append_part (out, "  ", item->title);
          append_date (out, " · ", item->date);
          append_part (out, " · ", item->reason);
          g_string_append_c (out, '\n');
        }
    }
}

char *
dmp_summary_dup_text (DmpSummary *self)
{
  static const char *const marks[] = { "⛔", "⚠", "·" };
  g_autofree char *name = dmp_patient_dup_display_name (self->patient);
  GString *out = g_string_new (name);

  g_string_append_c (out, '\n');
  append_coverage (out, &self->coverage);
  g_string_append_printf (out, "%s\n", self->masking);
  if (self->vsm)
    g_string_append_printf (out, "%s%s\n", self->vsm->stale ? "⚠ " : "", self->vsm->sentence);
  for (guint i = 0; i < self->flags->len; i++)
    {
      const DmpSummaryFlag *flag = g_ptr_array_index (self->flags, i);

      g_string_append_printf (out, "%s %s : %s [%s]\n", marks[flag->severity], flag->title,
                              flag->text, flag->rule);
    }
  for (guint i = 0; i < DMP_N_BLOCKS; i++)
    append_block (out, &self->blocks[i]);
  g_string_append_printf (out, "\n%s\n", self->checks_sentence);
  g_string_append_printf (out, _ ("Règles %s · %s. %s\n"), dmp_summary_get_rules_version (),
                          self->tables_sentence, dmp_summary_get_footnote (self));
  return g_string_free (out, FALSE);
}
