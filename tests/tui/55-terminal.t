# 55-terminal.t - terminals as they are: sizes that change in mid word, signals, a stuck line, a lost one, an unknown type.
now  2026-11-24 08:02
ward demo
# Typed ahead: while the program starts and the passphrase is stretched nobody waits, and every key counts.
run  motcua
ahead "lan\tmot-cua-demo\n1khai sinh\nNguyeenx Thij Hoaf"
see  "Nguyễn Thị Hòa"
see  "Đăng ký khai sinh"
# The window changes its size between any two keys.
key  ENTER
storm "060190012345\n0912345678\n150390\n\n12 Vox Thij Saus, DDoong Hof"
see  "12 Võ Thị Sáu, Đông Hò"
see  "0912345678"
see  "15/03/1990"
resize 10x3
see  "Cửa sổ qu"
type "a"
resize 1x1
resize 80x24
see  "12 Võ Thị Sáu, Đông Hòa"
screen 55-after
# Keys while nobody takes what is drawn; ^S and ^Q stop and start no terminal here: ^S is F2, ^Q leaves.
key  TAB TAB TAB TAB TAB
stuck "tieengs Vieejt, tieengs Vieejt, tieengs Vieejt, tieengs Vieejt"
see  "tiếng Việt, tiếng Việt, tiếng Việt, tiếng Việt"
key  ^S
see  "Kiểm tra trước khi lưu"
key  ESC
# Stopped and gone on; keys that came meanwhile are there.
signal STOP
ahead " xong"
signal CONT
see  "tiếng Việt xong"
signal TSTP
signal CONT
type "."
see  "tiếng Việt xong."
signal WINCH
signal WINCH
type "."
see  "tiếng Việt xong.."
# Ctrl-C and Ctrl-\ as signals of another hand: it leaves tidily or goes on, the draft is kept.
signal INT
exits 0
run  motcua --user lan --passphrase-file pass
see  "Còn 1 bản nháp"
key  ENTER
see  "tiếng Việt xong.."
type " 2"
see  "xong.. 2"
# The terminal vanishes in mid word.
hangup
exits 0
run  env TERM=unheard-of motcua --user lan --passphrase-file pass
see  "TERM"
see  "Còn 1 bản nháp"
key  ENTER
see  "xong.. 2"
signal HUP
exits 0
run  env -u TERM motcua --user lan --passphrase-file pass
see  "Còn 1 bản nháp"
key  ^Q
exits 0
