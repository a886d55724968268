# 02-power-cut.t - halfway through a name the power goes; nothing that was shown is lost.
now  2026-11-25 08:02
ward demo
run  motcua
see  "Đăng nhập"
type "lan\tmot-cua-demo\n"
see  "Tiếp nhận"
key  1
see  "Thủ tục:"
type "khai sinh\nNguyeenx Thij Lan"
see  "Nguyễn Thị Lan"
kill                              # no goodbye
run  motcua
see  "Đăng nhập"
type "lan\tmot-cua-demo\n"
see  "bản nháp"
key  ENTER
see  "Nguyễn Thị Lan"
type " Anh"
see  "Nguyễn Thị Lan Anh"
key  F2
see  "Kiểm tra trước khi lưu"
key  F2
see  "H10.16-261125-0101"
key  ESC
see-not "bản nháp"
limit bytes-to-terminal 20000
