# Tests of host/.
sh_tests += %D%/test-host.sh
EXTRA_DIST += %D%/wire.py %D%/tiny.py %D%/exchange.py %D%/exchange_cases.py
