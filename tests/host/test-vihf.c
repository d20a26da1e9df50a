#include "config.h"

#include "dmp-host-error.h"
#include "host-bench.h"
#include "vihf-attacks.h"
#include "xml/dmp-xml.h"

#include <string.h>

static const DmpHostIdentity peer = { .id = (char *) BENCH_GP,
                                      .holder = DMP_HOST_HOLDER_PROFESSIONAL };

/* Verifies the token of @doc as the connection of @who; the error's name, or NULL. */
static const char *
verify (HostBench *bench, xmlDoc *doc, const DmpHostIdentity *who, char **name_id)
{
  DmpHostVihfContext context = { .pki = bench->host->pki,
                                 .ops = bench->host->ops,
                                 .store = bench->host->store,
                                 .peer = who,
                                 .now = dmp_host_now (bench->host) };
  xmlNode *header = dmp_xml_child (dmp_xml_root (doc), DMP_HOST_NS_SOAP12, "Header");
  g_autoptr (GError) error = NULL;
  g_autoptr (DmpHostVihf) vihf = dmp_host_vihf_verify (&context, header, &error);

  g_assert_true ((vihf == NULL) == (error != NULL));
  if (vihf != NULL && name_id != NULL)
    *name_id = g_strdup (vihf->name_id);
  if (error != NULL)
    g_test_message ("%s: %s", dmp_host_error_name (error), error->message);
  return error != NULL ? dmp_host_error_name (error) : NULL;
}

/* What is parsed from the wire, so that a bend of the tree is a bend of bytes. */
static xmlDoc *
over_the_wire (xmlDoc *doc)
{
  g_autoptr (GBytes) bytes = dmp_xml_write (doc);
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  g_autoptr (GError) error = NULL;
  xmlDoc *again = dmp_xml_parse (data, size, &error);

  g_assert_no_error (error);
  return again;
}

static void
test_attacks (void)
{
  g_autoptr (HostBench) bench = host_bench_new ();
  g_autoptr (BenchKey) key = bench_key_new (bench, "cards/gp/sign");
  g_autofree char *text = bench_assertion (key->certificate, "_a1", 0);

  for (const VihfAttack *attack = vihf_attacks; attack->name != NULL; attack++)
    {
      g_autoptr (xmlDoc) doc = bench_envelope (text, key);
      g_autoptr (GPtrArray) found =
          dmp_xml_xpath (dmp_xml_root (doc), "//s:Assertion", "s", DMP_HOST_NS_SAML2, NULL);
      g_autoptr (xmlDoc) received = NULL;
      g_autofree char *name_id = NULL;

      g_test_message ("%s", attack->name);
      attack->bend (found->pdata[0]);
      received = over_the_wire (doc);
      g_assert_cmpstr (verify (bench, received, &peer, &name_id), ==, attack->refusal);
      if (attack->refusal == NULL)
        g_assert_cmpstr (name_id, ==, BENCH_GP);
    }
}

static void
test_keys (void)
{
  static const struct
  {
    const char *key;
    const char *refusal;
  } rows[] = {
    { "cards/gp/sign", NULL },
    { "cards/gp/auth", "DMPInvalidCertificate" },         /* the wrong duty */
    { "cards/gp-expired/sign", "DMPInvalidCertificate" }, /* too old */
    { "cards/gp-wrong-ca/auth", "DMPInvalidCertificate" },
    { "cards/ward/sign", "DMPInvalidVIHF" },   /* somebody else */
    { "organisation/sign", "DMPInvalidVIHF" }, /* not what DIRECTE says */
    { "server", "DMPInvalidCertificate" },
    { "authorities/persons", "DMPInvalidCertificate" },
  };
  g_autoptr (HostBench) bench = host_bench_new ();

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (BenchKey) key = bench_key_new (bench, rows[i].key);
      g_autofree char *text = bench_assertion (key->certificate, "_a1", 0);
      g_autoptr (xmlDoc) doc = bench_envelope (text, key);

      g_test_message ("%s", rows[i].key);
      g_assert_cmpstr (verify (bench, doc, &peer, NULL), ==, rows[i].refusal);
    }
}

static void
test_peer (void)
{
  const DmpHostIdentity others[] = {
    { .id = (char *) BENCH_WARD, .holder = DMP_HOST_HOLDER_PROFESSIONAL },
    { .id = (char *) BENCH_GP, .holder = DMP_HOST_HOLDER_STAFF, .structure = (char *) "x" },
    { .id = (char *) "x", .holder = DMP_HOST_HOLDER_ORGANISATION, .structure = (char *) "x" },
  };
  g_autoptr (HostBench) bench = host_bench_new ();
  g_autoptr (BenchKey) key = bench_key_new (bench, "cards/gp/sign");
  g_autofree char *text = bench_assertion (key->certificate, "_a1", 0);
  g_autoptr (xmlDoc) doc = bench_envelope (text, key);

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    g_assert_cmpstr (verify (bench, doc, &others[i], NULL), ==, "DMPInvalidVIHF");
}

static void
test_time (void)
{
  static const struct
  {
    gint age;
    const char *refusal;
  } rows[] = { { 14 * 60, NULL },
               { 16 * 60, "DMPInvalidVIHF" },
               { -14 * 60, NULL },
               { -16 * 60, "DMPInvalidVIHF" },
               { 365 * 86400, "DMPInvalidVIHF" } };
  g_autoptr (HostBench) bench = host_bench_new ();
  g_autoptr (BenchKey) key = bench_key_new (bench, "cards/gp/sign");

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = bench_assertion (key->certificate, "_a1", rows[i].age);
      g_autoptr (xmlDoc) doc = bench_envelope (text, key);

      g_assert_cmpstr (verify (bench, doc, &peer, NULL), ==, rows[i].refusal);
    }
}

/* Signed by the right key, but saying too much or too little: @from becomes @to before signing. */
static void
test_words (void)
{
  static const char *const rows[][2] = {
    { "<s:Attribute Name=\"LPS_Nom\">", "<s:Attribute Name=\"Other\">" },
    { "Name=\"LPS_Nom\"", "Name=\"Identifiant_Structure\"" },
    { "Name=\"LPS_Nom\"", "Name=\"Authentification_mode\"" },
    { ">3.0<", ">9.9<" },
    { ">DIRECTE<", "><" },
    { "code=\"10\"", "code=\"60\"" },
    { "code=\"SM26\"", "code=\"SM25\"" },
    { "1.2.250.1.71.4.2.5", "1.2.250.1.71.1.2.7" },
    { "code=\"normal\"", "code=\"curieux\"" },
    { "<PurposeOfUse xmlns=\"urn:hl7-org:v3\"", "<PurposeOfUse xmlns=\"urn:other\"" },
    { "Version=\"2.0\"", "Version=\"1.1\"" },
    { "<s:Issuer>", "<s:Issuer>CN=x," },
    { BENCH_INS, "150019999900107" },
    { "^NH<", "<" },
    { "&amp;ISO", "" },
    { BENCH_CABINET, "499700000033001" },
    { "<s:AuthnStatement",
      "<s:Conditions NotOnOrAfter=\"2020-01-01T00:00:00Z\"/><s:AuthnStatement" },
    { "<s:AuthnStatement", "<s:Conditions NotOnOrAfter=\"soon\"/><s:AuthnStatement" },
    { "<s:AuthnStatement", "<s:Conditions NotBefore=\"2999-01-01T00:00:00Z\"/><s:AuthnStatement" },
    { "<s:NameID>" BENCH_GP "</s:NameID>", "" },
    { "<s:NameID>" BENCH_GP, "<s:NameID>" BENCH_WARD },
    { ".000Z\" Version", ".000\" Version" },
  };
  g_autoptr (HostBench) bench = host_bench_new ();
  g_autoptr (BenchKey) key = bench_key_new (bench, "cards/gp/sign");
  g_autofree char *good = bench_assertion (key->certificate, "_a1", 0);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GString) text = g_string_new (good);
      g_autoptr (xmlDoc) doc = NULL;
      gboolean harmless = g_str_equal (rows[i][0], "^NH<");

      g_test_message ("%s -> %s", rows[i][0], rows[i][1]);
      g_assert_cmpuint (g_string_replace (text, rows[i][0], rows[i][1], 0), >, 0);
      doc = bench_envelope (text->str, key);
      g_assert_cmpstr (verify (bench, doc, &peer, NULL), ==, harmless ? NULL : "DMPInvalidVIHF");
    }
}

static void
test_single_use (void)
{
  g_autoptr (HostBench) bench = host_bench_new ();
  DmpHost *host = bench->host;

  g_assert_cmpint (host->ops->assertion_use (host->store, "_1", 100, 200), ==, DMP_HOST_STORE_OK);
  g_assert_cmpint (host->ops->assertion_use (host->store, "_1", 150, 250), ==,
                   DMP_HOST_STORE_DUP_SAME);
  g_assert_cmpint (host->ops->assertion_use (host->store, "_2", 150, 250), ==, DMP_HOST_STORE_OK);
  g_assert_cmpint (host->ops->assertion_use (host->store, "_1", 201, 300), ==, DMP_HOST_STORE_OK);
}

static void
test_names (void)
{
  static const struct
  {
    const char *text;
    gboolean matches;
  } rows[] = {
    { "GN=Claire+SN=LEROY+CN=899700000017,title=Médecin,C=FR", TRUE },
    { "CN=899700000017+2.5.4.4=#0c054c45524f59+2.5.4.42=#0c06436c61697265,2.5.4.12=#"
      "0c084dc3a9646563696e,C=FR",
      TRUE },
    { "CN=899700000017 + SN=LEROY + GN=Claire, T=M\\C3\\A9decin, C=FR", TRUE },
    { "CN=899700000017+SN=LEROY+GN=Claire,C=FR", FALSE },
    { "CN=899700000017+SN=LEROY+GN=Claire,C=FR,title=Médecin", FALSE },
    { "CN=899700000017,SN=LEROY+GN=Claire,title=Médecin,C=FR", FALSE },
    { "CN=899700000025+SN=LEROY+GN=Claire,title=Médecin,C=FR", FALSE },
    { "CN=899700000017+SN=LEROY+GN=Claire,title=Médecin,C=FR,O=x", FALSE },
    { "CN=#0c", FALSE },
    { "CN=#zz", FALSE },
    { "", FALSE },
    { "=", FALSE },
    { "CN", FALSE },
    { "CN=a\\", FALSE },
  };
  g_autoptr (HostBench) bench = host_bench_new ();
  g_autoptr (BenchKey) key = bench_key_new (bench, "cards/gp/sign");

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_test_message ("%s", rows[i].text);
      g_assert_cmpint (dmp_host_dn_matches (rows[i].text, key->certificate), ==, rows[i].matches);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/host/vihf/attacks", test_attacks);
  g_test_add_func ("/host/vihf/keys", test_keys);
  g_test_add_func ("/host/vihf/peer", test_peer);
  g_test_add_func ("/host/vihf/time", test_time);
  g_test_add_func ("/host/vihf/words", test_words);
  g_test_add_func ("/host/vihf/single-use", test_single_use);
  g_test_add_func ("/host/vihf/names", test_names);
  return g_test_run ();
}
