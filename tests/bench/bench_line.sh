#!/usr/bin/env bash
# bench_line.sh - a day at the counter over a bad line: 64 kbit/s, 600 ms, plain HTTP to a hub.
#
# A day of 25 dossiers with their scans and assists is imported into an enrolled store and carried up; the
# receipt comes back. What asking for the feed costs is measured by a second round that has nothing to send
# (its connection's first trip included), and taken off. BENCH_RATE and BENCH_RTT set another line. The next
# days go over the presets of tests/net/badline.py: the whole round there, feed and all, as a clerk waits for it.
set -euo pipefail
build=$(cd "${MOTCUA_BUILD:-build/release}" && pwd)
here=$(cd "$(dirname "$0")" && pwd)
rate=${BENCH_RATE:-64000} rtt=${BENCH_RTT:-600}
work=$(mktemp -d)
serving='' lining=''
trap 'kill $serving $lining 2>/dev/null || true; rm -rf "$work"' EXIT
cd "$work"
echo mot-cua-demo >pass
m() { "$build/motcua" --store w.motcua --passphrase-file pass --lang en --now '2026-11-24 17:30' "$@"; }
hub() { local c=$1; shift; "$build/motcua-hub" "$c" --data hub --key-file hub.key --lang en "$@"; }
wait_for() { for _ in $(seq 200); do [ -s "$1" ] && return; sleep 0.05; done; echo "bench: nothing in $1" >&2; exit 1; }
field() { sed -n "s/.*\"$2\": *\([0-9]*\).*/\1/p" "$1"; }

m init --unit H10.16 --unit-name 'Phường Mẫu' --slot 1 --admin admin --demo >recovery 2>/dev/null
hub init >/dev/null
m device show --output D.json >/dev/null
hub enrol D.json --unit H10.16 --slot 1 --role counter --output E.mce >/dev/null
m device enrol E.mce >/dev/null 2>&1
hub serve --listen 127.0.0.1:0 >serve.txt 2>serve.log &
serving=$!
wait_for serve.txt
port=$(sed 's/.*://' serve.txt)

# round NAME [OPTIONS of badline]: one sync through a fresh line; its report is NAME.json, its time NAME.ms.
round()
{
	local name=$1 from to
	shift
	rm -f line.txt
	python3 "$here/../net/badline.py" "$port" --report "$name.json" "$@" >line.txt &
	lining=$!
	wait_for line.txt
	from=$(date +%s%N)
	m sync --hub "http://127.0.0.1:$(cat line.txt)" >"$name.txt" 2>&1 || { cat "$name.txt" >&2; exit 1; }
	to=$(date +%s%N)
	kill "$lining"
	wait "$lining" 2>/dev/null || true
	lining=''
	echo $(((to - from) / 1000)) >"$name.us"
}

# The first events of a store (its catalogue, its admin) go up before the day begins.
round first
# day FROM: 25 dossiers of the demo ward from that one on, what was scanned for them, eight assists.
day()
{
	awk -v from="$1" '/"kind":"dossier"/ && n++ >= from && n <= from + 25 { match($0, /"code":"[^"]*"/); code = substr($0, RSTART + 8, RLENGTH - 9); day[code]; print }
	/"kind":"scan"/ { match($0, /"dossier_code":"[^"]*"/); if (substr($0, RSTART + 16, RLENGTH - 17) in day) print }
	/"kind":"assist"/ && !/"dossier_code":"/ && a++ >= from / 25 * 8 && a <= from / 25 * 8 + 8' "$here/../fixtures/demo.jsonl" >day.jsonl
	m import day.jsonl >import.txt 2>&1 || { cat import.txt >&2; exit 1; }
}
day 0
round day --rate "$rate" --rtt "$rtt"
round nothing --rate "$rate" --rtt "$rtt"
print() { printf '{"bench":"%s","value":%s,"unit":"%s"}\n' "$@"; }
# A round with nothing to send opens the store, connects, and asks for the feed: what the day took beyond that
# is its batch and receipt, and the connection's first trip is counted back in.
print line_day_s "$(awk -v day="$(cat day.us)" -v nothing="$(cat nothing.us)" -v rtt="$rtt" \
	'BEGIN { printf "%.3f", (day - nothing) / 1e6 + rtt / 1e3 }')" s
print line_day_bytes $(($(field day.json bytes) - $(field nothing.json bytes))) bytes
print line_day_requests $(($(field day.json requests) - $(field nothing.json requests))) count
print line_sync_s "$(awk -v day="$(cat day.us)" 'BEGIN { printf "%.3f", day / 1e6 }')" s
print line_day_events "$(sed -n 's/.*"events_sent":\([0-9]*\).*/\1/p' day.txt)" count
from=25
for preset in edge-clean edge gprs; do
	day $from
	round "$preset" --preset "$preset"
	print "line_day_${preset//-/_}_s" "$(awk -v us="$(cat "$preset.us")" 'BEGIN { printf "%.3f", us / 1e6 }')" s
	from=$((from + 25))
done
