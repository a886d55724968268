# 18-keys.t - help and palette come from the tables; a slow line pays for what changed only.
now  2026-11-24 08:02
ward demo
run  motcua --user lan --passphrase-file pass
see  "1 Tiếp nhận"
mark
key  ^L
see  "1 Tiếp nhận"
limit bytes-to-terminal 2500
key  F1
see  "Ở mọi màn hình"
screen 18-help
key  q
see  "1 Tiếp nhận"
key  F10
see  "Bảng lệnh"
type "tim ho so"
key  ENTER
see  "Tìm:"
mark
type "a"
see  "Tìm: a"
key  ^U
type "zzzz"
see  "Không thấy hồ sơ nào"
key  ESC
see  "1 Tiếp nhận"
key  1
see  "Họ và tên:"
key  TAB
mark
type "n"
limit bytes-to-terminal 300
