#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Pages alone in a window, with made-up people: pictures to look at under tests/screens, and
 * questions about what they show. CADUCEE_GALLERY chooses "light" (the default), "dark",
 * "contrast" or "large" (text at 200 %). */

/* Starts the toolkit with the application's resources and colours; FALSE without a display. */
gboolean gallery_init (int *argc, char ***argv);

/* A window of 1366 × 768 around @page, under a header bar, painted.
 * @page: (transfer floating). Returns: (transfer none) */
GtkWindow *gallery_show (GtkWidget *page);

/* Lets the window settle, saves its picture as @name, and destroys it. */
void gallery_take (GtkWindow *window, const char *name);

/* The same for a popover, which is a surface of its own; it is closed after. */
void gallery_take_popover (GtkWidget *popover, const char *name);

/* Runs the main loop until nothing is left to do. */
void gallery_settle (GtkWindow *window);

/* The same for what another thread or process brings: until @condition, 100 times at most. */
#define gallery_until(condition)                                                                   \
  G_STMT_START                                                                                     \
  {                                                                                                \
    for (int tries_ = 0; tries_ < 100 && !(condition); tries_++)                                   \
      gallery_settle (NULL);                                                                       \
  }                                                                                                \
  G_STMT_END

/* The first label under @widget that reads @text, or NULL. */
GtkWidget *gallery_find_label (GtkWidget *widget, const char *text);

/* Whether a label under @widget holds @words. */
gboolean gallery_mentions (GtkWidget *widget, const char *words);

/* The first descendant of @widget of type @type, or NULL. */
GtkWidget *gallery_find (GtkWidget *widget, GType type);

G_END_DECLS
