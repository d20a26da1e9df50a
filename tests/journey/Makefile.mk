# The command line against the reference host, with the real card path.
sh_tests += %D%/test-gp.sh
EXTRA_DIST += %D%/stage.py %D%/journey_gp.py
