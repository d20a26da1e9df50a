#pragma once

#include "summary/dmp-summary.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A treatment over the last 24 months (rule T3): a bar for what deliveries cover, where dose and
 * pack are known; a dot a delivery; a line above for a prescription; a diamond for a list that
 * names it; a band for a hospital stay. Without a dose there are dots only. Never alone: the line
 * says the same in words. */
#define DMP_TYPE_FRIEZE (dmp_frieze_get_type ())
G_DECLARE_FINAL_TYPE (DmpFrieze, dmp_frieze, DMP, FRIEZE, GtkWidget)

/* @line: a treatment, copied; the stays are those of @summary. Returns: (transfer floating) */
GtkWidget *dmp_frieze_new (DmpSummary *summary, const DmpSummaryLine *line);

/* The half-years of the same 24 months, for the head of the column. Returns: (transfer floating) */
GtkWidget *dmp_frieze_new_scale (void);

/* The same in words: "23 délivrances, la dernière le 12/01/2026, intervalle médian 29 j, dernier
 * 61 j ; dans 2 listes". Returns: (transfer full): maybe "" */
char *dmp_frieze_dup_words (const DmpSummaryLine *line);

G_END_DECLS
