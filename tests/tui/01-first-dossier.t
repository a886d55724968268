# 01-first-dossier.t - the first person at the counter: unlock, receive, hand over the receipt's code.
term xterm-256color 80x24
now  2026-11-25 08:02
ward demo
run  motcua
see  "Đăng nhập"
type "lan\t"
type "mot-cua-demo\n"
show
key 1
show
type "khai sinh"
show
key ENTER
show
type "Nguyeenx Thij Lan\t"
show
key F2
show
