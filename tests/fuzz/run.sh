#!/usr/bin/env bash
# run.sh SECONDS FUZZER... - each libFuzzer target for that long, from its corpus; one line a target.
# New inputs stay in build/fuzz/found/TARGET: copy the interesting ones into tests/fuzz/corpus/TARGET.
# A crash leaves its input beside them, and the run fails at the end.
set -uo pipefail
cd "$(dirname "$0")/../.." || exit 1
seconds=$1
shift
[ $# -gt 0 ] || { echo "fuzz: no target" >&2; exit 1; }
failed=0
for fuzzer in "$@"; do
	target=$(basename "$fuzzer")
	target=${target#fuzz_}
	found=build/fuzz/found/$target
	mkdir -p "$found" build/fuzz/log
	log=build/fuzz/log/$target
	if "$fuzzer" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=1024 -print_final_stats=1 \
		-artifact_prefix="$found/" "$found" "tests/fuzz/corpus/$target" >"$log" 2>&1; then
		printf 'ok    %-20s %s runs, %s new inputs\n' "$target" \
			"$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")" "$(sed -n 's/^stat::new_units_added: *//p' "$log")"
	else
		printf 'FAIL  %-20s %s\n' "$target" "$log"
		tail -n 40 "$log" | sed 's/^/      /'
		failed=1
	fi
done
exit $failed
