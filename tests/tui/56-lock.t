# 56-lock.t - nobody at the desk: the screen locks by itself and keeps the draft; another takes the seat and sees none of it.
sizes 80x24 132x43
now  2026-11-24 08:02
ward demo
exec motcua --user admin --passphrase-file pass setting set lock_minutes 1
run  env MOTCUA_DEMO_MINUTE=1500 motcua --user lan --passphrase-file pass
see  "1 Tiếp nhận"
key  1
see  "Thủ tục:"
type "khai sinh\nNguyeenx Thij Hoaf"
see  "Máy đang khóa"
see-not "Nguyễn Thị Hòa"
screen 56-locked
# A key at the locked screen goes into the passphrase, nowhere else; a wrong one opens nothing.
type "sai roi\n"
see  "sai tên hoặc mật khẩu"
type "mot-cua-demo\n"
see  "Nguyễn Thị Hòa"
type "ng"
see  "Nguyễn Thị Hoàng"
key  ^K
see  "Máy đang khóa"
# Tâm needs the counter now.
key  UP
key  ^U
type "tam\tmot-cua-demo\n"
see  "1 Tiếp nhận"
see  "tam ·"
see-not "bản nháp"
key  F10
see  "Bảng lệnh"
key  ESC
key  1
see  "Thủ tục:"
see-not "Hoàng"
type "ket hon\nTraanf Vawn Tams"
see  "Trần Văn Tám"
key  ^K
see  "Máy đang khóa"
key  UP
key  ^U
type "lan\tmot-cua-demo\n"
see  "Còn 1 bản nháp"
see  "lan ·"
see-not "Trần Văn Tám"
key  ENTER
see  "Nguyễn Thị Hoàng"
# In the middle of a question the lock holds as well, and a session ends with nothing half done.
key  ESC
see  "Còn 1 bản nháp"
key  DEL
see  "Bỏ bản nháp"
see  "Máy đang khóa"
key  UP
key  ^U
type "tam\tmot-cua-demo\n"
see  "Còn 1 bản nháp"
see  "Trần Văn Tám"
see-not "Nguyễn"
key  0
see  "Máy đang khóa"
key  UP
key  ^U
type "LAN\tmot-cua-demo\n"
see  "Còn 1 bản nháp"
see  "Nguyễn Thị Hoàng"
