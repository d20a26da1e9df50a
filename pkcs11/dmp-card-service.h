#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* For pkcs11/ only: waiting for the smart-card service. Without it there is nobody to ask, so we
 * watch the folder of its socket (inotify) instead of asking again and again. */
typedef struct _DmpCardService DmpCardService;

/* @wake_fd: (not owned): becomes readable when the waiting must end */
DmpCardService *dmp_card_service_new (int wake_fd);
void dmp_card_service_free (DmpCardService *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DmpCardService, dmp_card_service_free)

/* Returns when the service may have come: its socket, or the folder that will hold it, has changed;
 * when a service that was just starting deserves another look (a few times, with growing pauses);
 * or when @wake_fd is readable. */
void dmp_card_service_wait (DmpCardService *self);

/* The service has answered: the pauses start from the shortest again. */
void dmp_card_service_answered (DmpCardService *self);

G_END_DECLS
