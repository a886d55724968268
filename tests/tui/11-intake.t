# 11-intake.t - a walk-in is received by keyboard alone, found again without accents, handed over.
sizes 80x24 132x43
now  2026-11-24 08:02
ward demo
run  motcua
see  "Đăng nhập"
type "lan\tmot-cua-demo\n"
see  "1 Tiếp nhận"
key  1
see  "Thủ tục:"
type "dang ky khai sinh"
see  "Đăng ký khai sinh"
type "\n"
see  "Thành phần hồ sơ"
type "Nguyeenx Thij Lan\n"
type "060190012345\n"
see  "Bình Thuận, nữ, 1990"
type "0912345678\n150390\nn"
key  n
type "\n12 Vox Thij Saus\n"
see  "Hẹn trả"
screen 11-form
key  F2
see  "Kiểm tra trước khi lưu"
screen 11-check
key  F2
see  "H10.16-261124-0101"
screen 11-receipt
key  ESC
see  "1 Tiếp nhận"
key  F3
type "lan nguyen"
see  "H10.16-261124-0101"
key  ENTER
see  "Chuyển bước"
screen 11-dossier
key  1
see  "Đơn vị nhận:"
key  F2
see  "Đã ghi: chuyển bước"
see  "Đang xử lý"
