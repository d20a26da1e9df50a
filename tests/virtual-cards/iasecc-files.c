#include "config.h"

#include "iasecc.h"

#include <string.h>

enum
{
  SELECT_FOLDER_OR_FILE = 0x00,
  SELECT_FOLDER = 0x01,
  SELECT_FILE = 0x02,
  SELECT_PARENT = 0x03,
  SELECT_NAME = 0x04,
  SELECT_PATH_FROM_MF = 0x08,
  SELECT_PATH = 0x09,
};

enum
{
  RETURN_CONTROL = 0x04, /* FCP */
  RETURN_NOTHING = 0x0C,
};

typedef struct
{
  CpsFolder *folder;
  CpsFile *file;
} Place;

static bool
find_name (Iasecc *card, const IaseccCommand *command, Place *place)
{
  CpsFolder *const folders[] = { &card->content.mf, &card->content.application };

  for (size_t i = 0; i < 2; i++)
    if (folders[i]->name.len == command->lc &&
        memcmp (folders[i]->name.data, command->data, command->lc) == 0)
      {
        *place = (Place){ .folder = folders[i] };
        return true;
      }
  return false;
}

/* One step of a path: the MF from anywhere, the application from the MF, a file of the folder. */
static bool
step (Iasecc *card, unsigned id, Place *place)
{
  if (place->file != NULL)
    return false;
  if (id == card->content.mf.id)
    place->folder = &card->content.mf;
  else if (id == card->content.application.id && place->folder == &card->content.mf)
    place->folder = &card->content.application;
  else
    place->file = cps_folder_find (place->folder, id);
  return id == place->folder->id || place->file != NULL;
}

static bool
find_path (Iasecc *card, const IaseccCommand *command, Place *place)
{
  *place = (Place){ .folder = card->folder };
  if (command->p1 == SELECT_PATH_FROM_MF || command->lc == 0)
    place->folder = &card->content.mf;
  if (command->lc % 2 != 0)
    return false;
  for (size_t i = 0; i < command->lc; i += 2)
    if (!step (card, (unsigned) command->data[i] << 8 | command->data[i + 1], place))
      return false;
  return true;
}

unsigned
iasecc_select (Iasecc *card, const IaseccCommand *command, Bytes *out)
{
  Place place = { .folder = &card->content.mf };
  bool found = false;

  /* Real cards refuse P2 = 00 too. */
  if (command->p2 != RETURN_CONTROL && command->p2 != RETURN_NOTHING)
    return SW_WRONG_P1P2;
  switch (command->p1)
    {
    case SELECT_NAME:
      found = find_name (card, command, &place);
      break;
    case SELECT_PARENT:
      found = true;
      break;
    case SELECT_FOLDER_OR_FILE:
    case SELECT_FOLDER:
    case SELECT_FILE:
    case SELECT_PATH_FROM_MF:
    case SELECT_PATH:
      found = find_path (card, command, &place);
      break;
    default:
      return SW_WRONG_P1P2;
    }
  if (!found)
    return SW_NOT_FOUND;

  card->folder = place.folder;
  card->file = place.file;
  if (command->p2 == RETURN_CONTROL && place.file != NULL)
    cps_file_control (place.file, out);
  else if (command->p2 == RETURN_CONTROL)
    cps_folder_control (place.folder, out);
  return SW_OK;
}

/* Finds the file and the offset that P1 P2 of READ and UPDATE BINARY name. */
static unsigned
locate (Iasecc *card, const IaseccCommand *command, size_t *offset)
{
  *offset = command->p1 << 8 | command->p2;
  if ((command->p1 & 0x80) != 0)
    {
      unsigned short_id = command->p1 & 0x1F;
      CpsFile *file = cps_folder_find_short (card->folder, short_id);
      if (file == NULL)
        file = cps_folder_find_short (&card->content.mf, short_id);
      if (file == NULL)
        return SW_NOT_FOUND;
      card->file = file;
      *offset = command->p2;
    }
  if (card->file == NULL)
    return SW_NO_FILE;
  return *offset <= card->file->data.len ? SW_OK : SW_WRONG_OFFSET;
}

unsigned
iasecc_read_binary (Iasecc *card, const IaseccCommand *command, Bytes *out)
{
  size_t offset;
  unsigned status = locate (card, command, &offset);
  if (status != SW_OK)
    return status;
  if (command->lc > 0 || command->le == 0)
    return SW_WRONG_LENGTH;
  if (card->file->access == CPS_READ_PIN && !card->verified[CPS_PIN])
    return SW_SECURITY;

  size_t left = card->file->data.len - offset;
  if (left == 0)
    return SW_WRONG_OFFSET;
  if (command->le > left && command->le != 256)
    return SW_EXACT_LENGTH | (unsigned) left;
  bytes_add (out, card->file->data.data + offset, command->le < left ? command->le : left);
  return SW_OK;
}

unsigned
iasecc_update_binary (Iasecc *card, const IaseccCommand *command, Bytes *out)
{
  (void) out;
  size_t offset;
  unsigned status = locate (card, command, &offset);
  if (status != SW_OK)
    return status;
  if (card->file->access != CPS_UPDATE_PIN || !card->verified[CPS_PIN])
    return SW_SECURITY;
  if (command->lc == 0)
    return SW_WRONG_LENGTH;
  if (offset + command->lc > card->file->data.len)
    return SW_WRONG_OFFSET;

  memcpy (card->file->data.data + offset, command->data, command->lc);
  cps_state_save (&card->state, &card->content.data->data);
  return SW_OK;
}
