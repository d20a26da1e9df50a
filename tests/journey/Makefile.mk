# The command line against the reference host, with the real card path.
sh_tests += %D%/test-gp.sh %D%/test-trouble.sh %D%/test-host-trouble.sh %D%/test-pull.sh
EXTRA_DIST += %D%/stage.py %D%/trouble.py %D%/peer.py %D%/journey_gp.py %D%/journey_trouble.py \
  %D%/journey_host_trouble.py %D%/journey_pull.py
