#pragma once
/* The card's end of the virtual reader driver "vpcd" (package vsmartcard-vpcd).
 *
 * The driver listens on a TCP port; connecting inserts the card, closing pulls it. Every message
 * is a two-byte length, high byte first, and that many bytes: one byte 00 power off, 01 power on,
 * 02 reset, 04 give the ATR; anything longer is a command APDU. */

#include "bytes.h"

#include <stdbool.h>

typedef struct
{
  void *self;         /* passed to the functions below */
  const uint8_t *atr; /* answer to reset */
  size_t atr_len;

  /* The card lost or got its power: forget everything volatile. */
  void (*reset) (void *self);

  /* Answers COMMAND: appends data and status word to ANSWER, which is empty. */
  void (*command) (void *self, const uint8_t *command, size_t len, Bytes *answer);

  /* The card is about to be inserted by signal. False keeps it out. May be NULL. */
  bool (*insert) (void *self);

  /* How many bytes of COMMAND the log may show; the others are secret. May be NULL. */
  size_t (*loggable) (const uint8_t *command, size_t len);
} VpcdCard;

typedef struct
{
  unsigned port;
  const char *log_path;      /* APDU log, NULL for none; appended to */
  bool log_secrets;          /* write PIN and PUK in the log as well */
  bool absent;               /* start pulled out */
  unsigned long eject_after; /* pull the card once it has answered so many commands; 0 = never */
  double byte_us;            /* time a byte takes on the contacts, either way */
  double apdu_ms;            /* time every command takes on top */
} VpcdOptions;

#define VPCD_OPTIONS                                                                               \
  { "port", required_argument, NULL, 'p' }, { "apdu-log", required_argument, NULL, 'l' },          \
      { "log-secrets", no_argument, NULL, 'S' }, { "absent", no_argument, NULL, 'a' },             \
      { "eject-after", required_argument, NULL, 'e' },                                             \
      { "byte-us", required_argument, NULL, 'b' },                                                 \
  {                                                                                                \
    "apdu-ms", required_argument, NULL, 'm'                                                        \
  }

#define VPCD_USAGE                                                                                 \
  "  --port N          port of the reader's slot\n"                                                \
  "  --apdu-log FILE   append every command and answer; secrets are masked\n"                      \
  "  --log-secrets     do not mask them\n"                                                         \
  "  --absent          start out of the reader; SIGUSR2 inserts\n"                                 \
  "  --eject-after N   pull the card after N answers\n"                                            \
  "  --byte-us X       microseconds a byte takes (9600 baud: 1250)\n"                              \
  "  --apdu-ms X       milliseconds a command takes on top (9600 baud: 8)\n"                       \
  "SIGUSR1 pulls the card, SIGUSR2 inserts it, SIGTERM ends.\n"

/* Takes one of VPCD_OPTIONS as getopt_long() returned it. False if it is none of them or if its
 * argument is no number. */
bool vpcd_take_option (VpcdOptions *options, int option, const char *argument);

/* Sleeps; 0 or less does not. */
void vpcd_delay_ms (double ms);

/* Serves the card until SIGTERM or SIGINT; connects again whenever the reader went away and came
 * back. Returns the exit status of the program. */
int vpcd_run (const VpcdCard *card, const VpcdOptions *options);
