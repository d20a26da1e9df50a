#pragma once

#include "summary/dmp-summary-line.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A result over 24 months: x is real time, at most 8 points, one marker a laboratory, the reference
 * range hatched, values out of it larger, the last one ringed. Never alone: the number stands
 * beside it. */
#define DMP_TYPE_SPARK (dmp_spark_get_type ())
G_DECLARE_FINAL_TYPE (DmpSpark, dmp_spark, DMP, SPARK, GtkWidget)

/* @line: a result, copied. Returns: (transfer floating) */
GtkWidget *dmp_spark_new (const DmpSummaryLine *line);

/* The values in words: "de 55 (02/2024) à 38 (01/2026), 8 valeurs". Returns: (transfer full) */
char *dmp_spark_dup_words (const DmpSummaryLine *line);

G_END_DECLS
