#!/usr/bin/env bash
# run.sh BENCH... - run the benches one after another; a table, then the JSON lines, both against budget.tsv.
#
# A bench prints lines {"bench":NAME,"value":N,...}; what it says of units and budgets is replaced by the
# table's, so that a budget stands in one place. A miss is printed as a miss; a budget nobody measured is
# named. Exit 1 when a bench fails or a budget is missed.
set -uo pipefail
cd "$(dirname "$0")/../.." || exit 1
[ $# -gt 0 ] || { echo "bench: nothing to measure" >&2; exit 1; }
lines=$(mktemp)
trap 'rm -f "$lines"' EXIT
broken=0
for bench in "$@"; do
	echo "bench: $(basename "$bench")" >&2
	"$bench" >>"$lines" || { echo "FAIL  $(basename "$bench") exit $?"; broken=1; }
done

awk -F'\t' -v whole="${BENCH_WHOLE-1}" '
FNR == NR {
	if ($0 !~ /^#/) { order[++n] = $1; unit[$1] = $2; sense[$1] = $3; budget[$1] = $4; what[$1] = $5 }
	next
}
match($0, /"bench":"[^"]*"/) {
	name = substr($0, RSTART + 9, RLENGTH - 10)
	if (!match($0, /"value":[-+0-9.eE]+/)) next
	value[name] = substr($0, RSTART + 8, RLENGTH - 8)
	if (!(name in unit)) {
		order[++n] = name; sense[name] = budget[name] = "-"; what[name] = ""
		unit[name] = match($0, /"unit":"[^"]*"/) ? substr($0, RSTART + 8, RLENGTH - 9) : ""
	}
}
function met(name) {
	if (sense[name] == "-") return "null"
	if (sense[name] == "<=") return value[name] + 0 <= budget[name] + 0 ? "true" : "false"
	return value[name] + 0 >= budget[name] + 0 ? "true" : "false"
}
END {
	printf "%-22s %12s %-9s %10s  %s\n", "bench", "value", "unit", "budget", ""
	for (i = 1; i <= n; i++) {
		name = order[i]
		if (!(name in value)) {
			if (whole) printf "%-22s %12s %-9s %2s %7s  not measured\n", name, "-", unit[name], sense[name], budget[name]
			continue
		}
		verdict = met(name) == "true" ? "met" : met(name) == "null" ? "" : "MISSED"
		if (verdict == "MISSED") missed++
		printf "%-22s %12s %-9s %2s %7s  %-6s %s\n", name, value[name], unit[name], sense[name], budget[name], verdict, what[name]
	}
	print ""
	for (i = 1; i <= n; i++) {
		name = order[i]
		if (name in value)
			printf "{\"bench\":\"%s\",\"value\":%s,\"unit\":\"%s\",\"budget\":%s,\"met\":%s}\n", name, value[name], unit[name],
				budget[name] == "-" ? "null" : budget[name], met(name)
	}
	exit missed > 0
}' tests/bench/budget.tsv "$lines" || broken=1
exit $broken
