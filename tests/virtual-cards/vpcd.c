#include "config.h"

#include "vpcd.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define RETRY_MS 50

typedef struct
{
  const VpcdCard *card;
  const VpcdOptions *options;
  int signals;           /* signalfd */
  int reader;            /* connection to the driver, -1 while there is none */
  bool inserted;         /* wants to be in the reader */
  unsigned long answers; /* given so far */
  FILE *log;
} Vpcd;

void
vpcd_delay_ms (double ms)
{
  if (ms <= 0)
    return;
  struct timespec left = { .tv_sec = (time_t) (ms / 1000) };
  left.tv_nsec = (long) ((ms - (double) left.tv_sec * 1000) * 1e6);
  while (nanosleep (&left, &left) != 0 && errno == EINTR)
    ;
}

bool
vpcd_take_option (VpcdOptions *options, int option, const char *argument)
{
  char *end = NULL;

  switch (option)
    {
    case 'p':
      options->port = (unsigned) strtoul (argument, &end, 0);
      return *end == '\0' && options->port > 0 && options->port <= 65535;
    case 'l':
      options->log_path = argument;
      return true;
    case 'S':
      options->log_secrets = true;
      return true;
    case 'a':
      options->absent = true;
      return true;
    case 'e':
      options->eject_after = strtoul (argument, &end, 10);
      return *end == '\0';
    case 'b':
      options->byte_us = strtod (argument, &end);
      return *end == '\0';
    case 'm':
      options->apdu_ms = strtod (argument, &end);
      return *end == '\0';
    default:
      return false;
    }
}

static void
log_event (const Vpcd *vpcd, const char *event)
{
  if (vpcd->log != NULL)
    fprintf (vpcd->log, "== %s\n", event);
}

static void
log_exchange (const Vpcd *vpcd, const uint8_t *command, size_t len, const Bytes *answer)
{
  if (vpcd->log == NULL)
    return;

  size_t shown = len;
  if (!vpcd->options->log_secrets && vpcd->card->loggable != NULL)
    shown = vpcd->card->loggable (command, len);
  fputs ("> ", vpcd->log);
  bytes_print_hex (vpcd->log, command, shown);
  for (size_t i = shown; i < len; i++)
    fputs ("**", vpcd->log);
  fputs ("\n< ", vpcd->log);
  bytes_print_hex (vpcd->log, answer->data, answer->len);
  fputc ('\n', vpcd->log);
}

/* The driver sends length and body separately with Nagle's algorithm on. Unless the card's kernel
 * acknowledges the first at once, each command costs 40 ms. The option must be set again before
 * every recv(). */
static bool
receive (int fd, void *buffer, size_t len)
{
  uint8_t *at = buffer;

  while (len > 0)
    {
      int on = 1;
      setsockopt (fd, IPPROTO_TCP, TCP_QUICKACK, &on, sizeof on);
      ssize_t n = recv (fd, at, len, 0);
      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return false;
      at += n;
      len -= (size_t) n;
    }
  return true;
}

/* Length and body in one write, for the same reason. */
static bool
send_message (int fd, const uint8_t *data, size_t len)
{
  Bytes message = { 0 };
  bytes_add_u16 (&message, (unsigned) len);
  bytes_add (&message, data, len);

  size_t sent = 0;
  while (sent < message.len)
    {
      ssize_t n = send (fd, message.data + sent, message.len - sent, MSG_NOSIGNAL);
      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        break;
      sent += (size_t) n;
    }
  bool complete = sent == message.len;
  bytes_clear (&message);
  return complete;
}

static void
leave_reader (Vpcd *vpcd)
{
  if (vpcd->reader >= 0)
    close (vpcd->reader);
  vpcd->reader = -1;
  vpcd->card->reset (vpcd->card->self);
}

static void
enter_reader (Vpcd *vpcd)
{
  int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (fd < 0)
    return;

  struct sockaddr_in address = { .sin_family = AF_INET };
  address.sin_port = htons ((uint16_t) vpcd->options->port);
  address.sin_addr.s_addr = htonl (INADDR_LOOPBACK);
  if (connect (fd, (struct sockaddr *) &address, sizeof address) != 0)
    {
      close (fd);
      return;
    }
  int on = 1;
  setsockopt (fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  vpcd->reader = fd;
  log_event (vpcd, "IN");
}

static void
pull (Vpcd *vpcd)
{
  if (!vpcd->inserted)
    return;
  vpcd->inserted = false;
  leave_reader (vpcd);
  log_event (vpcd, "OUT");
}

static bool
exchange (Vpcd *vpcd, const uint8_t *command, size_t len)
{
  Bytes answer = { 0 };
  vpcd->card->command (vpcd->card->self, command, len, &answer);
  vpcd_delay_ms (vpcd->options->apdu_ms +
                 vpcd->options->byte_us * (double) (len + answer.len) / 1000);
  log_exchange (vpcd, command, len, &answer);
  bool sent = send_message (vpcd->reader, answer.data, answer.len);
  bytes_clear (&answer);

  vpcd->answers++;
  if (sent && vpcd->answers == vpcd->options->eject_after)
    pull (vpcd);
  return sent;
}

static bool
control (Vpcd *vpcd, uint8_t code)
{
  static const char *const events[] = { "OFF", "ON", "RESET" };

  if (code == 4)
    return send_message (vpcd->reader, vpcd->card->atr, vpcd->card->atr_len);
  if (code <= 2)
    {
      vpcd->card->reset (vpcd->card->self);
      log_event (vpcd, events[code]);
    }
  return true;
}

static void
serve_message (Vpcd *vpcd)
{
  uint8_t header[2];
  bool alive = receive (vpcd->reader, header, sizeof header);

  if (alive)
    {
      size_t len = (size_t) header[0] << 8 | header[1];
      uint8_t *message = malloc (len + 1);
      if (message == NULL)
        abort ();
      alive = receive (vpcd->reader, message, len);
      if (alive && len == 1)
        alive = control (vpcd, message[0]);
      else if (alive && len > 1)
        alive = exchange (vpcd, message, len);
      explicit_bzero (message, len);
      free (message);
    }
  if (!alive && vpcd->reader >= 0)
    leave_reader (vpcd);
}

/* False when it is time to end. */
static bool
take_signal (Vpcd *vpcd)
{
  struct signalfd_siginfo info;
  if (read (vpcd->signals, &info, sizeof info) != (ssize_t) sizeof info)
    return true;

  switch (info.ssi_signo)
    {
    case SIGUSR1:
      pull (vpcd);
      return true;
    case SIGUSR2:
      if (!vpcd->inserted)
        vpcd->inserted = vpcd->card->insert == NULL || vpcd->card->insert (vpcd->card->self);
      return true;
    default:
      return false;
    }
}

static int
open_signals (void)
{
  sigset_t set;
  sigemptyset (&set);
  sigaddset (&set, SIGUSR1);
  sigaddset (&set, SIGUSR2);
  sigaddset (&set, SIGTERM);
  sigaddset (&set, SIGINT);
  if (sigprocmask (SIG_BLOCK, &set, NULL) != 0)
    return -1;
  return signalfd (-1, &set, SFD_CLOEXEC);
}

static void
serve (Vpcd *vpcd)
{
  for (;;)
    {
      if (vpcd->inserted && vpcd->reader < 0)
        enter_reader (vpcd);

      /* Without a reader, look for one again a little later. */
      int timeout = vpcd->inserted && vpcd->reader < 0 ? RETRY_MS : -1;
      struct pollfd fds[2] = { { .fd = vpcd->signals, .events = POLLIN },
                               { .fd = vpcd->reader, .events = POLLIN } };
      if (poll (fds, 2, timeout) < 0 && errno != EINTR)
        return;
      if (fds[0].revents != 0 && !take_signal (vpcd))
        return;
      if (fds[1].revents != 0 && vpcd->reader >= 0)
        {
          serve_message (vpcd);
          if (vpcd->inserted && vpcd->reader < 0)
            vpcd_delay_ms (RETRY_MS);
        }
    }
}

int
vpcd_run (const VpcdCard *card, const VpcdOptions *options)
{
  Vpcd vpcd = { .card = card, .options = options, .reader = -1, .inserted = !options->absent };

  vpcd.signals = open_signals ();
  if (vpcd.signals < 0)
    {
      perror ("signals");
      return EXIT_FAILURE;
    }
  if (options->log_path != NULL)
    {
      vpcd.log = fopen (options->log_path, "ae");
      if (vpcd.log == NULL)
        {
          perror (options->log_path);
          close (vpcd.signals);
          return EXIT_FAILURE;
        }
      setvbuf (vpcd.log, NULL, _IOLBF, 0);
    }

  card->reset (card->self);
  serve (&vpcd);

  leave_reader (&vpcd);
  if (vpcd.log != NULL)
    fclose (vpcd.log);
  close (vpcd.signals);
  return EXIT_SUCCESS;
}
