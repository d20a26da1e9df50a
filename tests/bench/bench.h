#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Measures one way of doing something against another, its floor, in the same run: only the ratio
 * means anything on another machine. Nothing here asserts a time. */

typedef void (*BenchWork) (gpointer data);

typedef struct
{
  BenchWork run;
  gpointer data;
  const char *name; /* "libxml2" */
} BenchWay;

typedef struct
{
  double work; /* seconds of the processor */
  double floor;
} BenchTimes;

/* Seconds of the processor that the calling thread has taken. */
double bench_get_cpu (void);

/* Runs both in turn until there is enough to compare. The best of each: what else the machine does
 * can only add to them. */
BenchTimes bench_measure (const BenchWay *work, const BenchWay *floor);

/* The same in five rounds: for many small things. */
BenchTimes bench_measure_briefly (const BenchWay *work, const BenchWay *floor);

/* The same, printed as "name: value unit, ratio xN of floor".
 * @scale: what a second becomes: 1e3 is ms, 1e3 / megabytes is ms/MB */
BenchTimes bench_compare (
    const char *name, double scale, const char *unit, const BenchWay *work, const BenchWay *floor);

/* One line: @ratio of @of; @of NULL: no ratio. */
void bench_print (const char *name, double value, const char *unit, double ratio, const char *of);

/* Bytes that the program has asked for and not given back. */
gsize bench_get_allocated (void);

/* Highest resident size since bench_reset_peak(), in bytes; 0 where the kernel does not tell. */
gsize bench_get_peak (void);
gsize bench_get_resident (void);
void bench_reset_peak (void);

/* The bytes of every regular file of @folder, in the order of names; ends the program when there is
 * none. Returns: (transfer full) (element-type GBytes) */
GPtrArray *bench_read_folder (const char *folder);

/* Megabytes of all of @files. */
double bench_get_megabytes (const GPtrArray *files);

/* A #BenchWork: libxml2 alone parses and frees each of @files, a GPtrArray of GBytes: the floor of
 * all that reads XML. With the option of ours that makes it faster: texts outside its dictionary.
 */
void bench_libxml2 (gpointer files);

/* A #BenchWork: libxml2 parses each of @files and answers eight XPath questions that any reader of
 * a CDA document asks: the floor of all that reads and extracts. */
void bench_extract (gpointer files);

/* What a program has taken. */
typedef struct
{
  double seconds;   /* of the processor */
  double megabytes; /* highest resident size */
} BenchProcess;

/* Runs @argv, its output thrown away; ends the program when it fails. */
BenchProcess bench_run (char **argv);

G_END_DECLS
