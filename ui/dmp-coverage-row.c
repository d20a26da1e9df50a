#include "config.h"

#include "dmp-coverage-row.h"

#include "dmp-completeness.h"
#include "dmp-tag.h"
#include "model/dmp-date.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#define MAX_ROWS 60 /* of the detail; the rest is one row that says how many */

struct _DmpCoverageRow
{
  GtkBox parent_instance;

  DmpSummary *summary;
  GtkBox *first;
  DmpCompleteness *bar;
  GtkLabel *read;
  GtkBox *counts;
  GtkLabel *masking;
  GtkMenuButton *button;
  GtkBox *detail;
  gboolean countless;
  char *access; /* (nullable) */
};

enum
{
  OPEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DmpCoverageRow, dmp_coverage_row, GTK_TYPE_BOX)

static void
remove_all (GtkWidget *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (box)) != NULL)
    gtk_box_remove (GTK_BOX (box), child);
}

static void
add_count (GtkBox *box, DmpReadState state, guint n, const char *words)
{
  g_autofree char *text = g_strdup_printf ("%u %s", n, words);

  if (n == 0)
    return;
  if (state < DMP_READ_REPLACED)
    gtk_box_append (box, dmp_completeness_new_swatch (state));
  gtk_box_append (box, dmp_text_new (text, NULL));
}

static void
add_counts (GtkBox *box, const DmpCoverage *coverage, gboolean interrupted)
{
  const guint *n = coverage->counts;

  remove_all (GTK_WIDGET (box));
  add_count (box, DMP_READ_TEXT, n[DMP_READ_TEXT], _ ("en texte seul"));
  add_count (box, DMP_READ_PDF, n[DMP_READ_PDF], _ ("PDF sans texte"));
  add_count (box, DMP_READ_FAILED, n[DMP_READ_FAILED],
             n[DMP_READ_FAILED] > 1 ? _ ("illisibles") : _ ("illisible"));
  add_count (box, DMP_READ_PENDING, n[DMP_READ_PENDING],
             interrupted ? _ ("non reçus") : _ ("en cours"));
  add_count (box, DMP_READ_ARCHIVED, n[DMP_READ_ARCHIVED],
             n[DMP_READ_ARCHIVED] > 1 ? _ ("archivés à part") : _ ("archivé à part"));
}

/* --- The detail --- */

static void
on_open (GtkButton *button, DmpCoverageRow *self)
{
  g_autofree char *id = g_strdup (g_object_get_data (G_OBJECT (button), "document"));

  gtk_menu_button_popdown (self->button);
  g_signal_emit (self, signals[OPEN], 0, id);
}

GtkWidget *
dmp_coverage_row_new_item (const DmpCoverageItem *item, GCallback opened, gpointer data)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *date =
      item->date != NULL ? dmp_date_dup_display (item->date, TRUE, FALSE) : NULL;
  g_autoptr (GPtrArray) parts = g_ptr_array_new ();
  g_autofree char *subtitle = NULL;
  const char *all[] = { date, item->author,
                        item->state == DMP_READ_PENDING ? _ ("non reçu")
                        : item->reason != NULL          ? item->reason
                                                        : _ ("PDF ou image sans texte") };

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    if (all[i] != NULL && *all[i] != '\0')
      g_ptr_array_add (parts, (gpointer) all[i]);
  g_ptr_array_add (parts, NULL);
  subtitle = g_strjoinv (" · ", (char **) parts->pdata);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (
      ADW_PREFERENCES_ROW (row),
      item->title != NULL && *item->title != '\0' ? item->title : _ ("Document sans titre"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), dmp_completeness_new_swatch (item->state));
  if (item->state != DMP_READ_PENDING && opened != NULL)
    {
      GtkWidget *button = gtk_button_new_with_label (_ ("Ouvrir"));

      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      g_object_set_data_full (G_OBJECT (button), "document", g_strdup (item->document), g_free);
      g_signal_connect (button, "clicked", opened, data);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
    }

  return row;
}

static void
add_group_row (GtkListBox *list, const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (subtitle != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_list_box_append (list, row);
}

static GtkWidget *
new_list (void)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");

  return list;
}

static void
add_absent (DmpCoverageRow *self, const DmpCoverage *coverage)
{
  gboolean patient = dmp_summary_is_for_patient (self->summary);
  GtkWidget *list = new_list ();
  guint n = 0;
  g_autofree char *title = NULL, *rest = NULL;

  for (guint i = 0; i < coverage->items->len; i++)
    {
      const DmpCoverageItem *item = g_ptr_array_index (coverage->items, i);

      if (item->state != DMP_READ_PDF && item->state != DMP_READ_FAILED &&
          item->state != DMP_READ_PENDING)
        continue;
      if (n++ < MAX_ROWS)
        gtk_list_box_append (
            GTK_LIST_BOX (list),
            dmp_coverage_row_new_item (item, patient ? NULL : G_CALLBACK (on_open), self));
    }
  title = g_strdup_printf (
      g_dngettext (NULL, "%u document absent du résumé", "%u documents absents du résumé", n), n);
  gtk_box_append (self->detail, dmp_text_new (title, "heading"));
  if (n > MAX_ROWS)
    {
      rest = g_strdup_printf (g_dngettext (NULL, "et %u autre", "et %u autres", n - MAX_ROWS),
                              n - MAX_ROWS);
      add_group_row (GTK_LIST_BOX (list), rest, NULL);
    }
  gtk_widget_set_visible (list, n > 0);
  gtk_box_append (self->detail, list);
}

static void
add_set_aside (DmpCoverageRow *self, const DmpCoverage *coverage)
{
  GtkListBox *list = GTK_LIST_BOX (new_list ());
  const guint *n = coverage->counts;
  g_autofree char *text =
      g_strdup_printf (g_dngettext (NULL, "%u document en texte seul", "%u documents en texte seul",
                                    n[DMP_READ_TEXT]),
                       n[DMP_READ_TEXT]);
  g_autofree char *twins = g_strdup_printf (
      g_dngettext (NULL, "%u document regroupé", "%u documents regroupés", n[DMP_READ_DUPLICATE]),
      n[DMP_READ_DUPLICATE]);
  g_autofree char *old = g_strdup_printf (_ ("%u archivés, %u versions remplacées"),
                                          n[DMP_READ_ARCHIVED], n[DMP_READ_REPLACED]);

  gtk_box_append (self->detail,
                  dmp_text_new (_ ("Ce qui a été regroupé ou laissé de côté"), "heading"));
  add_group_row (list, text, _ ("lus, mais sans ligne dans le résumé"));
  add_group_row (list, twins, _ ("autres formats et envois identiques"));
  add_group_row (list, old, _ ("non comptés"));
  gtk_box_append (self->detail, GTK_WIDGET (list));
}

static void
fill_detail (DmpCoverageRow *self)
{
  const DmpCoverage *coverage;
  g_autofree char *versions = NULL;

  remove_all (GTK_WIDGET (self->detail));
  if (self->summary == NULL)
    return;
  coverage = dmp_summary_get_coverage (self->summary);
  gtk_box_append (self->detail, dmp_text_new (_ ("Complétude du résumé"), "ca-title-4"));
  add_absent (self, coverage);
  add_set_aside (self, coverage);
  if (dmp_summary_is_for_patient (self->summary))
    return;
  if (self->access != NULL)
    gtk_box_append (self->detail, dmp_text_new (self->access, "dim-label ca-caption"));
  versions = g_strdup_printf (_ ("Règles %s"), dmp_summary_get_rules_version ());
  gtk_box_append (self->detail, dmp_text_new (versions, "dim-label ca-caption"));
}

/* --- The row --- */

void
dmp_coverage_row_set_summary (DmpCoverageRow *self, DmpSummary *summary, gboolean interrupted)
{
  const DmpCoverage *coverage;
  g_autofree char *read = NULL;
  GtkPopover *popover;

  g_return_if_fail (DMP_IS_COVERAGE_ROW (self));

  g_set_object (&self->summary, summary);
  coverage = summary != NULL ? dmp_summary_get_coverage (summary) : NULL;
  dmp_completeness_set_coverage (self->bar, coverage);
  popover = gtk_menu_button_get_popover (self->button);
  if (coverage == NULL || dmp_summary_is_for_patient (summary) ||
      gtk_widget_get_visible (GTK_WIDGET (popover)))
    fill_detail (self);
  gtk_widget_set_visible (GTK_WIDGET (self->counts), coverage != NULL && !self->countless);
  if (coverage == NULL)
    {
      gtk_label_set_label (self->read, _ ("Lecture du dossier…"));
      gtk_label_set_label (self->masking, "");
      return;
    }
  read = g_strdup_printf (interrupted ? _ ("Résumé incomplet : %u / %u documents lus")
                                      : _ ("%u / %u documents lus"),
                          coverage->read, coverage->listed);
  gtk_label_set_label (self->read, read);
  if (interrupted)
    gtk_widget_add_css_class (GTK_WIDGET (self->read), "ca-red");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->read), "ca-red");
  add_counts (self->counts, coverage, interrupted);
  gtk_label_set_label (self->masking, dmp_summary_get_masking_sentence (summary));
}

void
dmp_coverage_row_set_access (DmpCoverageRow *self, const char *words)
{
  g_return_if_fail (DMP_IS_COVERAGE_ROW (self));

  g_free (self->access);
  self->access = g_strdup (words);
  dmp_explain (GTK_WIDGET (self->masking), words != NULL ? words : "");
}

/* The button stands at the end of the first line. */
static void
move_button (DmpCoverageRow *self, GtkBox *to)
{
  GtkWidget *button = GTK_WIDGET (self->button), *from = gtk_widget_get_parent (button);

  if (from == GTK_WIDGET (to))
    return;
  g_object_ref (button);
  gtk_box_remove (GTK_BOX (from), button);
  gtk_box_append (to, button);
  gtk_widget_set_hexpand (button, to == self->first);
  g_object_unref (button);
}

void
dmp_coverage_row_set_narrow (DmpCoverageRow *self, gboolean narrow)
{
  GtkOrientation orientation = narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL;

  g_return_if_fail (DMP_IS_COVERAGE_ROW (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), orientation);
  gtk_box_set_spacing (GTK_BOX (self), narrow ? 0 : 8);
  gtk_label_set_xalign (self->masking, narrow ? 0 : 1);
  move_button (self, narrow ? self->first : GTK_BOX (self));
}

void
dmp_coverage_row_set_brief (DmpCoverageRow *self, gboolean narrow)
{
  g_return_if_fail (DMP_IS_COVERAGE_ROW (self));

  self->countless = narrow;
  gtk_widget_remove_css_class (GTK_WIDGET (self), "card");
  gtk_widget_set_visible (GTK_WIDGET (self->masking), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->counts), self->summary != NULL && !narrow);
}

void
dmp_coverage_row_toggle_detail (DmpCoverageRow *self)
{
  g_return_if_fail (DMP_IS_COVERAGE_ROW (self));

  if (gtk_widget_get_visible (GTK_WIDGET (gtk_menu_button_get_popover (self->button))))
    gtk_menu_button_popdown (self->button);
  else
    gtk_menu_button_popup (self->button);
}

static void
dmp_coverage_row_dispose (GObject *object)
{
  g_clear_object (&DMP_COVERAGE_ROW (object)->summary);

  G_OBJECT_CLASS (dmp_coverage_row_parent_class)->dispose (object);
}

static void
dmp_coverage_row_finalize (GObject *object)
{
  g_free (DMP_COVERAGE_ROW (object)->access);

  G_OBJECT_CLASS (dmp_coverage_row_parent_class)->finalize (object);
}

static void
dmp_coverage_row_class_init (DmpCoverageRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dmp_coverage_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = dmp_coverage_row_finalize;
  signals[OPEN] = g_signal_new ("open", DMP_TYPE_COVERAGE_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  g_type_ensure (DMP_TYPE_COMPLETENESS);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/caducee/Caducee/dmp-coverage-row.ui");
  gtk_widget_class_bind_template_child (widget_class, DmpCoverageRow, first);
  gtk_widget_class_bind_template_child (widget_class, DmpCoverageRow, bar);
  gtk_widget_class_bind_template_child (widget_class, DmpCoverageRow, read);
  gtk_widget_class_bind_template_child (widget_class, DmpCoverageRow, counts);
  gtk_widget_class_bind_template_child (widget_class, DmpCoverageRow, masking);
  gtk_widget_class_bind_template_child (widget_class, DmpCoverageRow, button);
  gtk_widget_class_bind_template_child (widget_class, DmpCoverageRow, detail);
  gtk_widget_class_bind_template_callback (widget_class, fill_detail);
}

/* The keys of the window do not reach what is open over it. */
static gboolean
on_key (GtkWidget *popover, GVariant *args, gpointer self)
{
  dmp_coverage_row_toggle_detail (self);

  return TRUE;
}

static void
dmp_coverage_row_init (DmpCoverageRow *self)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys),
      gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_F8, 0),
                        gtk_callback_action_new (on_key, self, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (gtk_menu_button_get_popover (self->button)), keys);
}
