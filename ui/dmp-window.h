#pragma once

#include "session/dmp-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* The one window. Its title never names a patient. Every job is a parameterless "win.*" action, so
 * that keyboard, buttons and screen readers reach the same thing. */
#define DMP_TYPE_WINDOW (dmp_window_get_type ())
G_DECLARE_FINAL_TYPE (DmpWindow, dmp_window, DMP, WINDOW, AdwApplicationWindow)

/* @session: (transfer none): not started yet: the window starts it */
DmpWindow *dmp_window_new (GtkApplication *app, DmpSession *session);

/* A file handed over by the desktop or by printing: it is prepared for sending as soon as a record
 * is open. */
void dmp_window_offer_file (DmpWindow *self, GFile *file);

G_END_DECLS
