# Turns the code tables (TSV, one a value set) into one C file.
# usage: awk -f make-tables.awk type.tsv class.tsv ... > dmp-code-table-data.c
# A line "# source: ..." or "# version: ..." on top tells where the codes come from; then
# code, system, label and one more column whose meaning the table's head explains.

function quoted (s) {
  if (s == "")
    return "NULL"
  gsub (/\\/, "&&", s)
  gsub (/"/, "\\\\&", s)
  return "\"" s "\""
}

function end_table () {
  if (file != "")
    print "};\n"
}

BEGIN {
  FS = "\t"
  print "/* Made by src/model/codes/make-tables.awk: do not edit. */"
  print "#include \"config.h\"\n\n#include \"model/dmp-code-table.h\"\n"
}

FNR == 1 {
  end_table ()
  file = FILENAME
  sub (/.*\//, "", file)
  sub (/\.tsv$/, "", file)
  id = file
  gsub (/-/, "_", id)
  ids[++n] = id
  names[n] = file
  print "static const DmpCodeRow rows_" id "[] = {"
}

/^# source: / { source[n] = substr ($0, 11); next }
/^# version: / { version[n] = substr ($0, 12); next }
/^#/ || /^$/ { next }

{
  if (NF < 2 || NF > 4 || $1 == "") {
    print FILENAME ":" FNR ": wants code, system, label and one more" > "/dev/stderr"
    exit 1
  }
  printf "  { %s, %s, %s, %s },\n", quoted ($1), quoted ($2), quoted ($3), quoted ($4)
}

END {
  end_table ()
  print "extern const DmpCodeTableData dmp_code_table_data[DMP_N_TABLES];"
  print "const DmpCodeTableData dmp_code_table_data[DMP_N_TABLES] = {"
  for (i = 1; i <= n; i++)
    printf "  [DMP_TABLE_%s] = { \"%s\", %s,\n    %s, rows_%s, G_N_ELEMENTS (rows_%s) },\n", toupper (ids[i]), names[i], quoted (source[i]), quoted (version[i]), ids[i], ids[i]
  print "};"
}
