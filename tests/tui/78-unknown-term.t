# 78-unknown-term.t - a terminal nobody knows is tried as xterm and told so; the work goes on.
term xterm-256color 80x24
term linux 132x43
now  2026-11-24 08:02
ward demo
run  env TERM=no-such-terminal motcua --user lan --passphrase-file pass
see  "Không biết loại màn hình này (TERM); dùng xterm/vt100."
screen 78-unknown
key  F3
type "lan"
see  "Tìm: lan"
key  ESC
see  "1 Tiếp nhận"
see-not "Không biết loại màn hình này"
