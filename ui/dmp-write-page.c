#include "config.h"

#include "dmp-write-page.h"

#include "dmp-narrative.h"
#include "dmp-note-list.h"
#include "dmp-note-version.h"

#include <glib/gi18n.h>

#define MAX_TYPES 8

struct _DmpWritePage
{
  AdwBin parent_instance;

  GtkStack *stack;
  GtkBox *kinds;
  GtkStack *forms;
  DmpNarrative *narrative;
  GtkLabel *notice;
  GtkLabel *state;
  GtkWidget *detail;
  GtkLabel *defects;
  GtkButton *preview;

  GtkToggleButton *toggles[MAX_TYPES];
  DmpNoteDraft *drafts[MAX_TYPES]; /* (nullable): none before dmp_write_page_prepare() */
  guint n_types;
  guint shown;
  gboolean regular_doctor;
  gboolean reading;   /* the record is being read */
  guint read, listed; /* documents that the summary is made of, of so many */
};

G_DEFINE_FINAL_TYPE (DmpWritePage, dmp_write_page, ADW_TYPE_BIN)

/* --- What is still missing --- */

static void
set_enabled (DmpWritePage *self, gboolean enabled)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (root == NULL)
    return;
  gtk_widget_action_set_enabled (GTK_WIDGET (root), "win.write-preview", enabled);
  gtk_widget_action_set_enabled (GTK_WIDGET (root), "win.write-send", enabled);
}

/* Its own, and whether it is this author's to write. */
static GPtrArray *
dup_defects (DmpWritePage *self)
{
  DmpNoteDraft *draft = self->drafts[self->shown];
  GPtrArray *defects = dmp_note_draft_check (draft);

  if (dmp_note_draft_get_note_type (draft)->regular_doctor && !self->regular_doctor)
    g_ptr_array_insert (defects, 0,
                        g_strdup (_ ("Seul le médecin traitant déclaré dans le DMP rédige ce "
                                     "document.")));
  if (self->reading && dmp_note_type_is_filled (dmp_note_draft_get_note_type (draft)))
    g_ptr_array_insert (defects, 0,
                        g_strdup (_ ("Le dossier n’est pas encore entièrement lu : attendez la "
                                     "fin de la lecture.")));
  return defects;
}

/* What is filled from part of the record says so. */
static void
show_notice (DmpWritePage *self)
{
  gboolean filled = dmp_note_type_is_filled (dmp_note_types ()[self->shown]);
  g_autofree char *text = g_strdup_printf (
      self->reading ? _ ("Prérempli d’après %u documents sur %u : la lecture continue, il "
                         "sera complété.")
                    : _ ("Prérempli d’après %u documents sur %u : les autres n’ont pas pu "
                         "être lus."),
      self->read, self->listed);

  gtk_label_set_label (self->notice, text);
  gtk_widget_set_visible (GTK_WIDGET (self->notice),
                          filled && (self->reading || self->read < self->listed) &&
                              self->drafts[self->shown] != NULL);
}

static void
show_state (DmpWritePage *self)
{
  g_autoptr (GPtrArray) defects = NULL;
  g_autofree char *text = NULL;
  g_autofree char *all = NULL;

  show_notice (self);
  if (self->drafts[self->shown] == NULL)
    return;
  defects = dup_defects (self);
  text = defects->len == 0 ? g_strdup (_ ("Prêt à être envoyé"))
                           : g_strdup_printf (g_dngettext (NULL, "%u point à compléter",
                                                           "%u points à compléter", defects->len),
                                              defects->len);
  gtk_label_set_label (self->state, text);
  gtk_widget_set_visible (self->detail, defects->len > 0);
  g_ptr_array_add (defects, NULL);
  all = g_strjoinv ("\n", (char **) defects->pdata);
  gtk_label_set_label (self->defects, all);
  set_enabled (self, defects->len == 1); /* NULL only */
}

DmpNoteDraft *
dmp_write_page_get_draft (DmpWritePage *self)
{
  g_return_val_if_fail (DMP_IS_WRITE_PAGE (self), NULL);

  return self->drafts[self->shown];
}

gboolean
dmp_write_page_is_touched (DmpWritePage *self)
{
  g_return_val_if_fail (DMP_IS_WRITE_PAGE (self), FALSE);

  for (guint i = 0; i < self->n_types; i++)
    if (self->drafts[i] != NULL && dmp_note_draft_is_touched (self->drafts[i]))
      return TRUE;
  return FALSE;
}

gboolean
dmp_write_page_is_complete (DmpWritePage *self)
{
  g_autoptr (GPtrArray) defects = NULL;

  g_return_val_if_fail (DMP_IS_WRITE_PAGE (self), FALSE);

  if (self->drafts[self->shown] == NULL)
    return FALSE;
  defects = dup_defects (self);
  return defects->len == 0;
}

void
dmp_write_page_show_defects (DmpWritePage *self)
{
  g_return_if_fail (DMP_IS_WRITE_PAGE (self));

  gtk_menu_button_popup (GTK_MENU_BUTTON (self->detail));
}

/* --- Forms --- */

static GtkWidget *
new_form (DmpNoteDraft *draft)
{
  const DmpNoteType *type = dmp_note_draft_get_note_type (draft);
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 24);
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  if (type->single)
    gtk_box_append (GTK_BOX (box), dmp_note_version_new (draft));
  for (guint i = 0; i < type->n_sections; i++)
    if (type->sections[i].kind != NULL)
      gtk_box_append (GTK_BOX (box), dmp_note_list_widget_new (draft, i));
  gtk_widget_set_margin_top (box, 18);
  gtk_widget_set_margin_bottom (box, 24);
  gtk_widget_set_margin_start (box, 24);
  gtk_widget_set_margin_end (box, 24);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 860);
  adw_clamp_set_child (ADW_CLAMP (clamp), box);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), clamp);
  return scrolled;
}

/* Only what is seen is in the accessible tree: the others are invisible for good. */
static void
show_form (DmpWritePage *self, guint at)
{
  const DmpNoteType *const *types = dmp_note_types ();

  self->shown = at;
  for (guint i = 0; i < self->n_types; i++)
    {
      GtkWidget *form = gtk_stack_get_child_by_name (self->forms, types[i]->name);

      if (form != NULL)
        gtk_widget_set_visible (form, i == at);
    }
  if (gtk_stack_get_child_by_name (self->forms, types[at]->name) != NULL)
    gtk_stack_set_visible_child_name (self->forms, types[at]->name);
  show_state (self);
}

static void
on_kind (GtkToggleButton *toggle, DmpWritePage *self)
{
  for (guint i = 0; i < self->n_types; i++)
    if (self->toggles[i] == toggle && gtk_toggle_button_get_active (toggle))
      show_form (self, i);
}

/* @draft: (transfer full) */
static void
put_draft (DmpWritePage *self, guint at, DmpNoteDraft *draft)
{
  self->drafts[at] = draft;
  g_signal_connect_object (draft, "changed", G_CALLBACK (show_state), self, G_CONNECT_SWAPPED);
  gtk_stack_add_named (self->forms, new_form (draft), dmp_note_types ()[at]->name);
}

/* Returns: (transfer full) (nullable) */
static DmpNoteDraft *
take_draft (DmpWritePage *self, guint at)
{
  GtkWidget *form = gtk_stack_get_child_by_name (self->forms, dmp_note_types ()[at]->name);

  if (form != NULL)
    gtk_stack_remove (self->forms, form);
  if (self->drafts[at] != NULL)
    g_signal_handlers_disconnect_by_func (self->drafts[at], show_state, self);
  return g_steal_pointer (&self->drafts[at]);
}

void
dmp_write_page_prepare (DmpWritePage *self, DmpSummary *summary, gboolean regular_doctor)
{
  const DmpNoteType *const *types = dmp_note_types ();

  g_return_if_fail (DMP_IS_WRITE_PAGE (self));

  self->regular_doctor = regular_doctor;
  for (guint i = 0; i < self->n_types; i++)
    {
      DmpNoteDraft *draft;

      if (self->drafts[i] != NULL)
        continue;
      draft = dmp_note_draft_new (types[i]);
      if (summary != NULL)
        dmp_note_draft_fill (draft, summary);
      put_draft (self, i, draft);
    }
  gtk_toggle_button_set_active (self->toggles[self->shown], TRUE);
  show_form (self, self->shown);
}

DmpNoteDraft *
dmp_write_page_take_draft (DmpWritePage *self, const DmpNoteType *type)
{
  g_return_val_if_fail (DMP_IS_WRITE_PAGE (self), NULL);

  dmp_write_page_set_preview (self, NULL);
  set_enabled (self, FALSE);
  for (guint i = 0; i < self->n_types; i++)
    if (dmp_note_types ()[i] == type)
      return take_draft (self, i);
  return NULL;
}

gboolean
dmp_write_page_put_draft (DmpWritePage *self, DmpNoteDraft *draft)
{
  const DmpNoteType *const *types = dmp_note_types ();

  g_return_val_if_fail (DMP_IS_WRITE_PAGE (self), FALSE);

  for (guint i = 0; i < self->n_types; i++)
    {
      g_autoptr (DmpNoteDraft) other = NULL;

      if (types[i] != dmp_note_draft_get_note_type (draft))
        continue;
      if (self->drafts[i] != NULL && dmp_note_draft_is_touched (self->drafts[i]))
        return FALSE;
      other = take_draft (self, i);
      put_draft (self, i, g_object_ref (draft));
      gtk_toggle_button_set_active (self->toggles[i], TRUE);
      show_form (self, i);
      return TRUE;
    }
  return FALSE;
}

void
dmp_write_page_set_before (DmpWritePage *self, const DmpNoteType *type, DmpCdaDocument *document)
{
  g_return_if_fail (DMP_IS_WRITE_PAGE (self));

  for (guint i = 0; i < self->n_types; i++)
    if (self->drafts[i] != NULL && dmp_note_draft_get_note_type (self->drafts[i]) == type)
      dmp_note_draft_set_before (self->drafts[i], document);
}

void
dmp_write_page_set_reading (DmpWritePage *self, DmpSummary *summary, gboolean reading)
{
  const DmpCoverage *coverage = summary != NULL ? dmp_summary_get_coverage (summary) : NULL;
  gboolean ended = self->reading && !reading;

  g_return_if_fail (DMP_IS_WRITE_PAGE (self));

  self->reading = reading;
  self->read = coverage != NULL ? coverage->read : 0;
  self->listed = coverage != NULL ? coverage->listed : 0;
  for (guint i = 0; ended && summary != NULL && i < self->n_types; i++)
    if (self->drafts[i] != NULL)
      dmp_note_draft_fill (self->drafts[i], summary);
  show_state (self);
}

/* Returns: the first widget of the form in view */
static GtkWidget *
first_part (DmpWritePage *self)
{
  GtkWidget *part = gtk_stack_get_visible_child (self->forms);

  while (part != NULL && !GTK_IS_BOX (part))
    part = gtk_widget_get_first_child (part);
  return part != NULL ? gtk_widget_get_first_child (part) : NULL;
}

void
dmp_write_page_step (DmpWritePage *self, int step)
{
  GtkWidget *focus, *part;

  g_return_if_fail (DMP_IS_WRITE_PAGE (self));

  focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));
  part = first_part (self);
  while (part != NULL && (focus == NULL || !gtk_widget_is_ancestor (focus, part)))
    part = gtk_widget_get_next_sibling (part);
  if (part == NULL) /* above the form: into it */
    part = step > 0 ? first_part (self) : NULL;
  else
    part = step > 0 ? gtk_widget_get_next_sibling (part) : gtk_widget_get_prev_sibling (part);
  while (part != NULL && !gtk_widget_get_visible (part))
    part = step > 0 ? gtk_widget_get_next_sibling (part) : gtk_widget_get_prev_sibling (part);
  if (part == NULL || !gtk_widget_child_focus (part, GTK_DIR_TAB_FORWARD))
    dmp_write_page_focus (self);
}

/* --- How it will read --- */

void
dmp_write_page_set_preview (DmpWritePage *self, DmpCdaDocument *document)
{
  GtkWidget *form, *page;

  g_return_if_fail (DMP_IS_WRITE_PAGE (self));

  form = gtk_stack_get_child_by_name (self->stack, "form");
  page = gtk_stack_get_child_by_name (self->stack, "preview");
  dmp_narrative_set_document (self->narrative, document, NULL);
  gtk_widget_set_visible (form, document == NULL);
  gtk_widget_set_visible (page, document != NULL);
  gtk_stack_set_visible_child (self->stack, document != NULL ? page : form);
  gtk_widget_set_visible (GTK_WIDGET (self->kinds), document == NULL);
  gtk_button_set_label (self->preview, document != NULL ? _ ("Revenir à la saisie") : _ ("Aperçu"));
}

gboolean
dmp_write_page_in_preview (DmpWritePage *self)
{
  g_return_val_if_fail (DMP_IS_WRITE_PAGE (self), FALSE);

  return g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "preview") == 0;
}

void
dmp_write_page_set_problem (DmpWritePage *self, const char *problem)
{
  g_return_if_fail (DMP_IS_WRITE_PAGE (self));

  if (problem != NULL)
    gtk_label_set_label (self->state, problem);
  else
    show_state (self);
}

void
dmp_write_page_clear (DmpWritePage *self)
{
  g_return_if_fail (DMP_IS_WRITE_PAGE (self));

  dmp_write_page_set_preview (self, NULL);
  for (guint i = 0; i < self->n_types; i++)
    {
      g_autoptr (DmpNoteDraft) dropped = take_draft (self, i);
    }
  self->shown = 0;
  self->reading = FALSE;
  self->read = self->listed = 0;
  gtk_label_set_label (self->notice, "");
  gtk_widget_set_visible (GTK_WIDGET (self->notice), FALSE);
  gtk_label_set_label (self->state, "");
  gtk_label_set_label (self->defects, "");
  set_enabled (self, FALSE);
}

void
dmp_write_page_focus (DmpWritePage *self)
{
  g_return_if_fail (DMP_IS_WRITE_PAGE (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->toggles[self->shown]));
}

/* --- The widget --- */

static void
dmp_write_page_dispose (GObject *object)
{
  DmpWritePage *self = DMP_WRITE_PAGE (object);

  for (guint i = 0; i < self->n_types; i++)
    g_clear_object (&self->drafts[i]);

  G_OBJECT_CLASS (dmp_write_page_parent_class)->dispose (object);
}

static void
dmp_write_page_class_init (DmpWritePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dmp_write_page_dispose;
  g_type_ensure (DMP_TYPE_NARRATIVE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/caducee/Caducee/dmp-write-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DmpWritePage, stack);
  gtk_widget_class_bind_template_child (widget_class, DmpWritePage, kinds);
  gtk_widget_class_bind_template_child (widget_class, DmpWritePage, forms);
  gtk_widget_class_bind_template_child (widget_class, DmpWritePage, narrative);
  gtk_widget_class_bind_template_child (widget_class, DmpWritePage, notice);
  gtk_widget_class_bind_template_child (widget_class, DmpWritePage, state);
  gtk_widget_class_bind_template_child (widget_class, DmpWritePage, detail);
  gtk_widget_class_bind_template_child (widget_class, DmpWritePage, defects);
  gtk_widget_class_bind_template_child (widget_class, DmpWritePage, preview);
}

static void
dmp_write_page_init (DmpWritePage *self)
{
  const DmpNoteType *const *types = dmp_note_types ();

  gtk_widget_init_template (GTK_WIDGET (self));
  for (; types[self->n_types] != NULL && self->n_types < MAX_TYPES; self->n_types++)
    {
      GtkWidget *toggle = gtk_toggle_button_new_with_label (_ (types[self->n_types]->label));

      self->toggles[self->n_types] = GTK_TOGGLE_BUTTON (toggle);
      if (self->n_types > 0)
        gtk_toggle_button_set_group (self->toggles[self->n_types], self->toggles[0]);
      g_signal_connect (toggle, "toggled", G_CALLBACK (on_kind), self);
      gtk_box_append (self->kinds, toggle);
    }
  dmp_write_page_set_preview (self, NULL);
}
