#define _GNU_SOURCE /* memmem() */
#include "config.h"

/* What was read for sending is not left in freed memory. */

#include "cda/dmp-file-check.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define WORD_BYTES 24
#define COPIES 12000 /* larger than one piece that is read, so that the buffer moves */
#define WINDOW (1 << 20)
#define LARGEST (256ul << 20) /* a sanitizer's shadow is no place for the program's bytes */

/* The word itself must stand nowhere but in what is read: it is kept folded. */
static guint8 folded[WORD_BYTES];

static void
unfold (guint8 *word)
{
  for (guint i = 0; i < WORD_BYTES; i++)
    word[i] = folded[i] ^ 0x55;
}

static gboolean
holds_word (const guint8 *data, gsize len)
{
  guint8 first = folded[0] ^ 0x55;

  for (gsize i = 0; i + WORD_BYTES <= len; i++)
    {
      guint same = 0;

      if (data[i] != first)
        continue;
      while (same < WORD_BYTES && data[i + same] == (folded[same] ^ 0x55))
        same++;
      if (same == WORD_BYTES)
        return TRUE;
    }
  return FALSE;
}

static guint
search_range (int memory, gulong from, gulong to, guint8 *window)
{
  guint found = 0;

  for (gulong at = from; at < to; at += WINDOW)
    {
      ssize_t n = pread (memory, window, MIN ((gulong) WINDOW, to - at), (off_t) at);

      found += n > 0 && holds_word (window, (gsize) n);
    }
  return found;
}

/* In how many places of this process's writable memory the word stands. */
static guint
search_memory (void)
{
  /* shared: never one with the memory that is searched */
  guint8 *window = mmap (NULL, WINDOW, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  int memory = open ("/proc/self/mem", O_RDONLY | O_CLOEXEC);
  g_autofree char *maps = NULL;
  g_auto (GStrv) lines = NULL;
  guint found = 0;

  g_assert_true (window != MAP_FAILED && memory >= 0);
  g_assert_true (g_file_get_contents ("/proc/self/maps", &maps, NULL, NULL));
  lines = g_strsplit (maps, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      gulong from, to;
      char mode[5];

      if (sscanf (lines[i], "%lx-%lx %4s", &from, &to, mode) != 3 || strncmp (mode, "rw", 2) != 0 ||
          to - from > LARGEST || ((gulong) window >= from && (gulong) window < to))
        continue;
      found += search_range (memory, from, to, window);
    }
  close (memory);
  munmap (window, WINDOW);
  return found;
}

static char *
write_file (void)
{
  char *path = NULL;
  int fd = g_file_open_tmp ("wiped-XXXXXX", &path, NULL);
  guint8 word[WORD_BYTES];

  for (guint i = 0; i < WORD_BYTES; i++)
    folded[i] = (guint8) (('A' + g_random_int_range (0, 26)) ^ 0x55);
  unfold (word);
  for (guint i = 0; i < COPIES; i++)
    g_assert_cmpint (write (fd, word, sizeof word), ==, sizeof word);
  explicit_bzero (word, sizeof word);
  close (fd);
  return path;
}

static void
test_file (void)
{
  g_autofree char *path = write_file ();
  g_autoptr (GError) error = NULL;
  GBytes *bytes = dmp_file_read (path, &error);

#ifdef __SANITIZE_ADDRESS__
  g_test_skip ("the sanitizer keeps what is freed, and copies of its own");
  g_unlink (path);
  g_bytes_unref (bytes);
  return;
#endif
  g_unlink (path);
  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (bytes), ==, WORD_BYTES * COPIES);
  g_assert_cmpuint (search_memory (), >, 0); /* the search itself finds */
  g_bytes_unref (bytes);
  g_assert_cmpuint (search_memory (), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cda/file-wiped", test_file);
  return g_test_run ();
}
