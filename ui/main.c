#include "config.h"

#include "dmp-application.h"
#include "dmp-document-print.h"
#include "model/dmp-locale.h"
#include "pkcs11/dmp-card.h"

#include <sys/prctl.h>
#include <sys/resource.h>

/* A PIN and a patient's documents pass through this process: no core file, and no other process of
 * the same user may look in. */
static void
harden (void)
{
  const struct rlimit none = { 0, 0 };

  setrlimit (RLIMIT_CORE, &none);
#ifndef __SANITIZE_ADDRESS__ /* the leak sanitizer traces its own process */
  prctl (PR_SET_DUMPABLE, 0);
#endif
}

int
main (int argc, char **argv)
{
  g_autoptr (DmpApplication) app = NULL;

  harden ();
  dmp_document_print_use_memory ();
  dmp_card_prepare_process ();
  dmp_locale_start ();
  g_set_prgname ("caducee");

  app = dmp_application_new ();
  return g_application_run (G_APPLICATION (app), argc, argv);
}
