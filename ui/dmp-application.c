#include "config.h"

#include "dmp-application.h"

#include "dmp-window.h"
#include "ui/dmp-resources.h"

#include <glib/gi18n.h>

struct _DmpApplication
{
  AdwApplication parent_instance;

  char *config_path;   /* --config */
  DmpSession *session; /* from the first window to the end */
};

G_DEFINE_FINAL_TYPE (DmpApplication, dmp_application, ADW_TYPE_APPLICATION)

static const struct
{
  const char *action;
  const char *keys[4];
} accels[] = {
  { "win.read-vitale", { "F2", "<primary>n", NULL } },
  { "win.refresh", { "F5", NULL } },
  { "win.next-block", { "F6", NULL } },
  { "win.previous-block", { "<shift>F6", NULL } },
  { "win.toggle-view", { "F7", NULL } },
  { "win.completeness", { "F8", NULL } },
  { "win.patient-mode", { "F9", NULL } },
  { "win.send", { "<primary>e", NULL } },
  { "win.write", { "<primary>r", NULL } },
  { "win.go-on", { "<primary>Return", "<primary>KP_Enter", NULL } },
  { "win.search", { "<primary>f", NULL } },
  { "win.print", { "<primary>p", NULL } },
  { "win.separate", { "<primary>d", NULL } },
  { "win.find-next", { "F3", "<primary>g", NULL } },
  { "win.find-previous", { "<shift>F3", "<primary><shift>g", NULL } },
  { "win.zoom-in", { "<primary>plus", "<primary>equal", "<primary>KP_Add", NULL } },
  { "win.zoom-out", { "<primary>minus", "<primary>KP_Subtract", NULL } },
  { "win.zoom-normal", { "<primary>0", "<primary>KP_0", NULL } },
  { "win.lock", { "<primary>l", NULL } },
  { "win.end-session", { "<primary><shift>q", NULL } },
  { "win.shortcuts", { "<primary>question", NULL } },
  { "win.next-document", { "<alt>Down", NULL } },
  { "win.previous-document", { "<alt>Up", NULL } },
  { "window.close", { "<primary>q", NULL } },
};

/* Settings that cannot be read leave nothing to work with: said, and the end. */
static DmpWindow *
create_window (DmpApplication *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DmpConfig) config = dmp_config_load (self->config_path, NULL, &error);

  if (config == NULL)
    {
      g_printerr ("%s\n", error->message);
      return NULL;
    }
  if (self->session == NULL)
    self->session = dmp_session_new (config);

  return dmp_window_new (GTK_APPLICATION (self), self->session);
}

static GtkWindow *
get_window (DmpApplication *self)
{
  GList *windows = gtk_application_get_windows (GTK_APPLICATION (self));

  for (GList *at = windows; at != NULL; at = at->next)
    if (DMP_IS_WINDOW (at->data))
      return at->data;

  return (GtkWindow *) create_window (self);
}

static void
dmp_application_activate (GApplication *app)
{
  GtkWindow *window = get_window (DMP_APPLICATION (app));

  if (window != NULL)
    gtk_window_present (window);
}

/* "caducee FILE", also what printing to the DMP calls. */
static void
dmp_application_open (GApplication *app, GFile **files, int n_files, const char *hint)
{
  GtkWindow *window = get_window (DMP_APPLICATION (app));

  if (window == NULL)
    return;
  dmp_window_offer_file (DMP_WINDOW (window), files[0]);
  gtk_window_present (window);
}

static void
apply_colors (GSettings *settings)
{
  static const AdwColorScheme schemes[] = { ADW_COLOR_SCHEME_PREFER_LIGHT,
                                            ADW_COLOR_SCHEME_FORCE_LIGHT,
                                            ADW_COLOR_SCHEME_FORCE_DARK };
  static const char *const names[] = { "system", "light", "dark" };
  g_autofree char *name = g_settings_get_string (settings, "color-scheme");

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (name, names[i]))
      adw_style_manager_set_color_scheme (adw_style_manager_get_default (), schemes[i]);
}

static void
dmp_application_startup (GApplication *app)
{
  g_autoptr (GSettings) settings = NULL;

  G_APPLICATION_CLASS (dmp_application_parent_class)->startup (app);
  settings = g_settings_new (APP_ID);
  apply_colors (settings);
  g_object_set (gtk_settings_get_default (), "gtk-recent-files-enabled", FALSE, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (accels); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (app), accels[i].action,
                                           (const char *const *) accels[i].keys);
}

/* Card and connection are let go before the libraries clean up behind themselves. */
static void
dmp_application_shutdown (GApplication *app)
{
  DmpApplication *self = DMP_APPLICATION (app);

  if (self->session != NULL)
    dmp_session_stop (self->session);
  g_clear_object (&self->session);

  G_APPLICATION_CLASS (dmp_application_parent_class)->shutdown (app);
}

static void
dmp_application_finalize (GObject *object)
{
  g_free (DMP_APPLICATION (object)->config_path);

  G_OBJECT_CLASS (dmp_application_parent_class)->finalize (object);
}

static int
dmp_application_handle_local_options (GApplication *app, GVariantDict *options)
{
  g_variant_dict_lookup (options, "config", "^ay", &DMP_APPLICATION (app)->config_path);

  return -1;
}

static void
dmp_application_class_init (DmpApplicationClass *klass)
{
  GApplicationClass *app_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = dmp_application_finalize;
  app_class->startup = dmp_application_startup;
  app_class->shutdown = dmp_application_shutdown;
  app_class->activate = dmp_application_activate;
  app_class->open = dmp_application_open;
  app_class->handle_local_options = dmp_application_handle_local_options;
}

static void
dmp_application_init (DmpApplication *self)
{
  g_application_add_main_option (G_APPLICATION (self), "config", 'c', G_OPTION_FLAG_NONE,
                                 G_OPTION_ARG_FILENAME, _ ("Fichier de réglages"), _ ("FICHIER"));
}

DmpApplication *
dmp_application_new (void)
{
  dmp_register_resource ();

  return g_object_new (DMP_TYPE_APPLICATION, "application-id", APP_ID, "resource-base-path",
                       "/org/caducee/Caducee", "flags", G_APPLICATION_HANDLES_OPEN, NULL);
}
