# 23-search.t - one box finds by name, code, tail of id or phone, note, address; with accents and without; says where it met.
sizes 80x24 132x43
now  2026-11-24 08:30
ward demo
exec printf '{"kind":"dossier","procedure_code":"1.001193","applicant_name":"Lê Thị Hồng","applicant_id_no":"060190012347","applicant_phone":"0912345698","applicant_address":"Ngõ Vắng 12","note":"chờ bản đồ thửa"}\n{"kind":"dossier","procedure_code":"1.001193","applicant_name":"Lê Thị Hông","applicant_id_no":"060190088888"}\n' >two.jsonl
exec while read -r l; do printf '%s' "$l" | motcua --user lan --passphrase-file pass receive; done <two.jsonl
run  motcua --user lan --passphrase-file pass
see  "2 Hồ sơ"
key  F3
see  "Gõ họ tên, mã hồ sơ"
# By name without accents both; with them, in Telex, only the one.
type "hong le"
see  "Lê Thị Hồng"
see  "Lê Thị Hông"
screen 23-name
key  ^U
type "Lee Thij Hoongf"
see-not "Lê Thị Hông"
see  "Lê Thị Hồng"
# By code.
key  ^U
type "261124-0101"
see  "Mã hồ sơ "
see-not "Lê Thị Hông"
# By the tail of an id, of a phone.
key  ^U
type "2347"
see  "CCCD …347"
key  ^U
type "5698"
see  "ĐT …698"
# By the note, by the address, without accents and with them.
key  ^U
type "ban do thua"
see  "Ghi chú"
key  ^U
type "banr ddoof"
see  "Ghi chú"
key  ^U
type "ngo vang"
see  "Địa chỉ"
# A name and a number together.
key  ^U
type "hong 2347"
see  "CCCD …347"
screen 23-number
key  ENTER
see  "Có thể làm"
key  ESC
see  "CCCD …347"
key  ^U
type "khong co ai nhu the"
see  "Không thấy hồ sơ nào."
term-signal
