#include "config.h"

#include "dmp-summary-private.h"

#include "model/dmp-date.h"

#include <glib/gi18n-lib.h>
#include <string.h>

const char *
dmp_block_get_name (DmpBlockId block)
{
  static const char *const names[DMP_N_BLOCKS] = {
    "allergy", "problem", "history", "treatment", "result",    "vaccine",     "procedure",
    "device",  "event",   "risk",    "contact",   "directive", "unclassified"
  };

  return names[block];
}

const char *
dmp_read_state_get_name (DmpReadState state)
{
  static const char *const names[DMP_N_READ_STATES] = { "coded",      "text",     "pdf",
                                                        "unreadable", "pending",  "replaced",
                                                        "duplicate",  "archived", "signature" };

  return names[state];
}

static void
point_free (DmpSummaryPoint *point)
{
  g_free (point->date);
  g_free (point->number);
  g_free (point->unit);
  g_free (point->flag);
  g_free (point->document);
  g_free (point->place);
  g_free (point);
}

static void
track_free (DmpSummaryTrack *track)
{
  g_free (track->start);
  g_free (track->end);
  g_free (track->document);
  g_free (track->place);
  g_free (track);
}

static void
why_free (DmpSummaryWhy *why)
{
  g_free (why->inputs);
  g_free (why);
}

void
dmp_summary_missing_free (DmpSummaryMissing *missing)
{
  g_free (missing->text);
  g_free (missing->note);
  g_free (missing->inputs);
  g_free (missing);
}

void
dmp_summary_source_free (DmpSummarySource *source)
{
  g_free (source->document);
  g_free (source->place);
  g_free (source->title);
  g_free (source->author);
  g_free (source->date);
  g_free (source);
}

DmpSummarySource *
dmp_summary_source_new (const DmpSummaryItem *item)
{
  DmpSummarySource *source = g_new0 (DmpSummarySource, 1);

  source->document = g_strdup (item->input->id);
  source->place = g_strdup (item->fact ? item->fact->place : "");
  source->title = g_strdup (item->input->title);
  source->author = g_strdup (item->input->author);
  source->date = g_strdup (item->input->date);
  source->trust = item->fact ? item->fact->trust : DMP_TRUST_PS;
  return source;
}

DmpActKind
dmp_summary_line_get_act (const DmpSummaryLine *line)
{
  for (guint i = 0; i < line->keys->len; i++)
    {
      DmpActKind kind = dmp_act_kind_of (g_ptr_array_index (line->keys, i));

      if (kind != DMP_ACT_OTHER)
        return kind;
    }

  return DMP_ACT_OTHER;
}

gboolean
dmp_summary_line_is_implant (const DmpSummaryLine *line)
{
  return line->block == DMP_BLOCK_DEVICE ||
         (line->group == DMP_LINE_CURRENT && dmp_summary_line_get_act (line) == DMP_ACT_IMPLANT);
}

DmpSummaryLine *
dmp_summary_line_new (DmpBlockId block)
{
  DmpSummaryLine *line = g_new0 (DmpSummaryLine, 1);

  line->block = block;
  line->keys = g_ptr_array_new_with_free_func (g_object_unref);
  line->points = g_ptr_array_new_with_free_func ((GDestroyNotify) point_free);
  line->older = g_ptr_array_new_with_free_func ((GDestroyNotify) point_free);
  line->tracks = g_ptr_array_new_with_free_func ((GDestroyNotify) track_free);
  line->sources = g_ptr_array_new_with_free_func ((GDestroyNotify) dmp_summary_source_free);
  line->why = g_ptr_array_new_with_free_func ((GDestroyNotify) why_free);
  return line;
}

void
dmp_summary_line_take_why (DmpSummaryLine *line, const char *rule, char *inputs)
{
  DmpSummaryWhy *why = g_new (DmpSummaryWhy, 1);

  *why = (DmpSummaryWhy){ rule, inputs };
  g_ptr_array_add (line->why, why);
}

void
dmp_summary_line_add_rules (DmpSummaryLine *line, const char *const *rules)
{
  for (guint i = 0; rules[i]; i++)
    dmp_summary_line_take_why (line, rules[i], NULL);
}

void
dmp_summary_line_add_note (DmpSummaryLine *line, const char *note)
{
  char *joined = line->note ? g_strconcat (line->note, " · ", note, NULL) : g_strdup (note);

  g_free (line->note);
  line->note = joined;
}

void
dmp_summary_line_add_detail (DmpSummaryLine *line, const char *words)
{
  char *joined = line->detail ? g_strconcat (line->detail, " · ", words, NULL) : g_strdup (words);

  g_free (line->detail);
  line->detail = joined;
}

void
dmp_summary_line_note_doubt (DmpSummaryLine *line, const GPtrArray *items)
{
  for (guint i = 0; i < items->len; i++)
    if (!((const DmpSummaryItem *) g_ptr_array_index (items, i))->fact->uncertain)
      return;
  dmp_summary_line_add_detail (line, _ ("à confirmer"));
}

DmpSummaryTrack *
dmp_summary_line_add_track (DmpSummaryLine *line,
                            DmpTrackKind kind,
                            const char *start,
                            const DmpSummaryItem *item)
{
  DmpSummaryTrack *track = g_new0 (DmpSummaryTrack, 1);

  track->kind = kind;
  track->start = g_strdup (start ? start : "");
  if (item)
    {
      track->document = g_strdup (item->input->id);
      track->place = g_strdup (item->fact->place);
    }
  g_ptr_array_add (line->tracks, track);
  return track;
}

void
dmp_summary_line_free (DmpSummaryLine *line)
{
  g_free (line->id);
  g_free (line->text);
  g_free (line->detail);
  g_free (line->substance);
  g_free (line->date);
  g_free (line->end_date);
  g_free (line->source_date);
  g_free (line->previous_date);
  g_free (line->label);
  g_free (line->note);
  g_free (line->change);
  g_free (line->rhythm);
  g_free (line->section);
  g_free (line->family);
  g_free (line->whole);
  g_ptr_array_unref (line->why);
  g_ptr_array_unref (line->keys);
  g_ptr_array_unref (line->points);
  g_ptr_array_unref (line->older);
  g_ptr_array_unref (line->tracks);
  g_ptr_array_unref (line->sources);
  g_free (line);
}

guint
dmp_summary_line_count_points (const DmpSummaryLine *line)
{
  return (line->older ? line->older->len : 0) + (line->points ? line->points->len : 0);
}

const DmpSummaryPoint *
dmp_summary_line_get_point (const DmpSummaryLine *line, guint index)
{
  guint before = line->older ? line->older->len : 0;

  return index < before ? g_ptr_array_index (line->older, index)
                        : g_ptr_array_index (line->points, index - before);
}

const char *
dmp_track_kind_get_name (DmpTrackKind kind)
{
  static const char *const names[] = { "delivery", "prescription", "list", "cover", "gap" };

  return names[kind];
}

static gboolean
has_key (const GPtrArray *keys, DmpCode *code)
{
  for (guint i = 0; i < keys->len; i++)
    if (dmp_code_equal (g_ptr_array_index (keys, i), code))
      return TRUE;
  return FALSE;
}

static int
compare_codes (gconstpointer a, gconstpointer b)
{
  DmpCode *first = *(DmpCode *const *) a;
  DmpCode *second = *(DmpCode *const *) b;
  int order = strcmp (dmp_code_get_system (first), dmp_code_get_system (second));

  return order ? order : strcmp (dmp_code_get_code (first), dmp_code_get_code (second));
}

static void
add_source (DmpSummaryLine *line, const DmpSummaryItem *item)
{
  for (guint i = 0; i < line->sources->len; i++)
    {
      DmpSummarySource *source = g_ptr_array_index (line->sources, i);

      if (strcmp (source->document, item->input->id) == 0 &&
          strcmp (source->place, item->fact->place) == 0)
        return;
    }
  g_ptr_array_add (line->sources, dmp_summary_source_new (item));
}

gboolean
dmp_summary_is_new (const DmpSummaryBuild *build, const DmpSummaryItem *item)
{
  if (item->fact == NULL || item->fact->trust != DMP_TRUST_AM)
    return item->input->is_new;
  return build->new_since && item->fact->date &&
         dmp_date_compare (item->fact->date, build->new_since) > 0;
}

char *
dmp_summary_dup_line_id (DmpBlockId block, const char *key)
{
  g_autofree char *name = g_strconcat (dmp_block_get_name (block), "\n", key, NULL);
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, name, -1);

  return g_strdup_printf ("%s-%.12s", dmp_block_get_name (block), hash);
}

void
dmp_summary_line_take_group (const DmpSummaryBuild *build,
                             DmpSummaryLine *line,
                             const DmpSummaryGroup *group)
{
  const GPtrArray *items = group->items;
  const DmpSummaryItem *best = g_ptr_array_index (items, 0);
  gboolean all_new = TRUE;

  for (guint i = 0; i < items->len; i++)
    {
      const DmpSummaryItem *item = g_ptr_array_index (items, i);
      DmpVisibility visibility = dmp_document_entry_get_fields (item->input->entry)->visibility;

      add_source (line, item);
      g_hash_table_insert (build->line_of, (gpointer) item, line);
      all_new &= dmp_summary_is_new (build, item);
      line->masked |= (visibility & DMP_VISIBILITY_HIDDEN_FROM_PROFESSIONALS) != 0;
      line->hidden_from_patient |= (visibility & DMP_VISIBILITY_HIDDEN_FROM_PATIENT) != 0;
      for (guint k = 0; k < item->fact->keys->len; k++)
        if (!has_key (line->keys, g_ptr_array_index (item->fact->keys, k)))
          g_ptr_array_add (line->keys, g_object_ref (g_ptr_array_index (item->fact->keys, k)));
    }
  g_ptr_array_sort (line->keys, compare_codes);
  line->is_new = all_new;
  line->trust = best->fact->trust;
  line->source_date = g_strdup (best->input->date);
  line->id = dmp_summary_dup_line_id (line->block, group->key);
  line->whole = g_strdup (group->whole);
  line->negated = line->group == DMP_LINE_EXCLUDED && best->fact->negated && !best->fact->absent &&
                  !best->fact->no_information;
}

/* Two lines never share an id: the later one gets a number. */
static void
make_id_unique (DmpSummaryBlock *block, DmpSummaryLine *line)
{
  guint same = 1;

  for (guint i = 0; i < block->lines->len; i++)
    {
      const DmpSummaryLine *other = g_ptr_array_index (block->lines, i);

      if (strncmp (other->id, line->id, strlen (line->id)) == 0)
        same++;
    }
  if (same > 1)
    {
      char *id = g_strdup_printf ("%s.%u", line->id, same);

      g_free (line->id);
      line->id = id;
    }
}

void
dmp_summary_add_line (DmpSummaryBuild *build, DmpSummaryLine *line)
{
  DmpSummaryBlock *block = &build->summary->blocks[line->block];

  if (line->text == NULL)
    line->text = g_strdup ("");
  make_id_unique (block, line);
  g_ptr_array_add (block->lines, line);
}

DmpSummaryFlag *
dmp_summary_flag_new (const char *rule, DmpSeverity severity, const char *title, char *text)
{
  DmpSummaryFlag *flag = g_new0 (DmpSummaryFlag, 1);

  flag->rule = rule;
  flag->severity = severity;
  flag->title = g_strdup (title);
  flag->text = text;
  flag->lines = g_ptr_array_new_with_free_func (g_free);
  flag->sources = g_ptr_array_new_with_free_func ((GDestroyNotify) dmp_summary_source_free);
  return flag;
}

void
dmp_summary_flag_free (DmpSummaryFlag *flag)
{
  g_free (flag->id);
  g_free (flag->title);
  g_free (flag->text);
  g_free (flag->date);
  g_ptr_array_unref (flag->lines);
  g_ptr_array_unref (flag->sources);
  g_free (flag);
}

void
dmp_summary_flag_add_line (DmpSummaryFlag *flag, const DmpSummaryLine *line)
{
  g_ptr_array_add (flag->lines, g_strdup (line->id));
}

void
dmp_summary_flag_add_item (DmpSummaryFlag *flag, const DmpSummaryItem *item)
{
  g_ptr_array_add (flag->sources, dmp_summary_source_new (item));
  if (item->input->date && dmp_date_compare (flag->date, item->input->date) < 0)
    {
      g_free (flag->date);
      flag->date = g_strdup (item->input->date);
    }
}

static int
compare_source_places (gconstpointer a, gconstpointer b)
{
  const DmpSummarySource *first = *(const DmpSummarySource *const *) a;
  const DmpSummarySource *second = *(const DmpSummarySource *const *) b;
  int order = strcmp (first->document, second->document);

  return order ? order : strcmp (first->place, second->place);
}

/* The rule and the places it speaks of, in an order of their own. */
static char *
dup_flag_id (const DmpSummaryFlag *flag)
{
  g_autoptr (GString) name = g_string_new (flag->rule);
  g_autoptr (GPtrArray) sources = g_ptr_array_copy (flag->sources, NULL, NULL);
  g_autofree char *hash = NULL;

  g_ptr_array_set_free_func (sources, NULL);
  g_ptr_array_sort (sources, compare_source_places);
  for (guint i = 0; i < sources->len; i++)
    {
      const DmpSummarySource *source = g_ptr_array_index (sources, i);

      g_string_append_printf (name, "\n%s\n%s", source->document, source->place);
    }
  hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, name->str, (gssize) name->len);
  return g_strdup_printf ("%s-%.12s", flag->rule, hash);
}

void
dmp_summary_flag_name (DmpSummaryFlag *flag)
{
  g_free (flag->id);
  flag->id = dup_flag_id (flag);
}

void
dmp_summary_add_flag (DmpSummaryBuild *build, DmpSummaryFlag *flag)
{
  g_ptr_array_add (build->summary->flags, flag);
}

void
dmp_coverage_item_free (DmpCoverageItem *item)
{
  g_free (item->document);
  g_free (item->title);
  g_free (item->author);
  g_free (item->date);
  g_free (item->reason);
  g_free (item->instead);
  g_free (item);
}
