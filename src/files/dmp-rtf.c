#include "config.h"

#include "dmp-rtf.h"

#include <stdlib.h>
#include <string.h>

#define MAX_DEPTH 256
#define MAX_TEXT (4 * 1024 * 1024)

typedef struct
{
  gboolean hidden; /* a group that is not text: fonts, pictures, properties */
  gboolean field;  /* the instruction of a field */
  int fallback;    /* characters that stand for one \u */
} Group;

typedef struct
{
  const char *p, *end;
  Group groups[MAX_DEPTH];
  guint depth;
  int skip; /* characters of a fallback still to leave out */
  int codepage;
  gboolean fixed;          /* the code page has been used */
  char high_bytes[128][8]; /* those above 0x7f in UTF-8; "" until wanted */
  gunichar2 high;          /* first half of a surrogate pair */
  GString *text;
  GString *field;
  DmpRtfFlags flags;
} Rtf;

static const struct
{
  const char *word;
  const char *text;
} plain_words[] = { { "par", "\n" },      { "line", "\n" },  { "row", "\n" },
                    { "sect", "\n" },     { "page", "\n" },  { "tab", "\t" },
                    { "cell", "\t" },     { "emdash", "—" }, { "endash", "–" },
                    { "lquote", "‘" },    { "rquote", "’" }, { "ldblquote", "“" },
                    { "rdblquote", "”" }, { "bullet", "•" }, { "emspace", " " },
                    { "enspace", " " } };

static const char *const hidden_words[] = {
  "fonttbl",   "colortbl",  "stylesheet", "info",         "pict",
  "generator", "themedata", "datastore",  "listtable",    "listoverridetable",
  "rsidtbl",   "filetbl",   "revtbl",     "latentstyles", "mmathPr",
  "bkmkstart", "bkmkend",   "nonshppict", "xmlnstbl",     "colorschememapping",
  "objdata",   "objclass",  "template",   "shpinst",      NULL
};

static const char *const active_words[] = { "object",     "objdata", "objemb",    "objlink",
                                            "objautlink", "objocx",  "objupdate", "template",
                                            "htmltag",    NULL };

/* Instructions of fields that open something by themselves. */
static const char *const active_fields[] = {
  "DDE",   "DDEAUTO", "INCLUDETEXT", "INCLUDEPICTURE", "LINK",
  "EMBED", "IMPORT",  "DATABASE",    "MACROBUTTON",    NULL
};

static Group *
top (Rtf *self)
{
  return &self->groups[self->depth];
}

static void
put (Rtf *self, const char *text, gssize length)
{
  if (top (self)->field)
    g_string_append_len (self->field, text, length);
  else if (top (self)->hidden)
    return;
  else if (self->text->len < MAX_TEXT)
    g_string_append_len (self->text, text, length);
  else
    self->flags |= DMP_RTF_CUT;
}

/* A byte above 0x7f in UTF-8. Each is converted once: a converter costs more than the byte, and a
 * file may hold millions. */
static const char *
get_high (Rtf *self, guchar byte)
{
  char *known = self->high_bytes[byte - 0x80];
  const char in = (char) byte;
  g_autofree char *utf8 = NULL;
  char charset[16];

  if (*known != '\0')
    return known;
  g_snprintf (charset, sizeof charset, "CP%d", self->codepage);
  utf8 = g_convert (&in, 1, "UTF-8", charset, NULL, NULL, NULL);
  if (utf8 == NULL)
    utf8 = g_convert (&in, 1, "UTF-8", "CP1252", NULL, NULL, NULL);
  g_strlcpy (known, utf8 != NULL && *utf8 != '\0' ? utf8 : "\357\277\275", 8);
  self->fixed = TRUE;
  return known;
}

static void
put_byte (Rtf *self, guchar byte)
{
  const char in = (char) byte;

  if (self->skip > 0)
    self->skip--;
  else if (byte < 0x80)
    put (self, &in, 1);
  else
    put (self, get_high (self, byte), -1);
}

/* \uN: UTF-16, maybe negative, maybe half of a pair. */
static void
put_unicode (Rtf *self, int value)
{
  gunichar2 unit = (gunichar2) (value < 0 ? value + 65536 : value);
  gunichar c = unit;
  char utf8[6];

  self->skip = top (self)->fallback;
  if (unit >= 0xd800 && unit < 0xdc00)
    {
      self->high = unit;
      return;
    }
  if (unit >= 0xdc00 && unit < 0xe000 && self->high != 0)
    c = 0x10000 + (((gunichar) self->high - 0xd800) << 10) + (unit - 0xdc00u);
  self->high = 0;
  if (g_unichar_validate (c) && c >= 0x20)
    put (self, utf8, g_unichar_to_utf8 (c, utf8));
}

static void
end_field (Rtf *self)
{
  g_auto (GStrv) words = g_strsplit_set (self->field->str, " \t\n\"", -1);

  for (guint i = 0; words[i] != NULL; i++)
    for (guint j = 0; active_fields[j] != NULL; j++)
      if (g_ascii_strcasecmp (active_fields[j], words[i]) == 0)
        self->flags |= DMP_RTF_ACTIVE;
  g_string_truncate (self->field, 0);
}

/* It stands in the header, before any word; later it would only cost. */
static void
set_codepage (Rtf *self, int codepage)
{
  if (!self->fixed)
    self->codepage = codepage;
}

static void
apply_word (Rtf *self, const char *word, gboolean has_number, int number)
{
  for (gsize i = 0; i < G_N_ELEMENTS (plain_words); i++)
    if (strcmp (plain_words[i].word, word) == 0)
      put (self, plain_words[i].text, -1);
  if (g_strv_contains (hidden_words, word))
    top (self)->hidden = TRUE;
  if (strcmp (word, "shptxt") == 0) /* the words in a drawn box */
    top (self)->hidden = FALSE;
  if (g_strv_contains (active_words, word))
    self->flags |= DMP_RTF_ACTIVE;
  if (strcmp (word, "fldinst") == 0)
    top (self)->field = TRUE;
  else if (strcmp (word, "u") == 0 && has_number)
    put_unicode (self, number);
  else if (strcmp (word, "uc") == 0 && has_number)
    top (self)->fallback = CLAMP (number, 0, 8);
  else if (strcmp (word, "ansicpg") == 0 && number > 0 && number < 100000)
    set_codepage (self, number);
  else if (strcmp (word, "mac") == 0)
    set_codepage (self, 10000);
  else if (strcmp (word, "bin") == 0 && number > 0)
    self->p += MIN ((gssize) number, self->end - self->p);
}

static void
read_word (Rtf *self)
{
  char word[32];
  gsize n = 0;
  gboolean has_number, negative;
  gint64 number = 0;

  while (self->p < self->end && g_ascii_isalpha (*self->p))
    {
      if (n < sizeof word - 1)
        word[n++] = *self->p;
      self->p++;
    }
  word[n] = '\0';
  negative = self->p < self->end && *self->p == '-';
  self->p += negative;
  has_number = self->p < self->end && g_ascii_isdigit (*self->p);
  for (; self->p < self->end && g_ascii_isdigit (*self->p); self->p++)
    number = MIN (number * 10 + (*self->p - '0'), G_MAXINT32);
  if (self->p < self->end && *self->p == ' ')
    self->p++;
  apply_word (self, word, has_number, (int) (negative ? -number : number));
}

static void
read_control (Rtf *self)
{
  char c;

  if (self->p == self->end)
    return;
  if (g_ascii_isalpha (*self->p))
    {
      read_word (self);
      return;
    }
  c = *self->p++;
  if (c == '\'' && self->end - self->p >= 2)
    {
      int high = g_ascii_xdigit_value (self->p[0]), low = g_ascii_xdigit_value (self->p[1]);

      self->p += 2;
      if (high >= 0 && low >= 0)
        put_byte (self, (guchar) (high * 16 + low));
    }
  else if (c == '*')
    top (self)->hidden = TRUE; /* an optional destination: no text */
  else if (c == '~')
    put (self, "\302\240", 2);
  else if (c == '_')
    put (self, "-", 1);
  else if (c == '\n' || c == '\r')
    put (self, "\n", 1);
  else if (strchr ("{}\\", c))
    put_byte (self, (guchar) c);
}

static gboolean
open_group (Rtf *self)
{
  if (self->depth + 1 >= MAX_DEPTH)
    return FALSE;
  self->groups[self->depth + 1] = self->groups[self->depth];
  self->depth++;
  return TRUE;
}

static gboolean
read_all (Rtf *self)
{
  while (self->p < self->end)
    {
      char c = *self->p++;

      if (c == '{' && !open_group (self))
        return FALSE;
      if (c == '}')
        {
          if (self->depth == 0)
            return FALSE;
          if (top (self)->field && !self->groups[self->depth - 1].field)
            end_field (self);
          if (--self->depth == 0)
            return TRUE;
        }
      else if (c == '\\')
        read_control (self);
      else if (c != '{' && c != '\r' && c != '\n' && c != '\0')
        put_byte (self, (guchar) c);
    }
  return FALSE;
}

gboolean
dmp_rtf_read (GBytes *bytes, char **text, DmpRtfFlags *flags)
{
  gsize length = 0;
  const char *data = g_bytes_get_data (bytes, &length);
  g_autoptr (GString) words = g_string_new (NULL);
  g_autoptr (GString) field = g_string_new (NULL);
  Rtf *rtf;
  gboolean whole;

  if (length < 5 || memcmp (data, "{\\rtf", 5) != 0)
    return FALSE;
  rtf = g_new0 (Rtf, 1);
  *rtf = (Rtf){ .p = data, .end = data + length, .codepage = 1252, .text = words, .field = field };
  rtf->groups[0].fallback = 1;
  whole = read_all (rtf);
  if (whole)
    {
      *text = g_utf8_make_valid (words->str, (gssize) words->len);
      *flags = rtf->flags;
    }
  g_free (rtf);
  return whole;
}
