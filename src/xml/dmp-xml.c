#include "config.h"

#include "dmp-xml-private.h"
#include "model/dmp-error.h"

#include <glib/gi18n-lib.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <string.h>

/* Where an XML declaration must have ended. */
#define MAX_DECLARATION_BYTES 512

void
dmp_xml_set_invalid (GError **error, const char *what, gsize offset)
{
  g_set_error (
      error, DMP_ERROR, DMP_ERROR_INVALID_XML,
      /* Translators: what is wrong, then where */
      _ ("Ce contenu XML est mal formé ou interdit (%s, octet %zu). Il n’a pas été ouvert."), what,
      offset);
}

void
dmp_xml_set_limit (GError **error, const char *what, gsize offset)
{
  g_set_error (
      error, DMP_ERROR, DMP_ERROR_LIMIT,
      _ ("Ce contenu XML dépasse une limite de sécurité (%s, octet %zu). Il n’a pas été ouvert."),
      what, offset);
}

static xmlParserInput *
refuse_entity (const char *url, const char *id, xmlParserCtxt *context)
{
  return NULL;
}

static xmlParserInput *
refuse_resolution (void *context, const xmlChar *public_id, const xmlChar *system_id)
{
  return NULL;
}

static void
refuse_subset (void *context,
               const xmlChar *name,
               const xmlChar *external_id,
               const xmlChar *system_id)
{
  xmlStopParser (context);
}

/* libxml2 keeps one entity loader for the process. It is replaced before our first parse and never
 * again: nobody here may open a file because a document says so. */
static void
init_once (void)
{
  static gsize done;

  if (g_once_init_enter (&done))
    {
      xmlInitParser ();
      xmlSetExternalEntityLoader (refuse_entity);
      g_once_init_leave (&done, 1);
    }
}

/* The value of encoding="…" in the XML declaration, or NULL. */
static char *
dup_declared_encoding (const char *bytes, gsize len)
{
  const char *end;
  const char *p;
  gsize head = MIN (len, MAX_DECLARATION_BYTES);

  if (head < 6 || memcmp (bytes, "<?xml", 5) != 0 || !g_ascii_isspace (bytes[5]))
    return NULL;
  end = g_strstr_len (bytes, (gssize) head, "?>");
  if (end == NULL)
    return NULL;
  p = g_strstr_len (bytes, end - bytes, "encoding");
  if (p == NULL)
    return NULL;

  p += strlen ("encoding");
  p += strspn (p, " \t\r\n=");
  if (*p != '"' && *p != '\'')
    return NULL;
  return g_strndup (p + 1, strcspn (p + 1, "\"'<?>"));
}

/* iconv's name of what the bytes must be converted from; NULL: they are UTF-8 as they stand.
 * @known: (out): whether the encoding is one that is read at all */
static const char *
find_charset (const char *bytes, gsize len, gboolean *known)
{
  static const struct
  {
    const char *declared;
    const char *charset;
  } rows[] = {
    { "UTF-8", NULL },
    { "UTF8", NULL },
    { "US-ASCII", NULL },
    { "ASCII", NULL },
    { "ISO-8859-1", "ISO-8859-1" },
    { "ISO8859-1", "ISO-8859-1" },
    { "LATIN1", "ISO-8859-1" },
    { "ISO-8859-15", "ISO-8859-15" },
    { "WINDOWS-1252", "WINDOWS-1252" },
    { "CP1252", "WINDOWS-1252" },
  };
  g_autofree char *declared = NULL;
  gboolean four = len >= 4;

  *known = TRUE;
  if (four && (memcmp (bytes, "\xff\xfe\0\0", 4) == 0 || memcmp (bytes, "\0\0\xfe\xff", 4) == 0))
    {
      *known = FALSE;
      return NULL;
    }
  if (four && (memcmp (bytes, "\xff\xfe", 2) == 0 || memcmp (bytes, "<\0?\0", 4) == 0))
    return "UTF-16LE";
  if (four && (memcmp (bytes, "\xfe\xff", 2) == 0 || memcmp (bytes, "\0<\0?", 4) == 0))
    return "UTF-16BE";

  declared = dup_declared_encoding (bytes, len);
  if (declared == NULL)
    return NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    if (g_ascii_strcasecmp (declared, rows[i].declared) == 0)
      return rows[i].charset;

  *known = FALSE;
  return NULL;
}

/* Sets *@bytes and *@len to UTF-8; *@converted owns them when they are new. */
static gboolean
to_utf8 (const char **bytes, gsize *len, char **converted, GError **error)
{
  gboolean known;
  const char *charset = find_charset (*bytes, *len, &known);

  if (!known)
    {
      dmp_xml_set_invalid (error, _ ("codage de caractères non accepté"), 0);
      return FALSE;
    }
  if (charset != NULL)
    {
      *converted = g_convert (*bytes, (gssize) *len, "UTF-8", charset, NULL, len, NULL);
      if (*converted == NULL)
        {
          dmp_xml_set_invalid (error, _ ("caractère hors du codage annoncé"), 0);
          return FALSE;
        }
      *bytes = *converted;
    }

  return TRUE;
}

/* What libxml2 guesses from the first bytes is thus UTF-8. */
static gboolean
check_start (const char *bytes, gsize len, GError **error)
{
  const char *nul = len > 0 ? memchr (bytes, '\0', len) : NULL;
  gsize blanks = 0;

  if (nul != NULL)
    {
      dmp_xml_set_invalid (error, _ ("caractère interdit"), (gsize) (nul - bytes));
      return FALSE;
    }
  while (blanks < len && strchr (" \t\r\n", bytes[blanks]) != NULL)
    blanks++;
  if (blanks == len || bytes[blanks] != '<')
    {
      dmp_xml_set_invalid (error, _ ("ce n’est pas du XML"), blanks);
      return FALSE;
    }

  return TRUE;
}

/* A prefix without a declaration, or two attributes of one name, is no fatal error for libxml2, but
 * it is for whoever compares names. An odd namespace URI (XML_WAR_NS_URI) is let through. */
static void
note_error (void *data, xmlError *error)
{
  xmlParserCtxt *context = data;

  if (error->domain == XML_FROM_NAMESPACE && error->code >= XML_NS_ERR_XML_NAMESPACE)
    *(gboolean *) context->_private = TRUE;
}

/* Without dictionary for texts (NODICT) and without a table of xml:id: both stop growing and then
 * are searched row by row. */
static xmlDoc *
parse_utf8 (const char *bytes, gsize len, GError **error)
{
  xmlParserCtxt *context = xmlCreateMemoryParserCtxt (bytes, (int) len);
  gboolean bad_names = FALSE;
  xmlDoc *doc;

  g_assert (context != NULL);
  xmlCtxtUseOptions (context, XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING |
                                  XML_PARSE_IGNORE_ENC | XML_PARSE_NODICT);
  context->loadsubset |= XML_SKIP_IDS;
  context->_private = &bad_names;
  context->sax->serror = note_error;
  context->sax->internalSubset = refuse_subset;
  context->sax->externalSubset = refuse_subset;
  context->sax->resolveEntity = refuse_resolution;
  xmlParseDocument (context);
  doc = context->myDoc;
  if (!context->wellFormed || bad_names)
    {
      g_debug ("libxml2 error %d at line %d", context->lastError.code, context->lastError.line);
      dmp_xml_set_invalid (error, _ ("mal formé"), (gsize) MAX (0, xmlByteConsumed (context)));
      g_clear_pointer (&doc, xmlFreeDoc);
    }
  xmlFreeParserCtxt (context);

  return doc;
}

xmlDoc *
dmp_xml_parse (const char *bytes, gsize len, GError **error)
{
  g_autofree char *converted = NULL;
  gsize converted_len = 0;
  xmlDoc *doc = NULL;

  init_once ();
  if (len > DMP_XML_MAX_BYTES)
    {
      dmp_xml_set_limit (error, _ ("taille"), DMP_XML_MAX_BYTES);
      return NULL;
    }
  if (!to_utf8 (&bytes, &len, &converted, error))
    return NULL;

  converted_len = len;
  if (len >= 3 && memcmp (bytes, "\xef\xbb\xbf", 3) == 0)
    {
      bytes += 3;
      len -= 3;
    }
  if (check_start (bytes, len, error) && dmp_xml_scan (bytes, len, error))
    doc = parse_utf8 (bytes, len, error);
  if (converted != NULL)
    explicit_bzero (converted, converted_len);

  return doc;
}
