#include "config.h"

#include "dmp-document-columns.h"

#include "dmp-document-kind.h"
#include "dmp-group-card.h"
#include "dmp-tag.h"
#include "model/dmp-date.h"

#include <glib/gi18n.h>

#define MAX_BADGES 2

struct _DmpDocumentColumns
{
  GtkColumnView *view;       /* owns all this */
  GtkColumnViewColumn *date; /* what the rows are sorted by until somebody chooses */
  DmpSummary *summary;       /* (nullable) */
  GHashTable *unread;        /* unique id → GUINT_TO_POINTER (DmpReadState), of those not read */
  GHashTable *states;        /* bound GtkListItem of the last column */
  GHashTable *titles;        /* bound GtkListItem of the titles */
  DmpDocumentGroups *groups; /* (nullable): borrowed */
};

typedef void (*BindCell) (DmpDocumentColumns *self, GtkWidget *cell, DmpDocumentEntry *entry);

/* --- Cells --- */

static void
setup_label (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_lines (GTK_LABEL (label), 2);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_list_item_set_child (item, label);
}

/* The day it is sorted by; below it, of a period, the day it began. */
static void
setup_date (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  const char *const styles[] = { "dim-label", "dim-label ca-caption" };

  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  for (guint i = 0; i < G_N_ELEMENTS (styles); i++)
    {
      GtkWidget *label = dmp_text_new (NULL, styles[i]);

      gtk_label_set_wrap (GTK_LABEL (label), FALSE);
      gtk_box_append (GTK_BOX (box), label);
    }
  gtk_list_item_set_child (item, box);
}

static void
bind_date (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  DmpDocumentEntry *entry = gtk_list_item_get_item (item);
  GtkWidget *day = gtk_widget_get_first_child (gtk_list_item_get_child (item));
  GtkWidget *since = gtk_widget_get_next_sibling (day);
  const char *stamp = dmp_document_entry_get_date (entry);
  const char *start = dmp_document_entry_get_fields (entry)->service_start;
  g_autofree char *date = stamp != NULL ? dmp_date_dup_display (stamp, TRUE, FALSE) : NULL;
  g_autofree char *period = dmp_document_entry_dup_period (entry);
  gboolean is_end = period != NULL && stamp != start;
  g_autofree char *first = is_end ? dmp_date_dup_display (start, TRUE, FALSE) : NULL;
  g_autofree char *from = is_end ? g_strdup_printf (_ ("depuis %s"), first) : NULL;

  gtk_label_set_label (GTK_LABEL (day), date != NULL ? date : "");
  gtk_label_set_label (GTK_LABEL (since), from != NULL ? from : "");
  gtk_widget_set_visible (since, from != NULL);
  gtk_widget_set_tooltip_text (gtk_list_item_get_child (item), period);
}

static void
setup_title (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *image = gtk_image_new ();
  GtkWidget *label = gtk_label_new (NULL);

  gtk_image_set_pixel_size (GTK_IMAGE (image), 14);
  gtk_widget_add_css_class (image, "dim-label");
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_lines (GTK_LABEL (label), 2);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (box), image);
  gtk_box_append (GTK_BOX (box), label);
  gtk_list_item_set_child (item, box);
}

const char *
dmp_document_columns_get_title (DmpDocumentColumns *self, DmpDocumentEntry *entry)
{
  const char *id = dmp_document_entry_get_unique_id (entry);
  const char *title =
      self->groups != NULL && id != NULL ? dmp_document_groups_get_title (self->groups, id) : NULL;

  if (title == NULL)
    title = dmp_document_entry_get_title (entry);

  return title != NULL && *title != '\0' ? title : _ ("Document sans titre");
}

static void
fill_title (DmpDocumentColumns *self, GtkListItem *item)
{
  DmpDocumentEntry *entry = gtk_list_item_get_item (item);
  GtkWidget *image = gtk_widget_get_first_child (gtk_list_item_get_child (item));
  GtkWidget *label = gtk_widget_get_next_sibling (image);
  const char *title = dmp_document_columns_get_title (self, entry);

  gtk_image_set_from_icon_name (GTK_IMAGE (image), dmp_document_kind_get_icon (entry));
  gtk_label_set_label (GTK_LABEL (label), title);
  gtk_widget_set_tooltip_text (label, title);
}

static void
bind_title (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  DmpDocumentColumns *self = data;

  g_hash_table_add (self->titles, item);
  fill_title (self, item);
}

static void
unbind_title (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  DmpDocumentColumns *self = data;

  g_hash_table_remove (self->titles, item);
}

static void
bind_author (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  g_autofree char *author = dmp_document_entry_dup_author (gtk_list_item_get_item (item));
  GtkWidget *label = gtk_list_item_get_child (item);

  gtk_label_set_label (GTK_LABEL (label), author);
  gtk_widget_set_tooltip_text (label, author);
  gtk_widget_add_css_class (label, "dim-label");
}

/* --- The badges of the last column --- */

typedef struct
{
  GtkBox *box;
  guint n, hidden;
} Badges;

static void
add_badge (Badges *badges, const char *icon, const char *text, const char *style)
{
  if (badges->n++ < MAX_BADGES)
    gtk_box_append (badges->box, dmp_tag_new (icon, text, style));
  else
    badges->hidden++;
}

static void
add_unread (Badges *badges, gboolean known, DmpReadState state)
{
  if (!known)
    return;
  if (state == DMP_READ_FAILED)
    add_badge (badges, "ca-triangle-outline-symbolic", _ ("illisible"), "red");
  else if (state == DMP_READ_PDF)
    add_badge (badges, NULL, _ ("PDF sans texte"), "amber");
}

static void
add_groups (DmpDocumentColumns *self, Badges *badges, const char *unique_id)
{
  for (DmpGroupKind kind = 0; kind < DMP_GROUP_N_KINDS; kind++)
    {
      g_autofree char *badge = dmp_group_dup_badge (self->groups, unique_id, kind);

      if (badge != NULL)
        add_badge (badges, NULL, badge, NULL);
    }
}

static void
fill_badges (DmpDocumentColumns *self, GtkWidget *cell, DmpDocumentEntry *entry)
{
  const DmpDocumentEntryFields *fields = dmp_document_entry_get_fields (entry);
  Badges badges = { .box = GTK_BOX (cell) };
  GtkWidget *child;
  gpointer state = NULL;
  gboolean known = g_hash_table_lookup_extended (self->unread, fields->unique_id, NULL, &state);

  while ((child = gtk_widget_get_first_child (cell)) != NULL)
    gtk_box_remove (GTK_BOX (cell), child);
  add_unread (&badges, known, GPOINTER_TO_UINT (state));
  if (fields->visibility & DMP_VISIBILITY_HIDDEN_FROM_PROFESSIONALS)
    add_badge (&badges, "changes-prevent-symbolic", _ ("masqué"), NULL);
  if (fields->visibility & DMP_VISIBILITY_HIDDEN_FROM_PATIENT)
    add_badge (&badges, "view-conceal-symbolic", _ ("non visible du patient"), NULL);
  if (fields->visibility & DMP_VISIBILITY_HIDDEN_FROM_REPRESENTATIVES)
    add_badge (&badges, "view-conceal-symbolic", _ ("non visible des parents"), NULL);
  if (dmp_document_entry_is_from_patient (entry))
    add_badge (&badges, "ca-patient-symbolic", _ ("Patient"), NULL);
  if (fields->status == DMP_STATUS_ARCHIVED)
    add_badge (&badges, "folder-symbolic", _ ("archivé"), NULL);
  if (fields->status == DMP_STATUS_DEPRECATED)
    add_badge (&badges, NULL, _ ("remplacé"), NULL);
  add_groups (self, &badges, fields->unique_id);
  if (badges.hidden > 0)
    {
      g_autofree char *more = g_strdup_printf ("+%u", badges.hidden);

      gtk_box_append (badges.box, dmp_tag_new (NULL, more, NULL));
    }
}

static void
setup_state (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  gtk_list_item_set_child (item, gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4));
}

static void
bind_state (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  DmpDocumentColumns *self = data;

  g_hash_table_add (self->states, item);
  fill_badges (self, gtk_list_item_get_child (item), gtk_list_item_get_item (item));
}

static void
unbind_state (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  DmpDocumentColumns *self = data;

  g_hash_table_remove (self->states, item);
}

void
dmp_document_columns_set_summary (DmpDocumentColumns *self, DmpSummary *summary)
{
  g_hash_table_remove_all (self->unread);
  g_set_object (&self->summary, summary); /* owns the ids below */
  for (guint i = 0; summary != NULL && i < dmp_summary_get_coverage (summary)->items->len; i++)
    {
      const DmpCoverageItem *of = dmp_summary_get_coverage (summary)->items->pdata[i];

      if (of->state == DMP_READ_FAILED || of->state == DMP_READ_PDF)
        g_hash_table_insert (self->unread, of->document, GUINT_TO_POINTER (of->state));
    }
  dmp_document_columns_refresh (self);
}

void
dmp_document_columns_refresh (DmpDocumentColumns *self)
{
  GHashTableIter iter;
  gpointer item;

  g_hash_table_iter_init (&iter, self->states);
  while (g_hash_table_iter_next (&iter, &item, NULL))
    fill_badges (self, gtk_list_item_get_child (item), gtk_list_item_get_item (item));
  g_hash_table_iter_init (&iter, self->titles);
  while (g_hash_table_iter_next (&iter, &item, NULL))
    fill_title (self, item);
}

/* The rows are a list view of the column view's own; it is the one that can scroll. */
/* A list that got the focus before it had rows keeps it for itself: the chosen row takes it. */
static void
focus_row (GtkWidget *list)
{
  GtkWidget *row = gtk_widget_get_first_child (list);

  while (row != NULL && !(gtk_widget_get_state_flags (row) & GTK_STATE_FLAG_SELECTED))
    row = gtk_widget_get_next_sibling (row);
  if (row != NULL && gtk_widget_is_focus (list))
    gtk_widget_grab_focus (row);
}

void
dmp_document_columns_scroll_to (DmpDocumentColumns *self, guint row)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->view)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_LIST_VIEW (child) && row != GTK_INVALID_LIST_POSITION)
      {
        gtk_widget_activate_action (child, "list.scroll-to-item", "u", row);
        focus_row (child);
      }
}

void
dmp_document_columns_set_groups (DmpDocumentColumns *self, DmpDocumentGroups *groups)
{
  self->groups = groups;
  dmp_document_columns_refresh (self);
}

/* --- Making --- */

static int
compare_dates (gconstpointer a, gconstpointer b, gpointer data)
{
  return dmp_date_compare (dmp_document_entry_get_date ((gpointer) a),
                           dmp_document_entry_get_date ((gpointer) b));
}

static int
compare_titles (gconstpointer a, gconstpointer b, gpointer data)
{
  return g_utf8_collate (dmp_document_columns_get_title (data, (gpointer) a),
                         dmp_document_columns_get_title (data, (gpointer) b));
}

static GtkColumnViewColumn *
add_column (GtkColumnView *view, const char *title, GCallback setup, GCallback bind, gpointer data)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkColumnViewColumn *column;

  g_signal_connect (factory, "setup", setup, data);
  g_signal_connect (factory, "bind", bind, data);
  column = gtk_column_view_column_new (title, factory);
  gtk_column_view_append_column (view, column);
  g_object_unref (column);

  return column;
}

DmpDocumentColumns *
dmp_document_columns_new (GtkColumnView *view)
{
  DmpDocumentColumns *self = g_new0 (DmpDocumentColumns, 1);
  GtkColumnViewColumn *date, *title, *author, *state;
  GtkSorter *sorter = GTK_SORTER (gtk_custom_sorter_new (compare_dates, NULL, NULL));

  self->unread = g_hash_table_new (g_str_hash, g_str_equal);
  self->states = g_hash_table_new (NULL, NULL);
  self->titles = g_hash_table_new (NULL, NULL);
  date = add_column (view, _ ("Date"), G_CALLBACK (setup_date), G_CALLBACK (bind_date), self);
  title = add_column (view, _ ("Titre (d’après le contenu)"), G_CALLBACK (setup_title),
                      G_CALLBACK (bind_title), self);
  author =
      add_column (view, _ ("Auteur"), G_CALLBACK (setup_label), G_CALLBACK (bind_author), self);
  state = add_column (view, _ ("État"), G_CALLBACK (setup_state), G_CALLBACK (bind_state), self);
  g_signal_connect (gtk_column_view_column_get_factory (title), "unbind", G_CALLBACK (unbind_title),
                    self);
  g_signal_connect (gtk_column_view_column_get_factory (state), "unbind", G_CALLBACK (unbind_state),
                    self);
  gtk_column_view_column_set_sorter (date, sorter);
  g_object_unref (sorter);
  sorter = GTK_SORTER (gtk_custom_sorter_new (compare_titles, self, NULL));
  gtk_column_view_column_set_sorter (title, sorter);
  g_object_unref (sorter);
  gtk_column_view_column_set_expand (title, TRUE);
  gtk_column_view_column_set_fixed_width (author, 172);
  gtk_column_view_column_set_resizable (author, TRUE);
  self->view = view;
  self->date = date;
  dmp_document_columns_reset (self);

  return self;
}

void
dmp_document_columns_reset (DmpDocumentColumns *self)
{
  gtk_column_view_sort_by_column (self->view, NULL, GTK_SORT_ASCENDING);
  gtk_column_view_sort_by_column (self->view, self->date, GTK_SORT_DESCENDING);
}

void
dmp_document_columns_free (DmpDocumentColumns *self)
{
  g_hash_table_unref (self->unread);
  g_hash_table_unref (self->states);
  g_hash_table_unref (self->titles);
  g_clear_object (&self->summary);
  g_free (self);
}
