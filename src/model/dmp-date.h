#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* HL7 time stamps: "yyyy[MM[dd[HH[mm[ss[.fff]]]]]][+zzzz]". Without a zone: XDS means UTC, CDA and
 * HL7 V3 mean local time. Precision is kept: nothing is ever made up. */

/* Whether @ts is such a stamp with a possible date. */
gboolean dmp_date_check (const char *ts);

/* As French people write it, with just the precision given: "12/01/2026", "01/2026", "2026", and
 * with
 * @with_time "12/01/2026 14:32" (local time of this machine, Europe/Paris in practice).
 * @utc: whether a stamp without zone is UTC. Returns: (transfer full): @ts itself when it is no
 * stamp */
char *dmp_date_dup_display (const char *ts, gboolean utc, gboolean with_time);

/* "12 janvier 2026". Returns: (transfer full) */
char *dmp_date_dup_prose (const char *ts, gboolean utc);

/* Orders two stamps by instant as far as their common precision goes, then the more precise last.
 * NULL sorts first. */
int dmp_date_compare (const char *a, const char *b);

/* Whether @a lies before @b as far as both are precise: "2026" is not before "202605". A stamp
 * without zone is local time. FALSE for what is no stamp. */
gboolean dmp_date_is_before (const char *a, const char *b);

/* What a person typed: "15/01/2026", "1.2.2026", "01/2026", "2026", with spaces around or instead.
 * Returns: (transfer full) (nullable): the stamp; NULL when it is no possible date */
char *dmp_date_dup_typed (const char *text);

/* "yyyyMMdd", here. Returns: (transfer full) */
char *dmp_date_dup_today (void);

/* "yyyyMMddHHmmss" in UTC for XDS (EX_3.1-1070). Returns: (transfer full) */
char *dmp_date_dup_utc (GDateTime *time);

/* "yyyyMMddHHmmss+zzzz" for CDA. Returns: (transfer full) */
char *dmp_date_dup_cda (GDateTime *time);

/* A CDA stamp (zone or local) as XDS wants it: same precision, UTC when it has hours. (transfer
 * full) (nullable) */
char *dmp_date_dup_cda_to_utc (const char *ts);

/* Returns: (transfer full) (nullable): a GDateTime for a stamp precise to the day at least */
GDateTime *dmp_date_parse (const char *ts, gboolean utc);

/* Whole days from @from to @to (stamps precise to the day at least); @ok (out) tells whether both
 * were. */
gint64 dmp_date_days_between (const char *from, const char *to, gboolean *ok);

G_END_DECLS
