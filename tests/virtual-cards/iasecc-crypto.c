#include "config.h"

/* The low-level digest functions are the ones that take an intermediate state, as PSO HASH does. */
#define OPENSSL_SUPPRESS_DEPRECATED

#include "iasecc.h"
#include "vpcd.h"

#include <openssl/rsa.h>
#include <openssl/sha.h>
#include <string.h>

#define MODULUS 256
#define AUTHENTICATE_MAX (MODULUS * 40 / 100) /* IAS-ECC: 40 % of the modulus */

enum
{
  REFERENCE_SIGN = 0x81,
  REFERENCE_AUTH = 0x82,
};

enum
{
  ALGORITHM_SIGN_SHA1 = 0x12,
  ALGORITHM_SIGN_SHA256 = 0x42,
  ALGORITHM_HASH_SHA1 = 0x10,
  ALGORITHM_HASH_SHA256 = 0x40,
};

static bool
find_operation (unsigned template, IaseccOperation *operation)
{
  static const unsigned templates[IASECC_N_ENVIRONMENTS] = {
    [IASECC_AUTHENTICATE] = 0xA4,
    [IASECC_SIGN] = 0xB6,
    [IASECC_DECIPHER] = 0xB8,
    [IASECC_HASH] = 0xAA,
  };
  for (int i = 0; i < IASECC_N_ENVIRONMENTS; i++)
    if (templates[i] == template)
      {
        *operation = (IaseccOperation) i;
        return true;
      }
  return false;
}

unsigned
iasecc_manage_environment (Iasecc *card, const IaseccCommand *command, Bytes *out)
{
  (void) out;
  IaseccOperation operation;

  if (command->p1 == 0xF3) /* restore */
    {
      memset (card->environments, 0, sizeof card->environments);
      return SW_OK;
    }
  if (command->p1 != 0x41 || !find_operation (command->p2, &operation))
    return SW_WRONG_P1P2;

  IaseccEnvironment set = { 0 };
  for (size_t i = 0; i < command->lc; i += 3)
    {
      if (i + 3 > command->lc || command->data[i + 1] != 1)
        return SW_WRONG_DATA;
      if (command->data[i] == 0x80)
        set.algorithm = command->data[i + 2];
      else if (command->data[i] == 0x84 || command->data[i] == 0x83)
        set.key = command->data[i + 2];
    }
  card->environments[operation] = set;
  return SW_OK;
}

/* The signature key signs, the authentication key authenticates and deciphers; each wants the
 * PIN. */
static unsigned
take_key (Iasecc *card, IaseccOperation operation, EVP_PKEY **key)
{
  unsigned reference = card->environments[operation].key;

  if (reference == 0)
    return SW_CONDITIONS;
  if (reference != REFERENCE_SIGN && reference != REFERENCE_AUTH)
    return SW_NO_REFERENCE;
  if ((operation == IASECC_SIGN) != (reference == REFERENCE_SIGN) || !card->verified[CPS_PIN])
    return SW_SECURITY;
  *key = reference == REFERENCE_SIGN ? card->content.sign_key : card->content.auth_key;
  return SW_OK;
}

/* PKCS#1 v1.5, type 1, around whatever is given. */
static unsigned
sign (Iasecc *card, EVP_PKEY *key, const Bytes *digest_info, Bytes *out)
{
  uint8_t signature[MODULUS];
  size_t len = sizeof signature;
  EVP_PKEY_CTX *context = EVP_PKEY_CTX_new (key, NULL);
  bool done = context != NULL && EVP_PKEY_sign_init (context) == 1 &&
              EVP_PKEY_CTX_set_rsa_padding (context, RSA_PKCS1_PADDING) == 1 &&
              EVP_PKEY_sign (context, signature, &len, digest_info->data, digest_info->len) == 1;

  EVP_PKEY_CTX_free (context);
  vpcd_delay_ms (card->rsa_ms);
  if (!done)
    return SW_WRONG_DATA;
  bytes_add (out, signature, len);
  return SW_OK;
}

unsigned
iasecc_internal_authenticate (Iasecc *card, const IaseccCommand *command, Bytes *out)
{
  EVP_PKEY *key = NULL;
  unsigned status = take_key (card, IASECC_AUTHENTICATE, &key);
  if (status != SW_OK)
    return status;
  if (command->lc == 0 || command->lc > AUTHENTICATE_MAX)
    return SW_WRONG_LENGTH;

  Bytes digest_info = { 0 };
  bytes_add (&digest_info, command->data, command->lc);
  status = sign (card, key, &digest_info, out);
  bytes_clear (&digest_info);
  return status;
}

static uint64_t
get_be (const uint8_t *data, size_t len)
{
  uint64_t value = 0;
  for (size_t i = 0; i < len; i++)
    value = value << 8 | data[i];
  return value;
}

/* Goes on from STATE, reached after BITS bits; NULL starts afresh. */
static void
finish_sha256 (const uint8_t *state, uint64_t bits, const uint8_t *last, size_t len, uint8_t *hash)
{
  SHA256_CTX context;
  SHA256_Init (&context);
  if (state != NULL)
    {
      for (int i = 0; i < 8; i++)
        context.h[i] = (SHA_LONG) get_be (state + 4 * i, 4);
      context.Nl = (SHA_LONG) bits;
      context.Nh = (SHA_LONG) (bits >> 32);
    }
  SHA256_Update (&context, last, len);
  SHA256_Final (hash, &context);
}

static void
finish_sha1 (const uint8_t *state, uint64_t bits, const uint8_t *last, size_t len, uint8_t *hash)
{
  SHA_CTX context;
  SHA1_Init (&context);
  if (state != NULL)
    {
      context.h0 = (SHA_LONG) get_be (state, 4);
      context.h1 = (SHA_LONG) get_be (state + 4, 4);
      context.h2 = (SHA_LONG) get_be (state + 8, 4);
      context.h3 = (SHA_LONG) get_be (state + 12, 4);
      context.h4 = (SHA_LONG) get_be (state + 16, 4);
      context.Nl = (SHA_LONG) bits;
      context.Nh = (SHA_LONG) (bits >> 32);
    }
  SHA1_Update (&context, last, len);
  SHA1_Final (hash, &context);
}

/* 90 L [state, 8 bytes of bit count] 80 L last block: the card ends the hash. With L = 0 it does
 * it all; without the second object, the first is the hash itself. */
static unsigned
hash (Iasecc *card, const IaseccCommand *command)
{
  unsigned algorithm = card->environments[IASECC_HASH].algorithm;
  bool sha1 = algorithm == ALGORITHM_HASH_SHA1;
  size_t size = sha1 ? 20 : 32;
  const uint8_t *data = command->data;
  size_t first = command->lc >= 2 ? data[1] : 0;

  if (command->lc < 2 || data[0] != 0x90 || 2 + first > command->lc ||
      (!sha1 && algorithm != 0 && algorithm != ALGORITHM_HASH_SHA256))
    return SW_WRONG_DATA;
  if (2 + first == command->lc)
    {
      if (first != size)
        return SW_WRONG_DATA;
      memcpy (card->hash, data + 2, size);
      card->hash_len = size;
      return SW_OK;
    }

  const uint8_t *block = data + 2 + first;
  if (command->lc < 4 + first || block[0] != 0x80 || 4 + first + block[1] != command->lc ||
      block[1] > 64 || (first != 0 && first != size + 8))
    return SW_WRONG_DATA;
  uint64_t bits = first != 0 ? get_be (data + 2 + size, 8) : 0;
  (sha1 ? finish_sha1 : finish_sha256) (first != 0 ? data + 2 : NULL, bits, block + 2, block[1],
                                        card->hash);
  card->hash_len = size;
  return SW_OK;
}

/* The hash is the one of PSO HASH, or comes with the command. */
static unsigned
compute_signature (Iasecc *card, const IaseccCommand *command, Bytes *out)
{
  EVP_PKEY *key = NULL;
  unsigned status = take_key (card, IASECC_SIGN, &key);
  if (status != SW_OK)
    return status;

  const uint8_t *value = command->lc > 0 ? command->data : card->hash;
  size_t len = command->lc > 0 ? command->lc : card->hash_len;
  bool sha1 = card->environments[IASECC_SIGN].algorithm == ALGORITHM_SIGN_SHA1;
  card->hash_len = 0;
  if (len == 0)
    return SW_CONDITIONS;
  if (len != (sha1 ? 20 : 32) ||
      (!sha1 && card->environments[IASECC_SIGN].algorithm != ALGORITHM_SIGN_SHA256))
    return SW_WRONG_DATA;

  Bytes digest_info = { 0 };
  bytes_add_hex (&digest_info, sha1 ? "3021300906052B0E03021A05000414"
                                    : "3031300D060960864801650304020105000420");
  bytes_add (&digest_info, value, len);
  status = sign (card, key, &digest_info, out);
  bytes_clear (&digest_info);
  return status;
}

static unsigned
decipher (Iasecc *card, const IaseccCommand *command, Bytes *out)
{
  EVP_PKEY *key = NULL;
  unsigned status = take_key (card, IASECC_DECIPHER, &key);
  if (status != SW_OK)
    return status;
  if (command->lc != MODULUS + 1 || command->data[0] != 0x81)
    return SW_WRONG_DATA;

  uint8_t clear[MODULUS];
  size_t len = sizeof clear;
  EVP_PKEY_CTX *context = EVP_PKEY_CTX_new (key, NULL);
  bool done = context != NULL && EVP_PKEY_decrypt_init (context) == 1 &&
              EVP_PKEY_CTX_set_rsa_padding (context, RSA_PKCS1_PADDING) == 1 &&
              EVP_PKEY_decrypt (context, clear, &len, command->data + 1, MODULUS) == 1;
  EVP_PKEY_CTX_free (context);
  vpcd_delay_ms (card->rsa_ms);
  if (done)
    bytes_add (out, clear, len);
  explicit_bzero (clear, sizeof clear);
  return done ? SW_OK : SW_WRONG_DATA;
}

unsigned
iasecc_perform_operation (Iasecc *card, const IaseccCommand *command, Bytes *out)
{
  switch (command->p1 << 8 | command->p2)
    {
    case 0x90A0:
      return hash (card, command);
    case 0x9E9A:
      return compute_signature (card, command, out);
    case 0x8086:
      return decipher (card, command, out);
    default:
      return SW_WRONG_P1P2;
    }
}
