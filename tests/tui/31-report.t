# 31-report.t - a report is chosen with its period, read to the right with its rows still named, put into a file.
now  2026-11-24 16:02
ward demo
run  motcua --user lan --passphrase-file pass
see  "5 Báo cáo"
key  5
see  "Quý IV năm 2026 (15/09/2026 - 14/12/2026)"
key  LEFT
see  "Quý III năm 2026 (15/06/2026 - 14/09/2026)"
key  F4
see  "Chín tháng"
type "6"
see  "Từ ngày:"
key  ^U
type "011126\n"
key  ^U
type "241126\n"
see  "01/11/2026 - 24/11/2026"
screen 31-list
key  ENTER
see  "TÌNH HÌNH, KẾT QUẢ GIẢI QUYẾT THỦ TỤC HÀNH CHÍNH"
screen 31-report
key  RIGHT
see  "còn bên trái"
screen 31-right
key  F2
see  "Bảng tính CSV"
type "2"
see  "06a-2026-11-01-2026-11-24.csv"
key  F2
see  "Đã ghi"
term-signal
exec motcua --user lan --passphrase-file pass --now 2026-11-24T16:02:00+07:00 --format csv report 06a --from 2026-11-01 --to 2026-11-24 >expected.csv
exec cmp expected.csv 06a-2026-11-01-2026-11-24.csv
