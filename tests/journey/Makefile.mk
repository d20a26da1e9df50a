# The command line against the reference host, with the real card path.
sh_tests += %D%/test-gp.sh %D%/test-trouble.sh %D%/test-host-trouble.sh %D%/test-pull.sh \
  %D%/test-counts.sh %D%/test-wire.sh %D%/test-cards.sh %D%/test-edges.sh %D%/test-outbox.sh \
  %D%/test-signature.sh %D%/test-versions.sh %D%/test-write.sh %D%/test-receipt.sh
EXTRA_DIST += %D%/README.md %D%/walk %D%/stage.py %D%/costs.py %D%/trouble.py %D%/peer.py %D%/journey_gp.py \
  %D%/journey_trouble.py %D%/journey_host_trouble.py %D%/journey_pull.py %D%/journey_counts.py \
  %D%/journey_wire.py %D%/journey_cards.py %D%/journey_edges.py \
  %D%/journey_outbox.py %D%/cutter.py %D%/journey_signature.py %D%/journey_versions.py %D%/journey_write.py \
  %D%/journey_receipt.py %D%/relay.py %D%/xades.py
sh_tests += %D%/test-rekeyed.sh %D%/test-demo.sh %D%/test-once.sh
EXTRA_DIST += %D%/journey_rekeyed.py %D%/journey_once.py %D%/driver.py

# dmp for thousands of sendings: signed in once.
check_PROGRAMS += %D%/outbox-driver
%C%_outbox_driver_SOURCES = %D%/outbox-driver.c
%C%_outbox_driver_CPPFLAGS = $(test_cppflags) $(CARD_CFLAGS) $(CORE_CFLAGS)
%C%_outbox_driver_LDADD = src/session/libdmp-session.la $(CARD_LIBS) $(CORE_LIBS)
