#pragma once

#include "cda/dmp-cda-document.h"
#include "cda/dmp-cda-place.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct
{
  DmpCdaDocument *document;
  const char *place; /* (nullable): anchor of the cited passage, without "#" */
  const char *label; /* what a cited row is: "cité par le résumé" */
  GtkWidget *cited;  /* (nullable): set to the widget of that passage when it is made */
  double zoom;
  const DmpCdaPlace *passage; /* (nullable): found in a file: marked there */
  const char *const *words;   /* (nullable): looked for */
  gboolean quiet;             /* that passage is not given the focus */
} DmpNarrativeContext;

/* Marks @widget as the cited passage, or as a further part of it. */
void dmp_narrative_block_cite (DmpNarrativeContext *context, GtkWidget *widget);

/* The widget of one block. Returns: (transfer floating) */
GtkWidget *dmp_narrative_block_new (DmpNarrativeContext *context, const DmpCdaBlock *block);

G_END_DECLS
