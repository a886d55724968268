# 67-look-office.t - the outbox, administration and its pages in both languages.
# 1B0C below is Esc, and ^L so that it need not wait for a digit.
langs vi en
term xterm-256color 80x24
now  2026-11-24 08:02
ward demo
exec mv "$XDG_DATA_HOME/motcua/ward.motcua" ward.motcua
exec printf '{"kind":"dossier","procedure_code":"1.001193","applicant_name":"Lê Thị Hồng","applicant_id_no":"060190012345","applicant_phone":"0912345678","applicant_sex":"F","applicant_birth_date":"1990-03-15","neighbourhood":3}' >r.json
exec motcua --store ward.motcua --user lan --passphrase-file pass receive <r.json

run  motcua --store ward.motcua --user admin --passphrase-file pass
see  "1 Tiếp nhận" | "1 Receive"
key  6
blur "Chữ của máy này:"
blur "Words of this PC:"
screen 67-sync
key  3
screen 67-enrol
key  1
screen 67-enrol-file
bytes 1B0C
key  5
screen 67-clashes
bytes 1B0C
see  "3 Ghi danh" | "3 Enrol"
bytes 1B0C
see  "1 Tiếp nhận" | "1 Receive"
key  8
screen 67-admin
key  1
screen 67-users
key  ENTER
screen 67-user
bytes 1B0C
key  F6
screen 67-user-new
bytes 1B0C
bytes 1B0C
key  2
screen 67-settings
key  ENTER
screen 67-setting-choice
bytes 1B0C
key  PGDN
screen 67-settings-2
key  ENTER
screen 67-setting-text
bytes 1B0C
bytes 1B0C
key  3
screen 67-import
bytes 1B0C
key  4
screen 67-audit
key  F4
screen 67-audit-filter
bytes 1B0C
bytes 1B0C
key  5
screen 67-backup
bytes 1B0C
key  6
screen 67-restore
bytes 1B0C
key  8
see  " 1  "
key  q
key  0
screen 67-passphrase
