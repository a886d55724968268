# 06-hub.sh - two counters and a hub: enrolment, the line cut at any byte, the stick, a killed hub, a restored store.
. "$(dirname "$0")/lib.sh"
. "$OLDPWD/tests/cli/hub.sh"

two() { store two "$@"; }
again() { store again "$@"; }
hub_dossiers() { h export >export.txt 2>/dev/null; grep -c '"kind":"dossier"' export.txt; }

make_ward
make_store two H11.25 'Phường Bình Hưng' 2
mkdir stick share

expect 3 'a store never enrolled does not seal' m batch export stick
says 'not enrolled'
expect 3 'nor sync' m sync --folder stick
expect 0 'hub init' h init
has 'fingerprint: '
expect 3 'the key file is not overwritten' h init
[ "$(stat -c %a hub.key)" = 600 ]; check $? 'the key file is for its owner only'
m device show --output D1.json; two device show --output D2.json
expect 0 'enrol the first' h enrol D1.json --unit H11.25 --slot 1 --role counter --output E1.mce
expect 4 'a slot is given once' h enrol D2.json --unit H11.25 --slot 1 --role counter --output E2.mce
says 'belongs to another device'
expect 0 'enrol the second' h enrol D2.json --unit H11.25 --slot 2 --role counter --output E2.mce
expect 3 'an enrolment is for one device' m device enrol E2.mce
expect 0 'take it' m device enrol E1.mce
expect 0 'and the other' two device enrol E2.mce

# The line, cut after byte k in both directions: one copy, no error that needs the clerk.
serve
for way in up down; do
	for k in 1 60 300 700 1100 1600; do
		dossier "Nguyễn Văn $way" | m receive >/dev/null 2>&1
		line --cut "$way" --cut-at "$k"
		expect 0 "cut $way after $k bytes" m sync --hub "http://127.0.0.1:$lined"
		has '"acknowledged_to"'
		unline
	done
done
expect 0 'everything again changes nothing' m sync --hub "$(url)"
has '"events_sent":0'
curl -s "$(url)/health" >out.txt; has '"status":"ok"'
printf 'GARBAGE\r\n\r\n' | timeout 5 python3 -c "
import socket,sys
s=socket.create_connection(('127.0.0.1',$port)); s.sendall(sys.stdin.buffer.read()); s.recv(100)" 2>/dev/null
curl -s "$(url)/health" >out.txt; has '"status":"ok"'
expect 0 'the other counter hears of it' two sync --hub "$(url)"
has '"batches_received":1'
[ "$(two export --kind dossier 2>/dev/null | wc -l)" = 12 ]; check $? 'twelve dossiers at the other counter'
kill -9 "$serving"; wait "$serving" 2>/dev/null
expect 75 'no hub: kept in the outbox' m sync --hub "$(url)"
says 'waits'
dossier 'Trần Thị Bình' | m receive >/dev/null 2>&1
serve
expect 0 'a killed hub opens again and takes the rest' m sync --hub "$(url)"
has '"events_sent":'
stop
[ "$served" = 0 ]; check $? 'SIGTERM ends the hub tidily'
[ "$(hub_dossiers)" = 13 ]; check $? 'thirteen dossiers at the hub, each once'
grep -qE 'Nguyễn|Trần' serve.log; [ $? = 1 ]; check $? 'no personal data in the log'

# The stick: the same batches, receipts beside them.
dossier 'Lê Văn Hoà' | two receive >/dev/null 2>&1
expect 0 'export to the stick' two batch export stick
has '"dossier":1'
hasnt 'Lê'
for f in stick/*.mcb; do cp "$f" "bad.mcb"; done
printf 'x' | dd of=bad.mcb bs=1 seek=400 conv=notrunc 2>/dev/null
expect 4 'a damaged batch is refused by name' h import bad.mcb
says 'damaged'
head -c 300 stick/*.mcb >cut.mcb
expect 4 'a cut one too' h import cut.mcb
says 'cut short'
expect 0 'the hub takes the stick' h import stick/*.mcb
has '"events_new":'
ls stick/*.mcr >out.txt; has '.mcr'
expect 0 'and its receipts come home' two sync --folder stick
has '"acknowledged_to"'
two batch list --format json >out.txt; hasnt '"state":"carried"'
expect 0 'report at the hub' h report 06a --from 2024-10-01 --to 2024-10-31 --format json
has '"received_total":14'

# Without a hub two counters meet on a share.
dossier 'Phạm Thị Sáu' | m receive >/dev/null 2>&1
expect 0 'one writes' m sync --folder share
expect 0 'the other reads' two sync --folder share
has '"batches_received"'
two find 'Phạm Thị Sáu' >out.txt 2>/dev/null; has 'Phạm Thị Sáu'

# A restored backup starts a new epoch: nothing is overwritten, no code is minted twice.
expect 0 'back up' m backup b.motcua
dossier 'Ngô Văn Mới' | m receive >before.txt 2>/dev/null
m sync --folder share >/dev/null 2>&1
expect 0 'restore the older copy' again restore b.motcua
dossier 'Đỗ Thị Lan' | again receive >after.txt 2>/dev/null
[ "$(code_of <before.txt)" != "$(code_of <after.txt)" ]; check $? 'no code twice'
expect 0 'the restored store goes on' again sync --folder share
expect 0 'and the other counter takes both' two sync --folder share
two find 'Ngô Văn Mới' >out.txt 2>/dev/null; has 'Ngô Văn Mới'
two find 'Đỗ Thị Lan' >out.txt 2>/dev/null; has 'Đỗ Thị Lan'

# The province's list of days off reaches a counter with the feed.
printf 'date,name_vi,kind,is_workday\n2024-11-01,Ngày thử,public_holiday,0\n' >days.csv
expect 0 'the hub changes the calendar' h catalog import holidays days.csv
has '"new":1'
expect 4 'a faulty list changes nothing' h catalog import holidays /dev/null
serve
expect 0 'the counter fetches it' two sync --hub "$(url)"
stop
two catalog list --format json >out.txt 2>/dev/null
two due "$(code_of <after.txt)" >/dev/null 2>&1
m catalog import holidays days.csv --dry-run >out.txt 2>/dev/null; has '"new":1'
two catalog import holidays days.csv --dry-run >out.txt 2>/dev/null; has '"same":1'

# Without a line a stick brings the hub's lists and the other counters' dossiers home.
printf 'date,name_vi,kind,is_workday\n2024-11-04,Ngày thử hai,public_holiday,0\n' >more.csv
expect 0 'the hub changes the calendar again' h catalog import holidays more.csv
dossier 'Hồ Thị Bảy' | m receive >/dev/null 2>&1
mkdir first second
expect 0 'one goes to the hub by stick' m batch export first
expect 0 'the hub takes it' h import first/*.mcb
dossier 'Vũ Văn Tám' | two receive >/dev/null 2>&1
expect 0 'two too' two batch export second
expect 0 'and the hub gives along what two has not' h import second/*.mcb
hasnt '"along":0'
expect 0 'home again' two sync --folder second
two catalog import holidays more.csv --dry-run >out.txt 2>/dev/null; has '"same":1'
two find 'Hồ Thị Bảy' >out.txt 2>/dev/null; has 'Hồ Thị Bảy'
expect 0 'all of it once more changes nothing' h import second/*.mcb
hasnt '"known":false'
has '"along":0'
expect 0 'nor at the counter' two sync --folder second
has '"batches_received":0,"events_received":0'

# A lost laptop.
lost=$(device_of D2)
expect 0 'revoke' h device revoke "$lost"
serve
expect 3 'its token ends' two sync --hub "$(url)"
says 'token'
stop
finish
