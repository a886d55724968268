#!/usr/bin/env bash
# Users, roles, passphrases from files, stdin and the recovery code.
. "$(dirname "$0")/lib.sh"
make_ward

expect 2 'a role there is not' m user add lan --role king --new-passphrase-file pass
expect 4 'a role is needed' m user add lan --new-passphrase-file pass
expect 3 'a passphrase is needed' sh -c "setsid $motcua --store w.motcua --passphrase-file pass user add lan --role clerk </dev/null"
expect 0 'a clerk' m user add lan --role clerk --new-passphrase-file pass
expect 4 'not twice' m --user admin user add lan --role clerk --new-passphrase-file pass
expect 0 'both are listed' m --user lan user list --format json
has '"name":"lan","role":"clerk"'
expect 3 'two users: who?' m verify
expect 3 'a clerk adds nobody' m --user lan user add x --role clerk --new-passphrase-file pass
says 'may'
expect 0 'her own passphrase' m --user lan user passwd --new-passphrase-file pass2
expect 3 'the old one is gone' m --user lan verify
expect 0 'the first line of stdin' sh -c "cat pass2 | $motcua --store w.motcua --passphrase-file - --user lan verify"
expect 0 'and the rest is input' sh -c "(cat pass2; echo '{\"procedure_code\":\"1.001193\",\"applicant_name\":\"A\"}') | $motcua --store w.motcua --passphrase-file - --user lan --now '$now' receive"
has '"code":"H11.25-241025-0101"'
expect 3 'a clerk does not set' m --user lan --passphrase-file pass2 setting set truncate true
expect 3 'nor reads the audit' m --user lan --passphrase-file pass2 audit
expect 2 'which role?' m --user admin user role lan
expect 0 'an officer' m --user admin user role lan --role officer
say_name() { printf '%s\n' "$1" | m --user admin user name "$2"; }
expect 0 'a full name, told on stdin' say_name 'Trần Thị Lan' lan
expect 0 'is listed' m --user admin user list --format json
has '"full_name":"Trần Thị Lan"'
expect 5 'of nobody' say_name 'Trần Thị Lan' nobody
expect 3 'not by a clerk' sh -c "echo x | '$motcua' --store w.motcua --passphrase-file pass --user lan user name admin"
expect 3 'an admin stays' m --user admin user role admin --role clerk
says 'last admin'
expect 0 'disabled' m --user admin user disable lan
expect 3 'she is out' m --user lan --passphrase-file pass2 verify
expect 3 'nobody disables themselves' m --user admin user disable admin
expect 5 'nor a stranger' m --user admin user disable x

sed -n 's/^recovery: //p' recovery.txt >code
expect 3 'a wrong code' "$motcua" --store w.motcua user recover admin --passphrase-file pass --new-passphrase-file pass2
expect 0 'the code gives a new passphrase' "$motcua" --store w.motcua user recover admin --passphrase-file code --new-passphrase-file pass2
expect 0 'which opens' "$motcua" --store w.motcua --user admin --passphrase-file pass2 verify
expect 3 'and the old one does not' m --user admin verify
finish
