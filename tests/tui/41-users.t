# 41-users.t - who may sign in, as what, with which passphrase; and an office is never left without an admin.
now  2026-11-24 08:02
ward demo
run  motcua --user admin --passphrase-file pass
see  "8 Quản trị"
key  8
see  "4 Nhật ký"
key  1
see  "công chức Một cửa"
key  F6
see  "Thêm người dùng"
type "hanh\t\tngan\tngan"
key  F2
see  "mật khẩu cần ít nhất 8 ký tự"
key  ESC
see-not "Thêm người dùng"
key  F6
see  "Làm tiếp bản nháp"
key  2
see  "Đưa mật khẩu tận tay"
type "lan\t\tmat-khau-dai\tmat-khau-dai"
key  F2
see  "đã có người dùng này"
key  ESC
see-not "Thêm người dùng"
# The only admin: not disabled, not made a clerk.
key  ENTER
see  "1 Đặt mật khẩu mới"
key  2
see  "Vai trò mới"
key  1
see  "đây là quản trị cuối cùng: hãy thêm quản trị khác trước"
key  ENTER
see  "3 Khóa"
key  3
see  "Gõ \"khóa\""
type "khoas\n"
see  "đây là quản trị cuối cùng: hãy thêm quản trị khác trước"
# Another one is made of the supervisor; now oneself is still not to be disabled.
key  DOWN ENTER
see  "1 Đặt mật khẩu mới"
key  2
see  "Vai trò mới"
screen 41-role
key  6
see  "hoa: quản trị, từ lần đăng nhập sau."
key  UP ENTER
see  "3 Khóa"
key  3
see  "Gõ \"khóa\""
type "khoas\n"
see  "không tự khóa chính mình được"
# A clerk leaves the office, forgets, comes back as an officer.
key  DOWN DOWN ENTER
see  "3 Khóa"
key  1
see  "Gõ lại"
type "quen-mat-khau\tquen-mat-khau\n"
see  "Đã đổi mật khẩu."
exec echo quen-mat-khau >new
key  ENTER
see  "3 Khóa"
key  3
see  "Gõ \"khóa\""
type "khoas\n"
see  "Đã khóa lan."
see  "đã khóa"
screen 41-disabled
key  F10
type "thoat\n"
exits 0
exec-fail 3 motcua --user lan --passphrase-file new find nguyen
exec-fail 3 motcua --user lan --passphrase-file pass find nguyen
run  motcua --user hoa --passphrase-file pass
see  "8 Quản trị"
key  8
see  "1 Người dùng"
key  1
see  "đã khóa"
key  DOWN DOWN ENTER
see  "1 Cho đăng nhập ở máy này"
key  2
see  "Vai trò mới"
key  2
see  "lan: công chức chuyên môn, từ lần đăng nhập sau."
key  ENTER
see  "1 Cho đăng nhập ở máy này"
key  1
see  "Cho đăng nhập"
type "tro-lai-lam\ttro-lai-lam\n"
see  "lan đăng nhập được ở máy này."
screen 41-users
# The name on papers.
key  ENTER
see  "4 Họ và tên"
key  4
type "Traafn Thij Lan"
key  F2
see  "Đã ghi họ và tên."
see  "Trần Thị Lan"
# One's own passphrase is changed by who knows it.
key  ESC
see  "0 Đổi mật khẩu của tôi"
key  0
see  "Mật khẩu đang dùng"
type "khong-phai\tcua-hoa-day\tcua-hoa-day\n"
see  "Mật khẩu đang dùng không đúng."
key  ^U
type "mot-cua-demo"
key  F2
see  "Đã đổi mật khẩu."
term-signal
exec echo cua-hoa-day >hoa
exec motcua --user hoa --passphrase-file hoa user list
out  "lan"
exec-fail 3 motcua --user hoa --passphrase-file pass user list
exec echo tro-lai-lam >back
exec motcua --user lan --passphrase-file back find --limit 1 nguyen
exec motcua --user hoa --passphrase-file hoa user role lan --role leader
exec-fail 2 motcua --user hoa --passphrase-file hoa user role lan --role boss
exec motcua --user hoa --passphrase-file hoa user disable admin
exec-fail 3 motcua --user hoa --passphrase-file hoa user role hoa --role clerk
err  "quản trị cuối cùng"
exec-fail 3 motcua --user admin --passphrase-file pass verify
