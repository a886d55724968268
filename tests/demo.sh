#!/bin/sh
# demo.sh FOLDER MOTCUA - make a demo ward of invented people in FOLDER, unless one is there; say how to sign in.
# `make run` opens it; the stories copy one. Its users are those of the table below, all with one passphrase.
set -eu
dir=$1 motcua=$2
here=$(dirname "$0")
passphrase=mot-cua-demo
users='lan:clerk tam:officer son:leader minh:team_member hoa:supervisor'

if [ ! -e "$dir/ward.motcua" ]; then
	rm -rf "$dir.new"
	mkdir -p "$dir.new"
	printf '%s\n' "$passphrase" >"$dir.new/pass"
	as_admin()
	{
		"$motcua" --store "$dir.new/ward.motcua" --passphrase-file "$dir.new/pass" "$@"
	}
	echo "demo: making a ward of invented people in $dir (takes a few seconds)"
	as_admin init --demo --unit H10.16 --unit-name 'Phường Mẫu' --slot 1 --admin admin >"$dir.new/recovery"
	for user in $users; do
		as_admin --user admin user add "${user%:*}" --role "${user#*:}" --new-passphrase-file "$dir.new/pass"
	done
	as_admin --user admin import "$here/fixtures/demo.jsonl" >"$dir.new/import.log" 2>&1 || { cat "$dir.new/import.log"; exit 1; }
	rm -rf "$dir"
	mv "$dir.new" "$dir"
fi
echo "demo: $dir/ward.motcua; sign in as one of: admin $users"
echo "demo: passphrase $passphrase (everyone's)"
