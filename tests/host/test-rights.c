#include "config.h"

#include "dmp-host-error.h"
#include "dmp-host-rights.h"

#include <string.h>

/* Columns of the published matrices, as they are named in the reference's tables. */
static const struct
{
  const char *column;
  DmpHostRole role;
  int purpose; /* -1: all three */
} columns[] = {
  { "PS_nonmed.normal", DMP_HOST_ROLE_PROFESSIONAL, DMP_HOST_PURPOSE_NORMAL },
  { "PS_nonmed.centre15", DMP_HOST_ROLE_PROFESSIONAL, DMP_HOST_PURPOSE_CENTRE_15 },
  { "PS_nonmed.brisglace", DMP_HOST_ROLE_PROFESSIONAL, DMP_HOST_PURPOSE_BREAK_GLASS },
  { "MED.normal", DMP_HOST_ROLE_DOCTOR, DMP_HOST_PURPOSE_NORMAL },
  { "MED.centre15", DMP_HOST_ROLE_DOCTOR, DMP_HOST_PURPOSE_CENTRE_15 },
  { "MED.brisglace", DMP_HOST_ROLE_DOCTOR, DMP_HOST_PURPOSE_BREAK_GLASS },
  { "MEDTRAVAIL", DMP_HOST_ROLE_OCCUPATIONAL, -1 },
  { "MT.normal", DMP_HOST_ROLE_PHYSICIAN, DMP_HOST_PURPOSE_NORMAL },
  { "MT.brisglace", DMP_HOST_ROLE_PHYSICIAN, DMP_HOST_PURPOSE_BREAK_GLASS },
  { "CPE.normal", DMP_HOST_ROLE_STAFF, DMP_HOST_PURPOSE_NORMAL },
  { "ES.normal", DMP_HOST_ROLE_ESTABLISHMENT, DMP_HOST_PURPOSE_NORMAL },
  { "ES.centre15", DMP_HOST_ROLE_ESTABLISHMENT, DMP_HOST_PURPOSE_CENTRE_15 },
  { "PE_nonPS.normal", DMP_HOST_ROLE_AIR_EMPLOYEE, DMP_HOST_PURPOSE_NORMAL },
};

/* Rows of the published matrices and our word for them; the others have no transaction here. */
static const struct
{
  const char *row;
  const char *action;
} actions[] = {
  { "TD0.2", "status" },
  { "declare oneself authorised", "authorise" },
  { "remove own authorisation", "renounce" },
  { "remove oneself as MT", "renounce_physician" },
  { "TD0.4", "list_records" },
  { "TD0.5", "find_patient" },
  { "TD1.3a", "administrative" },
  { "TD1.6", "list_authorised" },
  { "search metadata", "search" },
  { "search a document reference", "search_reference" },
  { "read documents not masked", "read" },
  { "TD3.2\tnot masked", "read" },
  { "masked to PS", "read_masked" },
  { "not visible to patient", "read_invisible" },
  { "archived", "read_archived" },
  { "obsolete", "read_obsolete" },
  { "TD3.3a\tmask", "mask" },
  { "TD3.3a\tunmask", "unmask" },
  { "TD3.3b", "make_visible" },
  { "archive (*)", "archive" },
  { "TD3.3c", "delete" },
};

static DmpHostRight
right_of (const char *cell)
{
  if (strcmp (cell, "oui") == 0)
    return DMP_HOST_RIGHT_YES;
  if (strcmp (cell, "oui(5)") == 0)
    return DMP_HOST_RIGHT_REFERENCE;
  if (strcmp (cell, "oui(6)") == 0 || strcmp (cell, "oui(8)") == 0)
    return DMP_HOST_RIGHT_OWN;
  if (strcmp (cell, "oui(7)") == 0)
    return DMP_HOST_RIGHT_IF_PATIENT;
  return g_str_has_prefix (cell, "oui(") ? DMP_HOST_RIGHT_STRUCTURE : DMP_HOST_RIGHT_NO;
}

static guint
check_cell (const char *column, const char *action, const char *cell, gboolean air)
{
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    for (int purpose = 0; purpose < 3 && strcmp (columns[i].column, column) == 0; purpose++)
      {
        DmpHostRole role = columns[i].role;

        if (columns[i].purpose != purpose && columns[i].purpose != -1)
          continue;
        if (air && role == DMP_HOST_ROLE_PROFESSIONAL)
          role = DMP_HOST_ROLE_AIR_PROFESSIONAL;
        if (air && role == DMP_HOST_ROLE_DOCTOR)
          role = DMP_HOST_ROLE_AIR_DOCTOR;
        if (air && role == DMP_HOST_ROLE_PHYSICIAN)
          role = DMP_HOST_ROLE_AIR_PHYSICIAN;
        if (dmp_host_right (role, (DmpHostPurpose) purpose, action) != right_of (cell))
          g_error ("%s, %s: %s is not %c", action, column, cell,
                   dmp_host_right (role, (DmpHostPurpose) purpose, action));
        n++;
      }
  return n;
}

static guint
check_line (const char *line, char **head, gboolean air)
{
  g_auto (GStrv) cells = g_strsplit (line, "\t", -1);
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    if (g_str_has_prefix (actions[i].row, "TD") ? g_str_has_prefix (line, actions[i].row)
                                                : strstr (line, actions[i].row) != NULL)
      {
        for (guint c = 2; cells[c] != NULL; c++)
          n += check_cell (head[c], actions[i].action, cells[c], air);
        break;
      }
  return n;
}

/* Our table against the reference's transcription of the published one. */
static void
check_matrix (const char *name, gboolean air, guint least)
{
  const char *shared = g_getenv ("DMP_SHARED");
  g_autofree char *path =
      g_build_filename (shared != NULL ? shared : "/nowhere", "protocol", "codes", name, NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  g_auto (GStrv) head = NULL;
  guint n = 0;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    {
      g_test_skip ("no shared reference");
      return;
    }
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    if (g_str_has_prefix (lines[i], "td\t"))
      head = g_strsplit (lines[i], "\t", -1);
    else if (head != NULL && *lines[i] != '\0')
      n += check_line (lines[i], head, air);
  g_assert_cmpuint (n, >=, least);
}

static void
test_direct (void)
{
  check_matrix ("rights_matrix_PDT-INF-526_v1.8.tsv", FALSE, 250);
}

static void
test_reinforced (void)
{
  check_matrix ("rights_matrix_AIR_PDT-INF-606.tsv", TRUE, 160);
}

static void
test_role (void)
{
  static const struct
  {
    DmpHostAuth auth;
    DmpHostHolder holder;
    const char *profession, *speciality, *physician;
    DmpHostRole role;
  } rows[] = {
    { DMP_HOST_AUTH_DIRECT, DMP_HOST_HOLDER_PROFESSIONAL, "60", "", "me",
      DMP_HOST_ROLE_PROFESSIONAL },
    { DMP_HOST_AUTH_DIRECT, DMP_HOST_HOLDER_PROFESSIONAL, "10", "SM26", NULL,
      DMP_HOST_ROLE_DOCTOR },
    { DMP_HOST_AUTH_DIRECT, DMP_HOST_HOLDER_PROFESSIONAL, "10", "SM26", "you",
      DMP_HOST_ROLE_DOCTOR },
    { DMP_HOST_AUTH_DIRECT, DMP_HOST_HOLDER_PROFESSIONAL, "10", "SM26", "me",
      DMP_HOST_ROLE_PHYSICIAN },
    { DMP_HOST_AUTH_DIRECT, DMP_HOST_HOLDER_PROFESSIONAL, "10", "SM25", "me",
      DMP_HOST_ROLE_OCCUPATIONAL },
    { DMP_HOST_AUTH_DIRECT, DMP_HOST_HOLDER_STAFF, "10", "SM26", "me", DMP_HOST_ROLE_STAFF },
    { DMP_HOST_AUTH_INDIRECT, DMP_HOST_HOLDER_ORGANISATION, "10", "SM26", "me",
      DMP_HOST_ROLE_ESTABLISHMENT },
    { DMP_HOST_AUTH_REINFORCED, DMP_HOST_HOLDER_ORGANISATION, "10", "SM26", "me",
      DMP_HOST_ROLE_AIR_PHYSICIAN },
    { DMP_HOST_AUTH_REINFORCED, DMP_HOST_HOLDER_ORGANISATION, "", "", NULL,
      DMP_HOST_ROLE_AIR_EMPLOYEE },
    { DMP_HOST_AUTH_REINFORCED, DMP_HOST_HOLDER_ORGANISATION, "60", "", NULL,
      DMP_HOST_ROLE_AIR_PROFESSIONAL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      DmpHostVihf vihf = { .name_id = (char *) "me",
                           .auth = rows[i].auth,
                           .holder = rows[i].holder,
                           .profession = (char *) rows[i].profession,
                           .speciality = (char *) rows[i].speciality };

      g_assert_cmpint (dmp_host_role (&vihf, rows[i].physician), ==, rows[i].role);
    }
}

/* One entry of the product: who made it, what hides it, its state. */
static DmpHostEntry *
make_entry (gboolean own, gboolean masked, gboolean invisible, DmpHostStatus status)
{
  DmpHostEntry *entry = dmp_host_entry_new (FALSE);

  entry->status = status;
  dmp_host_entry_add_code (entry, DMP_HOST_CODE_CLASS, "10", "x", NULL);
  dmp_host_entry_add_code (entry, DMP_HOST_CODE_CONFIDENTIALITY, "N", "x", NULL);
  if (masked)
    dmp_host_entry_add_code (entry, DMP_HOST_CODE_CONFIDENTIALITY, "MASQUE_PS", "x", NULL);
  if (invisible)
    dmp_host_entry_add_code (entry, DMP_HOST_CODE_CONFIDENTIALITY, "INVISIBLE_PATIENT", "x", NULL);
  dmp_host_entry_add_author (entry, own ? "me^A" : "you^A", own ? "S^^^^^^^^^s1" : "S^^^^^^^^^s2",
                             NULL, NULL);
  return entry;
}

/* The same said in words instead of tables (access-rules.md). */
static gboolean
oracle_reads (DmpHostRole role, DmpHostPurpose purpose, gboolean own, gboolean masked)
{
  gboolean health = role == DMP_HOST_ROLE_PROFESSIONAL || role == DMP_HOST_ROLE_DOCTOR ||
                    role == DMP_HOST_ROLE_PHYSICIAN || role == DMP_HOST_ROLE_AIR_PROFESSIONAL ||
                    role == DMP_HOST_ROLE_AIR_DOCTOR || role == DMP_HOST_ROLE_AIR_PHYSICIAN;

  if (!health)
    return FALSE;
  return !masked || own || purpose != DMP_HOST_PURPOSE_NORMAL || role == DMP_HOST_ROLE_PHYSICIAN ||
         role == DMP_HOST_ROLE_AIR_PHYSICIAN;
}

static guint
check_product (DmpHostRole role, DmpHostPurpose purpose)
{
  DmpHostVihf vihf = { .name_id = (char *) "me",
                       .structure = (char *) "s1",
                       .profession = (char *) "10",
                       .purpose = purpose };
  DmpHostAccess access = { &vihf, role, DMP_HOST_AUTHORISATION_VALID, FALSE };
  guint n = 0;

  for (guint bits = 0; bits < 8; bits++)
    for (guint status = 0; status < DMP_HOST_STATUS_LAST; status++, n++)
      {
        gboolean own = bits & 1, masked = (bits & 2) != 0, invisible = (bits & 4) != 0;
        g_autoptr (DmpHostEntry) entry =
            make_entry (own, masked, invisible, (DmpHostStatus) status);

        g_assert_cmpint (dmp_host_access_reads (&access, entry), ==,
                         oracle_reads (role, purpose, own, masked));
        if (own)
          g_assert_true (dmp_host_access_sees (&access, entry));
      }
  return n;
}

static void
test_product (void)
{
  guint n = 0;

  for (guint role = 0; role < DMP_HOST_ROLE_LAST; role++)
    for (guint purpose = 0; purpose < 3; purpose++)
      n += check_product ((DmpHostRole) role, (DmpHostPurpose) purpose);
  g_assert_cmpuint (n, ==, 10 * 3 * 8 * 4);
}

static void
test_professions (void)
{
  DmpHostVihf vihf = { .name_id = (char *) "me",
                       .structure = (char *) "s1",
                       .profession = (char *) "99" };
  DmpHostAccess access = { &vihf, DMP_HOST_ROLE_PROFESSIONAL, DMP_HOST_AUTHORISATION_VALID, FALSE };
  g_autoptr (DmpHostEntry) entry = make_entry (FALSE, FALSE, FALSE, DMP_HOST_STATUS_APPROVED);

  g_assert_false (dmp_host_access_sees (&access, entry));
  vihf.profession = (char *) "60";
  g_assert_true (dmp_host_access_sees (&access, entry));
}

static void
test_authorisation (void)
{
  static const struct
  {
    DmpHostAuthorisationState professional, structure, joined;
  } rows[] = {
    { DMP_HOST_AUTHORISATION_NONE, DMP_HOST_AUTHORISATION_NONE, DMP_HOST_AUTHORISATION_NONE },
    { DMP_HOST_AUTHORISATION_VALID, DMP_HOST_AUTHORISATION_DENIED, DMP_HOST_AUTHORISATION_VALID },
    { DMP_HOST_AUTHORISATION_DENIED, DMP_HOST_AUTHORISATION_VALID, DMP_HOST_AUTHORISATION_DENIED },
    { DMP_HOST_AUTHORISATION_EXPIRED, DMP_HOST_AUTHORISATION_VALID, DMP_HOST_AUTHORISATION_VALID },
    { DMP_HOST_AUTHORISATION_EXPIRED, DMP_HOST_AUTHORISATION_NONE, DMP_HOST_AUTHORISATION_EXPIRED },
    { DMP_HOST_AUTHORISATION_NONE, DMP_HOST_AUTHORISATION_DENIED, DMP_HOST_AUTHORISATION_DENIED },
  };
  DmpHostAuthorisation row = { .state = DMP_HOST_AUTHORISATION_VALID, .from = 100, .until = 200 };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpint (dmp_host_authorisation_join (rows[i].professional, rows[i].structure), ==,
                     rows[i].joined);
  g_assert_cmpint (dmp_host_authorisation_at (&row, 99), ==, DMP_HOST_AUTHORISATION_NONE);
  g_assert_cmpint (dmp_host_authorisation_at (&row, 100), ==, DMP_HOST_AUTHORISATION_VALID);
  g_assert_cmpint (dmp_host_authorisation_at (&row, 199), ==, DMP_HOST_AUTHORISATION_VALID);
  g_assert_cmpint (dmp_host_authorisation_at (&row, 200), ==, DMP_HOST_AUTHORISATION_EXPIRED);
  row.until = 0;
  g_assert_cmpint (dmp_host_authorisation_at (&row, G_MAXINT64), ==, DMP_HOST_AUTHORISATION_VALID);
}

static void
test_check (void)
{
  static const struct
  {
    DmpHostPurpose purpose;
    DmpHostAuthorisationState state;
    gboolean opposed;
    int code; /* -1: allowed */
  } rows[] = {
    { DMP_HOST_PURPOSE_NORMAL, DMP_HOST_AUTHORISATION_VALID, FALSE, -1 },
    { DMP_HOST_PURPOSE_NORMAL, DMP_HOST_AUTHORISATION_NONE, FALSE,
      DMP_HOST_ERROR_AUTHORISATION_REQUIRED },
    { DMP_HOST_PURPOSE_NORMAL, DMP_HOST_AUTHORISATION_EXPIRED, FALSE,
      DMP_HOST_ERROR_AUTHORISATION_REQUIRED },
    { DMP_HOST_PURPOSE_NORMAL, DMP_HOST_AUTHORISATION_DENIED, FALSE,
      DMP_HOST_ERROR_AUTHORISATION_DENIED },
    { DMP_HOST_PURPOSE_BREAK_GLASS, DMP_HOST_AUTHORISATION_NONE, FALSE, -1 },
    { DMP_HOST_PURPOSE_BREAK_GLASS, DMP_HOST_AUTHORISATION_VALID, TRUE,
      DMP_HOST_ERROR_EMERGENCY_DENIED },
    { DMP_HOST_PURPOSE_CENTRE_15, DMP_HOST_AUTHORISATION_NONE, FALSE, -1 },
    { DMP_HOST_PURPOSE_CENTRE_15, DMP_HOST_AUTHORISATION_NONE, TRUE,
      DMP_HOST_ERROR_EMERGENCY_DENIED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      DmpHostVihf vihf = { .purpose = rows[i].purpose };
      DmpHostAccess access = { &vihf, DMP_HOST_ROLE_DOCTOR, rows[i].state, rows[i].opposed };
      g_autoptr (GError) error = NULL;

      g_assert_cmpint (dmp_host_access_check (&access, &error), ==, rows[i].code == -1);
      if (rows[i].code != -1)
        g_assert_error (error, DMP_HOST_ERROR, rows[i].code);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/host/rights/direct", test_direct);
  g_test_add_func ("/host/rights/reinforced", test_reinforced);
  g_test_add_func ("/host/rights/role", test_role);
  g_test_add_func ("/host/rights/product", test_product);
  g_test_add_func ("/host/rights/professions", test_professions);
  g_test_add_func ("/host/rights/authorisation", test_authorisation);
  g_test_add_func ("/host/rights/check", test_check);
  return g_test_run ();
}
