#include "config.h"

#include "cps-state.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

bool
cps_code_set (CpsCode *code, const char *digits)
{
  size_t len = strlen (digits);
  if (len > CPS_CODE_LEN)
    return false;
  memset (code->value, 0xFF, sizeof code->value);
  memcpy (code->value, digits, len);
  code->tries = CPS_TRIES;
  return true;
}

static char *
state_path (const char *path, const char *serial)
{
  struct stat info;
  char *full = NULL;

  if (stat (path, &info) == 0 && S_ISDIR (info.st_mode))
    {
      if (asprintf (&full, "%s/%s.state", path, serial) < 0)
        abort ();
      return full;
    }
  full = strdup (path);
  if (full == NULL)
    abort ();
  return full;
}

static bool
take_code (CpsCode *code, const char *line)
{
  char *end = NULL;
  unsigned long tries = strtoul (line, &end, 10);
  if (end == line || *end != ' ' || tries > CPS_TRIES)
    return false;

  Bytes value = { 0 };
  bool good = bytes_parse_hex (&value, end) == 0 && value.len == sizeof code->value;
  if (good)
    {
      memcpy (code->value, value.data, value.len);
      code->tries = (unsigned) tries;
    }
  bytes_clear (&value);
  return good;
}

static bool
take_data (Bytes *data, const char *hex)
{
  Bytes value = { 0 };
  bool good = bytes_parse_hex (&value, hex) == 0 && value.len == data->len;
  if (good)
    memcpy (data->data, value.data, value.len);
  bytes_clear (&value);
  return good;
}

static bool
take_line (CpsState *state, Bytes *data, const char *line)
{
  if (strncmp (line, "pin ", 4) == 0)
    return take_code (&state->codes[CPS_PIN], line + 4);
  if (strncmp (line, "puk ", 4) == 0)
    return take_code (&state->codes[CPS_PUK], line + 4);
  if (strncmp (line, "data ", 5) == 0)
    return take_data (data, line + 5);
  return false;
}

bool
cps_state_load (CpsState *state, Bytes *data, const char *path, const char *serial)
{
  free (state->path);
  state->path = NULL;
  if (path == NULL)
    return true;
  state->path = state_path (path, serial);

  FILE *file = fopen (state->path, "re");
  if (file == NULL)
    return true;
  char line[512];
  bool good = true;
  while (good && fgets (line, sizeof line, file) != NULL)
    good = take_line (state, data, line);
  if (!good)
    fprintf (stderr, "%s: damaged\n", state->path);
  explicit_bzero (line, sizeof line);
  fclose (file);
  return good;
}

static void
write_state (FILE *file, const CpsState *state, const Bytes *data)
{
  static const char *const names[CPS_N_CODES] = { "pin", "puk" };

  for (int i = 0; i < CPS_N_CODES; i++)
    {
      fprintf (file, "%s %u ", names[i], state->codes[i].tries);
      bytes_print_hex (file, state->codes[i].value, sizeof state->codes[i].value);
      fputc ('\n', file);
    }
  fputs ("data ", file);
  bytes_print_hex (file, data->data, data->len);
  fputc ('\n', file);
}

void
cps_state_save (const CpsState *state, const Bytes *data)
{
  if (state->path == NULL)
    return;

  char *temporary = NULL;
  if (asprintf (&temporary, "%s.new", state->path) < 0)
    abort ();
  int fd = open (temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  FILE *file = fd >= 0 ? fdopen (fd, "w") : NULL;
  if (file != NULL)
    {
      write_state (file, state, data);
      if (fclose (file) != 0 || rename (temporary, state->path) != 0)
        perror (state->path);
    }
  else
    {
      perror (temporary);
      if (fd >= 0)
        close (fd);
    }
  free (temporary);
}

void
cps_state_clear (CpsState *state)
{
  free (state->path);
  explicit_bzero (state, sizeof *state);
}
