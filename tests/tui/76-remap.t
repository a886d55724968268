# 76-remap.t - keys of one's own: hints, help and palette follow; a hostile file is named and harms nothing.
term xterm-256color 80x24
term linux 132x43
now  2026-11-24 08:02
ward demo
exec mkdir -p .config/motcua
exec printf '# of my own\nsave = F12 ^S\nlock = L\nfind = F2 /\nsort = \n' >.config/motcua/keys
run  motcua --user lan --passphrase-file pass
see  "F2 Tìm"
key  F2
see  "Tìm:"
key  ESC 1
see  "F12 Lưu"
key  F12
see  "Chọn một thủ tục"
key  ESC
see  "1 Tiếp nhận"
key  F10
type "kiem tra luu"
see  "Kiểm tra và lưu  (F12"
screen 76-palette
key  ESC
type "L"
see  "Máy đang khóa"
term-signal
exec printf 'save = F12\nquit = \n\033[2J = F1\nnot-an-action = F5\n' >.config/motcua/keys
run  motcua --user lan --passphrase-file pass
see  "Tệp phím, dòng 3: cần"
screen 76-hostile
key  1
see  "F12 Lưu"
term-signal
exec head -c 70000 /dev/zero >.config/motcua/keys
run  motcua --user lan --passphrase-file pass
see  "Tệp phím quá lớn"
key  1
see  "F2 Lưu"
term-signal
lang en
exec printf 'menu = F9 :\nprint = F10\n' >.config/motcua/keys
run  motcua --user lan --passphrase-file pass
see  "F9 Menu"
key  F9
type "end of day"
see  "End of day  (7)"
key  ENTER
see  "End of day"
