# lib.sh - what the scripts of this folder share: a fresh demo store, expectations, a count in cmocka's words.
# A script sources it, expects, and ends with `finish`. MOTCUA_BUILD says where the program was built.
set -u
motcua=$(cd "${MOTCUA_BUILD:-build/release}" && pwd)/motcua
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
passed=0 failed=0
day=2024-10-25
echo mot-cua-demo >pass
echo mot-cua-khac >pass2

# Without a time of its own a command runs at $now.
now="$day 08:00"
m() { "$motcua" --store "$work/w.motcua" --passphrase-file "$work/pass" --lang en --now "$now" "$@"; }

# expect CODE WHAT COMMAND...: the exit code; output is left in $out, messages in $said. Reads this script's stdin.
expect()
{
	local code=$1 what=$2 got
	shift 2
	"$@" >out.txt 2>said.txt
	got=$?
	out=$(cat out.txt) said=$(cat said.txt)
	if [ "$got" = "$code" ]; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		printf '%s: exit %s, not %s\n%s\n%s\n' "$what" "$got" "$code" "$out" "$said"
	fi
}
# has TEXT, hasnt TEXT: in the output of the last command; says TEXT: among its messages.
check()
{
	if [ "$1" = 0 ]; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		printf '%s\n%s\n%s\n' "$2" "$out" "$said"
	fi
}
has() { grep -qF -- "$1" out.txt; check $? "the output lacks: $1"; }
hasnt() { ! grep -qF -- "$1" out.txt; check $? "the output has: $1"; }
says() { grep -qF -- "$1" said.txt; check $? "the messages lack: $1"; }
quiet() { [ ! -s out.txt ]; check $? "there is output"; }

make_ward()
{
	"$motcua" init --store "$work/w.motcua" --passphrase-file "$work/pass" --unit H11.25 --unit-name 'Phường Bình Hưng' \
		--slot 1 --admin admin --demo --now "$now" >recovery.txt 2>/dev/null
}
add_user() { m --user admin user add "$1" --role "$2" --new-passphrase-file "$work/pass" >/dev/null 2>&1; }

finish()
{
	[ "$passed" = 0 ] || echo "[  PASSED  ] $passed test(s)."
	[ "$failed" = 0 ] || echo " $failed FAILED TEST(S)"
	[ "$failed" = 0 ]
	exit
}
