#include "config.h"

#include "vitale.h"

#include <stdlib.h>
#include <string.h>

/* File numbers behind short id 02 and the inside of 2F00, 2F02 and 2001 are invented; the shape of
 * what readers look at is not. */

#define AID_MF "D2500000024D465F564954414C45"      /* …MF_VITALE */
#define AID_VITALE "D250000002564954414C45"        /* …VITALE */
#define AID_ADELE "E828BD080FD2500000044164E86C65" /* …Adèle, on the same chip */

const uint8_t vitale_atr[10] = { 0x3B, 0x75, 0x13, 0x00, 0x00, 0x44, 0x09, 0xEA, 0x90, 0x00 };

enum
{
  FILE_DIRECTORY,
  FILE_NUMBER,
  FILE_IDENTITY,
  FILE_POINTERS,
  FILE_NIR,
};

/* ---- content ---- */

unsigned
vitale_key (const char *number)
{
  uint64_t value = 0;

  if (strlen (number) != 13)
    return 0;
  for (int i = 0; i < 13; i++)
    {
      unsigned digit = (unsigned) number[i] - '0';
      if (i == 6 && (number[i] == 'A' || number[i] == 'B') && value % 10 == 2)
        {
          value = value - 1; /* 2A counts as 19, 2B as 18 */
          digit = number[i] == 'A' ? 9 : 8;
        }
      if (digit > 9)
        return 0;
      value = value * 10 + digit;
    }
  return 97 - (unsigned) (value % 97);
}

/* UTF-8 to Latin-1; what Latin-1 lacks becomes "?". */
static void
add_latin1 (Bytes *bytes, unsigned tag, const char *text)
{
  size_t mark = bytes_open (bytes, tag);
  for (const unsigned char *at = (const unsigned char *) text; *at != '\0'; at++)
    {
      if (*at < 0x80)
        bytes_add_u8 (bytes, *at);
      else if ((*at == 0xC2 || *at == 0xC3) && (at[1] & 0xC0) == 0x80)
        {
          bytes_add_u8 (bytes, (unsigned) (*at & 3) << 6 | (at[1] & 0x3F));
          at++;
        }
      else if ((*at & 0xC0) == 0xC0)
        bytes_add_u8 (bytes, '?');
    }
  bytes_close (bytes, mark);
}

static bool
add_person (Vitale *vitale, char *line)
{
  char *rest = line;
  const char *family = strsep (&rest, "\t");
  const char *given = strsep (&rest, "\t");
  const char *born = strsep (&rest, "\t");
  const char *number = strsep (&rest, "\t");
  int year, month, day;
  char text[32];

  if (number == NULL || rest != NULL || vitale_key (number) == 0 ||
      sscanf (born, "%4d-%2d-%2d", &year, &month, &day) != 3)
    return false;

  Bytes *identity = &vitale->files[FILE_IDENTITY].data;
  size_t mark = bytes_open (identity, 0x65);
  add_latin1 (identity, 0x80, family);
  add_latin1 (identity, 0x81, given);
  snprintf (text, sizeof text, "%04d%02d%02d", year % 10000, month % 100, day % 100);
  bytes_add_tlv_text (identity, 0x82, text);
  bytes_close (identity, mark);

  Bytes *nir = &vitale->files[FILE_NIR].data;
  mark = bytes_open (nir, 0x65);
  bytes_add_tlv_text (nir, 0x90, "FR");
  snprintf (text, sizeof text, "%s%02u", number, vitale_key (number));
  bytes_add_tlv_text (nir, 0x93, text);
  bytes_close (nir, mark);
  return true;
}

static void
add_application (Bytes *directory, const char *aid)
{
  size_t application = bytes_open (directory, 0x61);
  size_t name = bytes_open (directory, 0x4F);
  bytes_add_hex (directory, aid);
  bytes_close (directory, name);
  bytes_close (directory, application);
}

/* Which application has which file: E0{ A0{ 82{ index ? AID }… } 80{ name index file }… }. */
static void
add_pointers (Bytes *pointers)
{
  size_t all = bytes_open (pointers, 0xE0);
  size_t applications = bytes_open (pointers, 0xA0);
  bytes_add_hex (pointers, "8212 00010000" AID_MF "820F 00020000" AID_VITALE);
  bytes_close (pointers, applications);
  bytes_add_hex (pointers, "800C 4944454E54202020 0001 2002"); /* IDENT */
  bytes_add_hex (pointers, "800C 4E49522020202020 0002 2002"); /* NIR */
  bytes_close (pointers, all);
}

static void
lay_out (Vitale *vitale)
{
  static const VitaleFile places[VITALE_FILES - 1] = {
    [FILE_DIRECTORY] = { .folder = 0, .id = 0x2F00 },
    [FILE_NUMBER] = { .folder = 0, .id = 0x2F02 },
    [FILE_IDENTITY] = { .folder = 0, .id = 0x2002, .short_id = 2 },
    [FILE_POINTERS] = { .folder = 1, .id = 0x2001, .short_id = 1 },
    [FILE_NIR] = { .folder = 1, .id = 0x2002, .short_id = 2 },
  };
  memcpy (vitale->files, places, sizeof places);
  add_application (&vitale->files[FILE_DIRECTORY].data, AID_MF);
  add_application (&vitale->files[FILE_DIRECTORY].data, AID_VITALE);
  add_application (&vitale->files[FILE_DIRECTORY].data, AID_ADELE);
  bytes_add_hex (&vitale->files[FILE_NUMBER].data, "5A0A80250000020000000001");
  add_pointers (&vitale->files[FILE_POINTERS].data);
}

bool
vitale_load (Vitale *vitale, const char *path)
{
  Bytes text = { 0 };
  bool good = bytes_add_file (&text, path) == 0;

  if (!good)
    perror (path);
  bytes_add_u8 (&text, 0);
  lay_out (vitale);
  char *rest = (char *) text.data;
  for (char *line; good && (line = strsep (&rest, "\n")) != NULL;)
    if (*line != '\0' && *line != '#' && !add_person (vitale, line))
      {
        fprintf (stderr, "%s: unexpected line\n", path);
        good = false;
      }
  bytes_clear (&text);
  return good;
}

void
vitale_clear (Vitale *vitale)
{
  for (int i = 0; i < VITALE_FILES; i++)
    bytes_clear (&vitale->files[i].data);
  bytes_clear (&vitale->pending);
}

/* ---- commands ---- */

void
vitale_reset (void *self)
{
  Vitale *vitale = self;
  vitale->folder = 0;
  vitale->file = NULL;
  bytes_clear (&vitale->pending);
}

static const VitaleFile *
find (const Vitale *vitale, unsigned id, unsigned short_id)
{
  for (int i = 0; i < VITALE_FILES; i++)
    {
      const VitaleFile *file = &vitale->files[i];
      if (file->id != 0 && file->folder == vitale->folder &&
          (id != 0 ? file->id == id : file->short_id == short_id && short_id != 0))
        return file;
    }
  return NULL;
}

/* Holds a file control information back for GET RESPONSE. */
static unsigned
hold (Vitale *vitale, const char *name, const VitaleFile *file)
{
  Bytes *pending = &vitale->pending;
  size_t all = bytes_open (pending, 0x6F);
  if (file == NULL)
    {
      size_t aid = bytes_open (pending, 0x84);
      bytes_add_hex (pending, name);
      bytes_close (pending, aid);
    }
  else
    {
      bytes_add_hex (pending, "8002");
      bytes_add_u16 (pending, (unsigned) file->data.len);
      bytes_add_hex (pending, "8302");
      bytes_add_u16 (pending, file->id);
    }
  bytes_close (pending, all);
  return 0x6100 | (unsigned) pending->len;
}

static unsigned
select_name (Vitale *vitale, const uint8_t *name, size_t len)
{
  static const char *const names[] = { AID_MF, AID_VITALE };

  for (unsigned i = 0; i < 2; i++)
    {
      Bytes aid = { 0 };
      bytes_add_hex (&aid, names[i]);
      bool same = aid.len == len && memcmp (aid.data, name, len) == 0;
      bytes_clear (&aid);
      if (same)
        {
          vitale->folder = i;
          vitale->file = NULL;
          return hold (vitale, names[i], NULL);
        }
    }
  return 0x6A82;
}

static unsigned
select_file (Vitale *vitale, const uint8_t *command, size_t len)
{
  if (len < 6 || len < 5u + command[4])
    return 0x6700;
  if (command[2] == 4)
    return select_name (vitale, command + 5, command[4]);
  if (command[4] != 2)
    return 0x6A82;

  unsigned id = (unsigned) command[5] << 8 | command[6];
  if (id == 0x3F00)
    {
      vitale->folder = 0;
      vitale->file = NULL;
      return hold (vitale, AID_MF, NULL);
    }
  const VitaleFile *file = find (vitale, id, 0);
  if (file == NULL)
    return 0x6A82;
  vitale->file = file;
  return hold (vitale, NULL, file);
}

static unsigned
read_file (Vitale *vitale, const uint8_t *command, size_t len, Bytes *answer)
{
  size_t offset = (size_t) command[2] << 8 | command[3];

  if (len != 5)
    return 0x6700;
  if ((command[2] & 0x80) != 0)
    {
      const VitaleFile *file = find (vitale, 0, command[2] & 0x1F);
      if (file == NULL)
        return 0x6A82;
      vitale->file = file;
      offset = command[3];
    }
  if (vitale->file == NULL)
    return 0x6986;
  const Bytes *data = &vitale->file->data;
  if (offset >= data->len)
    return 0x6B00;

  size_t wanted = command[4] != 0 ? command[4] : 256;
  size_t left = data->len - offset;
  if (wanted > left)
    return 0x6C00 | (unsigned) left;
  bytes_add (answer, data->data + offset, wanted);
  return 0x9000;
}

static unsigned
get_response (Vitale *vitale, const uint8_t *command, size_t len, Bytes *answer)
{
  size_t wanted = len == 5 && command[4] != 0 ? command[4] : 256;
  size_t n = wanted < vitale->pending.len ? wanted : vitale->pending.len;

  bytes_add (answer, vitale->pending.data, n);
  bytes_drop (&vitale->pending, n);
  return vitale->pending.len > 0 ? 0x6100 | (unsigned) vitale->pending.len : 0x9000;
}

void
vitale_command (void *self, const uint8_t *command, size_t len, Bytes *answer)
{
  Vitale *vitale = self;
  unsigned status;

  if (len < 4)
    status = 0x6700;
  else if (command[0] != 0)
    status = 0x6E00;
  else if (command[1] == 0xC0)
    status = get_response (vitale, command, len, answer);
  else
    {
      bytes_clear (&vitale->pending);
      status = command[1] == 0xA4   ? select_file (vitale, command, len)
               : command[1] == 0xB0 ? read_file (vitale, command, len, answer)
                                    : 0x6D00;
    }
  bytes_add_u16 (answer, status);
}
