/* pcsc-send: looks at the readers, waits for cards, sends command APDUs. For tests and for
 * cards-ctl; the project itself does this in pkcs11/.
 *
 *   pcsc-send --list                       a line a slot: name TAB ATR, nothing after TAB if empty
 *   pcsc-send [--slot N] --wait present    until there is a card (or: empty, or service = pcscd
 * answers) pcsc-send [--slot N] [--reset] APDU…   sends, fetches what 61xx announces, prints each
 * answer
 */

#include "config.h"

#include "bytes.h"

#include <errno.h>
#include <getopt.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <winscard.h>

#define READERS_MAX 16
#define SERVICE_RETRY_MS 20

typedef struct
{
  SCARDCONTEXT context;
  char names[4096]; /* as SCardListReaders() gives them */
  SCARD_READERSTATE states[READERS_MAX];
  DWORD n;
  unsigned slot;
  const char *wait;
  double timeout; /* seconds */
  bool list;
  bool reset;
} Pcsc;

static double
now (void)
{
  struct timespec time;
  clock_gettime (CLOCK_MONOTONIC, &time);
  return (double) time.tv_sec + (double) time.tv_nsec / 1e9;
}

static int
fail (const char *what, LONG code)
{
  fprintf (stderr, "pcsc-send: %s: %s\n", what, pcsc_stringify_error (code));
  return EXIT_FAILURE;
}

/* Finds the readers; the slot we want may be missing. */
static LONG
find_readers (Pcsc *pcsc)
{
  DWORD len = sizeof pcsc->names;
  LONG code = SCardListReaders (pcsc->context, NULL, pcsc->names, &len);

  pcsc->n = 0;
  if (code != SCARD_S_SUCCESS)
    return code;
  for (const char *name = pcsc->names; *name != '\0' && pcsc->n < READERS_MAX;
       name += strlen (name) + 1)
    pcsc->states[pcsc->n++] = (SCARD_READERSTATE){ .szReader = name };
  return pcsc->n > pcsc->slot ? SCARD_S_SUCCESS : SCARD_E_UNKNOWN_READER;
}

static bool
waits_for (const Pcsc *pcsc, const char *what)
{
  return pcsc->wait != NULL && strcmp (pcsc->wait, what) == 0;
}

/* The service may still be starting and the reader not be listed yet: only for that we look again
 * and again. */
static LONG
connect_service (Pcsc *pcsc, double end)
{
  for (;;)
    {
      LONG code = SCardEstablishContext (SCARD_SCOPE_SYSTEM, NULL, NULL, &pcsc->context);
      if (code == SCARD_S_SUCCESS)
        {
          code = find_readers (pcsc);
          if (code == SCARD_S_SUCCESS || waits_for (pcsc, "service"))
            return SCARD_S_SUCCESS;
          SCardReleaseContext (pcsc->context);
        }
      if (now () >= end)
        return code;
      nanosleep (&(struct timespec){ .tv_nsec = SERVICE_RETRY_MS * 1000000L }, NULL);
    }
}

static int
wait_for (Pcsc *pcsc, double end)
{
  SCARD_READERSTATE *state = &pcsc->states[pcsc->slot];
  DWORD wanted = waits_for (pcsc, "empty") ? SCARD_STATE_EMPTY : SCARD_STATE_PRESENT;

  if (waits_for (pcsc, "service"))
    return EXIT_SUCCESS;
  for (;;)
    {
      double left = end - now ();
      LONG code =
          SCardGetStatusChange (pcsc->context, left > 0 ? (DWORD) (left * 1000) : 0, state, 1);
      if (code != SCARD_S_SUCCESS)
        return fail (pcsc->wait, code);
      if ((state->dwEventState & wanted) != 0 && (state->dwEventState & SCARD_STATE_MUTE) == 0)
        return EXIT_SUCCESS;
      state->dwCurrentState = state->dwEventState;
    }
}

static int
list (Pcsc *pcsc)
{
  LONG code = SCardGetStatusChange (pcsc->context, 0, pcsc->states, pcsc->n);
  if (code != SCARD_S_SUCCESS)
    return fail ("list", code);
  for (DWORD i = 0; i < pcsc->n; i++)
    {
      printf ("%s\t", pcsc->states[i].szReader);
      bytes_print_hex (stdout, pcsc->states[i].rgbAtr, pcsc->states[i].cbAtr);
      putchar ('\n');
    }
  return EXIT_SUCCESS;
}

static LONG
transmit (SCARDHANDLE card, const Bytes *command, Bytes *answer)
{
  uint8_t buffer[MAX_BUFFER_SIZE];
  uint8_t fetch[5] = { 0x00, 0xC0, 0x00, 0x00, 0x00 };
  const uint8_t *send = command->data;
  size_t len = command->len;

  for (;;)
    {
      DWORD n = sizeof buffer;
      LONG code = SCardTransmit (card, SCARD_PCI_T0, send, (DWORD) len, NULL, buffer, &n);
      if (code != SCARD_S_SUCCESS || n < 2)
        return code != SCARD_S_SUCCESS ? code : SCARD_E_UNEXPECTED;
      bool more = buffer[n - 2] == 0x61;
      bytes_add (answer, buffer, more ? n - 2 : n);
      if (!more)
        return code;
      fetch[4] = buffer[n - 1];
      send = fetch;
      len = sizeof fetch;
    }
}

static int
send_all (Pcsc *pcsc, char *const *apdus)
{
  SCARDHANDLE card;
  DWORD protocol;
  LONG code = SCardConnect (pcsc->context, pcsc->states[pcsc->slot].szReader, SCARD_SHARE_SHARED,
                            SCARD_PROTOCOL_T0, &card, &protocol);
  if (code != SCARD_S_SUCCESS)
    return fail ("connect", code);

  for (; *apdus != NULL && code == SCARD_S_SUCCESS; apdus++)
    {
      Bytes command = { 0 }, answer = { 0 };
      code = bytes_parse_hex (&command, *apdus) == 0 ? transmit (card, &command, &answer)
                                                     : SCARD_E_INVALID_PARAMETER;
      bytes_print_hex (stdout, answer.data, answer.len);
      putchar ('\n');
      bytes_clear (&command);
      bytes_clear (&answer);
    }
  SCardDisconnect (card, pcsc->reset ? SCARD_RESET_CARD : SCARD_LEAVE_CARD);
  return code == SCARD_S_SUCCESS ? EXIT_SUCCESS : fail ("send", code);
}

static bool
take_options (Pcsc *pcsc, int argc, char *argv[])
{
  static const struct option long_options[] = {
    { "list", no_argument, NULL, 'l' },       { "slot", required_argument, NULL, 's' },
    { "wait", required_argument, NULL, 'w' }, { "timeout", required_argument, NULL, 't' },
    { "reset", no_argument, NULL, 'r' },      { 0 }
  };

  for (int option; (option = getopt_long (argc, argv, "", long_options, NULL)) != -1;)
    switch (option)
      {
      case 'l':
        pcsc->list = true;
        break;
      case 's':
        pcsc->slot = (unsigned) strtoul (optarg, NULL, 10);
        break;
      case 'w':
        pcsc->wait = optarg;
        break;
      case 't':
        pcsc->timeout = strtod (optarg, NULL);
        break;
      case 'r':
        pcsc->reset = true;
        break;
      default:
        return false;
      }
  return pcsc->list || pcsc->wait != NULL || pcsc->reset || optind < argc;
}

int
main (int argc, char *argv[])
{
  Pcsc pcsc = { .timeout = 10 };

  if (!take_options (&pcsc, argc, argv))
    {
      fputs ("usage: pcsc-send [--slot N] [--timeout S] --list | --wait present|empty|service |"
             " [--reset] APDU…\n",
             stderr);
      return 2;
    }

  double end = now () + pcsc.timeout;
  LONG code = connect_service (&pcsc, pcsc.wait != NULL ? end : 0);
  if (code != SCARD_S_SUCCESS)
    return fail ("reader", code);

  int status = EXIT_SUCCESS;
  if (pcsc.wait != NULL)
    status = wait_for (&pcsc, end);
  if (pcsc.list && status == EXIT_SUCCESS)
    status = list (&pcsc);
  if ((pcsc.reset || optind < argc) && status == EXIT_SUCCESS)
    status = send_all (&pcsc, argv + optind);
  SCardReleaseContext (pcsc.context);
  return status;
}
