#include "config.h"

#include "caducee-pdfa.h"

#include <ghostscript/iapi.h>
#include <ghostscript/ierrors.h>
#include <stdio.h>
#include <string.h>

/* The catalogue's output intent: sRGB, from the package of Ghostscript. */
#define INTENT                                                                                     \
  "[/_objdef {icc_PDFA} /type /stream /OBJ pdfmark"                                                \
  "[{icc_PDFA} << /N 3 >> /PUT pdfmark"                                                            \
  "[{icc_PDFA} (" PDFA_PROFILE ") (r) file /PUT pdfmark"                                           \
  "[/_objdef {OutputIntent_PDFA} /type /dict /OBJ pdfmark"                                         \
  "[{OutputIntent_PDFA} << /Type /OutputIntent /S /GTS_PDFA1 /DestOutputProfile {icc_PDFA}"        \
  " /OutputConditionIdentifier (sRGB) /Info (sRGB IEC61966-2.1) >> /PUT pdfmark"                   \
  "[{Catalog} << /OutputIntents [ {OutputIntent_PDFA} ] >> /PUT pdfmark"

/* What it says of a file may quote the file. The PDF itself goes to standard output directly. */
static int
drop_message (void *unused, const char *data, int length)
{
  return length;
}

static int
start (void *gs)
{
  /* 150 dpi for what cannot stay vectors: pages with transparency become pictures. Links, forms and
   * other annotations are dropped, their looks are kept. */
  static const char *const args[] = { "gs",
                                      "-dSAFER",
                                      "-dNOPAUSE",
                                      "-dNOPROMPT",
                                      "-dQUIET",
                                      "-sstdout=%stderr",
                                      "-sDEVICE=pdfwrite",
                                      "-dPDFA=1",
                                      "-dPDFACompatibilityPolicy=1",
                                      "-sColorConversionStrategy=RGB",
                                      "-sProcessColorModel=DeviceRGB",
                                      "-dCompatibilityLevel=1.4",
                                      "-sBandListStorage=memory",
                                      "-r150",
                                      "-dPreserveAnnots=false",
                                      "-dPDFSTOPONERROR=false",
                                      "-dNOFONTPATH",
                                      "-dNumRenderingThreads=0",
                                      "--permit-file-read=" PDFA_PROFILE,
                                      "--permit-file-read=" PDFA_INPUT,
                                      "-sOutputFile=%stdout" };

  gsapi_set_arg_encoding (gs, GS_ARG_ENCODING_UTF8);
  gsapi_set_stdio (gs, NULL, drop_message, drop_message);
  return gsapi_init_with_args (gs, G_N_ELEMENTS (args), (char **) (gpointer) args);
}

/* When the file says it was made, in seconds; 0 when it does not say it readably. */
static gint64
read_creation (GBytes *bytes)
{
  static const char key[] = "/CreationDate";
  gsize length = 0;
  const char *data = g_bytes_get_data (bytes, &length), *end = data + length;
  const char *p = memmem (data, length, key, sizeof key - 1);
  g_autoptr (GDateTime) time = NULL;
  int parts[6] = { 0 };
  char digits[32] = { 0 };

  for (p = p != NULL ? p + sizeof key - 1 : end; p < end && strchr (" (D:", *p); p++)
    ;
  memcpy (digits, p, MIN ((gsize) (end - p), 14));
  if (sscanf (digits, "%4d%2d%2d%2d%2d%2d", &parts[0], &parts[1], &parts[2], &parts[3], &parts[4],
              &parts[5]) < 3)
    return 0;
  time = g_date_time_new_utc (parts[0], parts[1], parts[2], parts[3], parts[4], parts[5]);
  return time != NULL ? MAX (g_date_time_to_unix (time), 0) : 0;
}

int
pdfa_convert (GBytes *input)
{
  g_autofree char *made = g_strdup_printf ("%lld", (long long) read_creation (input));
  void *gs = NULL;
  int code, last, unused;

  /* The same file gives the same bytes: what is in the record already is recognised. */
  g_setenv ("SOURCE_DATE_EPOCH", made, TRUE);
  if (gsapi_new_instance (&gs, NULL) < 0)
    return DMP_PDFA_DAMAGED;
  code = start (gs);
  if (code == 0)
    code = gsapi_run_string (gs, INTENT, 0, &unused);
  if (code == 0)
    code = gsapi_run_string (gs, "(" PDFA_INPUT ") (r) file runpdf", 0, &unused);
  if (code == 0 && gsapi_run_string (gs, "quit", 0, &unused) != gs_error_Quit)
    code = -1;
  last = gsapi_exit (gs); /* writes the rest of the file */
  if (last < 0 && last != gs_error_Quit)
    code = -1;
  return code == 0 ? DMP_PDFA_OK : DMP_PDFA_DAMAGED;
}
