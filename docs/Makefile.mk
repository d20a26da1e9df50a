# What people read.
EXTRA_DIST += %D%/bench.md %D%/cli.md %D%/host.md %D%/receipt.md %D%/settings.md %D%/summary.md
EXTRA_DIST += %D%/pictures/document.png %D%/pictures/documents.png %D%/pictures/search.png %D%/pictures/summary.png
dist_man_MANS = %D%/dmp.1 %D%/dmp-host.1
