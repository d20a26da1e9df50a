#include "config.h"

#include "dmp-search-names.h"

#include "dmp-tag.h"

#include <glib/gi18n.h>

#define SHOWN 2    /* names on the chip */
#define LETTERS 26 /* of them together; a long second one is only counted */

struct _DmpSearchNames
{
  GtkBox parent_instance;

  GtkWidget *label; /* on the chip */
  GtkWidget *button;
  GtkWidget *all;
};

G_DEFINE_FINAL_TYPE (DmpSearchNames, dmp_search_names, GTK_TYPE_BOX)

/* "kaliémie, K", or "FUROSÉMIDE +7" */
static char *
dup_short (const char *const *names, guint n)
{
  GString *out = g_string_new (names[0]);
  guint shown = 1;

  for (; shown < MIN (n, SHOWN); shown++)
    {
      if (g_utf8_strlen (out->str, -1) + g_utf8_strlen (names[shown], -1) > LETTERS)
        break;
      g_string_append_printf (out, ", %s", names[shown]);
    }
  if (n > shown)
    g_string_append_printf (out, " +%u", n - shown);

  return g_string_free (out, FALSE);
}

void
dmp_search_names_set (DmpSearchNames *self, const char *const *names)
{
  guint n = names != NULL ? g_strv_length ((char **) names) : 0;
  g_autofree char *all = NULL, *start = NULL, *text = NULL;

  g_return_if_fail (DMP_IS_SEARCH_NAMES (self));

  gtk_widget_set_visible (GTK_WIDGET (self), n > 0);
  if (n == 0)
    {
      gtk_menu_button_popdown (GTK_MENU_BUTTON (self->button));
      gtk_label_set_label (GTK_LABEL (self->label), "");
      gtk_label_set_label (GTK_LABEL (self->all), "");
      return;
    }
  all = g_strjoinv (", ", (char **) names);
  start = dup_short (names, n);
  text = g_strdup_printf (_ ("Synonymes : %s"), start);
  gtk_label_set_label (GTK_LABEL (self->label), text);
  gtk_label_set_label (GTK_LABEL (self->all), all);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  text, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, all, -1);
}

static void
dmp_search_names_class_init (DmpSearchNamesClass *klass)
{
}

static GtkWidget *
new_popover (DmpSearchNames *self)
{
  GtkWidget *popover = gtk_popover_new (), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->all = dmp_text_new (NULL, NULL);
  gtk_label_set_max_width_chars (GTK_LABEL (self->all), 60);
  g_object_set (box, "margin-top", 8, "margin-bottom", 8, "margin-start", 8, "margin-end", 8, NULL);
  gtk_box_append (GTK_BOX (box), dmp_text_new (_ ("Cherché aussi, sous ces noms"), "ca-title-4"));
  gtk_box_append (GTK_BOX (box), self->all);
  gtk_popover_set_child (GTK_POPOVER (popover), box);

  return popover;
}

static void
dmp_search_names_init (DmpSearchNames *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  self->button = gtk_menu_button_new ();
  self->label = dmp_text_new (NULL, "ca-one-line");
  gtk_label_set_ellipsize (GTK_LABEL (self->label), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (box), self->label);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("pan-down-symbolic"));
  gtk_menu_button_set_child (GTK_MENU_BUTTON (self->button), box);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->button), new_popover (self));
  gtk_widget_add_css_class (self->button, "ca-chip-menu");
  gtk_box_append (GTK_BOX (self), self->button);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}
