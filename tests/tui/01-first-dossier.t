# 01-first-dossier.t - the first person at the counter: unlock, receive, hand over the receipt's code.
now  2026-11-25 08:02
ward demo
run  motcua
see  "Đăng nhập"
type "lan\tmot-cua-demo\n"
see  "Hôm nay, Thứ Tư 25/11/2026"
key  1
see  "Thủ tục:"
type "khai sinh"
see  "Đăng ký lại khai sinh"
key  ENTER
type "Nguyeenx Thij Lan\t"
see  "Họ và tên:     Nguyễn Thị Lan"
see  "Hẹn trả 17:00 25/11/2026"
key  F2
see  "Kiểm tra trước khi lưu"
key  F2
see  "H10.16-261125-0101"
screen 01-receipt
key  ESC
see  "Hôm nay, Thứ Tư 25/11/2026"
term-signal
exec motcua --user lan --passphrase-file pass show H10.16-261125-0101
out  "\"applicant_name\":\"Nguyễn Thị Lan\""
