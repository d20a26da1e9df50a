# Tests of the part that the folder is named after.
EXTRA_DIST += %D%/wire.py
