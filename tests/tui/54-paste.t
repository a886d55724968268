# 54-paste.t - what is pasted is data: ten kilobytes into one line, control bytes, a false end, onto lists and questions.
now  2026-11-24 08:02
ward demo
run  motcua --user lan --passphrase-file pass
see  "1 Tiếp nhận"
# On a list and at home a paste is no command: no lock, no quit, nothing opened, nothing undone.
paste "0123456789 qsuS*;\t\n\e"
see  "1 Tiếp nhận"
see-not "Máy đang khóa"
pour 1000 "0q 1\n* u"
see  "1 Tiếp nhận"
key  2
see  "Hồ sơ"
paste "*;1u0:/q"
pour 1000 "0q 1\n* u"
see-not "đánh dấu"
see-not "Máy đang khóa"
key  ESC
see  "1 Tiếp nhận"
# A false end of the paste, control bytes, an arrow, CR LF: text stays text, the rest is nothing.
key  F6
see  "Thủ tục:"
key  TAB
bytes 1b5b3230307e 4e677579e1bb856e 1b5b41 03 1a 1c 00 1b5b3230307e 205468e1bb8b 0d0a 4d61690d0a 1b5b3230317e
see  "Nguyễn Thị Mai"
type "\n060190012345\n"
see  "Bình Thuận, nữ, 1990"
# 10 kB into one line: as much as the field takes, from its beginning; the form stands.
pour 1000 "so dài quá"
see  "dài quáso dài quá"
key  ^U
type "0912345678"
see  "+84912345678"
key  DOWN DOWN DOWN
pour 1000 "ngõ hẻm số 7\n"
key  HOME
see  "ngõ hẻm số 7 ngõ hẻm số 7"
key  F2
see  "Chọn một thủ tục"
key  F4
pour 1000 "khai sinh "
see  "> Đăng ký khai sinh"
key  ^U
paste "đăng ký khai tử"
key  ENTER
see  "Hẹn trả 17:00"
screen 54-form
# What followed the paste closely is typing again.
bytes 1b5b3230307e 61 1b5b3230317e 0d
key  F2
see  "Kiểm tra trước khi lưu"
pour 300 "2\n0q"
see  "Kiểm tra trước khi lưu"
key  F2
see  "H10.16-261124-0101"
key  ESC
see  "1 Tiếp nhận"
# A paste whose end never comes: a second of silence ends it.
key  F3
bytes 1b5b3230307e 6c616e
see  "Tìm: lan"
exec sleep 1.2
key  ^U
see-not "Tìm: lan"
key  ESC
see  "1 Tiếp nhận"
# The passphrase too may be pasted.
key  ^K
see  "Máy đang khóa"
paste "mot-cua-demo"
key  ENTER
see  "1 Tiếp nhận"
