# 43-backup.t - a copy to a stick, read back; a check; a copy that is no good; the store brought back from one; a store that is gone.
now  2026-11-24 17:05
ward demo
exec mkdir usb
run  motcua --user admin --passphrase-file pass
see  "8 Quản trị"
key  8
see  "5 Sao lưu"
key  5
see  "Bản sao được niêm phong như kho"
key  ^U
type "khong-co/ban-sao.motcua"
key  F2
see  "Không có thư mục này"
key  ESC
see  "5 Sao lưu"
key  5
see  "Bản sao được niêm phong như kho"
key  ^U
type "usb/ban-sao.motcua"
key  F2
see  "Đã sao lưu vào"
key  5
see  "Bản sao được niêm phong như kho"
key  ^U
type "usb/ban-sao.motcua"
key  F2
see  "Đã có tệp này: chọn tên khác."
screen 43-there
key  ESC
key  7
see  "Kho nguyên vẹn"
exec motcua --store usb/ban-sao.motcua --user lan --passphrase-file pass verify
out  "\"ok\":true"
# What is recorded after the copy is not in it.
key  1
see  "công chức Một cửa"
key  F6
see  "Thêm người dùng"
type "hanh\t"
key  SPACE
type "\tmat-khau-dai\tmat-khau-dai\n"
see  "Đã thêm người dùng hanh"
key  ESC
see  "6 Khôi phục"
# A copy that is damaged: nothing changes, the clerk stays signed in.
exec cp usb/ban-sao.motcua usb/hong.motcua
exec printf x | dd of=usb/hong.motcua bs=1 seek=200000 conv=notrunc status=none
key  6
see  "Mật khẩu của tôi"
type "usb/hong.motcua\tmot-cua-demo"
key  F2
see  "Gõ \"khôi phục\""
type "khooi phujc\n"
see  "bản sao này hỏng, không dùng được; kho đang dùng vẫn như cũ"
see  "1 Tiếp nhận"
screen 43-damaged
key  8
see  "1 Người dùng"
key  1
see  "hanh"
key  ESC
see  "6 Khôi phục"
# The good one.
key  6
see  "Mật khẩu của tôi"
type "usb/ban-sao.motcua\tsai-mat-khau"
key  F2
see  "Mật khẩu không đúng."
key  ^U
type "mot-cua-demo"
key  F2
see  "Gõ \"khôi phục\""
screen 43-word
type "khooi phujc\n"
see  "Đã khôi phục"
key  8
see  "1 Người dùng"
key  1
see  "công chức Một cửa"
see-not "hanh"
key  ESC
see  "6 Khôi phục"
exec ls "$XDG_DATA_HOME"/motcua/ward.motcua.2*
# The store's file goes away under the program, and the copy is no good: it says so, and stays.
exec rm "$XDG_DATA_HOME/motcua/ward.motcua"
key  6
see  "Mật khẩu của tôi"
type "usb/hong.motcua\tmot-cua-demo"
key  F2
see  "Gõ \"khôi phục\""
type "khooi phujc\n"
see  "Không mở lại được kho"
see  "Không còn tệp kho"
key  2
exits 5
exec motcua --user admin --passphrase-file pass restore usb/ban-sao.motcua
exec motcua --user admin --passphrase-file pass verify
out  "\"ok\":true"
exec motcua --user admin --passphrase-file pass restore --force usb/ban-sao.motcua
exec-fail 1 motcua --user admin --passphrase-file pass restore --force usb/hong.motcua
err  "kho đang dùng vẫn như cũ"
exec motcua --user admin --passphrase-file pass verify
