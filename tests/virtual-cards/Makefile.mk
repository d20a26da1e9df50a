# Virtual cards behind the real pcscd and OpenSC, the demonstration PKI, and how to run with both.
noinst_PROGRAMS += %D%/virtual-cps %D%/virtual-vitale %D%/pcsc-send

virtual_card_sources = %D%/bytes.c %D%/bytes.h %D%/vpcd.c %D%/vpcd.h
virtual_cps_sources = \
  %D%/cps-content.c %D%/cps-content.h %D%/cps-profile.c %D%/cps-profile.h \
  %D%/cps-state.c %D%/cps-state.h %D%/iasecc.c %D%/iasecc.h %D%/iasecc-access.c \
  %D%/iasecc-crypto.c %D%/iasecc-files.c
%C%_virtual_cps_SOURCES = %D%/virtual-cps.c $(virtual_cps_sources) $(virtual_card_sources)
%C%_virtual_cps_CPPFLAGS = -I$(top_builddir) $(VCARD_CFLAGS)
%C%_virtual_cps_LDADD = $(VCARD_LIBS)
%C%_virtual_vitale_SOURCES = $(virtual_card_sources) %D%/virtual-vitale.c %D%/vitale.c %D%/vitale.h
%C%_virtual_vitale_CPPFLAGS = -I$(top_builddir)
%C%_pcsc_send_SOURCES = %D%/pcsc-send.c %D%/bytes.c %D%/bytes.h
%C%_pcsc_send_CPPFLAGS = -I$(top_builddir) $(PCSC_CFLAGS)
%C%_pcsc_send_LDADD = $(PCSC_LIBS)

check_PROGRAMS += %D%/card-fuzz
%C%_card_fuzz_SOURCES = %D%/card-fuzz.c $(virtual_cps_sources) $(virtual_card_sources)
%C%_card_fuzz_CPPFLAGS = -I$(top_builddir) $(VCARD_CFLAGS)
%C%_card_fuzz_LDADD = $(VCARD_LIBS)

EXTRA_DIST += %D%/README.md %D%/make-pki %D%/opensc.conf tests/with-reader.sh \
  tests/reader-daemon.sh tests/cards-ctl.sh tests/cast/beneficiaries.tsv
sh_tests += %D%/test-apdu.sh %D%/test-pki.sh %D%/test-opensc.sh %D%/test-pin.sh \
  %D%/test-presence.sh %D%/test-vitale.sh %D%/test-hostile.sh %D%/test-official.sh
EXTRA_DIST += %D%/tap.sh
