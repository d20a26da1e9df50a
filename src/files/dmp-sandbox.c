#include "config.h"

#include "dmp-sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <seccomp.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#define MAX_ADDRESSES (1024ul * 1024 * 1024) /* with the libraries and the file itself */
#define MAX_FILES 1024

/* Who started us may have set less. */
static gboolean
limit (int what, rlim_t most)
{
  struct rlimit rlimit;

  if (getrlimit (what, &rlimit) != 0)
    return FALSE;
  rlimit.rlim_cur = rlimit.rlim_max = MIN (most, rlimit.rlim_max);
  return setrlimit (what, &rlimit) == 0;
}

/* The address sanitizer maps terabytes: no limit on memory under it. */
static gboolean
set_limits (const DmpSandboxLimits *limits)
{
#ifndef __SANITIZE_ADDRESS__
  if (!limit (RLIMIT_AS, MAX_ADDRESSES) || !limit (RLIMIT_DATA, limits->memory))
    return FALSE;
#endif
  return limit (RLIMIT_CPU, limits->seconds) && limit (RLIMIT_NOFILE, MAX_FILES) &&
         limit (RLIMIT_CORE, 0) && limit (RLIMIT_FSIZE, limits->scratch ? limits->memory : 0) &&
         limit (RLIMIT_NPROC, 0);
}

/* What the C library's streams ask of a descriptor; no signals, leases, locks, seals or sizes. */
static int
allow_fcntl (scmp_filter_ctx filter)
{
  static const scmp_datum_t commands[] = { F_DUPFD_CLOEXEC, F_GETFD, F_SETFD, F_GETFL };
  int wrong = 0;

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    wrong |= seccomp_rule_add (filter, SCMP_ACT_ALLOW, SCMP_SYS (fcntl), 1,
                               SCMP_A1 (SCMP_CMP_MASKED_EQ, G_MAXUINT32, commands[i]));

  return wrong;
}

static gboolean
allow (scmp_filter_ctx filter, gboolean scratch)
{
  static const int calls[] = {
    SCMP_SYS (read),
    SCMP_SYS (write),
    SCMP_SYS (readv),
    SCMP_SYS (writev),
    SCMP_SYS (pread64),
    SCMP_SYS (lseek),
    SCMP_SYS (close),
    SCMP_SYS (fstat),
    SCMP_SYS (munmap),
    SCMP_SYS (mremap),
    SCMP_SYS (madvise),
    SCMP_SYS (brk),
    SCMP_SYS (futex),
    SCMP_SYS (dup),
    SCMP_SYS (rt_sigaction),
    SCMP_SYS (rt_sigreturn),
    SCMP_SYS (rt_sigprocmask),
    SCMP_SYS (sigaltstack),
    SCMP_SYS (getpid),
    SCMP_SYS (gettid),
    SCMP_SYS (exit),
    SCMP_SYS (exit_group),
    SCMP_SYS (clock_gettime),
    SCMP_SYS (gettimeofday),
    SCMP_SYS (getrandom),
    SCMP_SYS (sched_yield),
    SCMP_SYS (sysinfo),
    SCMP_SYS (rseq),
    SCMP_SYS (set_robust_list),
    SCMP_SYS (restart_syscall),
  };
  int wrong = 0;

  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    wrong |= seccomp_rule_add (filter, SCMP_ACT_ALLOW, calls[i], 0);
  wrong |= seccomp_rule_add (filter, SCMP_ACT_ALLOW, SCMP_SYS (mmap), 1,
                             SCMP_A2 (SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
  wrong |= seccomp_rule_add (filter, SCMP_ACT_ALLOW, SCMP_SYS (mprotect), 1,
                             SCMP_A2 (SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
  if (scratch)
    wrong |= seccomp_rule_add (filter, SCMP_ACT_ALLOW, SCMP_SYS (memfd_create), 0);
  wrong |= allow_fcntl (filter);
#if !(defined __x86_64__ && defined __LP64__)
  /* What fstat() is in the C library there (dmp-prepared.c); its path cannot be looked at. */
  wrong |= seccomp_rule_add (filter, SCMP_ACT_ALLOW, SCMP_SYS (newfstatat), 1,
                             SCMP_A3 (SCMP_CMP_EQ, AT_EMPTY_PATH));
#endif

  return wrong == 0;
}

/* Not merely refused: nothing honest here ever asks for these. */
static gboolean
forbid (scmp_filter_ctx filter)
{
  static const int calls[] = {
    SCMP_SYS (execve),
    SCMP_SYS (execveat),
    SCMP_SYS (socket),
    SCMP_SYS (connect),
    SCMP_SYS (ptrace),
    SCMP_SYS (fork),
    SCMP_SYS (vfork),
    SCMP_SYS (kill),
    SCMP_SYS (mount),
    SCMP_SYS (unlink),
    SCMP_SYS (process_vm_readv),
    SCMP_SYS (bpf),
  };
  int wrong = 0;

  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    wrong |= seccomp_rule_add (filter, SCMP_ACT_KILL_PROCESS, calls[i], 0);

  return wrong == 0;
}

gboolean
dmp_sandbox_enter (const DmpSandboxLimits *limits)
{
  scmp_filter_ctx filter;
  gboolean done;

  if (prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || prctl (PR_SET_DUMPABLE, 0, 0, 0, 0) != 0 ||
      prctl (PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) != 0 || !set_limits (limits))
    return FALSE;
  filter = seccomp_init (SCMP_ACT_ERRNO (EACCES));
  if (filter == NULL)
    return FALSE;
  done = allow (filter, limits->scratch) && forbid (filter) && seccomp_load (filter) == 0;
  seccomp_release (filter);

  return done;
}
