# 63-themes.t - without colour what is late and what is selected still stands out; a theme is a setting; NO_COLOR wins.
term xterm-256color 80x24
now  2026-11-24 08:02
ward demo
run  env NO_COLOR=1 motcua --user admin --passphrase-file pass
see  "1 Tiếp nhận"
colours 0
stands-out "Quá hạn   "
cursor-on "> Tiếp nhận hôm nay"
key  2
stands-out "trễ 10"
colours 0
term-signal
run  motcua --user admin --passphrase-file pass
see  "1 Tiếp nhận"
colours 1
key  F10
type "thiet lap"
key  ESC
key  8 2
see  "Màu của màn hình"
term-signal
exec motcua --user admin --passphrase-file pass setting set theme mono
run  motcua --user admin --passphrase-file pass
see  "1 Tiếp nhận"
colours 0
stands-out "Quá hạn   "
term-signal
exec motcua --user admin --passphrase-file pass setting set theme contrast
run  motcua --user admin --passphrase-file pass
see  "1 Tiếp nhận"
colours 1
mark
key  ^L
limit bytes-to-terminal 2500
term-signal
run  env NO_COLOR=1 motcua --user admin --passphrase-file pass
see  "1 Tiếp nhận"
colours 0
