# 15-window.t - a window too small says so in one line and loses nothing; every size after it is drawn whole.
now  2026-11-24 08:02
ward demo
run  motcua --user lan --passphrase-file pass
see  "1 Tiếp nhận"
key  1
type "ket hon\nTraanf Vawn"
see  "Trần Văn"
resize 10x3
see  "Cửa sổ qu"
type " Hoaf"
resize 40x12
see  "Cửa sổ quá nhỏ (cần 80x24)"
resize 132x43
see  "Trần Văn Hòa"
see  "Thành phần hồ sơ"
resize 80x24
see  "Trần Văn Hòa"
screen 15-back
term-signal
