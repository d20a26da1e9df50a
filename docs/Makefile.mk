# What people read.
EXTRA_DIST += %D%/cli.md %D%/host.md %D%/settings.md %D%/summary.md
