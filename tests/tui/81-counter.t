# 81-counter.t - a walk-in with a card: at most 25 keys after the scan; then the next of the household.
sizes 80x24 132x43
now  2026-11-24 08:02
ward demo
run  motcua --user lan --passphrase-file pass
see  "1 Tiếp nhận"
key  1
see  "Thủ tục:"
burst "001190012345|012345678|Nguyễn Thị Bình|15031990|Nữ|Tổ 3, Cầu Giấy, Hà Nội|20072022\n"
see  "Hà Nội, nữ, 1990"
mark
# The card says who; the clerk what for and where to ring.
type "ket hon\n0912345678"
key  F2
see  "Kiểm tra trước khi lưu"
key  F2
see  "H10.16-261124-0101"
keys-at-most 25
# Address, phone and how the result goes out stay for the others of the house.
key  ^D
see  "Cùng hộ"
see  "Tổ 3, Cầu Giấy, Hà Nội"
see  "0912345678"
screen 81-household
mark
type "khai sinh\nNguyeenx Vawn An\n"
key  F2
see  "Kiểm tra trước khi lưu"
screen 81-check
key  F2
see  "H10.16-261124-0102"
keys-at-most 35
key  F6
see  "Thủ tục:"
see-not "Tổ 3, Cầu Giấy, Hà Nội"
# Ditto: one field of the dossier before.
type "khai tu\n"
key  DOWN DOWN
key  ^D
see  "+84912345678"
term-signal
