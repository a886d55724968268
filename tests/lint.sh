#!/usr/bin/env bash
# lint.sh - the rules a compiler cannot see; exit 1 when one is broken.
#
#   lint.pl     layers, banned calls, sizes, words, text
#   clang-tidy  .clang-tidy says which checks
#   cppcheck    .cppcheck says which findings are known to be wrong, and why
#
# What passed is remembered in build/lint by the hash of all that was read, so a second run is quick.
# CPPFLAGS come from the Makefile; lint.sh --text stops after the first step.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1
cache=build/lint
mkdir -p $cache/tidy $cache/cppcheck
FLAGS="-std=c11 -I. -Ibuild/release ${CPPFLAGS:--D_XOPEN_SOURCE=700 -D_DEFAULT_SOURCE}"
# The analyzer's default of 225,000 nodes a function takes five times as long and found nothing more here.
EFFORT='-Xclang -analyzer-config -Xclang max-nodes=60000'
failed=0

files()
{
	if git rev-parse --git-dir >/dev/null 2>&1; then
		git ls-files -co --exclude-standard
	else
		find . -path ./build -prune -o -type f -print | sed 's|^\./||'
	fi | while read -r f; do [ -e "$f" ] && printf '%s\n' "$f"; done
}

# One source under clang-tidy, unless the same bytes passed before.
tidy_one()
{
	local source=$1 log hash
	# shellcheck disable=SC2086 # flags are words
	hash=$({ clang-tidy --version; cat .clang-tidy; echo "$FLAGS $EFFORT"
	         gcc -MM -MG $FLAGS "$source" | tr ' \\' '\n\n' | grep -E '\.[ch]$' | sort -u | xargs cat 2>/dev/null
	       } | sha256sum | cut -c1-32)
	[ -e "$cache/tidy/$hash" ] && return 0
	log=$(clang-tidy --quiet --warnings-as-errors='*' "$source" -- $FLAGS $EFFORT 2>/dev/null)
	if [ -n "$log" ]; then
		printf '%s\n' "$log" | grep -A 2 -E '(error|warning): '
		return 1
	fi
	: >"$cache/tidy/$hash"
}

step()
{
	local name=$1 start=$SECONDS
	shift
	if "$@"; then
		echo "lint: $name ok ($((SECONDS - start)) s)"
	else
		echo "lint: $name FAILED"
		failed=1
	fi
}

top_level()
{
	! files | cut -d/ -f1 | sort -u | grep -vxE 'tui|core|sync|db|tests|Makefile|README\.md|LICENSE|\..*' |
		sed 's/$/: the top level holds only tui core sync db tests Makefile README.md LICENSE/' | grep .
}

# Every package of deps.tsv has its row in the README, so that the reason is written once and shown.
readme_names_packages()
{
	local ok=0 p
	for p in $(awk -F'\t' '!/^#/ { print $1 }' tests/deps.tsv); do
		grep -qF "\`$p\`" README.md || { echo "README.md: says nothing of the package $p"; ok=1; }
	done
	return $ok
}

text_rules()
{
	files | grep -vE '^\.git|\.(png|pdf|jpe?g|tiff?|motcua|mc[bre])$' | tr '\n' '\0' | xargs -0 perl tests/lint.pl
}

tidy()
{
	printf '%s\0' "${sources[@]}" | xargs -0 -n 1 -P "$jobs" bash -c 'tidy_one "$1"' tidy_one
}

cppcheck_all()
{
	# cppcheck remembers findings by source only: a changed configuration starts anew.
	local work
	work=$cache/cppcheck/$(cat .cppcheck tests/cppcheck.cfg tests/lint.sh | sha256sum | cut -c1-16)
	mkdir -p "$work"
	# shellcheck disable=SC2086
	cppcheck --quiet -j "$jobs" --std=c11 --language=c --library=posix --library=tests/cppcheck.cfg --platform=unix64 --error-exitcode=1 \
		--enable=warning,performance,portability --inline-suppr --suppressions-list=.cppcheck \
		--template='{file}:{line}: {message} [{id}]' --cppcheck-build-dir="$work" -I. "${sources[@]}"
}

export -f tidy_one
export cache FLAGS EFFORT
jobs=$(nproc 2>/dev/null || echo 2)
mapfile -t sources < <(files | grep -E '^(db|core|sync|tui|tests)/.*\.c$')

step 'tree' top_level
step 'text' text_rules
if [ "${1-}" != --text ]; then
	step 'readme' readme_names_packages
	step 'cppcheck' cppcheck_all
	step 'clang-tidy' tidy
fi
exit $failed
