# 84-verbs.t - a financial duty paid, a stop, an extension with its apology, a refusal, a withdrawal; what cannot be done is not offered.
sizes 80x24 132x43
now  2026-11-20 08:02
ward demo
exec for n in 'Lê Thị Hồng' 'Trần Văn Tám' 'Phạm Thị Mai'; do printf '{"kind":"dossier","procedure_code":"1.004222","applicant_name":"%s"}' "$n" | motcua --user lan --passphrase-file pass receive; done
now  2026-11-23 08:02
run  motcua --user admin --passphrase-file pass
see  "1 Tiếp nhận"
key  F3
type "hong le"
see  "Lê Thị Hồng"
key  ENTER
see  "1 Chuyển bước"
# Nothing that a received dossier cannot have done to it.
see-not "Trả kết quả"
see-not "Gia hạn"
key  1
see  "Đơn vị nhận:"
key  F2
see  "Đang xử lý"
# A financial duty stops the clock; paid, with the receipt's number, it runs on.
key  4
see  "Số tiền:"
type "1tr2"
see  "1.200.000 đ"
key  F2
see  "Chờ nộp tiền"
see-not "Gia hạn"
screen 84-finance
key  4
see  "Khoản thu:"
see  "Nghĩa vụ tài chính"
see  "1.200.000 đ"
key  DOWN DOWN DOWN
type "BL-0072"
key  F2
see  "Đã ghi: thu phí, lệ phí"
key  1
see  "Tiếp tục tính thời hạn"
key  F2
see  "Đang xử lý"
# Extended once, with its paper; the second time is warned of.
key  6
see  "Hẹn mới:"
key  F2
see  "1. Hẹn mới:"
type "4/12/2026\nChowf xasc minh"
key  F2
see  "Hẹn trả 08:02 04/12/2026, trước là 08:02 02/12/2026"
screen 84-extended
key  F9
see  "XIN LỖI"
key  PGDN
see  "Chờ xác minh"
key  ESC
see  "6 Gia hạn"
key  6
see  "Hẹn mới:"
type "7/12/2026\nVaanx chowf"
key  F2
see  "gia hạn lần thứ hai"
# Stopped, with its reason and basis and its notice; the clock stands.
key  5
see  "Dừng hẳn:"
type "Tofa asn yeeu caauf\nQuyeets ddijnh 12"
key  F2
see  "Dừng xử lý"
key  F9
see  "THÔNG BÁO DỪNG GIẢI QUYẾT HỒ SƠ"
key  PGDN
see  "Quyết định 12"
key  ESC
see  "1 Tiếp tục xử lý"
screen 84-stopped
key  ESC
see  "Tìm:"
# A refusal ends it: a typed word, a reason, a paper.
key  ^U
type "tam tran"
see  "Trần Văn Tám"
key  ENTER
see  "1 Chuyển bước"
key  2
see  "Gõ \"đồng ý\""
type "khong\n"
see  "đồng ý"
key  ^U
type "ddoongf ys\n"
see  "Mã lý do:"
key  F2
see  "1. Lý do:"
type "Khoong thuoocj thaarm quyeenf"
key  F2
see  "Đã ghi: từ chối"
key  F9
see  "PHIẾU TỪ CHỐI"
key  PGDN
see  "Không thuộc thẩm quyền"
key  ESC
see  "Có thể làm"
see-not "Chuyển bước"
screen 84-refused
key  ESC
see  "Tìm:"
key  ^U
type "mai pham"
see  "Phạm Thị Mai"
key  ENTER
see  "3 Rút hồ sơ"
key  3
see  "Gõ \"đồng ý\""
type "ddoongf ys\n"
see  "Lý do:"
type "Ngwowfi nooJp xin ruts"
key  F2
see  "Đã ghi: rút hồ sơ"
see-not "Chuyển bước"
screen 84-withdrawn
term-signal
# By command the same is refused, and says why.
exec-fail 4 motcua --user admin --passphrase-file pass act H10.16-261120-0103 forward
err  "hồ sơ đang ở trạng thái"
exec-fail 4 motcua --user admin --passphrase-file pass act H10.16-261120-0103 return
exec-fail 4 motcua --user admin --passphrase-file pass act H10.16-261120-0101 extend
exec-fail 3 motcua --user lan --passphrase-file pass act H10.16-261120-0101 stop --field reason=x
exec-fail 2 motcua --user admin --passphrase-file pass act H10.16-261120-0101 fly
exec-fail 5 motcua --user admin --passphrase-file pass act H10.16-261120-0999 forward
