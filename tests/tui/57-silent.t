# 57-silent.t - a terminal that answers nothing, and answers that come late: no wait, no garbage, no text of them.
now  2026-11-24 08:02
ward demo
exec printf 'printf "\\033[c\\033[6n\\033[>c\\033P\\044qm\\033\\134"; exec motcua "$@"' >ask.sh
# The program itself asks nothing and waits for nothing.
answers never
run  motcua --user lan --passphrase-file pass
see  "1 Tiếp nhận"
owes 0
key  F6
see  "Thủ tục:"
owes 0
key  ESC
see  "1 Tiếp nhận"
screen 57-today
key  ^Q
exits 0
# What ran before it on the line asked, and is never answered.
run  sh ask.sh --user lan --passphrase-file pass
see  "1 Tiếp nhận"
screen 57-today
key  ^Q
exits 0
# The same, answered when the clerk is in the middle of a word.
answers late
run  sh ask.sh --user lan --passphrase-file pass
see  "1 Tiếp nhận"
key  F6
type "khai sinh"
see  "Đăng ký khai sinh"
key  ENTER
type "Nguyeenx Thi"
answer
type "j Hoaf"
see  "Nguyễn Thị Hòa"
see-not ";"
# Answers of other terminals: name, colours, capabilities; in one read, letter by letter, with a word behind them.
burst "\eP>|XTerm(379)\e\\\eP1+r544e=787465726d2d323536636f6c6f72;436f=323536\e\\\eP!|00000000\e\\ Van"
type "g"
type "\e]11;rgb:1e1e/1e1e/1e1e\e\\"
type "\e[?62;22c"
type "\eP1+r5463=\e\\"
type " Em"
see  "Nguyễn Thị Hòa Vang Em"
# One that is cut in its middle ends by itself, and the next key counts.
bytes 1b5d31313b7267623a
key  TAB
type "060190012345"
see  "060190012345"
screen 57-form
key  ESC
see  "Còn 1 bản nháp"
# On a list, where letters are commands.
burst "\e[?1;2c\e]10;rgb:ffff/ffff/ffff\e\\\eP1+r6b62733d7f\e\\"
see  "Còn 1 bản nháp"
key  ^Q
exits 0
# At the door, before anybody is signed in.
run  sh ask.sh
see  "Mật khẩu"
answer
type "lan\tmot-cua-demo\n"
see  "1 Tiếp nhận"
# In lines the same.
key  ^Q
exits 0
run  sh ask.sh --linear --user lan --passphrase-file pass
see  "Tiếp nhận"
answer
burst "\e]11;rgb:1e1e/1e1e/1e1e\e\\"
see-not "rgb"
see-not "62;"
