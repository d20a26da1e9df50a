#include "config.h"

#include "dmp-summary-private.h"

#include "model/dmp-json.h"

static void
add_patient (JsonBuilder *json, DmpPatient *patient)
{
  static const char *const sexes[] = { NULL, "F", "M" };

  dmp_json_begin_object (json, "patient");
  dmp_json_add_string (json, "ins", dmp_patient_get_ins (patient));
  dmp_json_add_string (json, "oid", dmp_patient_get_ins_oid (patient));
  dmp_json_add_string (json, "birth_family", dmp_patient_get_birth_family (patient));
  dmp_json_add_string (json, "family", dmp_patient_get_family (patient));
  dmp_json_add_string (json, "given", dmp_patient_get_given (patient));
  dmp_json_add_string (json, "birth_date", dmp_patient_get_birth_date (patient));
  dmp_json_add_string (json, "sex", sexes[dmp_patient_get_sex (patient)]);
  json_builder_end_object (json);
}

static void
add_tables (JsonBuilder *json, DmpSummary *self)
{
  dmp_json_begin_object (json, "tables");
  for (guint i = 0; i < self->tables->len; i++)
    {
      const DmpSummaryTable *table = g_ptr_array_index (self->tables, i);
      g_autofree char *words = g_strdup_printf ("%s (%s)", table->source, table->version);

      dmp_json_add_string (json, table->name, words);
    }
  json_builder_end_object (json);
  dmp_json_begin_object (json, "checks");
  dmp_json_add_bool (json, "allergies", (self->checks & DMP_CHECK_ALLERGIES) != 0);
  dmp_json_add_bool (json, "interactions", (self->checks & DMP_CHECK_INTERACTIONS) != 0);
  dmp_json_add_bool (json, "monitoring", (self->checks & DMP_CHECK_MONITORING) != 0);
  json_builder_end_object (json);
}

static void
add_coverage (JsonBuilder *json, const DmpCoverage *coverage)
{
  dmp_json_begin_object (json, "coverage");
  dmp_json_add_int (json, "listed", coverage->listed);
  dmp_json_add_int (json, "read", coverage->read);
  for (guint i = 0; i < DMP_N_READ_STATES; i++)
    dmp_json_add_int (json, dmp_read_state_get_name (i), coverage->counts[i]);
  dmp_json_begin_array (json, "unread");
  for (guint i = 0; i < coverage->items->len; i++)
    {
      const DmpCoverageItem *item = g_ptr_array_index (coverage->items, i);

      if (item->state == DMP_READ_CODED)
        continue;
      json_builder_begin_object (json);
      dmp_json_add_string (json, "document", item->document);
      dmp_json_add_string (json, "state", dmp_read_state_get_name (item->state));
      dmp_json_add_string (json, "reason", item->reason);
      dmp_json_add_string (json, "instead", item->instead);
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
  json_builder_end_object (json);
}

static void
add_value (JsonBuilder *json, const char *name, const DmpFactValue *value)
{
  json_builder_set_member_name (json, name);
  if (value == NULL)
    {
      json_builder_add_null_value (json);
      return;
    }
  json_builder_begin_object (json);
  dmp_json_add_string (json, "number", value->number);
  dmp_json_add_string (json, "unit", value->unit);
  dmp_json_add_string (json, "text", value->text);
  dmp_json_add_string (json, "low", value->low);
  dmp_json_add_string (json, "high", value->high);
  dmp_json_add_string (json, "flag", value->flag);
  json_builder_end_object (json);
}

static void
add_keys (JsonBuilder *json, const GPtrArray *keys)
{
  dmp_json_begin_array (json, "keys");
  for (guint i = 0; i < keys->len; i++)
    {
      DmpCode *code = g_ptr_array_index (keys, i);

      json_builder_begin_object (json);
      dmp_json_add_string (json, "system", dmp_code_get_system (code));
      dmp_json_add_string (json, "code", dmp_code_get_code (code));
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
}

static void
add_sources (JsonBuilder *json, const GPtrArray *sources)
{
  dmp_json_begin_array (json, "sources");
  for (guint i = 0; i < sources->len; i++)
    {
      const DmpSummarySource *source = g_ptr_array_index (sources, i);

      json_builder_begin_object (json);
      dmp_json_add_string (json, "document", source->document);
      dmp_json_add_string (json, "title", source->title);
      dmp_json_add_string (json, "author", source->author);
      dmp_json_add_string (json, "date", source->date);
      dmp_json_add_string (json, "place", source->place);
      dmp_json_add_string (json, "trust", dmp_trust_get_name (source->trust));
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
}

static void
add_series (JsonBuilder *json, const DmpSummaryLine *line)
{
  dmp_json_begin_array (json, "series");
  for (guint i = 0; i < line->points->len; i++)
    {
      const DmpSummaryPoint *point = g_ptr_array_index (line->points, i);

      json_builder_begin_object (json);
      dmp_json_add_string (json, "date", point->date);
      dmp_json_add_string (json, "number", point->number);
      dmp_json_add_string (json, "flag", point->flag);
      if (point->converted)
        dmp_json_add_string (json, "converted_from", point->unit);
      dmp_json_add_string (json, "document", point->document);
      dmp_json_add_int (json, "lab", point->lab);
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
}

static void
add_track (JsonBuilder *json, const DmpSummaryLine *line)
{
  dmp_json_begin_array (json, "track");
  for (guint i = 0; i < line->tracks->len; i++)
    {
      const DmpSummaryTrack *track = g_ptr_array_index (line->tracks, i);

      json_builder_begin_object (json);
      dmp_json_add_string (json, "kind", dmp_track_kind_get_name (track->kind));
      dmp_json_add_string (json, "start", track->start);
      dmp_json_add_string (json, "end", track->end);
      dmp_json_add_int (json, "quantity", track->quantity);
      dmp_json_add_string (json, "document", track->document);
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
}

static void
add_why (JsonBuilder *json, const GPtrArray *whys)
{
  dmp_json_begin_array (json, "rules");
  for (guint i = 0; i < whys->len; i++)
    json_builder_add_string_value (json, ((DmpSummaryWhy *) g_ptr_array_index (whys, i))->rule);
  json_builder_end_array (json);
  dmp_json_begin_array (json, "why");
  for (guint i = 0; i < whys->len; i++)
    {
      const DmpSummaryWhy *why = g_ptr_array_index (whys, i);

      if (why->inputs == NULL)
        continue;
      json_builder_begin_object (json);
      dmp_json_add_string (json, "rule", why->rule);
      dmp_json_add_string (json, "inputs", why->inputs);
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
}

static void
add_line (JsonBuilder *json, const DmpSummaryLine *line)
{
  static const char *const groups[] = { "current", "folded", "past", "excluded" };

  json_builder_begin_object (json);
  dmp_json_add_string (json, "id", line->id);
  dmp_json_add_string (json, "block", dmp_block_get_name (line->block));
  dmp_json_add_string (json, "group", groups[line->group]);
  dmp_json_add_string (json, "text", line->text);
  dmp_json_add_string (json, "detail", line->detail);
  dmp_json_add_string (json, "substance", line->substance);
  dmp_json_add_string (json, "label", line->label);
  dmp_json_add_string (json, "note", line->note);
  add_keys (json, line->keys);
  add_value (json, "value", line->value);
  add_value (json, "previous", line->previous);
  dmp_json_add_string (json, "date", line->date);
  dmp_json_add_string (json, "end_date", line->end_date);
  dmp_json_add_string (json, "trust", dmp_trust_get_name (line->trust));
  dmp_json_add_bool (json, "new", line->is_new);
  dmp_json_add_bool (json, "masked", line->masked);
  dmp_json_add_string (json, "change", line->change);
  dmp_json_add_string (json, "rhythm", line->rhythm);
  dmp_json_add_string (json, "family", line->family);
  add_series (json, line);
  add_track (json, line);
  add_sources (json, line->sources);
  add_why (json, line->why);
  json_builder_end_object (json);
}

static void
add_flags (JsonBuilder *json, const GPtrArray *flags)
{
  static const char *const severities[] = { "red", "amber", "quiet" };

  dmp_json_begin_array (json, "flags");
  for (guint i = 0; i < flags->len; i++)
    {
      const DmpSummaryFlag *flag = g_ptr_array_index (flags, i);

      json_builder_begin_object (json);
      dmp_json_add_string (json, "id", flag->id);
      dmp_json_add_string (json, "rule", flag->rule);
      dmp_json_add_string (json, "severity", severities[flag->severity]);
      dmp_json_add_string (json, "title", flag->title);
      dmp_json_add_string (json, "text", flag->text);
      dmp_json_begin_array (json, "facts");
      for (guint k = 0; k < flag->lines->len; k++)
        json_builder_add_string_value (json, g_ptr_array_index (flag->lines, k));
      json_builder_end_array (json);
      add_sources (json, flag->sources);
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
}

static void
add_sentences (JsonBuilder *json, DmpSummary *self)
{
  dmp_json_begin_object (json, "sentences");
  for (guint i = 0; i < DMP_N_BLOCKS; i++)
    if (self->blocks[i].sentence)
      dmp_json_add_string (json, dmp_block_get_name (i), self->blocks[i].sentence);
  dmp_json_add_string (json, "masking", self->masking);
  dmp_json_add_string (json, "checks", self->checks_sentence);
  dmp_json_add_string (json, "tables", self->tables_sentence);
  json_builder_end_object (json);
}

/* What is looked for and not there: no fact, no source. */
static void
add_missing (JsonBuilder *json, DmpSummary *self)
{
  dmp_json_begin_array (json, "missing");
  for (guint b = 0; b < DMP_N_BLOCKS; b++)
    for (guint i = 0; i < self->blocks[b].missing->len; i++)
      {
        const DmpSummaryMissing *missing = g_ptr_array_index (self->blocks[b].missing, i);

        json_builder_begin_object (json);
        dmp_json_add_string (json, "block", dmp_block_get_name (b));
        dmp_json_add_string (json, "rule", missing->rule);
        dmp_json_add_string (json, "text", missing->text);
        dmp_json_add_string (json, "note", missing->note);
        dmp_json_add_string (json, "inputs", missing->inputs);
        json_builder_end_object (json);
      }
  json_builder_end_array (json);
}

static void
add_list_line (JsonBuilder *json, const char *name, const DmpSummaryListLine *line)
{
  json_builder_set_member_name (json, name);
  if (line == NULL)
    {
      json_builder_add_null_value (json);
      return;
    }
  json_builder_begin_object (json);
  dmp_json_add_string (json, "text", line->text);
  dmp_json_add_string (json, "dosage", line->dosage);
  dmp_json_add_string (json, "place", line->source->place);
  json_builder_end_object (json);
}

static void
add_list_head (JsonBuilder *json, const char *name, const DmpSummaryListHead *head)
{
  dmp_json_begin_object (json, name);
  dmp_json_add_string (json, "document", head->source->document);
  dmp_json_add_string (json, "title", head->source->title);
  dmp_json_add_string (json, "author", head->source->author);
  dmp_json_add_string (json, "date", head->source->date);
  dmp_json_add_int (json, "lines", head->n_lines);
  json_builder_end_object (json);
}

static void
add_vsm (JsonBuilder *json, const DmpSummaryVsm *vsm)
{
  json_builder_set_member_name (json, "vsm");
  if (vsm == NULL)
    {
      json_builder_add_null_value (json);
      return;
    }
  json_builder_begin_object (json);
  dmp_json_add_string (json, "document", vsm->source->document);
  dmp_json_add_string (json, "date", vsm->source->date);
  dmp_json_add_int (json, "months", vsm->months);
  dmp_json_add_bool (json, "stale", vsm->stale);
  dmp_json_add_int (json, "newer", vsm->n_newer);
  dmp_json_add_string (json, "text", vsm->sentence);
  json_builder_end_object (json);
}

static void
add_lists (JsonBuilder *json, const DmpSummaryLists *lists)
{
  json_builder_set_member_name (json, "lists");
  if (lists == NULL)
    {
      json_builder_add_null_value (json);
      return;
    }
  json_builder_begin_object (json);
  add_list_head (json, "left", &lists->left);
  add_list_head (json, "right", &lists->right);
  dmp_json_begin_array (json, "pairs");
  for (guint i = 0; i < lists->pairs->len; i++)
    {
      const DmpSummaryPair *pair = g_ptr_array_index (lists->pairs, i);

      json_builder_begin_object (json);
      dmp_json_add_string (json, "kind", dmp_pair_kind_get_name (pair->kind));
      add_list_line (json, "left", pair->left);
      add_list_line (json, "right", pair->right);
      dmp_json_add_string (json, "delivery", pair->delivery);
      dmp_json_add_string (json, "fact", pair->line);
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
  json_builder_end_object (json);
}

char *
dmp_summary_dup_json (DmpSummary *self)
{
  g_autoptr (JsonBuilder) json = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;

  json_builder_begin_object (json);
  add_patient (json, self->patient);
  dmp_json_add_string (json, "rules", dmp_summary_get_rules_version ());
  add_tables (json, self);
  add_coverage (json, &self->coverage);
  dmp_json_begin_array (json, "facts");
  for (guint i = 0; i < DMP_N_BLOCKS; i++)
    for (guint k = 0; k < self->blocks[i].lines->len; k++)
      add_line (json, g_ptr_array_index (self->blocks[i].lines, k));
  json_builder_end_array (json);
  add_missing (json, self);
  add_flags (json, self->flags);
  add_lists (json, self->lists);
  add_vsm (json, self->vsm);
  add_sentences (json, self);
  json_builder_end_object (json);
  root = json_builder_get_root (json);
  return json_to_string (root, TRUE);
}
