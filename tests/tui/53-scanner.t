# 53-scanner.t - a card scanner types 200 bytes at once: on any screen, into any field, over a question; CR, LF, Tab or nothing behind.
now  2026-11-24 08:02
ward demo
run  motcua --user lan --passphrase-file pass
see  "1 Tiếp nhận"
# At home digits are commands; a card is none. It opens a form with the person in it.
burst "060190012345|301234567|Nguyễn Thị Hoàng Ánh Nguyệt|15031990|Nữ|Số 12 đường Võ Thị Sáu, khu phố 4, phường Bình Hưng, Phan Thiết, Bình Thuận|20072022||Nguyễn Văn Long|Trần Thị Thu\n"
see  "Nguyễn Thị Hoàng Ánh Nguyệt"
see  "060190012345"
see  "Số 12 đường Võ Thị Sáu"
type "khai sinh\n"
see  "Thành phần hồ sơ"
screen 53-home
# Another card over the papers, a choice, a date: the same form, the other person.
key  TAB TAB TAB TAB
burst "001185054321||Trần Văn Bảy|02021985|Nam|Tổ 3, Cầu Giấy, Hà Nội|20072022\t"
see  "Trần Văn Bảy"
see-not "Nguyệt"
key  F2
see  "Kiểm tra trước khi lưu"
burst "060190012345||Nguyễn Thị Ánh|15031990|Nữ|Phan Thiết|20072022\n"
see  "Đã quét một thẻ; lưu hồ sơ này"
key  F2
see  "H10.16-261124-0101"
# The receipt stands: the next citizen's card is the next reception.
burst "060190012345||Nguyễn Thị Ánh|15031990|Nữ|Phan Thiết|20072022"
see  "Nguyễn Thị Ánh"
key  ESC
see  "Còn 1 bản nháp"
# Over a question nothing is answered.
key  DEL
see  "Bỏ bản nháp"
burst "060190012345||Nguyễn Thị Ánh|15031990|Nữ|Phan Thiết|20072022\n"
see  "Đã quét một thẻ; xong khung này"
key  ESC
see  "Còn 1 bản nháp"
# Into the search: whose card it is, is found.
key  F3
burst "001185054321||Trần Văn Bảy|02021985|Nam|Tổ 3, Cầu Giấy, Hà Nội|20072022"
see  "H10.16-261124-0101"
key  ESC
# Slow as a cheap scanner, byte by byte, is the same; quick digits that are no card are commands, in order.
type "060177054321||Lê Thị Chín|02021977|Nữ|Phan Rí|20072022\n"
see  "Lê Thị Chín"
key  ESC
see  "Còn 2 bản nháp"
burst "12"
see  "Thủ tục:       2"
key  ^U ESC ESC
see  "Còn 2 bản nháp"
# As a paste, marks apart, into a dossier's own form: who collected it.
exec printf '{"kind":"dossier","procedure_code":"1.001193","applicant_name":"Lê Thị Hồng","applicant_id_no":"060190012345"}' >r.json
key  ^Q
exits 0
exec motcua --user lan --passphrase-file pass receive <r.json
exec echo '{}' | motcua --user lan --passphrase-file pass act H10.16-261124-0102 forward -
exec echo '{}' | motcua --user tam --passphrase-file pass act H10.16-261124-0102 done -
run  motcua --user lan --passphrase-file pass
see  "1 Tiếp nhận"
key  F3
type "261124-0102"
see  "Lê Thị Hồng"
key  ENTER
see  "Trả kết quả"
key  1
see  "Người nhận:"
key  TAB
burst "060190099999||Võ Văn Mẫn|15031990|Nam|Phan Thiết|20072022\n"
see  "Võ Văn Mẫn"
see-not "060190099999"
key  ^U
paste "060190099998||Võ Văn Tần|15031990|Nam|Phan Thiết|20072022"
see  "Võ Văn Tần"
see-not "060190099998"
# A field for neither takes it as it is: data, and the mistake is seen.
key  ENTER ENTER ENTER
burst "060190099997||Võ Ba|1990|Nam|Phan Rí|20072022\t"
see  "060190099997||Võ Ba|1990|Nam|Phan Rí|20072022"
screen 53-form
key  F2
see  "Đã trả"
