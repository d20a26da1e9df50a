#include "config.h"

#include "fuzz.h"
#include "search/dmp-search.h"

const char *const fuzz_corpus[] = { "fuzz/corpus/search", NULL };

/* What is looked for in: words of several shapes, one passage each. */
static DmpSearch *
get_search (void)
{
  static const char *const texts[] = {
    "Potassium 5,4 mmol/L (norme 3,5 à 5,0), créatininémie 92 µmol/L",
    "TAHOR 10 mg : 1 comprimé le soir. Allergie à l’amoxicilline en 2019.",
    "« Œdème » des membres inférieurs ; INR 2,5 — \"AND\" OR NOT NEAR(a b)* ^col:",
    "\xf0\x9f\x92\x89 ﬁbrillation auriculaire\xe2\x80\xaf: İstanbul, straße, e\xcc\x81tat",
  };
  static DmpSearch *search; /* one for the whole run: no state of the program */
  static const char empty[] =
      "<ClinicalDocument xmlns='urn:hl7-org:v3'><id root='1.2.3'/></ClinicalDocument>";
  const DmpSearchDocument about = { .unique_id = "1.2.3", .title = "Compte rendu" };
  g_autoptr (GBytes) bytes = g_bytes_new_static (empty, sizeof empty - 1);
  g_autoptr (DmpCdaDocument) document = NULL;

  if (search != NULL)
    return search;
  search = dmp_search_new ();
  document = dmp_cda_document_parse (bytes, NULL);
  g_assert_nonnull (document);
  dmp_search_add (search, &about, document);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    dmp_search_add_text (search, "1.2.3", &(DmpCdaPlace){ .page = i + 1 }, texts[i]);
  return search;
}

/* What is shown of a hit: whole letters, and marks that stand inside it, one after the other. */
static void
check_hit (const DmpSearchHit *hit)
{
  glong len = g_utf8_strlen (hit->text, -1);
  guint end = 0;

  g_assert_true (g_utf8_validate (hit->text, -1, NULL));
  for (guint i = 0; i < hit->marks->len; i++)
    {
      const DmpSearchMark *mark = &g_array_index (hit->marks, DmpSearchMark, i);

      g_assert_cmpuint (mark->start, >=, end);
      g_assert_cmpuint (mark->end, >, mark->start);
      g_assert_cmpuint (mark->end, <=, len);
      end = mark->end;
    }
}

/* The bytes are what somebody types. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *words = g_strndup (size > 0 ? (const char *) data : "", size);
  g_autoptr (DmpSearchResults) results = dmp_search_find (get_search (), words, 10);

  for (guint group = 0; group < DMP_SEARCH_N_GROUPS; group++)
    {
      g_assert_cmpuint (results->hits[group]->len, <=, MIN (10, results->totals[group]));
      for (guint i = 0; i < results->hits[group]->len; i++)
        check_hit (g_ptr_array_index (results->hits[group], i));
    }
  return 0;
}
