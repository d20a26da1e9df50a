# The parts from the rules and C units up to the whole window.
# Each part has its folder with a Makefile.mk that adds to these lists.
unit_tests =
own_memory_tests = # look at their own memory, which is not theirs alone under valgrind
widget_tests =
sh_tests = %D%/test-layers.sh %D%/test-size.sh %D%/test-potfiles.sh
test_cppflags = $(base_cppflags)
include tests/card/Makefile.mk
include tests/model/Makefile.mk
include tests/xml/Makefile.mk
include tests/cda/Makefile.mk
include tests/files/Makefile.mk
include tests/td/Makefile.mk
include tests/fuzz/Makefile.mk
include tests/wire/Makefile.mk
include tests/search/Makefile.mk
include tests/summary/Makefile.mk
include tests/paper/Makefile.mk
include tests/outbox/Makefile.mk
include tests/session/Makefile.mk
include tests/cli/Makefile.mk
include tests/host/Makefile.mk
include tests/virtual-cards/Makefile.mk
include tests/records/Makefile.mk
include tests/gold/Makefile.mk
include tests/ui/Makefile.mk
include tests/journey/Makefile.mk
include tests/bench/Makefile.mk
check_PROGRAMS += $(unit_tests) $(own_memory_tests) $(widget_tests)
dist_check_SCRIPTS += $(sh_tests)
# Made in this order, scripts first: what ends a run is short, so that no core waits for another.
TESTS += $(widget_tests) $(unit_tests) $(own_memory_tests) $(sh_tests)
EXTRA_DIST += %D%/cast/professionals.tsv

# GLib tests speak TAP only when asked; the .sh ones always do.
TEST_EXTENSIONS = .sh
TAP_DRIVER = env AM_TAP_AWK='$(AWK)' $(SHELL) $(top_srcdir)/build-aux/tap-driver.sh
LOG_DRIVER = $(TAP_DRIVER)
SH_LOG_DRIVER = $(TAP_DRIVER)
LOG_COMPILER = $(SHELL) $(top_srcdir)/tests/launch.sh
SH_LOG_COMPILER = $(SHELL)

AM_TESTS_ENVIRONMENT = \
  export PYTHONDONTWRITEBYTECODE=1 G_TEST_SRCDIR='$(abs_top_srcdir)/tests' G_TEST_BUILDDIR='$(abs_top_builddir)/tests' \
    top_srcdir='$(abs_top_srcdir)' top_builddir='$(abs_top_builddir)' \
    LC_ALL=C.UTF-8 G_DEBUG=fatal-warnings G_SLICE=always-malloc GSETTINGS_BACKEND=memory GIO_USE_VFS=local \
    GSETTINGS_SCHEMA_DIR='$(abs_top_builddir)/ui/data' GTK_A11Y=none GSK_RENDERER=cairo \
    DMP_PDF_CHILD='$(abs_top_builddir)/ui/caducee-pdf' DMP_PDFA_CHILD='$(abs_top_builddir)/src/files/caducee-pdfa' \
    DMP_OPENSC_CONF='$(abs_top_srcdir)/pkcs11/opensc-client.conf' \
    LSAN_OPTIONS='suppressions=$(abs_top_srcdir)/tests/lsan.supp:print_suppressions=0' \
    XVFB_RUN='$(XVFB_RUN)' UI_PYTHON='$(UI_PYTHON)' XMLSEC1='$(XMLSEC1)' DESKTOP_FILE_VALIDATE='$(DESKTOP_FILE_VALIDATE)' \
    APPSTREAMCLI='$(APPSTREAMCLI)' DMP_SHARED="$${DMP_SHARED:-$(abs_top_srcdir)/../shared}";
EXTRA_DIST += %D%/lsan.supp %D%/memcheck.supp %D%/launch.sh %D%/check-installed.sh

clean-local:
	rm -rf $(top_builddir)/tests/screens $(top_builddir)/tests/pki $(top_builddir)/tests/judges
