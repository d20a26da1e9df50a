# Tests of the part that the folder is named after.
