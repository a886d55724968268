# embed.awk - text files as one C table: struct embedded { name, text }.
# awk -v table=NAME -f embed.awk FILE...  (table defaults to schema_files)

function flush_file() {
	if (name != "")
		printf "\t},\n"
}

BEGIN {
	if (table == "")
		table = "schema_files"
	print "/* Made by db/embed.awk; do not edit. */"
	print "#include \"db/embed.h\"\n"
	printf "const struct embedded %s[] = {\n", table
}

FNR == 1 {
	flush_file()
	name = FILENAME
	sub(/.*\//, "", name)
	printf "\t{ \"%s\",\n", name
}

{
	line = $0
	sub(/\r$/, "", line)
	gsub(/\\/, "\\\\", line)
	gsub(/"/, "\\\"", line)
	printf "\t  \"%s\\n\"\n", line
}

END {
	flush_file()
	print "};"
	printf "const size_t %s_count = sizeof(%s) / sizeof(%s[0]);\n", table, table, table
}
