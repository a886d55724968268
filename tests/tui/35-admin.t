# 35-admin.t - a new colleague is added and signs in; what she may not do is not on her menu; who did it is told.
now  2026-11-24 08:02
ward demo
run  motcua --user admin --passphrase-file pass
see  "8 Quản trị"
key  8
see  "4 Nhật ký"
screen 35-menu
key  1
see  "công chức Một cửa"
key  F6
see  "Đưa mật khẩu tận tay"
type "hanhf\t"
key  SPACE
type "\tmat-khau-dai\tmat-khau-sai"
key  F2
see  "Hai lần gõ khác nhau"
key  ^U
type "mat-khau-dai"
key  F2
see  "Đã thêm người dùng hanhf"
screen 35-users
key  ESC
key  2
see  "07:00-11:30,13:30-17:00"
screen 35-settings
key  ESC
key  4
see  "hanhf"
screen 35-audit
key  ESC
key  7
see  "Kho nguyên vẹn"
term-signal
exec echo mat-khau-dai >new
run  motcua --user hanhf --passphrase-file new
see  "8 Quản trị"
key  8
see  "0 Đổi mật khẩu của tôi"
see-not "1 Người dùng"
key  1
see  "0 Đổi mật khẩu của tôi"
screen 35-clerk
term-signal
