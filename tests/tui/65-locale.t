# 65-locale.t - LANG=C on a terminal of today: letters are shown and typed all the same.
term xterm-256color 80x24
now  2026-11-24 08:02
ward demo
run  env -u LC_ALL LANG=C motcua --user lan --passphrase-file pass
see  "1 Tiếp nhận"
see-not "[KD]"
key  1
type "\tNguyễn Đình Lan"
see  "Nguyễn Đình Lan"
term-signal
run  env -u LC_ALL LANG=vi_VN.UTF-8 motcua --user lan --passphrase-file pass
see  "bản nháp: Enter"
key  1
see  "Nguyễn Đình Lan"
