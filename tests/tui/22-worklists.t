# 22-worklists.t - every worklist holds as many as home says; late by level; in Vietnamese order; left and found again.
sizes 80x24 132x43
now  2026-11-25 16:00
ward demo
exec printf '{"kind":"dossier","code":"H10.16-261103-9001","procedure_code":"1.001193","field_name":"Hộ tịch","applicant_name":"Đinh Thị Ý","channel":"direct","received_at":"2026-11-03T08:00:00+07:00","due_at":"2026-11-05T16:55:00+07:00","state":"processing","steps":[{"seq":1,"unit":"Bộ phận Một cửa","level":"ward","given_at":"2026-11-03T08:00:00+07:00"}]}\n{"kind":"dossier","code":"H10.16-261103-9002","procedure_code":"1.001193","field_name":"Hộ tịch","applicant_name":"Lê Văn Ân","channel":"direct","received_at":"2026-11-03T08:00:00+07:00","due_at":"2026-11-06T16:55:00+07:00","state":"processing","steps":[{"seq":1,"unit":"Thuế","level":"other","given_at":"2026-11-03T08:00:00+07:00"}]}\n{"kind":"dossier","code":"H10.16-261125-9003","procedure_code":"1.001193","applicant_name":"Vũ Thị Ẩn","channel":"online","submitted_at":"2026-11-25T07:00:00+07:00","state":"registered"}\n' >more.jsonl
exec motcua --user lan --passphrase-file pass import more.jsonl
exec printf '{"kind":"dossier","procedure_code":"1.001193","applicant_name":"Lê Thị Hồng","applicant_id_no":"060190012345"}' >r.json
exec motcua --user lan --passphrase-file pass receive <r.json
run  motcua --user lan --passphrase-file pass
see  "2 Hồ sơ"
screen 22-home
# Home's counts and the lists' own.
key  ENTER
see  "< Tiếp nhận hôm nay >  1"
key  RIGHT
see  "< Nộp trực tuyến, chờ tiếp nhận >  1"
key  RIGHT
see  "< Chờ chuyển xử lý >  1"
key  RIGHT
see  "< Đến hạn hôm nay >  5"
key  RIGHT
see  "< Đến hạn ngày làm việc tới >  3"
key  RIGHT
see  "< Quá hạn >  5"
key  RIGHT
see  "< Quá hạn, cấp xã >  1"
see  "Đinh Thị Ý"
key  RIGHT
see  "< Quá hạn, cấp tỉnh >  3"
key  RIGHT
see  "< Quá hạn, cơ quan khác >  1"
see  "Lê Văn Ân"
key  RIGHT
see  "< Chờ công dân, tạm dừng >  2"
key  RIGHT
see  "< Chờ trả kết quả >  2"
key  RIGHT
see  "< Đang giải quyết >  30"
key  RIGHT
see  "< Đang giải quyết, chưa quét >  3"
# By name as people are listed here: An before Ân before Bảo; Đ after D.
key  LEFT
see  "< Đang giải quyết >  30"
type "s"
see  "theo tên"
screen 22-by-name
# Into a dossier and back: the same row, filter, order; also after home.
key  F3
type "nguyen"
key  DOWN
see  "/30"
key  DOWN DOWN ENTER
see  "Có thể làm"
key  ESC
see  "theo tên"
screen 22-back
# The filter stays with its list while another is looked at; Esc takes it away, the row stays.
key  RIGHT
see  "< Đang giải quyết, chưa quét >"
see-not "Lọc:"
key  LEFT
see  "7/30"
see  "Lọc: nguyen"
key  ESC
see-not "Lọc:"
screen 22-row
# Home and in again: the order and the row are as they were.
key  ESC
see  "Hôm nay, Thứ Tư"
type "2"
see  "< Đang giải quyết >  30  theo tên"
screen 22-row
type "S"
see  "theo tên, đảo"
key  HOME
see  "Đinh Thị Ý"
term-signal
