#!/usr/bin/env bash
# From the counter to the citizen: receive, find, act, history, due.
. "$(dirname "$0")/lib.sh"
make_ward
for pair in lan:clerk tam:officer son:leader minh:team_member hoa:supervisor; do add_user "${pair%:*}" "${pair#*:}"; done
record='{"procedure_code":"1.001193","applicant_name":"Nguyễn Thị Bình","applicant_id_no":"060190012345","applicant_phone":"0377305234"}'
one=H11.25-241025-0101
receive() { echo "$1" | m --user "${2:-lan}" receive; }

now="$day 08:03:46"
expect 0 'a dossier' receive "$record"
has "{\"code\":\"$one\",\"due_at\":\"2024-10-25T17:00:00+07:00\"}"
expect 0 'the same person again is told' receive "$record"
says "$one"
expect 3 'a leader receives nothing' receive "$record" son
expect 4 'no procedure' receive '{"applicant_name":"A"}'
says 'line 1: procedure_code'
expect 4 'a procedure there is not' receive '{"procedure_code":"9.9","applicant_name":"A"}'
expect 4 'a field there is not' receive '{"procedure_code":"1.001193","applicant_name":"A","colour":"red"}'
says 'line 1: colour'
expect 4 'no time without offset' receive '{"procedure_code":"1.001193","applicant_name":"A","received_at":"2024-10-25T08:00:00"}'
expect 4 'no JSON' receive 'x'

expect 0 'found without accents, in any order' m --user lan find binh nguyen
has "\"code\":\"$one\""
expect 0 'by the tail of a number' m --user lan find 345
has "$one"
expect 0 'words from stdin' sh -c "echo 'thi bi' | $motcua --store w.motcua --passphrase-file pass --user lan --now '$now' find - --limit 1"
[ "$(wc -l <out.txt)" = 1 ]
check $? 'the limit was not kept'
expect 0 'no hit is no error' m --user lan find zzz
quiet
expect 0 'shown' m --user lan show $one
has '"state":"received"'
expect 5 'there is no other' m --user lan show H11.25-241025-0199
expect 0 'as a table' m --user lan show $one --format table
has 'Nguyễn Thị Bình'

now="$day 10:00"
expect 2 'a verb there is not' m --user lan act $one fly
expect 4 'a state that does not allow it' m --user tam act $one done
says 'received'
expect 3 'a role that may not' m --user minh act $one forward
expect 4 'tomorrow' m --user lan act $one forward --at '2024-10-26 08:00'
expect 4 'before it came' m --user lan act $one forward --at '2024-10-25 08:00'
expect 2 'a date is no time' m --user lan act $one forward --at 2024-10-25
expect 0 'forward' m --user lan act $one forward
has '"state":"processing"'
expect 0 'undone by who did it' m --user lan act $one undo
has '"state":"received"'
expect 3 'and by nobody else' m --user tam act $one undo
expect 0 'forward to a named unit' m --user lan act $one forward --field unit='Công an phường' --field level=other
expect 4 'a field it does not have' m --user lan act $one forward --field colour=red
expect 0 'what is missing, as JSON' sh -c "echo '{\"fields\":{\"items\":[\"CCCD\"],\"reason\":\"thiếu\"}}' | $motcua --store w.motcua --passphrase-file pass --user lan --now '$now' act $one supplement -"
now='2024-10-29 09:00'
expect 0 'the clock stood still' m --user lan act $one resume
has '"due_at":"2024-10-29T17:00:00+07:00"'
expect 3 'a clerk extends nothing' m --user lan act $one extend --field new_due_at='2024-10-31 17:00' --field reason=x
expect 0 'a leader does' m --user son act $one extend --field new_due_at='2024-10-31 17:00' --field reason=x
expect 0 'a fee' m --user lan act $one pay --field amount_vnd=8000 --field method=transfer
expect 0 'done' m --user tam act $one done --field result_no=12/KS --field electronic_result=true
expect 3 'a clerk corrects no closed dossier' m --user lan act $one correct --note x --field applicant_name=B
expect 4 'nobody without a reason' m --user hoa act $one correct --field applicant_name=B
expect 4 'nor to a number no import takes' m --user hoa act $one correct --note x --field applicant_id_no=123
says 'applicant_id_no'
expect 0 'the supervisor does' m --user hoa act $one correct --note 'sai tên' --field applicant_name='Nguyễn Thị Bích'
expect 0 'returned' m --user lan act $one return --field method=post
expect 4 'rated six' m --user lan act $one rate --field value=6
expect 0 'rated five' m --user lan act $one rate --field value=5
expect 0 'all of it is there' m --user lan show $one
has '"unit":"Công an phường"'
has '"pauses":[{"kind":"supplement"'
has '"extensions":[{'
has '"finished_at":"2024-10-29T09:00:00+07:00","result_no":"12/KS","electronic_result":true'
has '"method":"transfer"'
has '"rating":5'
expect 0 'every value it ever had' m --user lan history $one --format json
has '"field":"applicant_name","value":"Nguyễn Thị Bình"'
has '"field":"applicant_name","value":"Nguyễn Thị Bích"'
expect 5 'the history of nothing' m --user lan history X
expect 0 'and why it was due' m --user lan due $one --explain
has '2024-10-31T17:00:00+07:00'
expect 0 'in JSON too' m --user lan due $one --explain --format json
has '"lines":["'
expect 0 'the journal agrees' m --user admin verify
finish
