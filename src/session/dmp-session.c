#include "config.h"

#include "dmp-session-private.h"
#include "model/dmp-error.h"

#include <glib/gi18n-lib.h>

enum
{
  PROP_STATE = 1,
  PROP_READER,
  PROP_PROBLEM,
  PROP_PRACTITIONER,
  PROP_SITUATIONS,
  PROP_SITUATION,
  PROP_TRIES_LEFT,
  PROP_BENEFICIARIES,
  PROP_RECORD,
  N_PROPS
};

static GParamSpec *props[N_PROPS];
static guint locked_signal;

G_DEFINE_FINAL_TYPE (DmpSession, dmp_session, G_TYPE_OBJECT)

#define STATE_VALUE(name, nick)                                                                    \
  {                                                                                                \
    DMP_SESSION_##name, "DMP_SESSION_" #name, nick                                                 \
  }

GType
dmp_session_state_get_type (void)
{
  static gsize type = 0;
  static const GEnumValue values[] = {
    STATE_VALUE (STARTING, "starting"),
    STATE_VALUE (NO_SERVICE, "no-service"),
    STATE_VALUE (NO_READER, "no-reader"),
    STATE_VALUE (NO_CARD, "no-card"),
    STATE_VALUE (WRONG_CARD, "wrong-card"),
    STATE_VALUE (READING_CARD, "reading-card"),
    STATE_VALUE (CARD_READY, "card-ready"),
    STATE_VALUE (CARD_BLOCKED, "card-blocked"),
    STATE_VALUE (CARD_ERROR, "card-error"),
    STATE_VALUE (SIGNED_IN, "signed-in"),
    { 0, NULL, NULL },
  };

  if (g_once_init_enter (&type))
    g_once_init_leave (&type, g_enum_register_static ("DmpSessionState", values));
  return type;
}

static void
dmp_session_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  DmpSession *self = DMP_SESSION (object);

  switch (id)
    {
    case PROP_STATE:
      g_value_set_enum (value, self->state);
      break;
    case PROP_READER:
      g_value_set_string (value, self->reader);
      break;
    case PROP_PROBLEM:
      g_value_set_string (value, self->problem);
      break;
    case PROP_PRACTITIONER:
      g_value_set_object (value, self->practitioner);
      break;
    case PROP_SITUATIONS:
      g_value_set_object (value, self->situations);
      break;
    case PROP_SITUATION:
      g_value_set_object (value, self->situation);
      break;
    case PROP_TRIES_LEFT:
      g_value_set_int (value, self->tries_left);
      break;
    case PROP_BENEFICIARIES:
      g_value_set_object (value, self->beneficiaries);
      break;
    case PROP_RECORD:
      g_value_set_object (value, self->record);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
stop_watching (DmpSession *self)
{
  if (self->watch != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->watch, self);
      dmp_card_watch_stop (self->watch);
    }
  g_clear_object (&self->watch);
}

static void
dmp_session_dispose (GObject *object)
{
  DmpSession *self = DMP_SESSION (object);

  stop_watching (self);
  dmp_session_set_record (self, NULL);
  g_cancellable_cancel (self->insertion_cancellable);

  G_OBJECT_CLASS (dmp_session_parent_class)->dispose (object);
}

static void
dmp_session_finalize (GObject *object)
{
  DmpSession *self = DMP_SESSION (object);

  g_clear_pointer (&self->worker, dmp_worker_free);
  g_clear_pointer (&self->link, dmp_link_free); /* no job is left to touch it */
  g_clear_pointer (&self->held, g_hash_table_unref);
  g_clear_object (&self->insertion_cancellable);
  g_clear_object (&self->practitioner);
  g_clear_object (&self->situations);
  g_clear_object (&self->situation);
  g_clear_object (&self->beneficiaries);
  g_clear_pointer (&self->config, dmp_config_unref);
  g_free (self->problem);
  g_free (self->reader);
  g_free (self->vitale_reader);

  G_OBJECT_CLASS (dmp_session_parent_class)->finalize (object);
}

static void
dmp_session_class_init (DmpSessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = dmp_session_get_property;
  object_class->dispose = dmp_session_dispose;
  object_class->finalize = dmp_session_finalize;

  props[PROP_STATE] =
      g_param_spec_enum ("state", NULL, NULL, DMP_TYPE_SESSION_STATE, DMP_SESSION_STARTING, flags);
  props[PROP_READER] = g_param_spec_string ("reader", NULL, NULL, NULL, flags);
  props[PROP_PROBLEM] = g_param_spec_string ("problem", NULL, NULL, NULL, flags);
  props[PROP_PRACTITIONER] =
      g_param_spec_object ("practitioner", NULL, NULL, DMP_TYPE_PRACTITIONER, flags);
  props[PROP_SITUATIONS] = g_param_spec_object ("situations", NULL, NULL, G_TYPE_LIST_MODEL, flags);
  props[PROP_SITUATION] = g_param_spec_object ("situation", NULL, NULL, DMP_TYPE_SITUATION, flags);
  props[PROP_TRIES_LEFT] = g_param_spec_int ("tries-left", NULL, NULL, -1, G_MAXINT, -1, flags);
  props[PROP_BENEFICIARIES] =
      g_param_spec_object ("beneficiaries", NULL, NULL, G_TYPE_LIST_MODEL, flags);
  props[PROP_RECORD] = g_param_spec_object ("record", NULL, NULL, DMP_TYPE_RECORD, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);

  locked_signal = g_signal_new ("locked", DMP_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, G_TYPE_INT);
}

static void
dmp_session_init (DmpSession *self)
{
  self->worker = dmp_worker_new ("dmp-session");
  self->held = dmp_session_new_held ();
  self->situations = g_list_store_new (DMP_TYPE_SITUATION);
  self->beneficiaries = g_list_store_new (DMP_TYPE_PATIENT);
  self->tries_left = -1;
}

DmpSession *
dmp_session_new (DmpConfig *config)
{
  DmpSession *self = g_object_new (DMP_TYPE_SESSION, NULL);

  self->config = dmp_config_ref (config);
  self->link = dmp_link_new (config);
  return self;
}

void
dmp_session_start (DmpSession *self)
{
  if (self->watch != NULL)
    return;
  self->watch = dmp_card_watch_new ();
  g_signal_connect_swapped (self->watch, "changed", G_CALLBACK (dmp_session_follow_readers), self);
  dmp_card_watch_start (self->watch);
}

/* --- For the other files --------------------------------------------------------------------- */

void
dmp_session_set_state (DmpSession *self, DmpSessionState state, const char *problem)
{
  GObject *object = G_OBJECT (self);

  g_object_freeze_notify (object);
  if (g_strcmp0 (self->problem, problem) != 0)
    {
      g_free (self->problem);
      self->problem = g_strdup (problem);
      g_object_notify_by_pspec (object, props[PROP_PROBLEM]);
    }
  g_object_notify_by_pspec (object, props[PROP_READER]);
  g_object_notify_by_pspec (object, props[PROP_PRACTITIONER]);
  if (self->state != state)
    {
      self->state = state;
      g_object_notify_by_pspec (object, props[PROP_STATE]);
    }
  g_object_thaw_notify (object);
}

void
dmp_session_set_tries_left (DmpSession *self, int tries_left)
{
  if (self->tries_left == tries_left)
    return;
  self->tries_left = tries_left;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_TRIES_LEFT]);
}

void
dmp_session_set_record (DmpSession *self, DmpRecord *record)
{
  g_autoptr (DmpRecord) old = g_steal_pointer (&self->record);

  if (old == record && record != NULL)
    {
      self->record = g_steal_pointer (&old);
      return;
    }
  dmp_session_abandon_load (self);
  g_set_object (&self->record, record);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_RECORD]);
  if (old != NULL)
    dmp_record_wipe (old);
}

void
dmp_session_notify_situation (DmpSession *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SITUATION]);
}

/* One cancellable that another one pulls along, until the task that holds both is gone. */
typedef struct
{
  GCancellable *leader;
  gulong handler;
} Follow;

static void
follow_free (gpointer data)
{
  Follow *follow = data;

  g_cancellable_disconnect (follow->leader, follow->handler);
  g_object_unref (follow->leader);
  g_free (follow);
}

static void
pull_along (GCancellable *leader, gpointer follower)
{
  g_cancellable_cancel (follower);
}

static void
follow_cancellable (GTask *task, const char *key, GCancellable *leader)
{
  Follow *follow;

  if (leader == NULL)
    return;
  follow = g_new0 (Follow, 1);
  follow->leader = g_object_ref (leader);
  follow->handler =
      g_cancellable_connect (leader, G_CALLBACK (pull_along),
                             g_object_ref (g_task_get_cancellable (task)), g_object_unref);
  g_object_set_data_full (G_OBJECT (task), key, follow, follow_free);
}

GTask *
dmp_session_new_task (DmpSession *self,
                      gpointer tag,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  g_autoptr (GCancellable) own = g_cancellable_new ();
  GTask *task = g_task_new (self, own, callback, user_data);

  g_task_set_source_tag (task, tag);
  follow_cancellable (task, "caller", cancellable);
  follow_cancellable (task, "card", self->insertion_cancellable);

  return task;
}

/* --- The public getters and short verbs ------------------------------------------------------ */

DmpConfig *
dmp_session_get_config (DmpSession *self)
{
  return self->config;
}

DmpSessionState
dmp_session_get_state (DmpSession *self)
{
  return self->state;
}

const char *
dmp_session_get_reader (DmpSession *self)
{
  return self->reader;
}

const char *
dmp_session_get_problem (DmpSession *self)
{
  return self->problem;
}

DmpPractitioner *
dmp_session_get_practitioner (DmpSession *self)
{
  return self->practitioner;
}

GListModel *
dmp_session_get_situations (DmpSession *self)
{
  return G_LIST_MODEL (self->situations);
}

DmpSituation *
dmp_session_get_situation (DmpSession *self)
{
  return self->situation;
}

int
dmp_session_get_tries_left (DmpSession *self)
{
  return self->tries_left;
}

GListModel *
dmp_session_get_beneficiaries (DmpSession *self)
{
  return G_LIST_MODEL (self->beneficiaries);
}

DmpRecord *
dmp_session_get_record (DmpSession *self)
{
  return self->record;
}

void
dmp_session_choose_situation (DmpSession *self, DmpSituation *situation)
{
  if (g_set_object (&self->situation, situation))
    dmp_session_notify_situation (self);
}

void
dmp_session_close_record (DmpSession *self)
{
  dmp_session_set_record (self, NULL);
}

/* Paint first: whoever listens blanks before anything else happens. */
void
dmp_session_lock (DmpSession *self, DmpLockReason reason)
{
  g_signal_emit (self, locked_signal, 0, (int) reason);
  dmp_session_drop_card (self);
  dmp_session_set_record (self, NULL);
  dmp_session_follow_readers (self);
}

void
dmp_session_stop (DmpSession *self)
{
  stop_watching (self);
  dmp_session_lock (self, DMP_LOCK_USER);
  g_clear_pointer (&self->worker, dmp_worker_free);
}
