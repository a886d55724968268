#!/bin/sh
# deps.sh run|test - install the Debian packages of deps.tsv that are missing, and say which and why.
# Touches nothing when all are there. "test" needs those of "run" too.
set -eu
table=${0%.sh}.tsv
case ${1-} in
run) sets=run ;;
test) sets='run|test' ;;
*) echo "usage: $0 run|test" >&2; exit 2 ;;
esac

if ! command -v dpkg-query >/dev/null 2>&1; then
	echo "deps: not a Debian system; the libraries needed are listed in $table" >&2
	exit 0
fi
wanted=$(awk -F'\t' -v sets="^($sets)\$" '!/^#/ && $2 ~ sets { print $1 }' "$table")
# shellcheck disable=SC2086 # one word a package
present=$(dpkg-query -W -f='${Package} ${db:Status-Status}\n' $wanted 2>/dev/null | sed -n 's/ installed$//p') || true
missing=
for p in $wanted; do
	printf '%s\n' "$present" | grep -qxF "$p" || missing="$missing $p"
done
[ -n "$missing" ] || exit 0

echo "deps: these Debian packages are missing and will be installed:"
for p in $missing; do
	awk -F'\t' -v p="$p" '$1 == p { printf "  %-22s %s\n", p, $3 }' "$table"
done
as_root=
if [ "$(id -u)" != 0 ]; then
	if ! command -v sudo >/dev/null 2>&1; then
		echo "deps: neither root nor sudo; ask an administrator to run:" >&2
		echo "  apt-get install --no-install-recommends$missing" >&2
		exit 1
	fi
	as_root='sudo env'
fi
export DEBIAN_FRONTEND=noninteractive
$as_root apt-get -q update
# shellcheck disable=SC2086
$as_root apt-get -q -y install --no-install-recommends $missing
