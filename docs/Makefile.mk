# What people read.
EXTRA_DIST += %D%/cli.md %D%/settings.md
