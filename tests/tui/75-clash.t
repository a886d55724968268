# 75-clash.t - two counters correct one field with the line down, meet through a folder; a supervisor sees both, picks; both agree.
term xterm-256color 80x24
term linux 132x43
now  2026-11-25 08:30
ward demo
exec motcua-hub --data hub --key-file hub.key init
exec motcua --user admin --passphrase-file pass device show --output D1.json
exec motcua-hub --data hub --key-file hub.key enrol D1.json --unit H10.16 --slot 1 --role counter --output E1.mce
exec motcua --user admin --passphrase-file pass device enrol E1.mce
exec motcua init --store two.motcua --passphrase-file pass --unit H10.16 --unit-name 'Phường Mẫu' --slot 2 --admin binh --demo
exec motcua --store two.motcua --passphrase-file pass device show --output D2.json
exec motcua-hub --data hub --key-file hub.key enrol D2.json --unit H10.16 --slot 2 --role counter --output E2.mce
exec motcua --store two.motcua --passphrase-file pass device enrol E2.mce
exec mkdir share
exec printf '{"kind":"dossier","procedure_code":"1.001193","applicant_name":"Lê Thị Hồng","applicant_phone":"0912345678"}' >r.json
exec motcua --user lan --passphrase-file pass receive <r.json
exec motcua --user admin --passphrase-file pass sync --folder share
exec motcua --store two.motcua --passphrase-file pass sync --folder share
# Each corrects the phone number, neither knows of the other.
now  2026-11-25 09:00
exec motcua --user admin --passphrase-file pass act H10.16-261125-0101 correct --field applicant_phone=0911111111 --note 'khách gọi'
now  2026-11-25 09:10
exec motcua --store two.motcua --passphrase-file pass act H10.16-261125-0101 correct --field applicant_phone=0922222222 --note 'khách đến'
exec motcua --user admin --passphrase-file pass sync --folder share
exec motcua --store two.motcua --passphrase-file pass sync --folder share
now  2026-11-25 09:20
run  motcua --store two.motcua --passphrase-file pass
see  "6 Đồng bộ"
key  6
see  "1 chỗ, bấm 5"
key  5
see  "H10.16-261125-0101"
screen 75-list
key  ENTER
see  "+84922222222"
see  "09:00 25/11"
screen 75-both
key  2
see  "Đã quyết định; các máy khác sẽ theo"
see  "Không có chỗ nào hai người sửa khác nhau"
key  ESC ESC
see  "Chưa gửi 4"
term-signal
exec motcua --store two.motcua --passphrase-file pass show H10.16-261125-0101 --format json
out  "911111111"
exec motcua --store two.motcua --passphrase-file pass sync --folder share
exec motcua --user admin --passphrase-file pass sync --folder share
exec motcua --user admin --passphrase-file pass show H10.16-261125-0101 --format json
out  "911111111"
out-not "922222222"
run  motcua --user hoa --passphrase-file pass
see  "6 Đồng bộ"
key  6
see  "đã chép ra"
see-not "Sửa khác nhau:"
