#include "config.h"

#include "bench.h"

#include <fcntl.h>
#include <libxml/parser.h>
#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define MIN_ROUNDS 5
#define MAX_ROUNDS 101
#define ENOUGH_SECONDS 1.0

double
bench_get_cpu (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (double) now.tv_sec + (double) now.tv_nsec / 1e9;
}

static double
time_once (const BenchWay *way)
{
  void *volatile large;
  double start;

  /* What the last one has freed in small pieces is put together now: the C library would charge it
   * to the first who asks for a large one. */
  large = malloc (1 << 16);
  free (large);
  start = bench_get_cpu ();
  way->run (way->data);
  return bench_get_cpu () - start;
}

static BenchTimes
measure (const BenchWay *work, const BenchWay *floor, double enough)
{
  BenchTimes best = { G_MAXDOUBLE, G_MAXDOUBLE };
  double spent = 0;

  time_once (work); /* caches, tables made at the first call */
  time_once (floor);
  for (guint i = 0; i < MAX_ROUNDS && (i < MIN_ROUNDS || spent < enough); i++)
    {
      double w = time_once (work);
      double f = time_once (floor);

      best.work = MIN (best.work, w);
      best.floor = MIN (best.floor, f);
      spent += w + f;
    }

  return best;
}

BenchTimes
bench_measure (const BenchWay *work, const BenchWay *floor)
{
  return measure (work, floor, ENOUGH_SECONDS);
}

BenchTimes
bench_measure_briefly (const BenchWay *work, const BenchWay *floor)
{
  return measure (work, floor, 0);
}

void
bench_print (const char *name, double value, const char *unit, double ratio, const char *of)
{
  if (of == NULL)
    printf ("%s: %.3g %s\n", name, value, unit);
  else
    printf ("%s: %.3g %s, ratio x%.3g of %s\n", name, value, unit, ratio, of);
  fflush (stdout);
}

BenchTimes
bench_compare (
    const char *name, double scale, const char *unit, const BenchWay *work, const BenchWay *floor)
{
  BenchTimes times = bench_measure (work, floor);

  bench_print (name, times.work * scale, unit, times.work / times.floor, floor->name);
  return times;
}

gsize
bench_get_allocated (void)
{
  struct mallinfo2 info = mallinfo2 ();

  return info.uordblks + info.hblkhd;
}

/* A line of /proc/self/status, in bytes. */
static gsize
read_status (const char *key)
{
  g_autofree char *status = NULL;
  const char *line;

  if (!g_file_get_contents ("/proc/self/status", &status, NULL, NULL))
    return 0;
  line = strstr (status, key);
  return line != NULL ? g_ascii_strtoull (line + strlen (key), NULL, 10) * 1024 : 0;
}

gsize
bench_get_peak (void)
{
  return read_status ("\nVmHWM:");
}

gsize
bench_get_resident (void)
{
  return read_status ("\nVmRSS:");
}

void
bench_reset_peak (void)
{
  int fd = open ("/proc/self/clear_refs", O_WRONLY | O_CLOEXEC);

  malloc_trim (0);
  if (fd < 0)
    return;
  if (write (fd, "5", 1) != 1)
    fputs ("bench: the peak of memory could not be reset\n", stderr);
  close (fd);
}

static gint
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

GPtrArray *
bench_read_folder (const char *folder)
{
  GPtrArray *files = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_build_filename (folder, name, NULL));
  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < names->len; i++)
    {
      char *bytes;
      gsize len;

      if (g_file_get_contents (g_ptr_array_index (names, i), &bytes, &len, NULL))
        g_ptr_array_add (files, g_bytes_new_take (bytes, len));
    }
  if (files->len == 0)
    {
      fprintf (stderr, "bench: no file in %s\n", folder);
      exit (1);
    }

  return files;
}

double
bench_get_megabytes (const GPtrArray *files)
{
  gsize all = 0;

  for (guint i = 0; i < files->len; i++)
    all += g_bytes_get_size (g_ptr_array_index (files, i));
  return (double) all / 1e6;
}

void
bench_libxml2 (gpointer data)
{
  const GPtrArray *files = data;

  for (guint i = 0; i < files->len; i++)
    {
      gsize len;
      const char *bytes = g_bytes_get_data (g_ptr_array_index (files, i), &len);

      xmlFreeDoc (xmlReadMemory (bytes, (int) len, NULL, NULL,
                                 XML_PARSE_NODICT | XML_PARSE_NOERROR | XML_PARSE_NOWARNING |
                                     XML_PARSE_NONET));
    }
}

#define PARSE (XML_PARSE_NODICT | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_NONET)

static void
ask (xmlDoc *doc)
{
  static const char *const questions[] = {
    "/h:ClinicalDocument/h:id",
    "/h:ClinicalDocument/h:recordTarget/h:patientRole/h:id",
    "/h:ClinicalDocument/h:author/h:assignedAuthor",
    "//h:section/h:code/@code",
    "//h:section/h:text",
    "//h:entry//h:code/@code",
    "//h:entry//h:value",
    "//h:entry//h:effectiveTime",
  };
  xmlXPathContext *context = xmlXPathNewContext (doc);

  xmlXPathRegisterNs (context, BAD_CAST "h", BAD_CAST "urn:hl7-org:v3");
  for (guint i = 0; i < G_N_ELEMENTS (questions); i++)
    xmlXPathFreeObject (xmlXPathEvalExpression (BAD_CAST questions[i], context));
  xmlXPathFreeContext (context);
}

void
bench_extract (gpointer data)
{
  const GPtrArray *files = data;

  for (guint i = 0; i < files->len; i++)
    {
      gsize len;
      const char *bytes = g_bytes_get_data (g_ptr_array_index (files, i), &len);
      xmlDoc *doc = xmlReadMemory (bytes, (int) len, NULL, NULL, PARSE);

      if (doc != NULL)
        ask (doc);
      xmlFreeDoc (doc);
    }
}

BenchProcess
bench_run (char **argv)
{
  GSpawnFlags flags =
      G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL;
  BenchProcess process = { 0 };
  struct rusage usage;
  int status = -1;
  GPid pid;

  if (!g_spawn_async (NULL, argv, NULL, flags, NULL, NULL, &pid, NULL) ||
      wait4 (pid, &status, 0, &usage) != pid || status != 0)
    {
      fprintf (stderr, "bench: %s failed\n", argv[0]);
      exit (1);
    }
  process.seconds = (double) (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
                    (double) (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
  process.megabytes = (double) usage.ru_maxrss / 1024;
  return process;
}
