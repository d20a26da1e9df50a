# Turns rights.tsv and classes.tsv (in this order) into C.
BEGIN {
  FS = "\t"
  print "/* Made from rights.tsv and classes.tsv: change those. */"
  print "#include \"config.h\"\n\n#include \"dmp-host-rights.h\"\n"
}
/^#/ { next }
FILENAME ~ /rights\.tsv$/ && $1 == "action" { columns = NF - 1; next }
FILENAME ~ /rights\.tsv$/ {
  if (NF - 1 != columns) { print FILENAME ": " $1 ": " NF " columns" > "/dev/stderr"; exit 1 }
  line = "  { \"" $1 "\", \""
  for (i = 2; i <= NF; i++) line = line $i
  rows = rows line "\" },\n"
  next
}
{ classes = classes "  { \"" $1 "\", \"" $2 "\" },\n" }
END {
  print "const DmpHostRightsRow dmp_host_rights_rows[] = {\n" rows "};"
  print "const gsize dmp_host_rights_n_rows = G_N_ELEMENTS (dmp_host_rights_rows);"
  print "const DmpHostClassesRow dmp_host_classes_rows[] = {\n" classes "};"
  print "const gsize dmp_host_classes_n_rows = G_N_ELEMENTS (dmp_host_classes_rows);"
}
