/* What a card sends is untrusted: the parsers of its bytes, with good and with hostile input. */
#include "config.h"

#include "pkcs11/dmp-card-private.h"
#include "pkcs11/dmp-card-watch.h"
#include "pkcs11/dmp-vitale-private.h"

#include <string.h>

/* Hexadecimal with blanks. Returns: (transfer full) */
static GBytes *
unhex (const char *hex)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  for (const char *p = hex; *p != '\0'; p++)
    if (g_ascii_isxdigit (*p))
      {
        guint8 byte = (guint8) (g_ascii_xdigit_value (p[0]) << 4 | g_ascii_xdigit_value (p[1]));

        g_byte_array_append (bytes, &byte, 1);
        p++;
      }
  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

static DmpSpan
span (GBytes *bytes)
{
  gsize len;
  const guint8 *data = g_bytes_get_data (bytes, &len);

  return (DmpSpan){ data, len };
}

static DmpSpan
span_text (const char *text)
{
  return (DmpSpan){ (const guint8 *) text, strlen (text) };
}

static void
test_tlv (void)
{
  g_autoptr (GBytes) bytes = unhex ("80 00  7F49 02 0102  BF8101 8101 AA  65 820001 BB  00 00");
  static const guint32 tags[] = { 0x80, 0x7f49, 0xbf8101, 0x65 };
  static const gsize lens[] = { 0, 2, 1, 1 };
  DmpSpan rest = span (bytes);
  DmpTlv tlv;

  for (guint i = 0; i < G_N_ELEMENTS (tags); i++)
    {
      g_assert_true (dmp_tlv_next (&rest, &tlv));
      g_assert_cmphex (tlv.tag, ==, tags[i]);
      g_assert_cmpuint (tlv.value.len, ==, lens[i]);
    }
  g_assert_false (dmp_tlv_next (&rest, &tlv));
  g_assert_cmpuint (rest.len, ==, 2);
}

static void
test_tlv_hostile (void)
{
  static const char *const bad[] = { "",
                                     "80",
                                     "8001",
                                     "8002 01",
                                     "8081",
                                     "8081 02 01",
                                     "8080 00 00",
                                     "8084 00000001 00",
                                     "8083 FFFFFF",
                                     "7F",
                                     "7F49",
                                     "7F8181 01 00",
                                     "BF8181 81 01 00",
                                     "FF 01 00",
                                     "00 01 00",
                                     "8082 01" };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GBytes) bytes = unhex (bad[i]);
      DmpSpan rest = span (bytes);
      gsize len = rest.len;
      DmpTlv tlv;

      g_assert_false (dmp_tlv_next (&rest, &tlv));
      g_assert_cmpuint (rest.len, ==, len);
    }
}

static void
test_text (void)
{
  static const struct
  {
    const char *hex;
    const char *text;
  } rows[] = { { "4D4152494520202020", "MARIE" },
               { "C3A9C3A0", "éà" },
               { "E9E0", "éà" },
               { "20202020", NULL },
               { "", NULL },
               { "00414243", NULL },
               { "41420043", "AB" },
               { "41070A1B42", "AB" },
               { "41E9420043", "AéB" } };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GBytes) bytes = unhex (rows[i].hex);
      g_autofree char *text = dmp_span_dup_text (span (bytes));

      g_assert_cmpstr (text, ==, rows[i].text);
    }
}

static void
test_atr (void)
{
  static const struct
  {
    const char *atr;
    DmpCardKind kind;
  } rows[] = {
    { "3BAC00402A001225006480000310009000", DMP_CARD_KIND_CPS },
    { "3BAC00402A00122500648082021200 9000", DMP_CARD_KIND_CPS },
    { "3B9B188001001225006480040100009044", DMP_CARD_KIND_CPS },
    { "3B9B188001001225006480000401009044", DMP_CARD_KIND_CPS },
    { "3BDC18FF00001225006480000401009000", DMP_CARD_KIND_CPS },
    { "3B8F80010031B86404B0ECC1739401808290000E", DMP_CARD_KIND_CPS_CONTACTLESS },
    { "3B751300004309EA9000", DMP_CARD_KIND_VITALE },
    { "3B751300004509FA9000", DMP_CARD_KIND_VITALE },
    { "3F65250022 09F69000", DMP_CARD_KIND_VITALE },
    { "3BAC00402A0012250064800003100090", DMP_CARD_KIND_UNKNOWN },
    { "3BAC00402A00122500648000031000900000", DMP_CARD_KIND_UNKNOWN },
    { "3BAC00402A001225006481000310009000", DMP_CARD_KIND_UNKNOWN },
    { "3B00", DMP_CARD_KIND_UNKNOWN },
    { "", DMP_CARD_KIND_MUTE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GBytes) atr = unhex (rows[i].atr);
      DmpSpan bytes = span (atr);

      g_test_message ("%s", rows[i].atr);
      g_assert_cmpint (dmp_card_kind_from_atr (bytes.data, bytes.len), ==, rows[i].kind);
    }
}

static void
test_activity (void)
{
  static const struct
  {
    const char *label;
    int index;
  } labels[] = { { "CPS_ACTIVITY_01_PS", 1 },      { "CPS_ACTIVITY_16_PS", 16 },
                 { "CPS_ACTIVITY_1_PS", -1 },      { "CPS_ACTIVITY_0A_PS", -1 },
                 { "CPS_ACTIVITY_01_PSX", -1 },    { "CPS_INFO_PS", -1 },
                 { "CPS2TER_ACTIVITY_01_PS", -1 }, { "", -1 } };
  g_autoptr (GBytes) good = unhex ("EE 14 80 02 3031 84 03 414243 85 04 31323334 86 02 5341 87 00");
  g_autoptr (DmpCardSituation) situation = dmp_card_situation_parse (7, span (good));
  static const char *const bad[] = { "",
                                     "EE00",
                                     "EE 0C 84 03 414243 85 04 31323334 86",
                                     "EE 09 84 03 414243 86 02 5341",
                                     "E0 14 80 02 3031 84 03 414243 85 04 31323334 86 02 5341",
                                     "EE 7F 80 02 3031 84 03 414243 85 04 31323334 86 02 5341" };

  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    g_assert_cmpint (dmp_card_activity_index (labels[i].label, strlen (labels[i].label)), ==,
                     labels[i].index);

  g_assert_nonnull (situation);
  g_assert_cmpuint (situation->index, ==, 7);
  g_assert_cmpstr (situation->name, ==, "ABC");
  g_assert_cmpstr (situation->structure_id, ==, "1234");
  g_assert_cmpstr (situation->sector, ==, "SA");

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GBytes) bytes = unhex (bad[i]);

      g_assert_null (dmp_card_situation_parse (1, span (bytes)));
    }
}

static void
test_speciality (void)
{
  static const struct
  {
    const char *data;
    const char *code;
  } rows[] = { { "\xe4\x06\x84\x04SM26", "SM26" },
               { "\xe4\x06\x84\x04"
                 "A   ",
                 "A" }, /* filled with blanks */
               { "\xe4\x06\x84\x04    ", NULL },
               { "anything then SM26", "SM26" }, /* not BER-TLV: the last four */
               { "anything then SCD1", "SCD1" },
               { "\xe4\x07\x81\x05"
                 "SM26X",
                 NULL },
               { "...", NULL },
               { "", NULL },
               { "lower sm26", NULL } };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *code = dmp_card_info_dup_speciality (span_text (rows[i].data));

      g_assert_cmpstr (code, ==, rows[i].code);
    }
}

static void
test_tries (void)
{
  static const struct
  {
    const char *answer;
    int tries;
  } rows[] = { { "7016 BF810112 A010 9A0103 9B0102 A1088C06F3000013FF00", 2 },
               { "7016 BF810112 A010 9A0103 9B0100 A1088C06F3000013FF00", 0 },
               { "7016 BF810212 A010 9A0103 9B0102 A1088C06F3000013FF00", -1 }, /* the PUK's */
               { "700B BF810107 A005 9B0200 03 00", -1 },
               { "7016 BF810112 A010 9A0103", -1 },
               { "", -1 } };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GBytes) answer = unhex (rows[i].answer);

      g_assert_cmpint (dmp_card_code_parse_tries (span (answer), DMP_CARD_CODE_PIN), ==,
                       rows[i].tries);
    }
}

static void
test_nir (void)
{
  static const struct
  {
    const char *nir;
    guint key;
  } rows[] = { { "2790278646123", 60 }, /* published example of the card's readers */
               { "1550855555555", 97 - (guint) (G_GUINT64_CONSTANT (1550855555555) % 97) },
               { "155082A555555", 97 - (guint) (G_GUINT64_CONSTANT (1550819555555) % 97) },
               { "155082B555555", 97 - (guint) (G_GUINT64_CONSTANT (1550818555555) % 97) },
               { "155083A555555", 0 },
               { "15508A2555555", 0 },
               { "155082C555555", 0 },
               { "155082A55555X", 0 },
               { "short", 0 },
               { "", 0 } };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpuint (dmp_vitale_nir_key (rows[i].nir), ==, rows[i].key);
}

static void
test_vitale (void)
{
  g_autoptr (GBytes) identities =
      unhex ("651D 8007 4445534D415558 8108 4E415448414C4945 8208 3139373930323133"
             "6518 8007 4445534D415558 8103 4CC94F 8208 3230313130373034"
             "6507 8005 4142434445 65 05 82 03 313233");
  g_autoptr (GBytes) numbers =
      unhex ("6515 9002 4652 930F 323739303237383634363132333630"
             "6515 9002 4652 930F 323739303237383634363132333631" /* wrong key */
             "6500");
  g_autoptr (GPtrArray) persons = dmp_vitale_parse (span (identities), span (numbers));
  const DmpVitaleBeneficiary *person;

  g_assert_cmpuint (persons->len, ==, 4);
  person = g_ptr_array_index (persons, 0);
  g_assert_cmpstr (person->family, ==, "DESMAUX");
  g_assert_cmpstr (person->given, ==, "NATHALIE");
  g_assert_cmpstr (person->birth_date, ==, "19790213");
  g_assert_cmpstr (person->nir, ==, "279027864612360");
  person = g_ptr_array_index (persons, 1);
  g_assert_cmpstr (person->given, ==, "LÉO");
  g_assert_cmpstr (person->nir, ==, NULL);
  person = g_ptr_array_index (persons, 2);
  g_assert_cmpstr (person->family, ==, "ABCDE");
  g_assert_cmpstr (person->birth_date, ==, NULL);
  person = g_ptr_array_index (persons, 3);
  g_assert_cmpstr (person->family, ==, NULL);
  g_assert_cmpstr (person->birth_date, ==, NULL);
}

/* A card that never ends is cut off; one that says nothing has nobody. */
static void
test_vitale_hostile (void)
{
  g_autoptr (GByteArray) many = g_byte_array_new ();
  static const guint8 person[] = { 0x65, 0x03, 0x80, 0x01, 'A' };
  g_autoptr (GPtrArray) persons = NULL, nobody = NULL;

  for (guint i = 0; i < 1000; i++)
    g_byte_array_append (many, person, sizeof person);
  persons = dmp_vitale_parse ((DmpSpan){ many->data, many->len }, (DmpSpan){ NULL, 0 });
  g_assert_cmpuint (persons->len, ==, 32);
  nobody = dmp_vitale_parse ((DmpSpan){ NULL, 0 }, (DmpSpan){ many->data, many->len });
  g_assert_cmpuint (nobody->len, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/bytes/tlv", test_tlv);
  g_test_add_func ("/bytes/tlv-hostile", test_tlv_hostile);
  g_test_add_func ("/bytes/text", test_text);
  g_test_add_func ("/bytes/atr", test_atr);
  g_test_add_func ("/bytes/activity", test_activity);
  g_test_add_func ("/bytes/speciality", test_speciality);
  g_test_add_func ("/bytes/tries", test_tries);
  g_test_add_func ("/bytes/nir", test_nir);
  g_test_add_func ("/bytes/vitale", test_vitale);
  g_test_add_func ("/bytes/vitale-hostile", test_vitale_hostile);

  return g_test_run ();
}
