# The summaries of the gold records against what is true of them (docs/gold.md).
sh_tests += %D%/test-gold.sh
EXTRA_DIST += docs/gold.md %D%/score.py %D%/judge.py %D%/check-judge.py %D%/passages.py
