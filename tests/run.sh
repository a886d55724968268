#!/usr/bin/env bash
# run.sh [--label WORD] [--logs DIR] COMMAND... - run test programs two at a time and add up what they counted.
#
# Each argument is one command (words parted by spaces). A program counts in cmocka's words:
#   [  PASSED  ] N test(s).      N FAILED TEST(S)      [  SKIPPED ] N test(s)
# One that dies, overruns TEST_SECONDS, or exits non-zero without naming a failure is one failure;
# so is one that ran nothing. The last line is alone: "N passed, N failed". Exit 1 unless all passed.
set -uo pipefail

label= logs=build/log
while [ $# -gt 0 ]; do
	case $1 in
	--label) label="$2: "; shift 2 ;;
	--logs) logs=$2; shift 2 ;;
	*) break ;;
	esac
done
TEST_SECONDS=${TEST_SECONDS:-300}
TEST_JOBS=${TEST_JOBS:-2}

# One program: its output to a log, its counts to a file beside it.
run_one()
{
	local logs=$1 number=$2 command=$3 name log code passed failed skipped start=$EPOCHREALTIME
	# shellcheck disable=SC2086 # a command is words parted by spaces
	set -- $command
	name=${!#}
	name=${name#tests/} name=${name#"${MOTCUA_BUILD-build}"/}
	log="$logs/$number.log"
	timeout --kill-after=10 "$TEST_SECONDS" "$@" >"$log" 2>&1 </dev/null
	code=$?
	passed=$(sed -nE 's/^\[  PASSED  \] ([0-9]+) test\(s\).*/\1/p' "$log" | paste -sd+ - | { read -r sum; echo $((${sum:-0})); })
	failed=$(sed -nE 's/^ *([0-9]+) FAILED TEST\(S\).*/\1/p' "$log" | paste -sd+ - | { read -r sum; echo $((${sum:-0})); })
	skipped=$(sed -nE 's/^\[  SKIPPED \] .*\b([0-9]+) test\(s\), listed below:.*/\1/p' "$log" | paste -sd+ - | { read -r sum; echo $((${sum:-0})); })
	note=
	if [ "$code" = 124 ]; then
		failed=$((failed + 1)) note=" (still running after $TEST_SECONDS s)"
	elif [ "$code" != 0 ] && [ "$failed" = 0 ]; then
		failed=1 note=" (exit $code without naming a failure)"
	elif [ "$code" = 0 ] && [ "$failed" = 0 ] && [ "$passed" = 0 ] && [ "$skipped" = 0 ]; then
		failed=1 note=" (ran no test)"
	fi
	echo "$passed $failed $skipped" >"$logs/$number.count"
	if [ "$failed" = 0 ]; then
		printf 'ok    %-44s %4d  %s s\n' "$name" "$passed" "$(seconds_since "$start")"
	else
		printf 'FAIL  %-44s %4d failed%s\n%s\n' "$name" "$failed" "$note" "$(shown "$log")"
	fi
}

# The part of a log worth reading: all but the lines of cases that went well.
shown()
{
	awk '/^\[   CASE   \]/ { at = $0; next }
	     /^\[( RUN      |       OK |==========|  PASSED  )\]/ { next }
	     { if (at != "") print at; at = ""; print }' "$1" | tail -n 120 | sed 's/^/      /'
}

seconds_since()
{
	local us=$((${EPOCHREALTIME/./} - ${1/./}))
	printf '%d.%d' $((us / 1000000)) $((us / 100000 % 10))
}

export -f run_one shown seconds_since
export TEST_SECONDS
rm -rf "$logs"
mkdir -p "$logs"
number=0
for command in "$@"; do
	number=$((number + 1))
	printf '%s\0%04d\0%s\0' "$logs" "$number" "$command"
done | xargs -0 -r -n 3 -P "$TEST_JOBS" bash -c 'run_one "$@"' run_one

passed=0 failed=0 skipped=0 counted=0
for count in "$logs"/*.count; do
	[ -e "$count" ] || continue
	read -r p f s <"$count"
	passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s)) counted=$((counted + 1))
done
if [ $counted != $# ]; then
	echo "FAIL  $(($# - counted)) of $# programs left no count"
	failed=$((failed + $# - counted))
fi
if [ $((passed + failed)) = 0 ]; then
	echo "FAIL  no test was run"
	failed=1
fi
[ $skipped = 0 ] || echo "$skipped skipped"
echo "$label$passed passed, $failed failed"
[ $failed = 0 ]
