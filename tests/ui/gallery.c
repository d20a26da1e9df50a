#include "config.h"

#include "gallery.h"

#include "ui/dmp-resources.h"

#include <glib/gstdio.h>
#include <string.h>

#define WIDTH 1366
#define HEIGHT 768
#define QUIET 250 /* ms without an event: what comes between frames has come */
#define SETTLE                                                                                     \
  2000 /* ms at most, where something never rests (times PATIENCE, for slow builds)                \
        */

static const char *
variant (void)
{
  const char *chosen = g_getenv ("CADUCEE_GALLERY");

  return chosen != NULL ? chosen : "light";
}

gboolean
gallery_init (int *argc, char ***argv)
{
  AdwApplication *app;

  g_test_init (argc, argv, NULL);
  if (g_str_equal (variant (), "contrast"))
    g_setenv ("ADW_DEBUG_HIGH_CONTRAST", "1", TRUE);
  if (!gtk_init_check ())
    {
      g_print ("1..0 # SKIP no display\n");
      return FALSE;
    }
  dmp_register_resource ();
  app = g_object_new (ADW_TYPE_APPLICATION, "application-id", APP_ID, "resource-base-path",
                      "/org/caducee/Caducee", "flags", G_APPLICATION_NON_UNIQUE, NULL);
  g_assert_true (g_application_register (G_APPLICATION (app), NULL, NULL));
  g_application_set_default (G_APPLICATION (app));
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  if (g_str_equal (variant (), "dark"))
    adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                        ADW_COLOR_SCHEME_FORCE_DARK);
  if (g_str_equal (variant (), "large"))
    g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", 2 * 96 * 1024, NULL);

  return TRUE;
}

GtkWindow *
gallery_show (GtkWidget *page)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_window_set_application (GTK_WINDOW (window), GTK_APPLICATION (g_application_get_default ()));
  gtk_window_set_decorated (GTK_WINDOW (window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (window), WIDTH, HEIGHT);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_widget_set_vexpand (page, TRUE);
  gtk_box_append (GTK_BOX (box), page);
  gtk_window_set_child (GTK_WINDOW (window), box);
  gtk_window_present (GTK_WINDOW (window));
  gtk_test_widget_wait_for_draw (window);

  return GTK_WINDOW (window);
}

static gint64
patient (int ms)
{
  const char *patience = g_getenv ("PATIENCE");

  return (gint64) (ms * 1000 * (patience != NULL ? g_ascii_strtod (patience, NULL) : 1));
}

void
gallery_settle (GtkWindow *window)
{
  gint64 busy = g_get_monotonic_time ();
  gint64 end = busy + patient (SETTLE);

  while (g_get_monotonic_time () < MIN (busy + QUIET * 1000, end))
    if (g_main_context_iteration (NULL, FALSE))
      busy = g_get_monotonic_time ();
    else
      g_usleep (2000);
  if (window != NULL)
    gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
}

static void
save (GtkNative *window, const char *name)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (GTK_WIDGET (window));
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  g_autofree char *folder =
      g_build_filename (g_test_get_dir (G_TEST_BUILT), "screens", variant (), NULL);
  g_autofree char *file = g_strconcat (name, ".png", NULL);
  g_autofree char *path = g_build_filename (folder, file, NULL);

  gdk_paintable_snapshot (paintable, GDK_SNAPSHOT (snapshot),
                          gdk_paintable_get_intrinsic_width (paintable),
                          gdk_paintable_get_intrinsic_height (paintable));
  node = gtk_snapshot_free_to_node (g_steal_pointer (&snapshot));
  g_assert_nonnull (node);
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (window), node, NULL);
  g_assert_cmpint (g_mkdir_with_parents (folder, 0755), ==, 0);
  g_assert_true (gdk_texture_save_to_png (texture, path));
}

void
gallery_take_popover (GtkWidget *popover, const char *name)
{
  gallery_settle (NULL);
  save (GTK_NATIVE (popover), name);
  gtk_popover_popdown (GTK_POPOVER (popover));
  gallery_settle (NULL);
}

void
gallery_take (GtkWindow *window, const char *name)
{
  gallery_settle (window);
  save (GTK_NATIVE (window), name);
  gtk_window_destroy (window);
  gallery_settle (NULL);
}

GtkWidget *
gallery_find_label (GtkWidget *widget, const char *text)
{
  if (GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget) &&
      strcmp (gtk_label_get_text (GTK_LABEL (widget)), text) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = gallery_find_label (child, text);

      if (found != NULL)
        return found;
    }

  return NULL;
}

GtkWidget *
gallery_find (GtkWidget *widget, GType type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = GTK_IS_POPOVER (child) && !gtk_widget_get_visible (child)
                             ? NULL
                             : gallery_find (child, type);

      if (found != NULL)
        return found;
    }

  return NULL;
}

gboolean
gallery_mentions (GtkWidget *widget, const char *words)
{
  if (GTK_IS_LABEL (widget) && strstr (gtk_label_get_text (GTK_LABEL (widget)), words) != NULL)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (gallery_mentions (child, words))
      return TRUE;

  return FALSE;
}
