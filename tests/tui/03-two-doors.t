# 03-two-doors.t - one store, one program at a time; a wrong passphrase and an unknown name sound alike.
now  2026-11-25 08:02
ward demo
run  motcua
see  "Đăng nhập"
type "lan\tsai-mat-khau\n"
see  "mật khẩu"
type "mot-cua-demo\n"
see  "Hôm nay, Thứ Tư 25/11/2026"
exec-fail 3 motcua --user lan --passphrase-file pass find lan
exec echo sai-mat-khau >wrong
term-signal
exec-fail 3 motcua --user lan --passphrase-file wrong find lan
exec-fail 3 motcua --user nobody --passphrase-file wrong find lan
exec motcua --user lan --passphrase-file pass verify
out  "\"ok\":true"
