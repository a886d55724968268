#!/usr/bin/env bash
# 09-year.sh - a ward's year on one PC: to a hub over the line and by stick, the same figures there, green only by receipt.
. "$(dirname "$0")/lib.sh"
. "$OLDPWD/tests/cli/hub.sh"
build_py=$OLDPWD/sync/dict/build.py
now=$(date -u -d '7 hours' '+%Y-%m-%d %H:%M')
python3 "$build_py" --invent year.jsonl --dossiers "${YEAR_DOSSIERS:-5105}"
unit=$(sed -n '1s/.*"unit":"\([^"]*\)".*/\1/p' year.jsonl)
year=$(sed -n 's/.*"kind":"dossier".*"received_at":"\([0-9]*\).*/\1/p' year.jsonl | sort | uniq -c | sort -n | tail -1 | awk '{ print $2 }')
figures() { "$@" report 06a --period "$year" --format json; }
unsent() { store "$1" batch list --format json 2>/dev/null | grep -c -v '"state":"acknowledged"'; }

h init >/dev/null
for d in line stick; do make_store $d "$unit" 'Phường Mẫu' 1; done
expect 0 'enrol the PC' enrol line "$unit" 1 counter
expect 0 'import a year' store line import year.jsonl
dossiers=$(grep -c '"kind":"dossier"' year.jsonl)
figures store line >ward.json 2>/dev/null

serve
expect 0 'the year goes over the line' store line sync --hub "$(url)"
[ "$(unsent line)" = 0 ]; check $? 'every batch is acknowledged by a receipt'
figures h >hub.json 2>/dev/null
[ -s ward.json ] && cmp -s ward.json hub.json; check $? "report 06a at the hub is the ward's"
expect 0 'everything again' store line sync --hub "$(url)"
has '"batches_sent":0,"events_sent":0'
[ "$(h export 2>/dev/null | grep -c '"kind":"dossier"')" = "$dossiers" ]; check $? 'each dossier once'
curl -s "$(url)/health" >out.txt; has '"status":"ok"'
stop

# Another hub knows the same ward by stick alone.
rm -rf hub hub.key
h init >/dev/null
expect 0 'enrol another PC of the ward' enrol stick "$unit" 1 counter
expect 0 'import the same year' store stick import year.jsonl
mkdir out
expect 0 'write the stick' store stick batch export out
[ "$(unsent stick)" != 0 ]; check $? 'carried is not acknowledged'
expect 0 'the hub takes it' h import out/*.mcb
[ "$(unsent stick)" != 0 ]; check $? 'and still not, before the receipt is home'
expect 0 'receipts come home' store stick sync --folder out
[ "$(unsent stick)" = 0 ]; check $? 'now it is'
figures h >hub.json 2>/dev/null
[ -s hub.json ] && cmp -s ward.json hub.json; check $? 'the same figures by stick'
expect 0 'the same stick again' h import out/*.mcb
grep -c '"events_new":0' out.txt >again.txt; [ "$(cat again.txt)" = "$(ls out/*.mcb | wc -l)" ]; check $? 'changes nothing'
finish
