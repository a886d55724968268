# 08-hub-wards.sh - a hub at work: every command while it serves, two wards' reports, a lost laptop, an orderly stop.
. "$(dirname "$0")/lib.sh"
. "$OLDPWD/tests/cli/hub.sh"
fixture=$OLDPWD/tests/fixtures/report_ward.jsonl

# The devices' clocks go with the hub's. The second ward is the first with other names, fewer assists, more paper.
at() { date -u -d "7 hours $1" '+%Y-%m-%d %H:%M'; }
now=$(at '')
cp "$fixture" one.jsonl
sed 's/H99\.01/H99.02/g; s/Suối Mơ/Rừng Thông/g; s/"channel":"online"/"channel":"direct"/' "$fixture" |
	awk '!/"kind":"assist"/ || NR % 3' >two.jsonl
make_store one H99.01 'Xã Suối Mơ' 1
make_store second H99.01 'Xã Suối Mơ' 2
make_store two H99.02 'Xã Rừng Thông' 1
expect 0 'hub init' h init
expect 5 'commands need the folder' "$hub" device list --data nowhere --key-file hub.key --lang en

# Enrolment while it serves, the first ward of all among it.
serve
[ "$(stat -c %a hub/control)" = 600 ]; check $? 'the control socket is for its owner only'
expect 0 'enrol while it serves' enrol one H99.01 1 counter
expect 0 'another of that ward' enrol second H99.01 2 counter
expect 0 'and another ward' enrol two H99.02 1 counter
store second device show --output again.json
expect 4 'a refusal comes back with its code' h enrol again.json --unit H99.01 --slot 1 --role counter --output again.mce
says 'belongs to another device'
expect 2 'usage too' h enrol again.json
expect 3 'one process serves a folder' h serve --listen 127.0.0.1:0
says 'being served already'
head -c 64 /dev/zero | tr '\0' a >other.key
expect 3 'whoever asks has the key file' "$hub" device list --data hub --key-file other.key --lang en
says 'key file'
expect 0 'the roster while it serves' h device list
has '"slot":2'

# What two wards import arrives by line; by stick the hub takes it while it serves.
expect 0 'import at the first' store one import one.jsonl
expect 0 'import at the second' store two import two.jsonl
expect 0 'the first goes by line' store one sync --hub "$(url)"
mkdir stick
expect 0 'the second by stick' store two batch export stick
expect 0 'taken while it serves' h import stick/*.mcb
has '"unit":"H99.02"'
ls stick/*.mcr >out.txt; has '.mcr'
expect 0 'receipts come home' store two sync --folder stick
echo rubbish >bad.mcb
expect 4 'a bad one is named, the others go on' h import bad.mcb stick/*.mcb
says 'no motcua batch'
has '"known":true'
printf 'date,name_vi,kind,is_workday\n2024-11-01,Ngày thử,public_holiday,0\n' >days.csv
expect 0 'a list of days off from stdin, for both wards' h catalog import holidays - <days.csv
[ "$(grep -c '"new":1' out.txt)" = 2 ]; check $? 'in both wards'

# The wards' own figures, and their sum.
for report in 06a levels kpi assist; do
	for ward in one:H99.01 two:H99.02; do
		store "${ward%:*}" report "$report" --period 2024-Q1 --format json >own.json 2>/dev/null
		expect 0 "report $report of ${ward#*:}" h report "$report" --period 2024-Q1 --unit "${ward#*:}" --format json
		[ -s own.json ] && cmp -s own.json out.txt; check $? "the hub's $report of ${ward#*:} is the ward's own"
	done
done
total() { h report 06a --period 2024-Q1 --format json "$@" | python3 -c "
import json,sys
rows=[json.loads(l) for l in sys.stdin]
t=[r for r in rows if r['row']=='total'][0]
print(*[t[k] for k in sorted(t) if isinstance(t[k],int)])"; }
total --unit H99.01 >a.txt; total --unit H99.02 >b.txt; total >both.txt
paste -d' ' a.txt b.txt both.txt | awk '{ n = NF / 3; bad = n < 8; for (i = 1; i <= n; i++) bad += $i + $(i + n) != $(i + 2 * n); exit bad }'
check $? "06a over all wards is the sum: $(cat a.txt b.txt both.txt)"
expect 0 'the table form' h report 06a --period 2024-Q1
expect 0 'and CSV' h report kpi --period 2024-Q1 --format csv
expect 5 'an unknown ward' h report 06a --period 2024-Q1 --unit H99.09

# Exports of both at once equal the wards' own, as sets.
h export --kind dossier >/dev/null 2>&1
h export >hub.jsonl
for ward in one two; do store $ward export --kind dossier 2>/dev/null; done | sort >wards.txt
grep '"kind":"dossier"' hub.jsonl | sort >hubs.txt
cmp -s wards.txt hubs.txt; check $? 'every dossier of both wards, once'

# Two commands at once take turns, whoever has the folder.
stop
[ "$served" = 0 ]; check $? 'SIGTERM ends the hub tidily'
for i in 1 2 3 4; do h report 06a --period 2024-Q1 --format json >par$i.txt 2>&1 & done
wait
cat par?.txt >out.txt; [ "$(grep -c '"row":"total"' out.txt)" = 4 ]; check $? 'four reports at once'

# A lost laptop, revoked while it serves.
serve
store second sync --hub "$(url)" >/dev/null 2>&1
now=$(at '+10 minutes')
dossier 'Hoàng Thị Mất' | store second receive >/dev/null 2>&1
expect 0 'revoke while it serves' h device revoke "$(device_of second)"
expect 3 'its token ends at once' store second sync --hub "$(url)"
says 'token'
dossier 'Đinh Công Trước' | store one receive >/dev/null 2>&1
expect 0 'a receipt brings the other counter its new key' store one sync --hub "$(url)"
dossier 'Vũ Thị Sau' | store one receive >/dev/null 2>&1
mkdir after share
expect 0 'what it seals then' store one batch export after
store second batch import after/*.mcb >out.txt 2>said.txt
[ $? = 3 ]; check $? 'the lost one cannot open it'
says 'no key'
store second find 'Vũ Thị Sau' >out.txt 2>/dev/null; quiet
expect 0 'the hub can' h import after/*.mcb
has '"events_new":'
store second batch export share >/dev/null 2>&1
expect 3 'what the lost one seals from now on is refused by stick too' h import share/*.mcb
says 'revoked'
expect 0 'and by a counter on a share' store one sync --folder share
store one find 'Hoàng Thị Mất' >out.txt 2>/dev/null; quiet

# A request under way ends before the hub does.
dossier 'Bùi Văn Chậm' | store one receive >/dev/null 2>&1
line --rate 3000
store one sync --hub "http://127.0.0.1:$lined" >slow.txt 2>&1 &
slow=$!
for _ in $(seq 100); do curl -s "$(url)/health" | grep -q '"uploads":[1-9]' && break; sleep 0.05; done
stop
[ "$served" = 0 ]; check $? 'stopped while an upload ran'
wait $slow
store one batch list --format json >out.txt 2>/dev/null; hasnt '"state":"sealed"'
has '"state":"acknowledged"'
unline

# Neither logs nor answers name anybody.
serve
for path in /health /metrics /feed /nothing /batches "/batches/$(printf 'a%.0s' $(seq 64))/receipt"; do
	curl -s -i "$(url)$path"
done >answers.txt 2>&1
curl -s -i -X POST -H 'Authorization: Bearer Nguyễn' -d 'Trần Văn Dân' "$(url)/batches" >>answers.txt
grep -q '"status":"ok"' answers.txt; check $? 'health'
stop
grep -oE '"(applicant|person)_name":"[^"]*"|"name":"[^"]*"' hub.jsonl | cut -d'"' -f4 | sort -u | grep ' ' >names.txt
printf '%s\n' 'Hoàng Thị Mất' 'Đinh Công Trước' 'Vũ Thị Sau' 'Bùi Văn Chậm' 'Nguyễn' 'Trần Văn Dân' >>names.txt
[ "$(wc -l <names.txt)" -gt 10 ]; check $? 'there are names to look for'
! grep -qFf names.txt serve.log answers.txt; check $? 'no name in the log or an answer'
! grep -qE '[0-9a-f]{64}' serve.log; check $? 'no token in the log'
python3 -c "
import json
for l in open('serve.log'): json.loads(l)"; check $? 'every line of the log is JSON'
finish
