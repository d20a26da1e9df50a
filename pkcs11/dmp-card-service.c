#include "config.h"

#include "dmp-card-service.h"

#include <poll.h>
#include <string.h>
#include <sys/inotify.h>
#include <unistd.h>

#define DEFAULT_SOCKET "/run/pcscd/pcscd.comm" /* as compiled in libpcsclite */
#define EVENTS (IN_CREATE | IN_MOVED_TO | IN_ATTRIB | IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR)
/* A service that has just made its socket does not listen yet: six looks within two seconds. */
#define RETRIES 6
#define FIRST_PAUSE_MS 30

struct _DmpCardService
{
  int wake_fd;
  char *socket;
  guint retry;
};

DmpCardService *
dmp_card_service_new (int wake_fd)
{
  DmpCardService *self = g_new0 (DmpCardService, 1);
  const char *other = g_getenv ("PCSCLITE_CSOCK_NAME");

  self->wake_fd = wake_fd;
  self->socket = g_strdup (other != NULL ? other : DEFAULT_SOCKET);
  return self;
}

void
dmp_card_service_free (DmpCardService *self)
{
  if (self == NULL)
    return;

  g_free (self->socket);
  g_free (self);
}

void
dmp_card_service_answered (DmpCardService *self)
{
  self->retry = 0;
}

/* Watches the folder of the socket, or the nearest one above it that exists.
 * Returns: the inotify descriptor, -1 when nothing can be watched */
static int
watch_folder (const char *socket)
{
  g_autofree char *folder = g_path_get_dirname (socket);
  int fd = inotify_init1 (IN_CLOEXEC | IN_NONBLOCK);

  while (fd >= 0 && inotify_add_watch (fd, folder, EVENTS) < 0)
    {
      char *parent = g_path_get_dirname (folder);
      gboolean top = strcmp (parent, folder) == 0;

      g_free (folder);
      folder = parent;
      if (top)
        {
          close (fd);
          return -1;
        }
    }
  return fd;
}

/* Each wait looks at the file system again after its watch is set, so no change is lost. */
void
dmp_card_service_wait (DmpCardService *self)
{
  struct pollfd fds[2] = { { .fd = self->wake_fd, .events = POLLIN } };
  gboolean there = g_file_test (self->socket, G_FILE_TEST_EXISTS);
  int pause = -1;

  fds[1].fd = watch_folder (self->socket);
  fds[1].events = POLLIN;
  if (!there && g_file_test (self->socket, G_FILE_TEST_EXISTS))
    self->retry = 0;
  else if (self->retry >= RETRIES && fds[1].fd < 0)
    self->retry = RETRIES - 1;

  if (self->retry < RETRIES)
    pause = FIRST_PAUSE_MS << self->retry++;
  if (poll (fds, 2, pause) > 0 && (fds[1].revents & POLLIN) != 0)
    self->retry = 0;
  if (fds[1].fd >= 0)
    close (fds[1].fd);
}
