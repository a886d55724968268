# 80-papers.t - the receipt from the page after saving: no printer, then a printer; a file; a QR; what else the dossier has.
sizes 80x24 132x43
now  2026-11-25 08:02
ward demo
exec printf '#!/bin/sh\nexit 1\n' >lp && chmod +x lp
run  env PATH="$PWD:$PATH" motcua --user lan --passphrase-file pass
see  "1 Tiếp nhận"
key  1
see  "Thủ tục:"
type "khai sinh"
see  "Đăng ký lại khai sinh"
key  ENTER
type "Nguyeenx Thij Lan\t"
key  F2
see  "Kiểm tra trước khi lưu"
key  F2
see  "H10.16-261125-0101"
key  F9
see  "GIẤY TIẾP NHẬN"
see  "2 liên"
screen 80-receipt
key  F9
see  "Không in được ra lp"
exec printf '#!/bin/sh\ncat >sheet\n' >lp
key  F9
see  "Đã gửi ra máy in"
exec grep -c "GIẤY TIẾP NHẬN" sheet
out  "2"
exec grep "Nguyễn Thị Lan" sheet
key  SPACE
see  "1 liên"
key  F2
see  "Ghi ra tệp"
type "2"
see  "H10.16-261125-0101-receipt.txt"
key  F2
see  "Đã ghi"
key  m
see  "đảo màu"
screen 80-qr
key  ESC
see  "GIẤY TIẾP NHẬN"
key  2
see  "PHIẾU KIỂM SOÁT"
key  F4
see  "Giấy tiếp nhận hồ sơ và hẹn trả kết quả"
key  ESC
see  "PHIẾU KIỂM SOÁT"
screen 80-control
key  ESC
see  "Đã tiếp nhận"
key  ENTER
see  "Có thể làm"
key  u
see  "Hoàn tác việc gần nhất"
key  F2
see  "đã in"
term-signal
