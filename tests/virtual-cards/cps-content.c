#include "config.h"

#include "cps-content.h"

#include <openssl/pem.h>
#include <stdlib.h>
#include <string.h>

/* The bytes below are those of real cards where such bytes were published (ATR, EF.ATR, EF.DIR,
 * AODF, PrKDF, CDF, CIAInfo, access rules); the inside of CPS_ID_CARD, CPS_NAME_PS, CPS_LANG_PS
 * and CPS_INFO_PS is plausible, not seen on a real card. README.md says which is which. */

#define AID "E828BD080F8025000001FF0010"

const uint8_t cps_atr[17] = { 0x3B, 0xAC, 0x00, 0x40, 0x2A, 0x00, 0x12, 0x25, 0x00,
                              0x64, 0x80, 0x00, 0x03, 0x10, 0x00, 0x90, 0x00 };

/* Security attributes, contact (8C) and contactless (9C): one condition byte an operation, the
 * last one READ, the one before UPDATE… 00 always, 45 secure messaging, 11 PIN, FF never. */
static const char *const access_rules[CPS_N_ACCESS_RULES] = {
  [CPS_READ_FREE] = "8C077B45FFFFFF4500 9C077BFFFFFFFFFF00",
  [CPS_READ_ALWAYS] = "8C077BFFFFFFFFFF00 9C077BFFFFFFFFFF00",
  [CPS_READ_PIN] = "8C077BFFFFFFFFFF11 9C077BFFFFFFFFFFFF",
  [CPS_UPDATE_PIN] = "8C077BFFFFFFFF1100 9C077BFFFFFFFFFFFF",
};

static const char ef_atr[] = "804301B8 460404B0ECC1 4703940180 4F088025000001FF0100"
                             "E010 02020104 02020104 02020100 02020100"
                             "780806062B8122F87802 82029000";

static const char ef_dir[] = "612B 4F0D" AID "5003435053 51043F000001 730F 4F0D" AID;

static const char odf[] = "A006300404027002 A406300404027005 A706300404027006 A806300404027001";

static const char algorithms[] = "A281A6"
                                 "30170201010202022005000302010206052B0E03021A020110"
                                 "301B02010202020250050003020102060960864801650304020102 0140"
                                 "301A02010302010605000302064006092A864886F70D0101050201 12"
                                 "301A02010402014005000302064006092A864886F70D01010B0201 42"
                                 "301A02010502010105000302064006092A864886F70D0101010201 02"
                                 "301A02010602010105000302020406092A864886F70D0101010201 1A"
                                 "A511180F32303130303331363131303030305A";

/* The PIN names 02 as what unblocks it while the PUK calls itself 04: so do the real cards. */
static const char aodf[] =
    "3061303F0C1C436F646520706F7274657572206465206C61206361727465204350530301080401023019"
    "300603020520050030060302064005003007030203080401043003040101A11930170303040C100A0101"
    "0201040201080201048001010401FF305830390C22436F64652064652064C3A9626C6F63616765206465"
    "206C612063617274652043505303010830103006030205200500300603020640050030 03040104A11630"
    "140303041D100A0102020108020108020108800102";

static const char prkdf[] =
    "304D30200C0C4350535F505249565F534947030207800401013009300703020204040101"
    "301D040E" AID "010303060040030204B002020081A10A30083002040002020800"
    "3056302A0C0C4350535F505249565F415554030205E0040101301330070302000104010130080303060040040101"
    "301C040E" AID "0203020560030204B002020082A10A30083002040002020800";

static const char cdf[] =
    "305230340C1B43657274696669636174206465205369676E617475726520435053030208003011"
    "30060302078005003007030206400401013010040E" AID "01A108300630040402A001"
    "3058303A0C214365727469666963617420642741757468656E74696669636174696F6E20435053030208003011"
    "30060302078005003007030206400401013010040E" AID "02A108300630040402A002";

CpsFile *
cps_folder_find (CpsFolder *folder, unsigned id)
{
  for (size_t i = 0; i < folder->n_files; i++)
    if (folder->files[i].id == id)
      return &folder->files[i];
  return NULL;
}

CpsFile *
cps_folder_find_short (CpsFolder *folder, unsigned short_id)
{
  for (size_t i = 0; i < folder->n_files; i++)
    if (short_id != 0 && folder->files[i].short_id == short_id)
      return &folder->files[i];
  return NULL;
}

void
cps_file_control (const CpsFile *file, Bytes *out)
{
  uint8_t short_id = (uint8_t) (file->short_id << 3);
  size_t fcp = bytes_open (out, 0x62);
  bytes_add_hex (out, "8002");
  bytes_add_u16 (out, (unsigned) file->data.len);
  bytes_add_hex (out, "820101 8302");
  bytes_add_u16 (out, file->id);
  bytes_add_tlv (out, 0x88, &short_id, file->short_id != 0 ? 1 : 0);
  size_t rules = bytes_open (out, 0xA1);
  bytes_add_hex (out, access_rules[file->access]);
  bytes_close (out, rules);
  bytes_add_hex (out, "8A0105");
  bytes_close (out, fcp);
}

void
cps_folder_control (const CpsFolder *folder, Bytes *out)
{
  size_t fcp = bytes_open (out, 0x62);
  bytes_add_hex (out, "820138 8302");
  bytes_add_u16 (out, folder->id);
  bytes_add_tlv (out, 0x84, folder->name.data, folder->name.len);
  bytes_add_hex (out, "A1088C067AFFFFFFFF45 8A0105");
  bytes_close (out, fcp);
}

static CpsFile *
add_file (CpsFolder *folder, unsigned id, unsigned short_id, CpsAccess access)
{
  if (folder->n_files == CPS_FILES_MAX)
    abort ();
  CpsFile *file = &folder->files[folder->n_files++];
  *file = (CpsFile){ .id = id, .short_id = short_id, .access = access };
  return file;
}

static void
add_hex_file (CpsFolder *folder, unsigned id, unsigned short_id, const char *hex)
{
  bytes_add_hex (&add_file (folder, id, short_id, CPS_READ_FREE)->data, hex);
}

/* Check digit of a card number (Luhn). */
static unsigned
check_digit (const char *digits)
{
  unsigned sum = 0;
  size_t len = strlen (digits);

  for (size_t i = 0; i < len; i++)
    {
      unsigned digit = (unsigned) (digits[len - 1 - i] - '0') * (i % 2 == 0 ? 2 : 1);
      sum += digit > 9 ? digit - 9 : digit;
    }
  return (10 - sum % 10) % 10;
}

static void
add_mf_files (CpsContent *content)
{
  char number[24];
  snprintf (number, sizeof number, "8025000001%s", content->serial);
  char padded[40];
  snprintf (padded, sizeof padded, "5A0A%s%uF", number, check_digit (number));

  bytes_add_hex (&content->mf.name, "8025000001FF0100");
  add_hex_file (&content->mf, 0x2F00, 0x1E, ef_dir);
  add_hex_file (&content->mf, 0x2F01, 0x1D, ef_atr);
  bytes_add_hex (&add_file (&content->mf, 0xD003, 0x1C, CPS_READ_ALWAYS)->data, padded);
}

static void
add_token_info (CpsContent *content)
{
  char label[24];
  snprintf (label, sizeof label, "CPS3v3-29%s", content->serial);

  Bytes *info = &add_file (&content->application, 0x5032, 0x12, CPS_READ_FREE)->data;
  size_t sequence = bytes_open (info, 0x30);
  bytes_add_hex (info, "020100");
  bytes_add_tlv_text (info, 0x0C, "ASIP SANTE");
  bytes_add_tlv_text (info, 0x80, label);
  bytes_add_hex (info, "030206C0");
  bytes_add_hex (info, algorithms);
  bytes_close (info, sequence);
}

/* An entry of the DODF: label, flags, who authorises, application, file. */
static void
list_data_object (Bytes *dodf, const char *label, const CpsFile *file)
{
  bool private = file->access == CPS_READ_PIN;
  bool modifiable = file->access == CPS_UPDATE_PIN;
  size_t entry = bytes_open (dodf, 0x30);

  size_t common = bytes_open (dodf, 0x30);
  bytes_add_tlv_text (dodf, 0x0C, label);
  bytes_add_hex (dodf, "030206");
  bytes_add_u8 (dodf, (private ? 0x80u : 0u) | (modifiable ? 0x40u : 0u));
  if (private || modifiable)
    bytes_add_hex (dodf, "040101");
  bytes_close (dodf, common);

  size_t class = bytes_open (dodf, 0x30);
  bytes_add_tlv_text (dodf, 0x0C, "CPS");
  bytes_close (dodf, class);

  bytes_add_hex (dodf, "A10630040402");
  bytes_add_u16 (dodf, file->id);
  bytes_close (dodf, entry);
}

/* The last four characters of CPS_INFO_PS are the speciality; a shorter code is padded. */
static void
fill_info (Bytes *data, const CpsProfile *profile)
{
  char speciality[8];
  snprintf (speciality, sizeof speciality, "%-4.4s", profile->speciality);

  size_t object = bytes_open (data, 0xE4);
  bytes_add_tlv_text (data, 0x80, profile->national_id);
  bytes_add_tlv_text (data, 0x81, profile->family);
  bytes_add_tlv_text (data, 0x82, profile->given);
  bytes_add_tlv_text (data, 0x83, profile->profession);
  bytes_add_tlv_text (data, 0x84, speciality);
  bytes_close (data, object);
}

static void
fill_id_card (Bytes *data, const CpsProfile *profile)
{
  char number[32];
  snprintf (number, sizeof number, "8025000001/29%s", profile->serial);

  size_t object = bytes_open (data, 0xE1);
  bytes_add_tlv_text (data, 0x80, number);
  bytes_add_tlv_text (data, 0x81, profile->kind);
  bytes_close (data, object);
}

static void
fill_name (Bytes *data, const CpsProfile *profile)
{
  size_t object = bytes_open (data, 0xE2);
  bytes_add_tlv_text (data, 0x80, profile->family);
  bytes_add_tlv_text (data, 0x81, profile->given);
  bytes_add_tlv_text (data, 0x82, profile->title);
  bytes_close (data, object);
}

static void
fill_language (Bytes *data, const CpsProfile *profile)
{
  (void) profile;
  size_t object = bytes_open (data, 0xE3);
  bytes_add_tlv_text (data, 0x80, "fr");
  bytes_close (data, object);
}

static void
fill_free_space (Bytes *data, const CpsProfile *profile)
{
  (void) profile;
  for (int i = 0; i < 64; i++)
    bytes_add_u8 (data, 0);
}

static void
add_activities (CpsContent *content, const CpsProfile *profile, Bytes *dodf)
{
  for (size_t i = 0; i < profile->n_situations; i++)
    {
      const CpsSituation *situation = &profile->situations[i];
      char index[24], label[48];
      snprintf (index, sizeof index, "%02zu", i + 1);
      snprintf (label, sizeof label, "CPS_ACTIVITY_%s_PS", index);

      CpsFile *file = add_file (&content->application, 0xD120 + (unsigned) i, 0, CPS_READ_PIN);
      size_t object = bytes_open (&file->data, 0xEE);
      bytes_add_tlv_text (&file->data, 0x80, index);
      bytes_add_tlv_text (&file->data, 0x84, situation->name);
      bytes_add_tlv_text (&file->data, 0x85, situation->structure);
      bytes_add_tlv_text (&file->data, 0x86, situation->sector);
      bytes_close (&file->data, object);
      list_data_object (dodf, label, file);
    }
}

static void
add_data_objects (CpsContent *content, const CpsProfile *profile)
{
  static const struct
  {
    const char *label;
    unsigned id;
    CpsAccess access;
    void (*fill) (Bytes *data, const CpsProfile *profile);
  } objects[] = {
    { "CPS_ID_CARD", 0xD101, CPS_READ_FREE, fill_id_card },
    { "CPS_NAME_PS", 0xD102, CPS_READ_FREE, fill_name },
    { "CPS_LANG_PS", 0xD103, CPS_READ_FREE, fill_language },
    { "CPS_INFO_PS", 0xD104, CPS_READ_FREE, fill_info },
    { "CPS_DATA", 0xD107, CPS_UPDATE_PIN, fill_free_space },
  };
  Bytes *dodf = &add_file (&content->application, 0x7006, 0, CPS_READ_FREE)->data;

  for (size_t i = 0; i < sizeof objects / sizeof objects[0]; i++)
    {
      CpsFile *file = add_file (&content->application, objects[i].id, 0, objects[i].access);
      objects[i].fill (&file->data, profile);
      list_data_object (dodf, objects[i].label, file);
    }
  content->data = cps_folder_find (&content->application, 0xD107);
  add_activities (content, profile, dodf);
}

static bool
load_certificate (CpsContent *content, unsigned id, const char *folder, const char *name)
{
  char *path = NULL;
  if (asprintf (&path, "%s/%s.der", folder, name) < 0)
    abort ();
  CpsFile *file = add_file (&content->application, id, 0, CPS_READ_FREE);
  bool good = bytes_add_file (&file->data, path) == 0;
  if (!good)
    perror (path);
  free (path);
  return good;
}

static EVP_PKEY *
load_key (const char *folder, const char *name)
{
  char *path = NULL;
  if (asprintf (&path, "%s/%s.key", folder, name) < 0)
    abort ();
  FILE *file = fopen (path, "re");
  EVP_PKEY *key = file != NULL ? PEM_read_PrivateKey (file, NULL, NULL, NULL) : NULL;
  if (key == NULL || EVP_PKEY_get_bits (key) != 2048)
    {
      fprintf (stderr, "%s: not a key of 2048 bits\n", path);
      EVP_PKEY_free (key);
      key = NULL;
    }
  if (file != NULL)
    fclose (file);
  free (path);
  return key;
}

bool
cps_content_load (CpsContent *content, const char *folder)
{
  CpsProfile profile = { 0 };

  if (!cps_profile_load (&profile, folder))
    {
      cps_profile_clear (&profile);
      return false;
    }
  content->mf.id = 0x3F00;
  content->application.id = 0x0001;
  snprintf (content->serial, sizeof content->serial, "%s", profile.serial);
  add_mf_files (content);
  bytes_add_hex (&content->application.name, AID);
  add_hex_file (&content->application, 0x5031, 0x11, odf);
  add_token_info (content);
  add_hex_file (&content->application, 0x7001, 0, aodf);
  add_hex_file (&content->application, 0x7002, 0, prkdf);
  add_hex_file (&content->application, 0x7005, 0, cdf);
  add_data_objects (content, &profile);
  cps_profile_clear (&profile);

  content->sign_key = load_key (folder, "sign");
  content->auth_key = load_key (folder, "auth");
  return content->sign_key != NULL && content->auth_key != NULL &&
         load_certificate (content, 0xA001, folder, "sign") &&
         load_certificate (content, 0xA002, folder, "auth");
}

static void
clear_folder (CpsFolder *folder)
{
  bytes_clear (&folder->name);
  for (size_t i = 0; i < folder->n_files; i++)
    bytes_clear (&folder->files[i].data);
}

void
cps_content_clear (CpsContent *content)
{
  clear_folder (&content->mf);
  clear_folder (&content->application);
  EVP_PKEY_free (content->sign_key);
  EVP_PKEY_free (content->auth_key);
  *content = (CpsContent){ 0 };
}
