# 62-look-dossier.t - a dossier, everything that can be done to it, and the worklists, in both languages.
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
key  F3
type "hong le"
key  ENTER
screen 62-dossier
key  7
screen 62-why
key  q
key  6
screen 62-history
key  q
key  5
screen 62-correct
bytes 1B0C
key  1
screen 62-act-hand-over
key  F2
screen 62-dossier-handed-over
key  2
screen 62-act-done
bytes 1B0C
key  3
screen 62-act-supplement
bytes 1B0C
key  4
screen 62-act-finance
bytes 1B0C
key  5
screen 62-act-stop
bytes 1B0C
key  6
screen 62-act-extend
bytes 1B0C
key  7
screen 62-act-refuse
bytes 1B0C
key  8
screen 62-act-withdraw
bytes 1B0C
key  9
screen 62-act-fee
bytes 1B0C
key  F9
screen 62-papers
bytes 1B0C
key  3
key  F2
screen 62-supplement-error
bytes 1B0C
key  2
type "15/GKS"
key  F2
screen 62-done
key  1
screen 62-act-return
key  F2
screen 62-returned
bytes 1B0C
bytes 1B0C
see  "1 Tiếp nhận" | "1 Receive"
key  2
screen 62-work
key  RIGHT
screen 62-work-2
key  RIGHT
screen 62-work-3
key  RIGHT
screen 62-work-4
key  RIGHT
screen 62-work-5
key  RIGHT
screen 62-work-6
key  RIGHT
screen 62-work-7
key  RIGHT
screen 62-work-8
key  RIGHT
screen 62-work-9
key  F4
screen 62-work-values
