#!/usr/bin/env bash
# bench_batch.sh - bytes a dossier costs, sealed: a day, a week, a year of a ward imported into an empty, enrolled
# store and exported; beside them the same records under gzip and xz.
#
# The day and the week are the demo ward's, the year is invented anew; neither is in the dictionary. BENCH_RECORDS
# names another file of records (its ward line says whose) to take all three from.
set -euo pipefail
build=$(cd "${MOTCUA_BUILD:-build/release}" && pwd)
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
[ -z "${BENCH_RECORDS-}" ] || BENCH_RECORDS=$(realpath "$BENCH_RECORDS")
cd "$work"
year=5105
[ "${BENCH_QUICK:-0}" = 0 ] || year=510
echo mot-cua-demo >pass
print() { printf '{"bench":"%s","value":%s,"unit":"%s"}\n' "$@"; }
ratio() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.3f", a / b }'; }

# slice COUNT FILE: the ward, its first COUNT dossiers, their scans, their share of the assists.
slice()
{
	awk -v want="$1" 'FNR == NR { dossiers += /"kind":"dossier"/; assists += /"kind":"assist"/; next }
		/"kind":"ward"/
		/"kind":"dossier"/ { if (++d <= want) { match($0, /"code":"[^"]*"/); of[substr($0, RSTART + 8, RLENGTH - 9)]; print } }
		/"kind":"scan"/ { match($0, /"dossier_code":"[^"]*"/); if (substr($0, RSTART + 16, RLENGTH - 17) in of) print }
		/"kind":"assist"/ && a++ < assists * want / dossiers { if (!/"dossier_code":"/) print; else {
			match($0, /"dossier_code":"[^"]*"/); if (substr($0, RSTART + 16, RLENGTH - 17) in of) print } }' "$2" "$2"
}

# sealed NAME: NAME.jsonl into a store of its own, and out again; prints the bytes of its batches.
sealed()
{
	local name=$1 unit
	unit=$(sed -n '1s/.*"unit":"\([^"]*\)".*/\1/p' "$name.jsonl")
	m() { "$build/motcua" --store "$name.motcua" --passphrase-file pass --lang en "$@"; }
	h() { local c=$1; shift; "$build/motcua-hub" "$c" --data "$name.hub" --key-file "$name.key" "$@"; }
	{
		m init --unit "$unit" --unit-name Ward --slot 1 --admin admin
		h init
		m device show --output D.json
		h enrol D.json --unit "$unit" --slot 1 --role counter --output E.mce
		m device enrol E.mce
		m import "$name.jsonl"
		mkdir "$name.out"
		m batch export "$name.out"
	} >"$name.log" 2>&1 || { cat "$name.log" >&2; exit 1; }
	cat "$name.out"/*.mcb | wc -c
}

# measure NAME COUNT FILE
measure()
{
	local name=$1 count=$2 bytes
	slice "$count" "$3" >"$name.jsonl"
	bytes=$(sealed "$name")
	print "batch_${name}_bytes" "$(ratio "$bytes" "$count")" bytes
	print "batch_${name}_gzip_bytes" "$(ratio "$(gzip -9 <"$name.jsonl" | wc -c)" "$count")" bytes
	print "batch_${name}_xz_bytes" "$(ratio "$(xz -9e <"$name.jsonl" | wc -c)" "$count")" bytes
	[ "$name" != day ] || print batch_day_vs_gzip "$(ratio "$bytes" "$(gzip -9 <"$name.jsonl" | wc -c)")" ratio
}

measure day 25 "${BENCH_RECORDS-$here/../fixtures/demo.jsonl}"
measure week 125 "${BENCH_RECORDS-$here/../fixtures/demo.jsonl}"
[ -n "${BENCH_RECORDS-}" ] || python3 "$here/../../sync/dict/build.py" --invent invented.jsonl --dossiers "$year"
measure year "$year" "${BENCH_RECORDS-invented.jsonl}"
