#include "config.h"

#include "dmp-timeline-events.h"

#include <glib/gi18n.h>

struct _DmpTimelineEvent
{
  GObject parent_instance;

  DmpTimelineFields fields;
};

G_DEFINE_FINAL_TYPE (DmpTimelineEvent, dmp_timeline_event, G_TYPE_OBJECT)

const char *
dmp_timeline_track_get_label (DmpTimelineTrack track)
{
  const char *labels[DMP_TIMELINE_N_TRACKS] = {
    _ ("Problèmes suivis"), _ ("Hospitalisations"), _ ("Actes et dispositifs"),
    _ ("Courriers"),        _ ("Biologie"),         _ ("Imagerie"),
    _ ("Ordonnances"),      _ ("Vaccins"),          _ ("Déposés par le patient"),
    _ ("Autres"),
  };

  return labels[track];
}

const char *
dmp_timeline_track_get_icon (DmpTimelineTrack track)
{
  static const char *const icons[DMP_TIMELINE_N_TRACKS] = {
    "ca-regular-doctor-symbolic", "ca-hospital-symbolic",     "object-select-symbolic",
    "mail-unread-symbolic",       "ca-laboratory-symbolic",   "image-x-generic-symbolic",
    "ca-prescription-symbolic",   "security-medium-symbolic", "ca-patient-symbolic",
    "x-office-document-symbolic",
  };

  return icons[track];
}

static void
dmp_timeline_event_finalize (GObject *object)
{
  DmpTimelineFields *fields = &DMP_TIMELINE_EVENT (object)->fields;

  g_free (fields->id);
  g_free (fields->date);
  g_free (fields->title);
  g_free (fields->name);
  g_free (fields->author);
  g_free (fields->document);
  g_free (fields->place);
  g_free (fields->stay);
  g_clear_pointer (&fields->documents, g_ptr_array_unref);

  G_OBJECT_CLASS (dmp_timeline_event_parent_class)->finalize (object);
}

static void
dmp_timeline_event_class_init (DmpTimelineEventClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dmp_timeline_event_finalize;
  g_signal_new ("unfolded", DMP_TYPE_TIMELINE_EVENT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 0);
}

static void
dmp_timeline_event_init (DmpTimelineEvent *self)
{
}

DmpTimelineEvent *
dmp_timeline_event_new (const DmpTimelineFields *fields)
{
  DmpTimelineEvent *self = g_object_new (DMP_TYPE_TIMELINE_EVENT, NULL);

  self->fields = *fields;
  if (self->fields.last < self->fields.first)
    self->fields.last = self->fields.first;
  if (self->fields.icon == NULL)
    self->fields.icon = dmp_timeline_track_get_icon (fields->track);

  return self;
}

void
dmp_timeline_event_add_title (DmpTimelineEvent *self, const char *more)
{
  g_autofree char *title = self->fields.title;

  self->fields.title = g_strdup_printf ("%s, %s", title, more);
}

void
dmp_timeline_event_set_stay (DmpTimelineEvent *self, const char *stay)
{
  g_free (self->fields.stay);
  self->fields.stay = g_strdup (stay);
}

const DmpTimelineFields *
dmp_timeline_event_get (DmpTimelineEvent *self)
{
  g_return_val_if_fail (DMP_IS_TIMELINE_EVENT (self), NULL);

  return &self->fields;
}

char *
dmp_timeline_event_dup_count (DmpTimelineEvent *self)
{
  guint n = dmp_timeline_event_get (self)->documents != NULL ? self->fields.documents->len : 0;

  return n > 0 ? g_strdup_printf (g_dngettext (NULL, "%u document", "%u documents", n), n) : NULL;
}

char *
dmp_timeline_event_dup_words (DmpTimelineEvent *self)
{
  const DmpTimelineFields *fields = dmp_timeline_event_get (self);
  g_autoptr (GPtrArray) parts = g_ptr_array_new ();
  g_autofree char *count = dmp_timeline_event_dup_count (self);
  const char *all[] = { dmp_timeline_track_get_label (fields->track),
                        fields->date,
                        fields->title,
                        count,
                        fields->author,
                        fields->masked ? _ ("masqué") : NULL,
                        fields->hidden_from_patient ? _ ("non visible du patient") : NULL };

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    if (all[i] != NULL && *all[i] != '\0')
      g_ptr_array_add (parts, (gpointer) all[i]);
  g_ptr_array_add (parts, NULL);

  return g_strjoinv (", ", (char **) parts->pdata);
}
