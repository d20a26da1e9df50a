# Turns the tables of the summary into one C file.
# usage: awk -f make-tables.awk medicines.tsv allergens.tsv vaccines.tsv results.tsv > dmp-summary-tables.c
# Each line of a table becomes a row of strings; what they mean stands on top of the table.
function quoted (s) {
  gsub (/\\/, "&&", s)
  gsub (/"/, "\\\\&", s)
  return "\"" s "\""
}
function end_table () {
  if (id != "")
    printf "  { { NULL } }\n};\n\nconst char *const dmp_summary_%s_source = %s;\n\n", id, quoted(source " (" version ")")
}
BEGIN {
  FS = "\t"
  print "/* Made by src/summary/tables/make-tables.awk: do not edit. */"
  print "#include \"config.h\"\n\n#include \"dmp-summary-tables.h\"\n"
}
FNR == 1 {
  end_table ()
  id = FILENAME
  sub (/.*\//, "", id)
  sub (/\.tsv$/, "", id)
  source = version = ""
  print "const DmpSummaryRow dmp_summary_" id "[] = {"
}
/^# source: / { source = substr ($0, 11); next }
/^# version: / { version = substr ($0, 12); next }
/^#/ || /^$/ { next }
{
  row = ""
  for (i = 1; i <= NF; i++)
    row = row (i > 1 ? ", " : "") quoted($i)
  print "  { { " row " } },"
}
END { end_table () }
