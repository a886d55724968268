# 09-hub-clocks.sh - copies of a store, backups, and clocks off by years: nothing lost, no code twice, work goes on.
. "$(dirname "$0")/lib.sh"
. "$OLDPWD/tests/cli/hub.sh"
sync() { store "$1" sync --hub "$(url)"; }
receive() { dossier "$2" | store "$1" receive >"$3" 2>/dev/null; }
at() { TZ=UTC-7 date -d "$1" '+%Y-%m-%d %H:%M'; }
now=$(at now)

h init >/dev/null
make_store one H11.25 'Phường Bình Hưng' 1
make_store other H11.25 'Phường Bình Hưng' 2
expect 0 'enrol' enrol one H11.25 1 counter
expect 0 'and another' enrol other H11.25 2 counter
serve

# Two copies of one store both go on: each in an epoch of its own, no code twice, both reach the hub.
receive one 'Nguyễn Văn Chung' c0.txt
cp one.motcua clone.motcua
receive one 'Nguyễn Văn Gốc' c1.txt
receive clone 'Nguyễn Văn Chép' c2.txt
[ -s c1.txt ] && [ "$(code_of <c1.txt)" != "$(code_of <c2.txt)" ]; check $? 'a copy mints no code of the first'
expect 0 'the first syncs' sync one
expect 0 'the copy syncs' sync clone
expect 0 'and both again' sync one
expect 0 'the copy again' sync clone
for name in 'Văn Chung' 'Văn Gốc' 'Văn Chép'; do
	for s in one clone; do
		store $s find "Nguyễn $name" >out.txt 2>/dev/null; has "$name"
	done
done
h export >hub.jsonl
[ "$(grep -c '"kind":"dossier"' hub.jsonl)" = 3 ]; check $? 'three dossiers at the hub'
[ "$(grep -o '"code":"[^"]*"' hub.jsonl | sort -u | wc -l)" = 3 ]; check $? 'under three codes'

# The same without a hub in reach: what a copy wrote is no own batch of the first.
mkdir share
receive clone 'Nguyễn Văn Xa' c4.txt
expect 0 'the copy writes to the share' store clone sync --folder share
expect 0 'the first reads it there' store one sync --folder share
store one find 'Nguyễn Văn Xa' >out.txt 2>/dev/null; has 'Văn Xa'

# A backup that holds what was never sent: restored, it is sent, and what came after it is not lost either.
receive one 'Trần Thị Trước' b1.txt
expect 0 'back up' store one backup b.motcua
receive one 'Trần Thị Giữa' b2.txt
expect 0 'restore the older copy beside it' store back restore b.motcua
receive back 'Trần Thị Sau' b3.txt
[ "$(code_of <b2.txt)" != "$(code_of <b3.txt)" ]; check $? 'a restored store mints no code of the first'
expect 0 'the copy syncs what the share has' sync clone
expect 0 'the restored one syncs' sync back
expect 0 'the first syncs too' sync one
expect 0 'the restored one again' sync back
h export >hub.jsonl
for name in Trước Giữa Sau; do grep -qF "Trần Thị $name" hub.jsonl; check $? "the hub holds: $name"; done
[ "$(grep -c '"kind":"dossier"' hub.jsonl)" = 7 ]; check $? 'seven dossiers, each once'
store back batch list --format json >out.txt; hasnt '"state":"sealed"'

# Clocks of 2001 and 2099: told, and the work goes on.
was=$now
now='2001-02-03 09:00'
receive one 'Lê Thị Xưa' x1.txt
expect 0 'from 2001' sync one
says 'clock'
now='2099-02-03 09:00'
receive other 'Lê Thị Mai Sau' x2.txt
expect 0 'from 2099' sync other
says 'clock'
expect 0 'the roster names the clocks' h device list
has '"clock":"ahead"'
has '"clock":"behind"'
now=$was
expect 0 'back in time' sync one
expect 0 'there too' sync other
receive other 'Lê Thị Nay' x3.txt
expect 0 'work goes on' sync other
for name in 'Lê Thị Xưa' 'Lê Thị Mai Sau' 'Lê Thị Nay'; do
	store one find "$name" >one.txt 2>/dev/null; store other find "$name" >two.txt 2>/dev/null
	sync one >/dev/null 2>&1; sync other >/dev/null 2>&1
	store one find "$name" >out.txt 2>/dev/null; has "$name"
	store other find "$name" >out.txt 2>/dev/null; has "$name"
done
h export >hub.jsonl
[ "$(grep -c '"kind":"dossier"' hub.jsonl)" = 10 ]; check $? 'ten dossiers, each once'
[ "$(grep -o '"code":"[^"]*"' hub.jsonl | sort | uniq -d | wc -l)" = 0 ]; check $? 'no code twice'
grep -q '"clock":"behind"' serve.log && grep -q '"clock":"ahead"' serve.log; check $? 'the log marks both clocks'
stop
for s in one other clone back; do expect 0 "verify $s" store $s verify; done
finish
