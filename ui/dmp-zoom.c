#include "config.h"

#include "dmp-zoom.h"

#include <math.h>

struct _DmpZoom
{
  GObject parent_instance;

  GSettings *settings; /* (nullable) */
  GtkCssProvider *style;
  double factor;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DmpZoom, dmp_zoom, G_TYPE_OBJECT)

#define KEY "document-zoom"
#define NORMAL_TEXT (96 * 1024.0) /* 1024ths of a dot an inch */

static const double steps[] = { 0.5, 0.67, 0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0 };

/* The sizes of style.css, in points. */
static const struct
{
  const char *classes;
  double size;
} sizes[] = {
  { ".ca-title-3", 15 },
  { ".ca-title-4", 13 },
  { ".heading", 11 },
  { ".ca-paragraph, .ca-narrative-area .ca-dense, .ca-narrative-area .ca-cell", 10 },
  { ".ca-cell.head, .ca-narrative-area .ca-caption", 9 },
  { ".ca-tag", 8.25 },
};

static void
apply (DmpZoom *self)
{
  g_autoptr (GString) css = g_string_new (NULL);
  char size[G_ASCII_DTOSTR_BUF_SIZE];

  for (guint i = 0; self->factor != 1 && i < G_N_ELEMENTS (sizes); i++)
    {
      g_ascii_formatd (size, sizeof size, "%.2f", sizes[i].size * self->factor);
      g_string_append_printf (css, ".ca-narrative-area %s { font-size: %spt; }\n", sizes[i].classes,
                              size);
    }
  gtk_css_provider_load_from_data (self->style, css->str, (gssize) css->len);
  g_signal_emit (self, signals[CHANGED], 0);
}

double
dmp_zoom_get_factor (DmpZoom *self)
{
  g_return_val_if_fail (DMP_IS_ZOOM (self), 1);

  return self->factor;
}

static guint
nearest_step (double factor)
{
  guint best = 0;

  for (guint i = 1; i < G_N_ELEMENTS (steps); i++)
    if (fabs (steps[i] - factor) < fabs (steps[best] - factor))
      best = i;

  return best;
}

void
dmp_zoom_step (DmpZoom *self, int step)
{
  int at;

  g_return_if_fail (DMP_IS_ZOOM (self));

  at = (int) nearest_step (step == 0 ? 1 : self->factor) + step;
  self->factor = steps[CLAMP (at, 0, (int) G_N_ELEMENTS (steps) - 1)];
  if (self->settings != NULL)
    g_settings_set_double (self->settings, KEY, self->factor);
  apply (self);
}

static void
dmp_zoom_dispose (GObject *object)
{
  DmpZoom *self = DMP_ZOOM (object);

  if (self->style != NULL && gdk_display_get_default () != NULL)
    gtk_style_context_remove_provider_for_display (gdk_display_get_default (),
                                                   GTK_STYLE_PROVIDER (self->style));
  g_clear_object (&self->style);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (dmp_zoom_parent_class)->dispose (object);
}

static void
dmp_zoom_class_init (DmpZoomClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dmp_zoom_dispose;
  signals[CHANGED] = g_signal_new ("changed", DMP_TYPE_ZOOM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
dmp_zoom_init (DmpZoom *self)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema =
      source != NULL ? g_settings_schema_source_lookup (source, APP_ID, TRUE) : NULL;

  if (schema != NULL && g_settings_schema_has_key (schema, KEY))
    self->settings = g_settings_new (APP_ID);
  self->style = gtk_css_provider_new ();
  gtk_style_context_add_provider_for_display (gdk_display_get_default (),
                                              GTK_STYLE_PROVIDER (self->style),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION + 1);
  self->factor = steps[nearest_step (
      self->settings != NULL ? g_settings_get_double (self->settings, KEY) : 1)];
  apply (self);
}

DmpZoom *
dmp_zoom_new (void)
{
  return g_object_new (DMP_TYPE_ZOOM, NULL);
}

double
dmp_zoom_get_text_scale (void)
{
  int dpi = 0;

  g_object_get (gtk_settings_get_default (), "gtk-xft-dpi", &dpi, NULL);

  return dpi > 0 ? dpi / NORMAL_TEXT : 1;
}
