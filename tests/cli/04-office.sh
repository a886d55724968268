#!/usr/bin/env bash
# Settings, assists, households, indicators, the audit.
. "$(dirname "$0")/lib.sh"
make_ward
add_user minh team_member
now="$day 10:00"
as_minh() { echo "$1" | m --user minh "${@:2}"; }

expect 0 'settings have defaults' m --user admin setting get lateness_basis
has original
expect 0 'and change' m --user admin setting set lateness_basis extended
expect 0 'for good' m --user admin setting get lateness_basis --format json
has '"value":"extended"'
expect 4 'but not to anything' m --user admin setting set lateness_basis never
expect 5 'nor of any name' m --user admin setting set moon full

expect 0 'help is recorded' as_minh '{"category":"VNEID1","outcome":"referred","person_name":"Trần Thị Mơ","consent":true,"minutes":10}' assist add
expect 4 'a category there is not' as_minh '{"category":"X"}' assist add
says 'line 1: category'
expect 4 'a name without consent' as_minh '{"category":"VNEID1","person_name":"A","consent":false}' assist add
expect 4 'a dossier there is not' as_minh '{"category":"VNEID1","dossier_code":"H11.25-241025-0199"}' assist add
expect 0 'and listed' m --user minh assist list --from $day --to $day
has '"person_name":"Trần Thị Mơ"'
expect 0 'of other days: nothing' m --user minh assist list --to 2024-10-24
quiet

printf 'neighbourhood,code,head_name,members\n1,H-0001,Trần A,4\n1,H-0002,Lê B,2\n' >h.csv
expect 0 'households' m --user minh household import h.csv
has '"new":2'
expect 0 'the same again' m --user minh household import h.csv
has '"same":2'
printf '1,H-0003,x,many\n' >>h.csv
expect 4 'all or nothing' m --user minh household import h.csv
says 'line 4'
expect 0 'one changed' sh -c "printf 'neighbourhood,code,members\n1,H-0001,5\n' | $motcua --store w.motcua --passphrase-file pass --user minh --now '$now' household import -"
has '"changed":1'
expect 3 'the roster is the supervisor'"'"'s' m --user minh team import h.csv
printf 'team,name,role\n1,Nguyễn Văn Minh,tổ trưởng\n' >t.csv
expect 0 'a roster' m --user admin team import t.csv
expect 3 'a team member enters no indicator' as_minh '{"name":"Dân số","period":"2024-10","value":1}' indicator add
expect 0 'an indicator' sh -c "echo '{\"name\":\"Dân số\",\"period\":\"2024-10\",\"value\":11809}' | $motcua --store w.motcua --passphrase-file pass --user admin --now '$now' indicator add"
expect 0 'no clash' m --user admin clash list
expect 5 'nothing to decide' m --user admin clash resolve 0123456789abcdef --keep a
expect 2 'keep which?' m --user admin clash resolve 0123456789abcdef
expect 0 'who did what' m --user admin audit --by minh --format csv --output audit.csv
grep -q 'assist' audit.csv && [ ! -e audit.csv.* ]
check $? 'the audit file is not right'
# What people read is in their language; what programs read keeps its codes.
vi() { m --user admin "$@" --lang vi; }
expect 0 'the audit in words' vi audit
has 'đăng nhập'
has 'Lượt hỗ trợ'
grep -Ewq 'open|assist|receive|setting|add' out.txt
[ $? = 1 ]
check $? 'a code among the words of the audit'
expect 0 'in codes' vi audit --format csv
has ',open: audit,'
expect 0 'users in words' vi user list
has 'thành viên tổ công nghệ số'
hasnt 'team_member'
expect 0 'this PC in words' vi device list
has 'quầy'
expect 0 'its role as a code' vi device list --format json
has '"role":"counter"'
expect 0 'holidays in words' vi catalog list holidays
hasnt 'public_holiday'
expect 0 'holidays to import again' vi catalog list holidays --format csv
has 'public_holiday'
expect 0 'all agrees' m --user admin verify
finish
