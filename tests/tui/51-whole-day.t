# 51-whole-day.t - a clerk's whole day by keyboard: arrivals, a power cut, supplements, extensions, a refusal, returns, the drawer.
sizes 80x24 132x43
now  2026-11-25 07:32
ward demo
run  motcua --user lan --passphrase-file pass
see  "1 Tiếp nhận"
# 1: a birth, by card; the phone by hand.
key  1
see  "Thủ tục:"
type "dang ky khai sinh\n"
burst "001190012345||Nguyễn Thị Bình|15031990|Nữ|Tổ 3, Cầu Giấy, Hà Nội|20072022\n"
see  "Nguyễn Thị Bình"
type "0912345678"
key  F2
see  "Kiểm tra trước khi lưu"
key  F2
see  "H10.16-261125-0101"
# 2: copies of a paper, everything typed; two pages, paid in cash.
key  F6
see  "Thủ tục:"
type "chung thuc ban sao\nTraanf Vawn Huwng\n060085012346\n0903111222\n010285\nn\n"
key  TAB TAB TAB TAB TAB
see  "F4: chọn; trống là phải nộp"
key  TAB ^U
type "4k\t"
see  "F4: chọn; trống là thu sau"
key  F4 ENTER
type "BL-001"
key  F2
see  "Kiểm tra trước khi lưu"
see  "4.000"
key  F2
see  "H10.16-261125-0102"
# 3: the same for a poor household: exempt, nothing to pay.
key  F6
see  "Thủ tục:"
type "chung thuc ban sao\nLee Vawn Beos\n060070012347\t\t\t"
key  TAB TAB TAB TAB TAB TAB
see  "F4: chọn; trống là phải nộp"
key  F4 ENTER
see  "hộ nghèo"
key  F2
see  "Kiểm tra trước khi lưu"
key  F2
see  "H10.16-261125-0103"
# 4: a neighbour brings it, with an authorisation.
key  F6
see  "Thủ tục:"
type "khai tuwr"
see  "khai tử"
type "\nPhamj Thij Dung\n"
key  TAB TAB TAB TAB TAB TAB TAB TAB
see  "nếu không phải chủ hồ sơ"
type "Vox Vawn Maanx\t060080012348\t0987654321\t"
key  F4 ENTER
type "12/2026/GUQ"
key  F2
see  "Kiểm tra trước khi lưu"
see  "Võ Văn Mẫn"
key  F2
see  "H10.16-261125-0104"
# 5, 6, 7: a family in a row; what they share is copied, and one field by ditto.
key  F6
see  "Thủ tục:"
type "tinh trang hon nhan\n"
burst "060065012301||Đặng Văn Long|02021965|Nam|Thôn 2, Hàm Thắng|20072022\n"
see  "Đặng Văn Long"
type "0977123456"
key  F2
see  "Kiểm tra trước khi lưu"
key  F2
see  "H10.16-261125-0105"
key  ^D
see  "Thủ tục:"
see  "0977123456"
type "tinh trang hon nhan\n"
burst "060190012302||Đặng Thị Mai|03031990|Nữ|Thôn 2, Hàm Thắng|20072022\n"
see  "Đặng Thị Mai"
key  F2
see  "Kiểm tra trước khi lưu"
key  F2
see  "H10.16-261125-0106"
key  F6
see  "Thủ tục:"
key  ^D
see  "tình trạng hôn nhân"
type "\nDDawngj Vawn Nam\n060092012303\n"
key  ^D
see  "0977123456"
key  F2
see  "Kiểm tra trước khi lưu"
key  F2
see  "H10.16-261125-0107"
# 8: sent in online.
key  F6
see  "Thủ tục:"
type "ket hon\nHoof Thij Thuf\n060195012304\n0938000777\n"
key  TAB TAB TAB TAB
type "t"
see  "trực tuyến"
key  F2
see  "Kiểm tra trước khi lưu"
key  F2
see  "H10.16-261125-0108"
# 9: the power goes in the middle of a name.
key  F6
see  "Thủ tục:"
type "dang ky khai sinh\nNguyeenx Vawn Quys"
see  "Nguyễn Văn Quý"
kill
now  2026-11-25 09:10
run  motcua --user lan --passphrase-file pass
see  "Còn 1 bản nháp"
key  ENTER
see  "Nguyễn Văn Quý"
type "eenf\n060088012305\n0966777888"
see  "Nguyễn Văn Quyền"
key  F2
see  "Kiểm tra trước khi lưu"
key  F2
see  "H10.16-261125-0109"

# 10, 11, 12
key  F6
see  "Thủ tục:"
type "chung thuc chu ky\n"
burst "060177012306||Bùi Thị Hoa|04041977|Nữ|Khu phố 4, Phan Thiết|20072022\n"
see  "Bùi Thị Hoa"
key  F2
see  "Kiểm tra trước khi lưu"

key  F2
see  "H10.16-261125-0110"
key  F6
see  "Thủ tục:"
type "ket hon\n"
burst "060099012307||Lý Văn Tài|05051999|Nam|Khu phố 5, Phan Thiết|20072022\n"
see  "Lý Văn Tài"
key  F2
see  "Kiểm tra trước khi lưu"
key  F2
see  "H10.16-261125-0111"
key  F6
see  "Thủ tục:"
type "nhan cha me con"

type "\nTruwowng Thij Ys\n060182012308\n0905666777"
key  F2
see  "Kiểm tra trước khi lưu"
key  F2
see  "H10.16-261125-0112"
key  ESC
see  "1 Tiếp nhận"

# Before noon all of them go to whoever works on them, at once.
key  DOWN DOWN ENTER
see  "Chờ chuyển xử lý >  12"
type "*;1"
see  "Đơn vị nhận:"
key  F2
see  "12 hồ sơ, 12 làm được, 0 không."
key  F2
see  "12 hồ sơ, 12 đã làm, 0 chưa."
key  ENTER
see  "Không có hồ sơ nào ở đây."
key  ESC
see  "1 Tiếp nhận"
# Tâm, who works on them, sits down for a while: three want papers.
key  0
see  "Máy đang khóa"
key  UP
key  ^U
type "tam\tmot-cua-demo\n"
see  "tam ·"
see  "1 Tiếp nhận"
key  F3
type "0101"
see  "H10.16-261125-0101"
key  ENTER
see  "Có thể làm"
type "3"
see  "Giấy tờ cần bổ sung:"
key  ^U
type "Giaays chuwngs sinh\nThieeus giaays\n"
key  F2
see  "Chờ bổ sung"
key  ESC ESC
key  F3
type "0104"
see  "H10.16-261125-0104"
key  ENTER
see  "Có thể làm"
type "3"
see  "Giấy tờ cần bổ sung:"
key  ^U
type "Giaays baos tuwr\n"
key  F2
see  "Chờ bổ sung"
key  ESC ESC
key  F3
type "0109"
see  "H10.16-261125-0109"
key  ENTER
see  "Có thể làm"
type "3"
see  "Giấy tờ cần bổ sung:"
key  ^U
type "Giaays chuwngs sinh; Hooj chieeus\n"
key  F2
see  "Chờ bổ sung"
screen 51-supplement
key  ^Q
exits 0
# After lunch the leader extends two, with an apology on paper, and refuses one.
now  2026-11-25 13:40
exec printf '#!/bin/sh\ncat >>printed\n' >lp && chmod +x lp
run  env PATH="$PWD:$PATH" motcua --user son --passphrase-file pass
see  "1 Tiếp nhận"
key  F3
type "261125-0111"
see  "Lý Văn Tài"
key  ENTER
see  "Gia hạn"
type "4"
see  "Hẹn mới:"
type "27/11/2026\nChowf xacs minh\n"
key  F2
see  "Đã ghi: gia hạn. Hẹn trả 09:10 27/11/2026"
key  F9
see  "VĂN BẢN XIN LỖI"
key  F9
see  "Đã gửi ra máy in"
screen 51-apology
key  ESC ESC ESC
key  F3
type "261125-0112"
see  "Trương Thị Ý"
key  ENTER
see  "Gia hạn"
type "4"
see  "Hẹn mới:"
type "02/12/2026\nChowf xacs minh\n"
key  F2
see  "Đã ghi: gia hạn"
key  ESC ESC
key  F3
type "261125-0106"
see  "Đặng Thị Mai"
key  ENTER
see  "Từ chối"
type "5"
see  "Việc này kết thúc hồ sơ"
type "ddoongf ys\n"
see  "Lý do:"
type "Chuwa ddur ddieeuf kieejn\n"
key  F2
see  "Đã ghi: từ chối"
# Tâm again: two brought their papers; eight are done at once.
key  0
see  "Có thể làm"
key  ^K
see  "Máy đang khóa"
key  UP
key  ^U
type "tam\tmot-cua-demo\n"
see  "tam ·"
see  "1 Tiếp nhận"
key  F3
type "261125-0101"
see  "Nguyễn Thị Bình"
key  ENTER
see  "Tiếp tục xử lý"
type "1"
see  "Tiếp tục tính thời hạn"
key  F2
see  "Đã ghi: tiếp tục xử lý"
key  ESC ESC
key  F3
type "261125-0104"
see  "Phạm Thị Dung"
key  ENTER
see  "Tiếp tục xử lý"
type "1"
see  "Tiếp tục tính thời hạn"
key  F2
see  "Đã ghi: tiếp tục xử lý"
key  ESC ESC
key  2
see  "Hồ sơ"
key  F4
type "dang giai quyet"
key  ENTER
see  "< Đang giải quyết >"
type "0101 0102 0103 0104 0105 0107 0108 0110 "
see  "đánh dấu 8"
type ";"
see  "Kết thúc xử lý (8)"
type "2"
see  "Số kết quả:"
key  F2
see  "8 hồ sơ, 8 làm được, 0 không."
key  F2
see  "8 hồ sơ, 8 đã làm, 0 chưa."
screen 51-done
key  ^Q
exits 0
# From four on the citizens come back: at the counter, for somebody else, by post, online.
now  2026-11-25 16:10
run  env PATH="$PWD:$PATH" motcua --user lan --passphrase-file pass
see  "1 Tiếp nhận"
key  2
see  "Hồ sơ"
key  F4
type "cho tra ket qua"
key  ENTER
see  "< Chờ trả kết quả >"
type "0101"
key  ENTER
see  "Có thể làm"
type "1"
see  "Người nhận:"
key  F2
see  "Đã ghi: trả kết quả"
key  ESC
type "0102"
key  ENTER
see  "Trần Văn Hưng"
type "1"
see  "Người nhận:"
key  F2
see  "Đã ghi: trả kết quả"
key  ESC
type "0103"
key  ENTER
see  "Lê Văn Béo"
type "1"
see  "Người nhận:"
key  F2
see  "Đã ghi: trả kết quả"
key  ESC
type "0107"
key  ENTER
see  "Đặng Văn Nam"
type "1"
see  "Người nhận:"
key  F2
see  "Đã ghi: trả kết quả"
key  ESC
type "0104"
key  ENTER
see  "Phạm Thị Dung"
type "1"
see  "Người nhận:"
key  TAB
key  ^U
type "Vox Vawn Maanx"
key  F2
see  "Đã ghi: trả kết quả"
key  ESC
type "0105"
key  ENTER
see  "Đặng Văn Long"
type "1"
see  "Người nhận:"
key  RIGHT
see  "bưu chính"
key  F2
see  "Đã ghi: trả kết quả"
key  ESC
type "0108"
key  ENTER
see  "Hồ Thị Thù"
type "1"
see  "Người nhận:"
key  RIGHT RIGHT
see  "trực tuyến"
key  F2
see  "Đã ghi: trả kết quả"
key  ESC
type "0110"
key  ENTER
see  "Bùi Thị Hoa"
type "3"
see  "Khoản thu:"
see  "10000"
key  F2
see  "Đã ghi: thu phí, lệ phí"
type "1"
see  "Người nhận:"
key  F2
see  "Đã ghi: trả kết quả"
key  ESC
see  "< Chờ trả kết quả >"
key  ESC
see  "7 Cuối ngày"
key  ^Q
exits 0
# The end of the day: the drawer is counted, signed off by name, the page printed.
now  2026-11-25 16:55
run  env PATH="$PWD:$PATH" motcua --user lan --passphrase-file pass
see  "7 Cuối ngày"
key  7
see  "Chưa ai chốt ngày này"
screen 51-open
key  F2
see  "Người ký chốt: lan"
type "14.000\n\n\nddur\n"
see  "Đã chốt ngày, người ký: lan"
see-not "LỆCH"
screen 51-closed
key  F9
see  "In ra máy in"
type "1"
see  "Đã gửi tờ cuối ngày ra máy in"
key  ESC
see  "7 Cuối ngày"
screen 51-evening
term-signal
# What was printed, and what the commands say, is what was typed.
exec grep -c "VĂN BẢN XIN LỖI" printed
out  "1"
exec grep "Đã chốt: lan, 16:55 25/11/2026" printed
exec motcua --user lan --passphrase-file pass verify
out  "\"ok\":true"
exec motcua --user lan --passphrase-file pass report day --from 2026-11-25 --to 2026-11-25 --format json
out  "{\"row\":\"count\",\"what\":\"received\",\"dossiers\":12}"
out  "{\"row\":\"count\",\"what\":\"finished\",\"dossiers\":9}"
out  "{\"row\":\"count\",\"what\":\"returned\",\"dossiers\":8}"
out  "{\"row\":\"count\",\"what\":\"not_handed_over\",\"dossiers\":0}"
out  "{\"row\":\"cash\",\"method\":\"cash\",\"payments\":2,\"paid_vnd\":14000}"
exec motcua --user lan --passphrase-file pass export | grep H10.16-261125-01 >all; wc -l <all
out  "12"
exec grep -c '"state":"returned"' all
out  "8"
exec grep -c '"state":"supplement"' all
out  "1"
exec grep -c '"extensions"' all
out  "2"
exec grep 0106 all
out  "\"refused\":true"
exec grep 0104 all
out  "Võ Văn Mẫn"
out  "Phạm Thị Dung"
exec grep 0109 all
out  "Nguyễn Văn Quyền"
out  "Giấy chứng sinh"
exec grep 0107 all
out  "Đặng Văn Nam"
out  "+84977123456"
