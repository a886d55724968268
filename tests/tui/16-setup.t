# 16-setup.t - the first start on a new PC: unit, administrator, the recovery code once; then a wrong passphrase.
run  motcua --store ward.motcua
see  "Thiết lập lần đầu"
screen 16-setup
type "H11.30\nPhuowngf Thuwr\n\nanh\n12345678\n1234567\n"
see  "Hai lần nhập mật khẩu khác nhau"
key  ^U
type "12345678\n"
see  "Mã khôi phục"
key  ENTER
see  "Phường Thử"
see  "0 Khóa"
key  0
see  "Máy đang khóa"
type "sai mat khau\n"
see  "sai tên hoặc mật khẩu"
type "12345678\n"
see  "1 Tiếp nhận"
key  ^Q
exits 0
