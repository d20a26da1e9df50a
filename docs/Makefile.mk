# What people read.
EXTRA_DIST += %D%/bench.md %D%/cli.md %D%/host.md %D%/settings.md %D%/summary.md
dist_man_MANS = %D%/dmp.1 %D%/dmp-host.1
