/* virtual-cps: a CPS3 for pcscd's virtual reader. See README.md. */

#include "config.h"

#include "iasecc.h"
#include "vpcd.h"

#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#define DEFAULT_PORT 35963
#define DEFAULT_PIN "1234"
#define DEFAULT_PUK "12345678"

typedef struct
{
  Iasecc card;
  const char *folder;
  const char *state;
  const char *pin;
  const char *puk;
} VirtualCps;

static const char usage[] =
    "usage: virtual-cps --card FOLDER [option…]\n"
    "  --card FOLDER     profile, auth.key, auth.der, sign.key, sign.der\n"
    "  --pin, --puk N    codes of a new card (1234, 12345678)\n"
    "  --state PATH      keep codes and tries here; in a folder, by card\n"
    "  --rsa-ms X        milliseconds an operation of a key takes\n"
    "  --last-try-63c0   the try that blocks answers 63C0, not 6983\n" VPCD_USAGE;

/* Puts the card of the folder in, which may be another one than the time before. */
static bool
put_card (VirtualCps *cps)
{
  Iasecc *card = &cps->card;

  iasecc_clear (card);
  if (!cps_content_load (&card->content, cps->folder))
    return false;
  iasecc_reset (card);
  return cps_code_set (&card->state.codes[CPS_PIN], cps->pin) &&
         cps_code_set (&card->state.codes[CPS_PUK], cps->puk) &&
         cps_state_load (&card->state, &card->content.data->data, cps->state, card->content.serial);
}

static bool
insert_card (void *self)
{
  return put_card (self);
}

static void
reset_card (void *self)
{
  VirtualCps *cps = self;
  iasecc_reset (&cps->card);
}

static void
command_card (void *self, const uint8_t *command, size_t len, Bytes *answer)
{
  VirtualCps *cps = self;
  iasecc_command (&cps->card, command, len, answer);
}

static bool
take_option (VirtualCps *cps, VpcdOptions *options, int option)
{
  char *end = NULL;

  switch (option)
    {
    case 'c':
      cps->folder = optarg;
      return true;
    case 's':
      cps->state = optarg;
      return true;
    case 'P':
      cps->pin = optarg;
      return strlen (optarg) == 4;
    case 'K':
      cps->puk = optarg;
      return strlen (optarg) == 8;
    case 'r':
      cps->card.rsa_ms = strtod (optarg, &end);
      return *end == '\0';
    case '6':
      cps->card.last_is_63c0 = true;
      return true;
    default:
      return vpcd_take_option (options, option, optarg);
    }
}

int
main (int argc, char *argv[])
{
  static const struct option long_options[] = { { "card", required_argument, NULL, 'c' },
                                                { "state", required_argument, NULL, 's' },
                                                { "pin", required_argument, NULL, 'P' },
                                                { "puk", required_argument, NULL, 'K' },
                                                { "rsa-ms", required_argument, NULL, 'r' },
                                                { "last-try-63c0", no_argument, NULL, '6' },
                                                VPCD_OPTIONS,
                                                { 0 } };
  VirtualCps cps = { .pin = DEFAULT_PIN, .puk = DEFAULT_PUK };
  VpcdOptions options = { .port = DEFAULT_PORT };
  bool good = true;

  for (int option; good && (option = getopt_long (argc, argv, "", long_options, NULL)) != -1;)
    good = take_option (&cps, &options, option);
  if (!good || optind != argc || cps.folder == NULL)
    {
      fputs (usage, stderr);
      return 2;
    }

  int status = EXIT_FAILURE;
  if (options.absent || put_card (&cps))
    {
      VpcdCard card = { .self = &cps,
                        .atr = cps_atr,
                        .atr_len = sizeof cps_atr,
                        .reset = reset_card,
                        .command = command_card,
                        .insert = insert_card,
                        .loggable = iasecc_loggable };
      status = vpcd_run (&card, &options);
    }
  iasecc_clear (&cps.card);
  return status;
}
