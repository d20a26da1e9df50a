#include "config.h"

#include "dmp-date.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* How many digits a stamp of each precision has. */
enum
{
  YEAR = 4,
  MONTH = 6,
  DAY = 8,
  HOUR = 10,
  MINUTE = 12,
  SECOND = 14
};

typedef struct
{
  int field[6]; /* year, month, day, hour, minute, second */
  int digits;   /* YEAR … SECOND */
  char fraction[7];
  gboolean zoned;
  int offset; /* minutes east of UTC */
} Stamp;

static gboolean
take_number (const char **p, int digits, int *value)
{
  *value = 0;
  for (int i = 0; i < digits; i++)
    {
      if (!g_ascii_isdigit ((*p)[i]))
        return FALSE;
      *value = *value * 10 + ((*p)[i] - '0');
    }
  *p += digits;

  return TRUE;
}

/* The part after the seconds: ".fff" */
static gboolean
take_fraction (const char **p, Stamp *stamp)
{
  gsize n = 0;

  for ((*p)++; g_ascii_isdigit (**p); (*p)++)
    if (n < sizeof stamp->fraction - 1)
      stamp->fraction[n++] = **p;

  return n > 0;
}

static gboolean
take_zone (const char **p, Stamp *stamp)
{
  int sign, hours, minutes;

  if (**p == 'Z')
    {
      (*p)++;
      stamp->zoned = TRUE;
      return TRUE;
    }
  sign = **p == '-' ? -1 : 1;
  (*p)++;
  if (!take_number (p, 2, &hours) || !take_number (p, 2, &minutes) || hours > 14 || minutes > 59)
    return FALSE;
  stamp->zoned = TRUE;
  stamp->offset = sign * (hours * 60 + minutes);

  return TRUE;
}

static gboolean
check_fields (const Stamp *s)
{
  const int *f = s->field;

  if (f[0] < 1 || (s->digits >= MONTH && (f[1] < 1 || f[1] > 12)))
    return FALSE;
  if (s->digits >= DAY && !g_date_valid_dmy ((GDateDay) f[2], (GDateMonth) f[1], (GDateYear) f[0]))
    return FALSE;

  return f[3] <= 23 && f[4] <= 59 && f[5] <= 59;
}

static gboolean
stamp_parse (const char *ts, Stamp *stamp)
{
  static const int widths[] = { 4, 2, 2, 2, 2, 2 };
  const char *p = ts;

  memset (stamp, 0, sizeof *stamp);
  if (ts == NULL)
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (widths) && g_ascii_isdigit (*p); i++)
    {
      if (!take_number (&p, widths[i], &stamp->field[i]))
        return FALSE;
      stamp->digits += widths[i];
    }
  if (*p == '.' && (stamp->digits != SECOND || !take_fraction (&p, stamp)))
    return FALSE;
  if ((*p == '+' || *p == '-' || *p == 'Z') && (stamp->digits < YEAR || !take_zone (&p, stamp)))
    return FALSE;

  return *p == '\0' && stamp->digits >= YEAR && check_fields (stamp);
}

gboolean
dmp_date_check (const char *ts)
{
  Stamp stamp;

  return stamp_parse (ts, &stamp);
}

/* The instant of a stamp with hours. @utc: what no zone means */
static GDateTime *
stamp_instant (const Stamp *s, gboolean utc)
{
  g_autoptr (GTimeZone) zone = NULL;
  const int *f = s->field;

  if (s->zoned)
    zone = g_time_zone_new_offset (s->offset * 60);
  else
    zone = utc ? g_time_zone_new_utc () : g_time_zone_new_local ();

  return g_date_time_new (zone, f[0], f[1], f[2], f[3], f[4], f[5]);
}

/* Moves a stamp with hours to another zone; days and less belong to no zone. */
static void
stamp_move (Stamp *s, gboolean utc, gboolean to_utc)
{
  g_autoptr (GDateTime) from = NULL;
  g_autoptr (GDateTime) to = NULL;

  if (s->digits < HOUR || (!s->zoned && utc == to_utc))
    return;
  from = stamp_instant (s, utc);
  if (from != NULL)
    to = to_utc ? g_date_time_to_utc (from) : g_date_time_to_local (from);
  if (to == NULL)
    return;

  g_date_time_get_ymd (to, &s->field[0], &s->field[1], &s->field[2]);
  s->field[3] = g_date_time_get_hour (to);
  s->field[4] = g_date_time_get_minute (to);
  s->field[5] = g_date_time_get_second (to);
  s->zoned = FALSE;
}

/* The stamp's digits again, without zone. */
static char *
stamp_write (const Stamp *s)
{
  g_autofree char *all = g_strdup_printf ("%04d%02d%02d%02d%02d%02d", s->field[0], s->field[1],
                                          s->field[2], s->field[3], s->field[4], s->field[5]);
  g_autofree char *cut = g_strndup (all, (gsize) s->digits);

  return s->fraction[0] != '\0' ? g_strdup_printf ("%s.%s", cut, s->fraction)
                                : g_steal_pointer (&cut);
}

char *
dmp_date_dup_display (const char *ts, gboolean utc, gboolean with_time)
{
  Stamp s;
  const int *f = s.field;

  if (!stamp_parse (ts, &s))
    return g_strdup (ts != NULL ? ts : "");
  stamp_move (&s, utc, FALSE);

  if (s.digits == YEAR)
    return g_strdup_printf ("%04d", f[0]);
  if (s.digits == MONTH)
    return g_strdup_printf ("%02d/%04d", f[1], f[0]);
  if (s.digits == DAY || !with_time)
    return g_strdup_printf ("%02d/%02d/%04d", f[2], f[1], f[0]);
  if (s.digits == HOUR)
    return g_strdup_printf ("%02d/%02d/%04d %02d\302\240h", f[2], f[1], f[0], f[3]);

  return g_strdup_printf ("%02d/%02d/%04d %02d:%02d", f[2], f[1], f[0], f[3], f[4]);
}

char *
dmp_date_dup_prose (const char *ts, gboolean utc)
{
  static const char *const months[] = { N_ ("janvier"), N_ ("février"),  N_ ("mars"),
                                        N_ ("avril"),   N_ ("mai"),      N_ ("juin"),
                                        N_ ("juillet"), N_ ("août"),     N_ ("septembre"),
                                        N_ ("octobre"), N_ ("novembre"), N_ ("décembre") };
  const char *month;
  Stamp s;

  if (!stamp_parse (ts, &s))
    return g_strdup (ts != NULL ? ts : "");
  stamp_move (&s, utc, FALSE);

  if (s.digits == YEAR)
    return g_strdup_printf ("%d", s.field[0]);
  month = _ (months[s.field[1] - 1]);
  if (s.digits == MONTH)
    return g_strdup_printf ("%s %d", month, s.field[0]);
  if (s.field[2] == 1)
    return g_strdup_printf (_ ("1er %s %d"), month, s.field[0]);

  return g_strdup_printf ("%d %s %d", s.field[2], month, s.field[0]);
}

/* A stamp with hours and a zone in UTC, by arithmetic alone: summaries compare a great many. */
static void
stamp_to_utc (Stamp *s)
{
  int minutes = s->field[3] * 60 + s->field[4] - s->offset;
  int days = minutes < 0 ? -1 : minutes / (24 * 60);
  GDate date;

  if (!s->zoned || s->digits < HOUR || s->offset == 0)
    return;
  minutes -= days * 24 * 60;
  s->field[3] = minutes / 60;
  s->field[4] = minutes % 60;
  s->zoned = FALSE;
  if (days == 0 || s->field[0] < 2)
    return;
  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay) s->field[2], (GDateMonth) s->field[1], (GDateYear) s->field[0]);
  if (days > 0)
    g_date_add_days (&date, 1);
  else
    g_date_subtract_days (&date, 1);
  s->field[0] = g_date_get_year (&date);
  s->field[1] = (int) g_date_get_month (&date);
  s->field[2] = g_date_get_day (&date);
}

/* Field by field as far as both go; then the less precise first. */
static int
stamp_compare (const Stamp *a, const Stamp *b)
{
  static const int widths[] = { YEAR, MONTH, DAY, HOUR, MINUTE, SECOND };

  for (gsize i = 0; i < G_N_ELEMENTS (widths); i++)
    {
      if (a->digits < widths[i] || b->digits < widths[i])
        return a->digits - b->digits;
      if (a->field[i] != b->field[i])
        return a->field[i] - b->field[i];
    }
  return strcmp (a->fraction, b->fraction);
}

int
dmp_date_compare (const char *a, const char *b)
{
  Stamp sa, sb;
  gboolean is_a = stamp_parse (a, &sa), is_b = stamp_parse (b, &sb);

  if (!is_a || !is_b)
    return is_a == is_b ? g_strcmp0 (a, b) : (int) is_a - (int) is_b;

  stamp_to_utc (&sa);
  stamp_to_utc (&sb);
  return stamp_compare (&sa, &sb);
}

gboolean
dmp_date_is_before (const char *a, const char *b)
{
  g_autofree char *digits_a = NULL, *digits_b = NULL;
  Stamp sa, sb;

  if (!stamp_parse (a, &sa) || !stamp_parse (b, &sb))
    return FALSE;
  stamp_move (&sa, FALSE, FALSE);
  stamp_move (&sb, FALSE, FALSE);
  digits_a = stamp_write (&sa);
  digits_b = stamp_write (&sb);
  return strncmp (digits_a, digits_b, (gsize) MIN (sa.digits, sb.digits)) < 0;
}

/* One or two digits, or a year's four. */
static gboolean
is_part (const char *text, gboolean year)
{
  gsize n = strspn (text, "0123456789");

  return text[n] == '\0' && (year ? n == YEAR : n == 1 || n == 2);
}

char *
dmp_date_dup_typed (const char *text)
{
  g_autofree char *bare = g_strstrip (g_strdup (text != NULL ? text : ""));
  g_auto (GStrv) parts = g_strsplit_set (bare, "/.- ", -1);
  guint n = g_strv_length (parts);
  g_autoptr (GString) stamp = g_string_new (NULL);

  if (n == 0 || n > 3)
    return NULL;
  for (guint i = n; i > 0; i--) /* from the year to the day */
    {
      if (!is_part (parts[i - 1], i == n))
        return NULL;
      g_string_append_printf (stamp, "%s%s", strlen (parts[i - 1]) == 1 ? "0" : "", parts[i - 1]);
    }
  return dmp_date_check (stamp->str) ? g_strdup (stamp->str) : NULL;
}

char *
dmp_date_dup_today (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  return g_date_time_format (now, "%Y%m%d");
}

char *
dmp_date_dup_utc (GDateTime *time)
{
  g_autoptr (GDateTime) utc = g_date_time_to_utc (time);

  return g_date_time_format (utc, "%Y%m%d%H%M%S");
}

char *
dmp_date_dup_cda (GDateTime *time)
{
  return g_date_time_format (time, "%Y%m%d%H%M%S%z");
}

char *
dmp_date_dup_cda_to_utc (const char *ts)
{
  Stamp s;

  if (!stamp_parse (ts, &s))
    return NULL;
  stamp_move (&s, FALSE, TRUE);
  s.fraction[0] = '\0';

  return stamp_write (&s);
}

GDateTime *
dmp_date_parse (const char *ts, gboolean utc)
{
  Stamp s;

  return stamp_parse (ts, &s) && s.digits >= DAY ? stamp_instant (&s, utc) : NULL;
}

gint64
dmp_date_days_between (const char *from, const char *to, gboolean *ok)
{
  Stamp a, b;
  GDate day_a, day_b;
  gboolean both =
      stamp_parse (from, &a) && stamp_parse (to, &b) && a.digits >= DAY && b.digits >= DAY;

  if (ok != NULL)
    *ok = both;
  if (!both)
    return 0;

  g_date_clear (&day_a, 1);
  g_date_clear (&day_b, 1);
  g_date_set_dmy (&day_a, (GDateDay) a.field[2], (GDateMonth) a.field[1], (GDateYear) a.field[0]);
  g_date_set_dmy (&day_b, (GDateDay) b.field[2], (GDateMonth) b.field[1], (GDateYear) b.field[0]);

  return g_date_days_between (&day_a, &day_b);
}
