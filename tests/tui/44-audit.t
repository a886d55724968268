# 44-audit.t - who did what: everybody's week, one person's, one kind, a word in it; into a file that a spreadsheet reads.
now  2026-11-24 10:15
ward demo
exec echo '{"kind":"dossier","procedure_code":"1.001193","applicant_name":"Nguyễn Thị Bình"}' >one
exec (cat pass one) | motcua --user lan --passphrase-file - receive
exec motcua --user tam --passphrase-file pass act H10.16-261124-0101 forward --note "chuyển, nói \"gấp\""
exec motcua --user admin --passphrase-file pass setting set lock_minutes 15
run  motcua --user hoa --passphrase-file pass
see  "8 Quản trị"
key  8
see  "4 Nhật ký"
key  4
see  "H10.16-261124-0101"
see  "đăng nhập"
screen 44-all
key  F4
see  "Xem nhật ký"
type "tam"
key  F2
see  "24/11/2026, tam, mọi loại: "
see-not "admin"
key  F4
see  "Xem nhật ký"
key  ^U
key  TAB
key  ^U
type "thieet laapj"
screen 44-filter
key  F2
see  "mọi người, Thiết lập: 1"
see  "lock_minutes"
screen 44-kind
key  F4
see  "Xem nhật ký"
key  TAB
key  ^U
type "mọi loại\n"
key  F2
see  "mọi người, mọi loại"
# A word, whatever its marks.
key  F3
type "chuyeern\n"
see-not "lock_minutes"
key  ENTER
see  "chuyển, nói \"gấp\""
key  ESC
see  "F2 Xuất tệp"
key  F2
see  "Ghi nhật ký ra tệp"
type "\n"
see  "Đã ghi"
exec cat nhat-ky-*.csv
out  "at,actor,what,kind,key,note"
out  "\"chuyển, nói \"\"gấp\"\"\""
out-not "lock_minutes"
term-signal
exec motcua --user hoa --passphrase-file pass audit --kind signin --format csv
out  "open"
out-not "forward"
exec motcua --user hoa --passphrase-file pass audit --by tam --kind dossier --format json
out  "forward"
exec-fail 2 motcua --user hoa --passphrase-file pass audit --kind nonsense
exec-fail 3 motcua --user lan --passphrase-file pass audit
