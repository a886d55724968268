#!/usr/bin/env bash
# The store as a whole: made, checked, copied, brought back, given a new key.
. "$(dirname "$0")/lib.sh"

expect 2 'init wants its options' m init
says '--unit is needed'
expect 2 'a slot is 1 to 99' m init --unit H11.25 --unit-name X --slot 100 --admin admin
expect 4 'a unit has a shape' m init --unit h11 --unit-name X --slot 1 --admin admin --demo
expect 3 '--now is for demo stores' m init --unit H11.25 --unit-name X --slot 1 --admin admin
echo ngan >short
expect 3 'a passphrase has eight letters' m init --unit H11.25 --unit-name X --slot 1 --admin admin --demo --new-passphrase-file short
[ ! -e w.motcua ]
check $? 'a refused init left a store'
expect 5 'there is no store yet' m verify

expect 0 'a store is made' m init --unit H11.25 --unit-name 'Phường Bình Hưng' --slot 1 --admin admin --demo
has 'recovery: '
expect 3 'it is not made twice' m init --unit H11.25 --unit-name X --slot 1 --admin admin --demo
expect 0 'it verifies' m verify
has '{"events":2,"ok":true}'
expect 3 'another passphrase does not open it' "$motcua" --store w.motcua --passphrase-file pass2 verify
expect 0 'the next sign-in hears of it' m verify
says 'failed attempts'
expect 0 'a user by name' m --user admin verify
expect 3 'no such user' m --user lan verify

expect 0 'a copy' m backup copy.motcua
expect 3 'not over a copy' m backup copy.motcua
expect 0 'the copy opens' "$motcua" --store copy.motcua --passphrase-file pass verify
expect 3 'restore does not overwrite' m restore copy.motcua
says '--force'
expect 0 'with --force it moves the old aside' m restore copy.motcua --force
has '"ok":true'
[ "$(ls w.motcua.2* | wc -l)" = 1 ]
check $? 'the old store is not beside'
expect 5 'no such copy' m restore nowhere.motcua --force
head -c 100000 copy.motcua >half.motcua
"$motcua" --store x.motcua --passphrase-file pass restore half.motcua >/dev/null 2>&1
[ $? != 0 ] && [ ! -e x.motcua ] && [ ! -e x.motcua.restoring ]
check $? 'half a copy was restored, or something stayed'
expect 0 'the old copy still verifies' "$motcua" --store copy.motcua --passphrase-file pass verify

expect 0 'codes leave the block a lost store may have used' sh -c "echo '{\"procedure_code\":\"1.001193\",\"applicant_name\":\"A\"}' | $motcua --store w.motcua --passphrase-file pass --now '$day 08:00' receive"
has "H11.25-241025-12100"
expect 0 'a new data key' m rekey
expect 0 'and all is there' m verify
expect 0 'rows from the journal' m rebuild
expect 0 'as they were' m show H11.25-241025-12100
finish
