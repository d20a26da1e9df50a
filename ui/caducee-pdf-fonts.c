#include "config.h"

#include "caducee-pdf-fonts.h"

#include "files/dmp-prepared.h"

#include <fontconfig/fontconfig.h>

static gboolean
is_font_name (const char *path)
{
  static const char *const suffixes[] = { ".ttf", ".otf", ".ttc", ".pfb", ".pfa", ".t1" };

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    if (g_str_has_suffix (path, suffixes[i]))
      return TRUE;

  return FALSE;
}

/* Any other font is the one that stands for all. */
static const char *
stand_for (const char *path)
{
  return is_font_name (path) ? dmp_prepared_get_first () : NULL;
}

static void
prepare_family (const char *family, int weight, int slant)
{
  FcPattern *pattern = FcPatternBuild (NULL, FC_FAMILY, FcTypeString, family, FC_WEIGHT,
                                       FcTypeInteger, weight, FC_SLANT, FcTypeInteger, slant, NULL);
  FcPattern *match;
  FcResult result;
  FcChar8 *file;

  FcConfigSubstitute (NULL, pattern, FcMatchPattern);
  FcDefaultSubstitute (pattern);
  match = FcFontMatch (NULL, pattern, &result);
  if (match != NULL && FcPatternGetString (match, FC_FILE, 0, &file) == FcResultMatch)
    dmp_prepared_add ((const char *) file);
  if (match != NULL)
    FcPatternDestroy (match);
  FcPatternDestroy (pattern);
}

void
pdf_fonts_prepare (void)
{
  /* The first one stands in for whatever else is asked. */
  static const char *const families[] = {
    "sans-serif",  "Helvetica", "Arial",  "Times",        "Times New Roman", "serif",  "Courier",
    "Courier New", "monospace", "Symbol", "ZapfDingbats", "Calibri",         "Verdana"
  };

  FcInit ();
  for (guint i = 0; i < G_N_ELEMENTS (families); i++)
    {
      prepare_family (families[i], FC_WEIGHT_REGULAR, FC_SLANT_ROMAN);
      prepare_family (families[i], FC_WEIGHT_BOLD, FC_SLANT_ROMAN);
      prepare_family (families[i], FC_WEIGHT_REGULAR, FC_SLANT_ITALIC);
    }
  dmp_prepared_start (FALSE, stand_for);
}
