# 32-day.t - the end of a day: the drawer is counted, the difference stands beside the name; the page goes into a file.
now  2026-11-24 16:55
ward demo
run  motcua --user lan --passphrase-file pass
see  "7 Cuối ngày"
key  7
see  "Chưa ai chốt ngày này."
screen 32-open
key  F2
see  "Người ký chốt: lan"
type "mười nghìn"
key  F2
see  "Ghi số tiền đếm được"
key  ^U
type "50.000\n\n\n"
type "tieefn ler\n"
see  "Đã chốt ngày, người ký: lan"
see  "LỆCH"
screen 32-closed
key  F9
see  "Ghi ra tệp chữ"
type "2"
see  "cuoi-ngay-2026-11-24.txt"
key  F2
see  "Đã ghi"
term-signal
exec grep "Đã chốt: lan, 16:55 24/11/2026" cuoi-ngay-2026-11-24.txt
exec grep "LỆCH" cuoi-ngay-2026-11-24.txt
exec motcua --user lan --passphrase-file pass verify
out  "\"ok\":true"
