/* virtual-vitale: a Carte Vitale for the second slot of pcscd's virtual reader. See README.md. */

#include "config.h"

#include "vitale.h"
#include "vpcd.h"

#include <getopt.h>
#include <stdlib.h>

#define DEFAULT_PORT 35964

static const char usage[] =
    "usage: virtual-vitale --people FILE [option…]\n"
    "  --people FILE     family TAB given TAB yyyy-mm-dd TAB number (13)\n" VPCD_USAGE;

int
main (int argc, char *argv[])
{
  static const struct option long_options[] = { { "people", required_argument, NULL, 'f' },
                                                VPCD_OPTIONS,
                                                { 0 } };
  VpcdOptions options = { .port = DEFAULT_PORT };
  const char *people = NULL;
  bool good = true;

  for (int option; good && (option = getopt_long (argc, argv, "", long_options, NULL)) != -1;)
    if (option == 'f')
      people = optarg;
    else
      good = vpcd_take_option (&options, option, optarg);
  if (!good || optind != argc || people == NULL)
    {
      fputs (usage, stderr);
      return 2;
    }

  Vitale vitale = { 0 };
  int status = EXIT_FAILURE;
  if (vitale_load (&vitale, people))
    {
      VpcdCard card = { .self = &vitale,
                        .atr = vitale_atr,
                        .atr_len = sizeof vitale_atr,
                        .reset = vitale_reset,
                        .command = vitale_command };
      status = vpcd_run (&card, &options);
    }
  vitale_clear (&vitale);
  return status;
}
