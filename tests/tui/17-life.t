# 17-life.t - a dossier's whole life by keyboard: handed over, papers asked for, resumed, done, returned, rated, undone.
sizes 80x24 132x43
now  2026-11-24 08:02
ward demo
exec printf '{"kind":"dossier","procedure_code":"1.001193","applicant_name":"Lê Thị Hồng","applicant_id_no":"060190012345"}' >r.json
exec motcua --user lan --passphrase-file pass receive <r.json
run  motcua --user admin --passphrase-file pass
see  "1 Tiếp nhận"
key  F3
type "hong le"
see  "Lê Thị Hồng"
key  ENTER
see  "1 Chuyển bước"
key  1
see  "Đơn vị nhận:"
key  F2
see  "Đang xử lý"
key  3
see  "Giấy tờ cần bổ sung:"
type "Giaays chuwngs sinh\nThieeus giaays\n"
key  F2
see  "Chờ bổ sung"
screen 17-waiting
key  1
see  "Tiếp tục tính thời hạn"
key  F2
see  "Đang xử lý"
key  2
see  "Số kết quả:"
type "15/GKS\n"
key  F2
see  "Đã xong"
key  1
see  "Người nhận:"
key  F2
see  "Đã trả"
key  u
see  "Hoàn tác việc gần nhất"
key  F2
see  "Đã xong"
