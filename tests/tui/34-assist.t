# 34-assist.t - a team member records help; only outcomes that fit are offered; the person stays on this PC.
now  2026-11-24 09:10
ward demo
run  motcua --user minh --passphrase-file pass
see  "4 Tổ công nghệ số"
key  4
see  "Chưa có lượt hỗ trợ nào ở đây"
key  F6
see  "chỉ giữ ở máy này, không gửi đi đâu"
type "chu ky so"
see  "Đăng ký chữ ký số"
screen 34-pick
type "\n"
key  F2
see  "Chọn một kết quả"
key  SPACE
type "\n15\n"
key  SPACE
type "\n3\n"
key  RIGHT RIGHT
type "\nNguyeenx Thij Hoa"
see  "Nguyễn Thị Hoa"
key  F2
see  "Đã ghi lượt hỗ trợ"
see  "1 lượt của tôi, 15 phút"
screen 34-list
key  2
see  "24 hộ, 15 hộ có tài khoản"
key  F3
type "khai"
see  "Hoàng Văn Khải"
key  ENTER
see  "Tài khoản DVC:"
key  DOWN DOWN
key  ^U
type "1"
key  F2
see  "Đã ghi."
key  ESC
see  "24 hộ, 16 hộ có tài khoản"
screen 34-households
term-signal
