#include "config.h"

#include "dmp-xml-private.h"
#include "model/dmp-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* One pass over the bytes, before libxml2 sees them. It need not find every error: it must never
 * see fewer tags, attributes and declarations than libxml2 will. libxml2 goes on after an error
 * (without telling its caller), so wherever it might then read as markup what stands here inside a
 * comment, an instruction or a CDATA section, this pass refuses:
 *  - a "<" inside a tag, an attribute value or an instruction;
 *  - "--" inside a comment; characters that XML forbids inside a comment or a CDATA section, and
 *    sections longer than libxml2 takes (10 000 000 bytes).
 * What remains has the same "<" for both. */

#define MAX_COMMENT_BYTES (1024 * 1024)
#define MAX_CDATA_BYTES (9 * 1000 * 1000)

typedef struct
{
  const char *start;
  const char *at; /* at a "<" */
  const char *end;
  guint depth;
  guint scope; /* declarations of all open elements */
  guint nodes;
  guint8 declared[DMP_XML_MAX_DEPTH];
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

/* @p: after the element's name, or after an attribute. Sets it after the value.
 * @declaration: (out): whether it declares a namespace */
static gboolean
scan_attribute (Scan *scan, const char **p, const char *limit, gboolean *declaration)
{
  const char *name = *p;
  const char *value;
  const char *q = skip (name, limit, NAME);
  gsize length = (gsize) (q - name);

  *declaration = length >= 5 && memcmp (name, "xmlns", 5) == 0 && (length == 5 || name[5] == ':');
  if (length == 0)
    return malformed (scan, _ ("balise mal formée"));
  if (length > DMP_XML_MAX_NAME_BYTES)
    return beyond (scan, _ ("nom trop long"));

  q = skip (q, limit, BLANK);
  if (q == limit || *q != '=')
    return malformed (scan, _ ("attribut sans valeur"));
  q = skip (q + 1, limit, BLANK);
  if (q == limit || (*q != '"' && *q != '\''))
    return malformed (scan, _ ("attribut sans valeur"));
  value = q + 1;
  q = memchr (value, *q, (gsize) (limit - value));
  if (q == NULL)
    return malformed (scan, _ ("valeur d’attribut non terminée"));
  if (q - value > DMP_XML_MAX_VALUE_BYTES)
    return beyond (scan, _ ("valeur d’attribut trop longue"));

  *p = q + 1;
  return count_node (scan);
}

static gboolean
open_element (Scan *scan, guint declared)
{
  if (scan->depth == DMP_XML_MAX_DEPTH)
    return beyond (scan, _ ("éléments trop imbriqués"));

  scan->declared[scan->depth++] = (guint8) declared;
  scan->scope += declared;
  return scan->scope <= DMP_XML_MAX_SCOPE ||
         beyond (scan, _ ("trop d’espaces de noms ouverts à la fois"));
}

static gboolean
scan_start_tag (Scan *scan, const char *limit)
{
  const char *p = skip (scan->at + 1, limit, NAME);
  guint attributes = 0;
  guint declared = 0;

  if (p == scan->at + 1)
    return malformed (scan, _ ("balise mal formée"));
  if (p - scan->at - 1 > DMP_XML_MAX_NAME_BYTES)
    return beyond (scan, _ ("nom trop long"));

  for (;;)
    {
      const char *before = p;
      gboolean declaration;

      p = skip (p, limit, BLANK);
      if (p < limit && *p == '>')
        {
          scan->at = p + 1;
          return count_node (scan) && open_element (scan, declared);
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
  const char *p = skip (skip (scan->at + 2, limit, NAME), limit, BLANK);

  if (p == limit || *p != '>' || scan->depth == 0)
    return malformed (scan, _ ("balise de fin mal formée"));

  scan->at = p + 1;
  scan->scope -= scan->declared[--scan->depth];
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

static gboolean
scan_section (Scan *scan, gsize opening, const char *closing, gsize max)
{
  const char *text = scan->at + opening;
  const char *end = memmem (text, (gsize) (scan->end - text), closing, strlen (closing));

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

gboolean
dmp_xml_scan (const char *bytes, gsize len, GError **error)
{
  Scan scan = { .start = bytes, .at = bytes, .end = bytes + len, .error = error };
  const char *next;

  if (len > DMP_XML_MAX_BYTES)
    return beyond (&scan, _ ("taille"));

  for (scan.at = memchr (bytes, '<', len); scan.at != NULL; scan.at = next)
    {
      char c = scan.at + 1 < scan.end ? scan.at[1] : '\0';
      const char *limit;
      gboolean ok;

      /* Nothing but a comment or a CDATA section reaches over the next "<". */
      next = memchr (scan.at + 1, '<', (gsize) (scan.end - scan.at - 1));
      limit = next != NULL ? next : scan.end;
      if (c == '!')
        ok = scan_declaration (&scan);
      else if (c == '/')
        ok = scan_end_tag (&scan, limit);
      else if (c == '?')
        ok = scan_instruction (&scan, limit);
      else
        ok = scan_start_tag (&scan, limit);
      if (!ok)
        return FALSE;
      if (c == '!')
        next = memchr (scan.at, '<', (gsize) (scan.end - scan.at));
    }

  scan.at = scan.end;
  return scan.depth == 0 || malformed (&scan, _ ("fin inattendue"));
}
