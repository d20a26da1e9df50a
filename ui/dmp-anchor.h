#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Keeps what somebody reads where it is in a scrolled window, while lines come and go around it:
 * before the next frame is drawn, the window is scrolled by as much as the line has moved. */
typedef struct
{
  GtkScrolledWindow *scroller;
  /* Gives the widget that now stands for @line. (nullable) */
  GtkWidget *(*find) (const char *line, gpointer data);
  gpointer data;

  char *line; /* (nullable): what is held */
  double y;
  GdkFrameClock *clock;
  gulong handler;
} DmpAnchor;

/* Holds @row, which @find() finds by @line, at the height where it is, until the next layout. Of
 * several calls before it the first counts. */
void dmp_anchor_hold (DmpAnchor *self, GtkWidget *row, const char *line);

/* A row at the upper edge of what is in sight. Returns: (transfer none) (nullable) */
GtkWidget *dmp_anchor_find_top (DmpAnchor *self);

/* Whether @row is in sight, all of it. */
gboolean dmp_anchor_sees (DmpAnchor *self, GtkWidget *row);

void dmp_anchor_drop (DmpAnchor *self);

G_END_DECLS
