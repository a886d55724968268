# 68-look-wide.t - the main screens on large windows in both languages.
term xterm-256color 132x43
term xterm-256color 200x60
langs vi en
now  2026-11-24 08:02
ward demo
exec mv "$XDG_DATA_HOME/motcua/ward.motcua" ward.motcua
exec printf '{"kind":"dossier","procedure_code":"1.001193","applicant_name":"Lê Thị Hồng","applicant_id_no":"060190012345","applicant_phone":"0912345678","applicant_sex":"F","applicant_birth_date":"1990-03-15","neighbourhood":3}' >r.json
exec motcua --store ward.motcua --user lan --passphrase-file pass receive <r.json
run  motcua --store ward.motcua --user admin --passphrase-file pass
see  "1 Tiếp nhận" | "1 Receive"
screen 68-today
key  1
type "khai sinh\nNguyeenx Thij Lan\n060190012345\n"
screen 68-intake
bytes 1B0C
key  2
screen 68-work
key  ENTER
screen 68-dossier
bytes 1B0C
bytes 1B0C
see  "1 Tiếp nhận" | "1 Receive"
key  5
key  ENTER
blur "Nhật ký của H10.16:"
blur "Journal of H10.16:"
screen 68-report
bytes 1B0C
bytes 1B0C
see  "1 Tiếp nhận" | "1 Receive"
key  7
screen 68-day
bytes 1B0C
see  "1 Tiếp nhận" | "1 Receive"
key  8
screen 68-admin
