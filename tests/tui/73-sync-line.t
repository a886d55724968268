# 73-sync-line.t - a real hub behind a slow line: how far it is, stopped, resumed from there, green; then nagged.
term xterm-256color 80x24
term linux 132x43
now  2026-11-25 08:30
ward demo
exec motcua-hub --data hub --key-file hub.key init
exec motcua --user admin --passphrase-file pass device show --output D.json
exec motcua-hub --data hub --key-file hub.key enrol D.json --unit H10.16 --slot 1 --role counter --output E.mce
exec motcua --user admin --passphrase-file pass device enrol E.mce
background motcua-hub --data hub --key-file hub.key serve --listen 127.0.0.1:0 >serve.txt 2>serve.log
until grep -q listening serve.txt
background python3 $MOTCUA_BUILD/../../tests/net/badline.py $(sed 's/.*://' serve.txt) --rate 48000 --rtt 50 --narrow >line.txt
until grep -q . line.txt
exec motcua --user admin --passphrase-file pass setting set hub_url http://127.0.0.1:$(cat line.txt)
run  motcua --user admin --passphrase-file pass
see  "Chưa gửi 1196 (từ"
key  6
see  "1 Qua mạng"
key  6
see  "Chưa có biên nhận nào"
key  ESC 1
see  "1 gói, 1196 việc"
see  "byte mỗi giây, còn chừng"
key  ESC
see  "Đã dừng theo yêu cầu"
see  "đã dừng lúc 08:30 25/11; bấm 1 để gửi tiếp từ chỗ dở"
see-not "Lỗi gần nhất"
key  ESC
see  "Đã dừng, bấm 6."
key  6 1
see  "Đã gửi 1 gói"
see  "không còn gì"
see  "trung tâm giữ đủ đến việc số 1196"
see-not "đã dừng"
key  6
see  "Biên nhận này chứng minh"
see  "Chữ ký đúng"
see  "1196"
term-signal
exec cat serve.log
out  "\"method\":\"PATCH\",\"status\":204"
# Work that is not sent: said at once, nagged about after three days.
exec printf '{"kind":"dossier","procedure_code":"1.001193","applicant_name":"Lê Thị Hồng"}' >r.json
exec motcua --user admin --passphrase-file pass receive <r.json
run  motcua --user admin --passphrase-file pass
see  "Chưa gửi 1 (từ 08:30 25/11). Biên nhận"
term-signal
now  2026-11-27 08:40
run  motcua --user admin --passphrase-file pass
see  "Chưa gửi 1 (từ 08:30 25/11). Biên nhận"
term-signal
now  2026-11-28 08:40
run  motcua --user admin --passphrase-file pass
see  "chưa gửi đã 3 ngày"
screen 73-nag
key  2
see  "chưa gửi đã 3 ngày"
term-signal
exec motcua --user admin --passphrase-file pass setting set sync_nag_days 7
run  motcua --user admin --passphrase-file pass
see  "Chưa gửi 2 (từ 08:30 25/11). Biên nhận"
