# 79-linear-en.t - the same in English on a vt100: a choice by its words, an error by its number, help by numbers; few bytes.
term vt100 100x120
now  2026-11-24 08:02
lang en
ward demo
run  motcua --linear --user lan --passphrase-file pass
see  "0 Lock"
mark
type "1\n"
see  "Procedure (type"
type "zzzz\n"
see  "Nothing matches"
type "!\n"
see  "1. Procedure:"
type "!2\n"
see  "Full name (as on the papers):"
type "Nguyeenx Thij"
kill
run  motcua --linear --user lan --passphrase-file pass
see  "10  Draft 08:02: Nguyễn Thị"
type "10\n"
see  "[Nguyễn Thị]:"
type "Nguyeenx Thij Lan\n"
see  "ID number"
limit bytes-to-terminal 3600
type "<\n"
see  "Number:"
type "99\n"
see  "There is no number 99 here."
type "hello\n"
see  "Not understood. ? tells what can be done here."
type "?\n"
see  "What can be done here"
type "sign\n"
see  "Nothing matches."
type "<\n"
see  "Number:"
type "1\n"
see  "Procedure:  zzzz"
type "^\n"
see  "Full name [Nguyễn Thị Lan]:"
type "Traanf Thij"
see  "Trần Thị"
key  ^K
see  "Passphrase"
type "mot-cua-demo\n"
see  "Full name [Trần Thị]:"
type "Nguyeenx Thij Lan\n^\n^\n"
see  "Procedure [zzzz]:"
type "khai sinh\n1\n\n\n\n\n"
see  "Sex (1 Male, 2 Female):"
type "female\n"
see  "Sex:  Female"
type "<\n"
see  "Draft 08:02: Nguyễn Thị Lan, Đăng ký"
screen 79-linear-en
