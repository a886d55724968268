# 64-plain.t - screens without Vietnamese letters: marks go on the screen only, lines and arrows are ASCII, [KD] says so.
term vt100 80x24
now  2026-11-24 08:02
ward demo
run  env LC_ALL=C motcua --user lan --passphrase-file pass
see  "[VN Telex] [KD]"
see  "1 Tiep nhan"
screen 64-today
key  1
type "khai sinh\n"
type "Nguyeenx Ddinhf Lan"
see  "Nguyen Dinh Lan"
key  F2
see  "Luu va cap ma ho so"
key  F2
see  "H10.16-261124-0101"
key  ESC
key  5
see  "Trai/Phai"
screen 64-reports
term-signal
exec motcua --user lan --passphrase-file pass export --kind dossier
out  "Nguyễn Đình Lan"
run  motcua --user lan --passphrase-file pass
see  "[VN Telex]"
see-not "[KD]"
see  "1 Tiếp nhận"
term-signal
exec motcua --user admin --passphrase-file pass setting set marks plain
run  motcua --user lan --passphrase-file pass
see  "1 Tiep nhan"
see  "[KD]"
term-signal
run  env MOTCUA_PLAIN=0 motcua --user lan --passphrase-file pass
see  "1 Tiếp nhận"
