# 66-look-reports.t - scans, the digital team, reports and the end of a day in both languages.
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
key  3
screen 66-scan
key  LEFT
screen 66-scan-90
key  ENTER
screen 66-scan-add
bytes 1B0C
bytes 1B0C
key  4
screen 66-assist
key  F6
screen 66-assist-form
bytes 1B0C
key  2
screen 66-households
key  ENTER
screen 66-household
bytes 1B0C
key  F6
screen 66-household-new
bytes 1B0C
bytes 1B0C
bytes 1B0C
see  "1 Tiếp nhận" | "1 Receive"
key  5
screen 66-reports
key  F4
screen 66-period
bytes 1B0C
key  ENTER
blur "Nhật ký của H10.16:"
blur "Journal of H10.16:"
screen 66-report-01
key  RIGHT
screen 66-report-01-right
key  F2
screen 66-report-file
bytes 1B0C
bytes 1B0C
key  DOWN ENTER
screen 66-report-02
bytes 1B0C
key  DOWN ENTER
screen 66-report-03
bytes 1B0C
key  DOWN ENTER
screen 66-report-04
bytes 1B0C
key  DOWN ENTER
screen 66-report-05
bytes 1B0C
key  DOWN ENTER
screen 66-report-06
bytes 1B0C
key  DOWN ENTER
screen 66-report-07
bytes 1B0C
key  DOWN ENTER
screen 66-report-08
bytes 1B0C
key  DOWN ENTER
screen 66-report-09
bytes 1B0C
key  DOWN ENTER
screen 66-report-10
bytes 1B0C
key  DOWN ENTER
screen 66-report-11
bytes 1B0C
key  DOWN ENTER
screen 66-report-12
bytes 1B0C
key  DOWN ENTER
screen 66-report-13
bytes 1B0C
bytes 1B0C
see  "1 Tiếp nhận" | "1 Receive"
key  7
screen 66-day
key  F2
screen 66-day-sign
bytes 1B0C
key  F4
screen 66-day-other
