# 61-look-counter.t - the counter's screens in both languages as they are: what is cut, out of line or foreign shows.
# 1B0C below is Esc, and ^L so that it need not wait for a digit.
langs vi en
term xterm-256color 80x24
now  2026-11-24 08:02
run  motcua --store new.motcua
screen 61-setup
term-signal
ward demo
exec mv "$XDG_DATA_HOME/motcua/ward.motcua" ward.motcua
exec printf '{"kind":"dossier","procedure_code":"1.001193","applicant_name":"Lê Thị Hồng","applicant_id_no":"060190012345","applicant_phone":"0912345678","applicant_sex":"F","applicant_birth_date":"1990-03-15","neighbourhood":3}' >r.json
exec motcua --store ward.motcua --user lan --passphrase-file pass receive <r.json

run  motcua --store ward.motcua
screen 61-unlock
key  ENTER ENTER
screen 61-unlock-wrong
type "admin\tmot-cua-demo\n"
see  "1 Tiếp nhận" | "1 Receive"
screen 61-today
key  F1
screen 61-help
key  F8
screen 61-help-2
key  q
key  F10
screen 61-palette
type "ngay" | "day"
screen 61-palette-typed
bytes 1B0C
key  0
screen 61-locked
type "mot-cua-demo\n"
key  1
screen 61-intake
type "khai sinh"
screen 61-intake-pick
key  ENTER
key  F2
screen 61-intake-errors
type "Nguyeenx Thij Lan\n"
type "060190012345"
screen 61-intake-id
type "\n0912345678\n150390\n"
screen 61-intake-choice
key  F4
screen 61-intake-values
bytes 1B0C
type "n"
key  n
type "\n12 Vox Thij Saus\n2\n"
screen 61-intake-full
key  F2
screen 61-check
key  F2
screen 61-receipt
bytes 1B0C
see  "1 Tiếp nhận" | "1 Receive"
key  1
type "khai sinh\nTran"
bytes 1B0C
see  "1 bản nháp" | "1 draft"
screen 61-today-draft
key  F3
type "nguyen"
screen 61-find
