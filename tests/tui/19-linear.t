# 19-linear.t - line by line, for screen readers: what changed is printed, the focused line last; nothing is drawn over.
now  2026-11-24 08:02
ward demo
run  motcua --linear --user lan --passphrase-file pass
see  "1 Tiếp nhận"
key  1
see  ">   Thủ tục:"
type "khai sinh"
see  "Đăng ký khai sinh"
key  ENTER
see  ">   Họ và tên:"
type "Nguyeenx Thij Lan"
see  ">   Họ và tên:     Nguyễn Thị Lan"
key  F2
see  "> Lưu và cấp mã hồ sơ"
key  F2
see  "H10.16-261124-0101"
