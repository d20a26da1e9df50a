#include "config.h"

#include "dmp-document-entry.h"
#include "dmp-code-table.h"
#include "dmp-text.h"

DmpAuthor *
dmp_author_copy (const DmpAuthor *self)
{
  DmpAuthor *copy = g_new0 (DmpAuthor, 1);

  copy->id = g_strdup (self->id);
  copy->id_oid = g_strdup (self->id_oid);
  copy->family = g_strdup (self->family);
  copy->given = g_strdup (self->given);
  copy->institution = g_strdup (self->institution);
  copy->institution_id = g_strdup (self->institution_id);
  copy->role = g_strdup (self->role);
  g_set_object (&copy->specialty, self->specialty);

  return copy;
}

void
dmp_author_free (DmpAuthor *self)
{
  if (self == NULL)
    return;

  g_free (self->id);
  g_free (self->id_oid);
  g_free (self->family);
  g_free (self->given);
  g_free (self->institution);
  g_free (self->institution_id);
  g_free (self->role);
  g_clear_object (&self->specialty);
  g_free (self);
}

static gboolean
is_filled (const char *text)
{
  return text != NULL && *text != '\0';
}

/* Doctors and dentists bear the title; the metadata do not carry the one on the card. */
static gboolean
is_doctor (DmpCode *specialty)
{
  const char *code = specialty != NULL ? dmp_code_get_code (specialty) : "";

  return g_str_has_prefix (code, "G15_10") || g_str_has_prefix (code, "G15_40");
}

char *
dmp_author_dup_display (const DmpAuthor *self)
{
  g_autofree char *family = dmp_text_dup_family (self->family);
  g_autofree char *given = dmp_text_dup_given (self->given);

  if (is_filled (family) && is_filled (given))
    return g_strconcat (is_doctor (self->specialty) ? "Dr " : "", given, " ", family, NULL);

  /* A machine: its specialty says who stands behind it. */
  if (self->specialty != NULL && g_str_equal (dmp_code_get_code (self->specialty), "ALIM_AM"))
    return g_strdup ("Assurance maladie");
  if (is_filled (self->institution))
    return g_strdup (self->institution);
  if (is_filled (self->family))
    return g_strdup (self->family);
  if (self->specialty != NULL)
    return g_strdup (dmp_code_table_get_display (DMP_TABLE_AUTHOR_SPECIALTY, self->specialty));

  return g_strdup (is_filled (self->id) ? self->id : "");
}
