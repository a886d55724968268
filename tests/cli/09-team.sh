#!/usr/bin/env bash
# 09-team.sh - a ward of three counters and two team laptops: who sees what, a share without a hub, one hub for all.
. "$(dirname "$0")/lib.sh"
. "$OLDPWD/tests/cli/hub.sh"
now=$(date -u -d '7 hours' '+%Y-%m-%d %H:%M')
counters='c1 c2 c3' laptops='t1 t2'
assist() { printf '{"kind":"assist","at":"%s+07:00","category":"DVC_FILE","outcome":"done","neighbourhood":%d,"minutes":%d,"team":%d,"consent":true,"person_name":"Trần Thị %s"}\n' \
	"${now/ /T}:00" "$1" "$2" "$1" "$3"; }
# records NAME [KIND]: what it holds, as a set, less the names that never travel.
records() { store "$1" export ${2:+--kind "$2"} 2>/dev/null | sed 's/,"person_name":"[^"]*"//; s/,"person_id_no":"[^"]*"//' | sort; }
the_hubs() { h export --unit H11.25 2>/dev/null | sed 's/,"person_name":"[^"]*"//; s/,"person_id_no":"[^"]*"//' | sort; }
everybody() { for d in $counters $laptops; do "$@" "$d" || return 1; done; }
go() { store "$1" sync --hub "$(url)" >"$1.sync" 2>&1; }

h init >/dev/null
slot=1
for d in $counters; do make_store $d H11.25 'Phường Bình Hưng' $slot; enrol $d H11.25 $slot counter >/dev/null 2>&1; slot=$((slot + 1)); done
for d in $laptops; do make_store $d H11.25 'Phường Bình Hưng' $slot; enrol $d H11.25 $slot team >/dev/null 2>&1; slot=$((slot + 1)); done
h device list >out.txt
[ "$(grep -c '"role":"team"' out.txt)" = 2 ]; check $? 'two laptops are enrolled'

# No line all morning: a dossier taken at the first counter is handed back at the second the same hour.
mkdir share
code=$(dossier 'Nguyễn Thị Bình' | store c1 receive 2>/dev/null | code_of)
store c1 act "$code" forward >/dev/null 2>&1
store c1 act "$code" 'done' --field result_no=12/GXN >/dev/null 2>&1
expect 0 'the first counter writes to the share' store c1 sync --folder share
expect 0 'the second reads' store c2 sync --folder share
expect 0 'and has the dossier' store c2 show "$code"
has '"state":"done"'
expect 0 'hands the result back' store c2 act "$code" return --field method=counter
expect 0 'writes' store c2 sync --folder share
expect 0 'the first counter hears of it' store c1 sync --folder share
store c1 show "$code" >out.txt 2>&1; has '"state":"returned"'
expect 0 'the third too' store c3 sync --folder share
store c3 show "$code" >out.txt 2>&1; has '"state":"returned"'
expect 0 'a laptop at the share: what is not for it is no fault' store t1 sync --folder share
has '"batches_received":0'
[ ! -s said.txt ]; check $? 'and nothing is said'
store t1 find 'Nguyễn Thị Bình' >out.txt 2>/dev/null; quiet

# The teams are out in the neighbourhoods meanwhile; one names a dossier that its laptop does not hold.
for i in 1 2 3; do assist 1 1$i Một | store t1 assist add >/dev/null 2>added.txt; check $? "$(cat added.txt)"; done
for i in 1 2; do assist 2 2$i Hai | store t2 assist add >/dev/null 2>added.txt; check $? "$(cat added.txt)"; done
assist 2 30 Ba | sed "s/}\$/,\"dossier_code\":\"$code\"}/" | store t2 assist add >/dev/null 2>added.txt; check $? "$(cat added.txt)"
dossier 'Lê Văn Hoà' | store c3 receive >/dev/null 2>&1

# The line is there again: twice round for everybody, as the first ones cannot know what the last ones bring.
serve
expect 0 'everybody goes to the hub' everybody go
expect 0 'and once more' everybody go
stop
the_hubs >hub.txt
for d in $counters; do
	records $d >$d.txt
	cmp -s hub.txt $d.txt; check $? "$d holds what the hub holds"
done
[ "$(grep -c '"kind":"dossier"' hub.txt)" = 2 ]; check $? 'two dossiers, each once'
[ "$(grep -c '"kind":"assist"' hub.txt)" = 6 ]; check $? 'six visits, each once'
for d in $laptops; do
	records $d >$d.txt
	grep -qE '"kind":"(dossier|scan|household)"' $d.txt; [ $? = 1 ]; check $? "$d holds no dossier"
	grep '"kind":"assist"' hub.txt >want.txt; grep '"kind":"assist"' $d.txt | cmp -s want.txt -; check $? "$d holds the visits of both teams"
done
grep -q 'Trần Thị' hub.txt c1.txt t2.txt; [ $? = 1 ]; check $? 'names of those helped stay where they were written'
store t1 export --kind assist 2>/dev/null >out.txt; has 'Trần Thị Một'; hasnt 'Trần Thị Hai'
h report assist --period "${now%%-*}" --format json >hub.json 2>/dev/null
for d in c1 c3 t1 t2; do
	store $d report assist --period "${now%%-*}" --format json >own.json 2>/dev/null
	[ -s own.json ] && cmp -s hub.json own.json; check $? "report assist of $d is the hub's"
done
for d in $counters $laptops; do
	store $d verify >out.txt 2>&1; has '"ok":true'
done
finish
