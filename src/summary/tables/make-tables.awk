# Turns the tables of the summary into one C file.
# usage: awk -f make-tables.awk medicines.tsv allergens.tsv … > dmp-summary-tables.c
# Each line of a table becomes a row of strings; what they mean stands on top of the table. The names of the tables, in
# the order of DmpSummaryTableId, must be the files' names in the order they are given.
function quoted (s) {
  gsub (/\\/, "&&", s)
  gsub (/"/, "\\\\&", s)
  return "\"" s "\""
}
function end_table () {
  if (id == "")
    return
  print "  { { NULL } }\n};\n"
  list = list "  { " quoted(id) ", " quoted(source) ", " quoted(version) ", " id "_rows },\n"
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
  print "static const DmpSummaryRow " id "_rows[] = {"
}
/^# source: / { source = substr ($0, 11); next }
/^# version: / { version = substr ($0, 12); next }
/^#/ || /^$/ { next }
NF > 6 { print FILENAME ": more than six cells: " $0 > "/dev/stderr"; exit 1 }
{
  row = ""
  for (i = 1; i <= NF; i++)
    row = row (i > 1 ? ", " : "") quoted($i)
  print "  { { " row " } },"
}
END {
  end_table ()
  printf "const DmpSummaryTableData dmp_summary_tables[] = {\n%s};\n", list
}
