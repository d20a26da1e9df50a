#include "config.h"

#include "dmp-search-preview.h"

#include "dmp-document-kind.h"
#include "dmp-narrative.h"
#include "dmp-search-row.h"
#include "dmp-tag.h"

#include <glib/gi18n.h>

struct _DmpSearchPreview
{
  GtkBox parent_instance;

  GtkWidget *content;
  GtkWidget *title;
  GtkWidget *about;
  GtkWidget *position;
  GtkWidget *steps;
  DmpNarrative *narrative;
};

G_DEFINE_FINAL_TYPE (DmpSearchPreview, dmp_search_preview, GTK_TYPE_BOX)

static char *
dup_about (const DmpSearchHit *hit, DmpDocumentEntry *entry)
{
  g_autofree char *dates = entry != NULL ? dmp_document_kind_dup_dates (entry) : NULL;

  return g_strjoin (hit->author != NULL && dates != NULL ? " · " : "",
                    hit->author != NULL ? hit->author : "", dates != NULL ? dates : "", NULL);
}

void
dmp_search_preview_set (DmpSearchPreview *self,
                        const DmpSearchHit *hit,
                        DmpDocumentEntry *entry,
                        DmpCdaDocument *document)
{
  g_autofree char *about = NULL;
  g_auto (GStrv) words = NULL;

  g_return_if_fail (DMP_IS_SEARCH_PREVIEW (self));

  gtk_widget_set_visible (self->content, hit != NULL);
  if (hit == NULL)
    {
      gtk_label_set_label (GTK_LABEL (self->title), "");
      gtk_label_set_label (GTK_LABEL (self->about), "");
      dmp_search_preview_set_position (self, "");
      dmp_narrative_set_words (self->narrative, NULL);
      dmp_narrative_set_document (self->narrative, NULL, NULL);
      return;
    }
  about = dup_about (hit, entry);
  words = dmp_search_hit_dup_words (hit);
  gtk_label_set_label (GTK_LABEL (self->title), hit->title != NULL && *hit->title != '\0'
                                                    ? hit->title
                                                    : _ ("Document sans titre"));
  gtk_label_set_label (GTK_LABEL (self->about), about);
  dmp_narrative_set_words (self->narrative, (const char *const *) words);
  dmp_narrative_set_document (self->narrative, document, hit->place);
}

void
dmp_search_preview_set_position (DmpSearchPreview *self, const char *text)
{
  g_return_if_fail (DMP_IS_SEARCH_PREVIEW (self));

  gtk_label_set_label (GTK_LABEL (self->position), text);
  gtk_widget_set_visible (self->steps, *text != '\0');
}

static void
add_step (DmpSearchPreview *self, const char *icon, const char *action, const char *name)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (self->steps), button);
}

static GtkWidget *
new_key (const char *name)
{
  GtkWidget *key = dmp_text_new (name, "ca-key ca-one-line");

  gtk_widget_set_valign (key, GTK_ALIGN_CENTER);

  return key;
}

static GtkWidget *
new_bar (DmpSearchPreview *self)
{
  GtkWidget *bar = gtk_grid_new (); /* a box goes by baselines */
  GtkWidget *open = gtk_button_new_with_label (_ ("Ouvrir"));

  gtk_actionable_set_action_name (GTK_ACTIONABLE (open), "search.open");
  gtk_widget_add_css_class (open, "suggested-action");
  gtk_widget_set_valign (open, GTK_ALIGN_CENTER);
  gtk_grid_set_column_spacing (GTK_GRID (bar), 10);
  gtk_grid_attach (GTK_GRID (bar), open, 0, 0, 1, 1);
  self->steps = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  self->position = dmp_text_new (NULL, "dim-label ca-dense ca-one-line");
  gtk_widget_set_valign (self->position, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (self->steps, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (self->steps), self->position);
  add_step (self, "go-up-symbolic", "search.previous", _ ("Passage précédent (Maj+F3)"));
  add_step (self, "go-down-symbolic", "search.next", _ ("Passage suivant (F3)"));
  gtk_box_append (GTK_BOX (self->steps), new_key ("F3"));
  gtk_box_append (GTK_BOX (self->steps),
                  dmp_text_new (_ ("suivant"), "dim-label ca-dense ca-one-line"));
  gtk_grid_attach (GTK_GRID (bar), self->steps, 1, 0, 1, 1);

  return bar;
}

static void
dmp_search_preview_class_init (DmpSearchPreviewClass *klass)
{
}

static void
dmp_search_preview_init (DmpSearchPreview *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkWidget *scroller = gtk_scrolled_window_new ();

  gtk_widget_add_css_class (GTK_WIDGET (self), "ca-preview");
  self->content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_hexpand (self->content, TRUE);
  self->title = dmp_text_new (NULL, "ca-title-4");
  self->about = dmp_text_new (NULL, "dim-label ca-dense");
  gtk_box_append (GTK_BOX (head), self->title);
  gtk_box_append (GTK_BOX (head), self->about);
  gtk_box_append (GTK_BOX (head), new_bar (self));
  g_object_set (head, "margin-top", 12, "margin-bottom", 8, "margin-start", 18, "margin-end", 18,
                NULL);
  gtk_box_append (GTK_BOX (self->content), head);
  self->narrative = g_object_new (DMP_TYPE_NARRATIVE, "margin-start", 18, "margin-end", 18,
                                  "margin-bottom", 12, NULL);
  gtk_widget_add_css_class (GTK_WIDGET (self->narrative), "card");
  gtk_widget_add_css_class (GTK_WIDGET (self->narrative), "ca-sheet");
  gtk_widget_set_valign (GTK_WIDGET (self->narrative), GTK_ALIGN_START);
  dmp_narrative_set_quiet (self->narrative);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (self->narrative));
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_box_append (GTK_BOX (self->content), scroller);
  gtk_box_append (GTK_BOX (self), self->content);
  gtk_widget_set_visible (self->content, FALSE);
}
