/* card-fuzz FOLDER SEED N: sends N commands, good ones bent at random, straight to the card of
 * FOLDER. It must answer each with a status word and at most 256 bytes, and never fall. */

#include "config.h"

#include "iasecc.h"

#include <stdlib.h>
#include <string.h>

static const char *const seeds[] = {
  "00A4090C043F000001",
  "00A40404088025000001FF0100",
  "00A4020402A001",
  "00B0000000",
  "00B09C0000",
  "00D6000002AABB",
  "00CB3FFF0A4D087006BF810102A080",
  "00CB3FFF0B4D097007BF8101037F4180",
  "002000010831323334FFFFFFFF",
  "002400011031323334FFFFFFFF31323334FFFFFFFF",
  "002C000110313233343536373831323334FFFFFFFF",
  "002241B606800142840181",
  "002241A406800102840182",
  "002241AA03800140",
  "002A9E9A2000112233445566778899AABBCCDDEEFF00112233445566778899AABBCCDDEEFF",
  "002A90A00B90008007426F6E6A6F7572",
  "008800000411223344",
  "102A8086048111223344",
  "002A80860411223344",
  "0084000008",
  "00C0000000",
};

static const char verify[] = "002000010831323334FFFFFFFF";

static void
bend (Bytes *command)
{
  for (int n = rand () % 4; n > 0 && command->len > 0; n--)
    command->data[(size_t) rand () % command->len] = (uint8_t) rand ();
  if (rand () % 4 == 0)
    for (int n = rand () % 270; n > 0; n--)
      bytes_add_u8 (command, (unsigned) rand () & 0xff);
  if (rand () % 4 == 0 && command->len > 0)
    command->len -= (size_t) rand () % command->len;
}

/* A copy of the exact size, so that a sanitizer sees one byte too far. */
static bool
send_bent (Iasecc *card, const char *hex, bool bent)
{
  Bytes command = { 0 }, answer = { 0 };
  bytes_add_hex (&command, hex);
  if (bent)
    bend (&command);
  uint8_t *exact = malloc (command.len > 0 ? command.len : 1);
  if (exact == NULL)
    abort ();
  memcpy (exact, command.data, command.len);

  iasecc_command (card, exact, command.len, &answer);
  bool good =
      answer.len >= 2 && answer.len <= 258 && iasecc_loggable (exact, command.len) <= command.len;
  if (!good)
    {
      bytes_print_hex (stderr, command.data, command.len);
      fprintf (stderr, ": answer of %zu bytes\n", answer.len);
    }
  free (exact);
  bytes_clear (&command);
  bytes_clear (&answer);
  return good;
}

int
main (int argc, char *argv[])
{
  Iasecc card = { 0 };
  bool good = argc == 4 && cps_content_load (&card.content, argv[1]);

  if (good)
    srand ((unsigned) strtoul (argv[2], NULL, 10));
  for (long i = 0, n = good ? strtol (argv[3], NULL, 10) : 0; good && i < n; i++)
    {
      /* Now and then a fresh card, with its PIN. */
      if (i % 64 == 0)
        {
          iasecc_reset (&card);
          cps_code_set (&card.state.codes[CPS_PIN], "1234");
          cps_code_set (&card.state.codes[CPS_PUK], "12345678");
          good = send_bent (&card, verify, false);
        }
      good =
          good && send_bent (&card, seeds[(size_t) rand () % (sizeof seeds / sizeof *seeds)], true);
    }
  iasecc_clear (&card);
  return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
