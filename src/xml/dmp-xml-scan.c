#include "config.h"

#include "dmp-xml-names.h"
#include "dmp-xml-private.h"
#include "model/dmp-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* One pass over the bytes, before libxml2 sees them. It need not find every error: it must never
 * see fewer tags, attributes, declarations and names than libxml2 will. libxml2 goes on after an
 * error (without telling its caller), so wherever it might then read as markup what stands here
 * inside a comment, an instruction or a CDATA section, this pass refuses:
 *  - a "<" inside a tag, an attribute value or an instruction;
 *  - "--" inside a comment; characters that XML forbids inside a comment or a CDATA section, and
 *    sections longer than libxml2 takes (10 000 000 bytes);
 *  - references to entities but the five of XML, end tags that end another element: libxml2 would
 *    keep their names.
 * What remains has the same "<" for both. */

#define MAX_COMMENT_BYTES (1024 * 1024)
#define MAX_CDATA_BYTES (9 * 1000 * 1000)
/* For every prefixed name libxml2 walks up all ancestors and all declarations in scope: about 4 ns
 * a step. Documents and answers need less than 2 steps a byte. */
#define MAX_STEPS_PER_BYTE 10
#define FREE_STEPS (2 * 1000 * 1000)

typedef struct
{
  const char *name;
  guint16 len;
  guint8 declared;
} Open;

typedef struct
{
  const char *start;
  const char *at; /* at a "<" */
  const char *end;
  guint depth;
  guint scope; /* declarations of all open elements */
  guint nodes;
  guint64 steps;
  DmpXmlNames *names;
  Open open[DMP_XML_MAX_DEPTH];
  GError **error;
} Scan;

enum
{
  BLANK = 1,
  NAME = 2
};

/* Blanks are those of XML; a name ends at a blank or at what ends it in a tag. */
static inline int
kind (char c)
{
  switch (c)
    {
    case ' ':
    case '\t':
    case '\n':
    case '\r':
      return BLANK;
    case '=':
    case '/':
    case '>':
    case '<':
    case '"':
    case '\'':
      return 0;
    default:
      return NAME;
    }
}

static const char *
skip (const char *p, const char *end, int of_kind)
{
  while (p < end && kind (*p) == of_kind)
    p++;

  return p;
}

static gboolean
malformed (Scan *scan, const char *what)
{
  dmp_xml_set_invalid (scan->error, what, (gsize) (scan->at - scan->start));
  return FALSE;
}

static gboolean
beyond (Scan *scan, const char *what)
{
  dmp_xml_set_limit (scan->error, what, (gsize) (scan->at - scan->start));
  return FALSE;
}

static gboolean
count_node (Scan *scan)
{
  return ++scan->nodes <= DMP_XML_MAX_NODES || beyond (scan, _ ("trop d’éléments"));
}

static gboolean
keep_name (Scan *scan, const char *name, gsize len)
{
  if (len == 0)
    return malformed (scan, _ ("balise mal formée"));
  if (len > DMP_XML_MAX_NAME_BYTES)
    return beyond (scan, _ ("nom trop long"));

  scan->steps += scan->depth + scan->scope;
  return dmp_xml_names_add (scan->names, name, len) <= DMP_XML_MAX_NAMES ||
         beyond (scan, _ ("trop de noms différents"));
}

/* Characters by number, and the five entities of XML. */
static gboolean
check_references (Scan *scan, const char *text, const char *end)
{
  static const char *const entities[] = { "#", "lt;", "gt;", "amp;", "quot;", "apos;" };

  while (text < end && (text = memchr (text, '&', (gsize) (end - text))) != NULL)
    {
      gboolean known = FALSE;

      text++;
      for (gsize i = 0; i < G_N_ELEMENTS (entities) && !known; i++)
        known = (gsize) (end - text) >= strlen (entities[i]) &&
                memcmp (text, entities[i], strlen (entities[i])) == 0;
      if (!known)
        return malformed (scan, _ ("référence à une entité"));
    }

  return TRUE;
}

/* @q: after the name. Returns: after the value, or NULL */
static const char *
scan_value (Scan *scan, const char *q, const char *limit, gboolean declaration)
{
  const char *value;

  q = skip (q, limit, BLANK);
  if (q == limit || *q != '=')
    return malformed (scan, _ ("attribut sans valeur")), NULL;
  q = skip (q + 1, limit, BLANK);
  if (q == limit || (*q != '"' && *q != '\''))
    return malformed (scan, _ ("attribut sans valeur")), NULL;
  value = q + 1;
  q = memchr (value, *q, (gsize) (limit - value));
  if (q == NULL)
    return malformed (scan, _ ("valeur d’attribut non terminée")), NULL;
  if (q - value > DMP_XML_MAX_VALUE_BYTES)
    return beyond (scan, _ ("valeur d’attribut trop longue")), NULL;
  if (!check_references (scan, value, q))
    return NULL;
  if (declaration && q > value &&
      dmp_xml_names_add (scan->names, value, (gsize) (q - value)) > DMP_XML_MAX_NAMES)
    return beyond (scan, _ ("trop de noms différents")), NULL;

  return q + 1;
}

/* @p: after the element's name, or after an attribute. Sets it after the value.
 * @declaration: (out): whether it declares a namespace */
static gboolean
scan_attribute (Scan *scan, const char **p, const char *limit, gboolean *declaration)
{
  const char *name = *p;
  const char *q = skip (name, limit, NAME);
  gsize length = (gsize) (q - name);

  *declaration = length >= 5 && memcmp (name, "xmlns", 5) == 0 && (length == 5 || name[5] == ':');
  /* "xmlns:a:b" is an attribute for libxml2. */
  if (*declaration && length > 5 && (length == 6 || memchr (name + 6, ':', length - 6) != NULL))
    return malformed (scan, _ ("espace de noms"));
  if (!keep_name (scan, name, length))
    return FALSE;
  *p = scan_value (scan, q, limit, *declaration);

  return *p != NULL && count_node (scan);
}

static gboolean
open_element (Scan *scan, const char *name, gsize len, guint declared)
{
  if (scan->depth == DMP_XML_MAX_DEPTH)
    return beyond (scan, _ ("éléments trop imbriqués"));

  scan->open[scan->depth++] =
      (Open){ .name = name, .len = (guint16) len, .declared = (guint8) declared };
  scan->scope += declared;
  return scan->scope <= DMP_XML_MAX_SCOPE ||
         beyond (scan, _ ("trop d’espaces de noms ouverts à la fois"));
}

static gboolean
scan_start_tag (Scan *scan, const char *limit)
{
  const char *name = scan->at + 1;
  const char *p = skip (name, limit, NAME);
  gsize len = (gsize) (p - name);
  guint attributes = 0;
  guint declared = 0;

  if (!keep_name (scan, name, len))
    return FALSE;

  for (;;)
    {
      const char *before = p;
      gboolean declaration;

      p = skip (p, limit, BLANK);
      if (p < limit && *p == '>')
        {
          scan->at = p + 1;
          return count_node (scan) && open_element (scan, name, len, declared);
        }
      if (p + 1 < limit && p[0] == '/' && p[1] == '>')
        {
          scan->at = p + 2;
          return count_node (scan);
        }
      if (p == limit || p == before)
        return malformed (scan, _ ("balise mal formée"));
      if (!scan_attribute (scan, &p, limit, &declaration))
        return FALSE;
      if (declaration && ++declared > DMP_XML_MAX_NAMESPACES)
        return beyond (scan, _ ("trop d’espaces de noms dans une balise"));
      if (!declaration && ++attributes > DMP_XML_MAX_ATTRIBUTES)
        return beyond (scan, _ ("trop d’attributs dans une balise"));
    }
}

static gboolean
scan_end_tag (Scan *scan, const char *limit)
{
  const char *name = scan->at + 2;
  const char *p = skip (name, limit, NAME);
  gsize len = (gsize) (p - name);
  const Open *open = scan->depth > 0 ? &scan->open[scan->depth - 1] : NULL;

  p = skip (p, limit, BLANK);
  if (p == limit || *p != '>' || open == NULL || open->len != len ||
      memcmp (open->name, name, len) != 0)
    return malformed (scan, _ ("balise de fin mal formée"));

  scan->at = p + 1;
  scan->depth--;
  scan->scope -= open->declared;
  return TRUE;
}

/* A target of ASCII letters, and no "<" up to "?>". */
static gboolean
scan_instruction (Scan *scan, const char *limit)
{
  const char *p = scan->at + 2;
  const char *end = p < limit ? g_strstr_len (p, limit - p, "?>") : NULL;

  if (end == NULL || (!g_ascii_isalpha (*p) && *p != '_'))
    return malformed (scan, _ ("instruction mal formée"));
  while (g_ascii_isalnum (*p) || *p == '-' || *p == '.' || *p == '_')
    p++;
  if (p != end && kind (*p) != BLANK)
    return malformed (scan, _ ("instruction mal formée"));
  if (end - scan->at > DMP_XML_MAX_VALUE_BYTES)
    return beyond (scan, _ ("instruction trop longue"));

  if (!keep_name (scan, scan->at + 2, (gsize) (p - scan->at - 2)))
    return FALSE;

  scan->at = end + 2;
  return count_node (scan);
}

gboolean
dmp_xml_chars_ok (const char *text, gsize len)
{
  const char *end = text + len;

  if (!g_utf8_validate_len (text, len, NULL))
    return FALSE;

  for (const char *p = text; p < end; p++)
    {
      if ((guchar) *p < 0x20 && *p != '\t' && *p != '\n' && *p != '\r')
        return FALSE;
      /* U+FFFE and U+FFFF */
      if (*p == '\xef' && p[1] == '\xbf' && (guchar) p[2] >= 0xbe)
        return FALSE;
    }

  return TRUE;
}

/* Not memmem: the sanitizers look at all that it is given, each time, and two million comments
 * follow each other. */
static const char *
find_closing (const char *text, const char *limit, const char *closing)
{
  gsize len = strlen (closing);

  for (const char *p = text; p < limit; p++)
    {
      p = memchr (p, *closing, (gsize) (limit - p));
      if (p == NULL || (gsize) (limit - p) < len)
        return NULL;
      if (memcmp (p, closing, len) == 0)
        return p;
    }

  return NULL;
}

static gboolean
scan_section (Scan *scan, gsize opening, const char *closing, gsize max)
{
  const char *text = scan->at + opening;
  const char *end = find_closing (text, scan->end, closing);

  if (end == NULL)
    return malformed (scan, _ ("commentaire ou section non terminé"));
  if ((gsize) (end - text) > max)
    return beyond (scan, _ ("commentaire ou section trop long"));
  if (!dmp_xml_chars_ok (text, (gsize) (end - text)))
    return malformed (scan, _ ("caractère interdit"));

  scan->at = end + strlen (closing);
  return count_node (scan);
}

static gboolean
scan_declaration (Scan *scan)
{
  gsize left = (gsize) (scan->end - scan->at);

  if (left >= 4 && memcmp (scan->at, "<!--", 4) == 0)
    {
      if (!scan_section (scan, 4, "--", MAX_COMMENT_BYTES))
        return FALSE;
      if (scan->at == scan->end || *scan->at != '>')
        return malformed (scan, _ ("commentaire mal formé"));
      scan->at++;
      return TRUE;
    }
  if (left >= 9 && memcmp (scan->at, "<![CDATA[", 9) == 0)
    return scan_section (scan, 9, "]]>", MAX_CDATA_BYTES);

  return malformed (scan, _ ("déclaration DOCTYPE interdite"));
}

/* One piece of markup at scan->at, and the text after it.
 * @next: (inout): the next "<" after that at scan->at, or NULL */
static gboolean
scan_markup (Scan *scan, const char **next)
{
  char c = scan->at + 1 < scan->end ? scan->at[1] : '\0';
  /* Nothing but a comment or a CDATA section reaches over the next "<". */
  const char *limit = *next != NULL ? *next : scan->end;
  gboolean ok;

  if (c == '!')
    ok = scan_declaration (scan);
  else if (c == '/')
    ok = scan_end_tag (scan, limit);
  else if (c == '?')
    ok = scan_instruction (scan, limit);
  else
    ok = scan_start_tag (scan, limit);
  if (!ok)
    return FALSE;
  if (c == '!')
    *next = memchr (scan->at, '<', (gsize) (scan->end - scan->at));
  if (scan->steps > FREE_STEPS + (guint64) (scan->at - scan->start) * MAX_STEPS_PER_BYTE)
    return beyond (scan, _ ("éléments trop imbriqués"));

  return check_references (scan, scan->at, *next != NULL ? *next : scan->end);
}

gboolean
dmp_xml_scan (const char *bytes, gsize len, GError **error)
{
  Scan scan = { .start = bytes, .at = bytes, .end = bytes + len, .error = error };
  g_auto (DmpXmlNames) names = { 0 };
  gboolean ok = TRUE;
  const char *next;

  if (len > DMP_XML_MAX_BYTES)
    return beyond (&scan, _ ("taille"));

  dmp_xml_names_init (&names);
  scan.names = &names;
  for (scan.at = memchr (bytes, '<', len); ok && scan.at != NULL; scan.at = next)
    {
      next = memchr (scan.at + 1, '<', (gsize) (scan.end - scan.at - 1));
      ok = scan_markup (&scan, &next);
    }
  if (!ok)
    return FALSE;

  scan.at = scan.end;
  return scan.depth == 0 || malformed (&scan, _ ("fin inattendue"));
}
