# 77-terms.t - every terminal of our list shows the same screens and sends the same keys.
term linux 80x24
term xterm 80x24
term tmux 80x24
term screen 80x24
term vt100 80x24
term xterm-256color 132x43
now  2026-11-24 08:02
ward demo
run  motcua --user lan --passphrase-file pass
see  "1 Tiếp nhận"
key  DOWN UP F10
see  "Bảng lệnh"
type "tiep nhan\n"
see  "Thủ tục:"
type "khai sinh"
see  "Đăng ký khai sinh"
key  TAB
type "Nguyeenx Thij Lan"
key  F1
see  "Đổi kiểu gõ"
key  ESC
see  "Nguyễn Thị Lan"
screen 77-intake
key  ESC
see  "Còn 1 bản nháp"
key  ^Q
exits 0
