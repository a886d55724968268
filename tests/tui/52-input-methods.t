# 52-input-methods.t - other input methods before ours, in the fields a clerk meets: a name, the search, a list's filter, a note.
now  2026-11-24 08:02
ward demo
run  motcua --user lan --passphrase-file pass
see  "1 Tiếp nhận"
key  F6
see  "Thủ tục:"
# ibus and fcitx5 send whole words; the list of procedures follows.
burst "Đăng ký khai sinh"
see  "> Đăng ký khai sinh"
key  ENTER
# UniKey over PuTTY: Backspaces (7f) and the corrected end of the word, in one read and key by key.
bytes 4e677579 65 7fc3aa 6e 7f7fe1bb856e 20 546869 7fe1bb8b 20 486f61 7f7fc3b261 6e67 7f7f7f7f6fc3a06e67
see  "Nguyễn Thị Hoàng"
key  ^U
type "Nguye"
bytes 7fc3aa
type "n"
bytes 7f7fe1bb856e
type " Thi"
bytes 08e1bb8b
see  "Nguyễn Thị"
# OpenKey's empty letter and its one Backspace more.
type " Hoa"
bytes e280af 0808 c3a0
type "ng"
see  "Nguyễn Thị Hoàng"
screen 52-name
# Marks apart (macOS, Windows' own layout).
key  ^U
burst "Trần Thị Bích Ngọc "
see  "Trần Thị Bích Ngọc"
key  ESC
see  "Còn 1 bản nháp"
# The search.
key  F3
type "tra"
bytes 7fc3a2
type "n"
bytes 7f7fe1baa76e
see  "Tìm: trần"
key  ESC
# The same with our VNI and with none.
key  ^\
see  "[VN VNI]"
key  F3
type "tie"
bytes 7fc3aa
type "ng"
bytes 7f7f7fe1babf6e67
see  "Tìm: tiếng"
key  ESC
key  ^\
see  "[EN]"
key  F3
bytes 746965 7fc3aa6e67 7f7f7fe1babf6e67
see  "Tìm: tiếng"
key  ESC
see  "Còn 1 bản nháp"
