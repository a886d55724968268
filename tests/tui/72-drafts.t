# 72-drafts.t - the power fails in the middle of every long form; each is offered again exactly as it stood.
term xterm-256color 80x24
term linux 132x43
now  2026-11-24 09:10
ward demo
exec printf '{"kind":"dossier","procedure_code":"1.001193","applicant_name":"Lê Thị Hồng","applicant_id_no":"060190012345"}' >r.json
exec motcua --user lan --passphrase-file pass receive <r.json
run  motcua --user admin --passphrase-file pass
see  "1 Tiếp nhận"
# Help given by the team.
key  4 F6
see  "chỉ giữ ở máy này, không gửi đi đâu"
type "chu ky so\n"
key  SPACE
type "\n15\n\n3\n"
key  RIGHT RIGHT
type "\nNguyeenx Thij Ho"
see  "Nguyễn Thị Ho"
screen 72-assist
kill
run  motcua --user admin --passphrase-file pass
see  "Còn 1 bản nháp"
see  "Bản nháp 09:10: Ghi lượt hỗ trợ, Nguyễn"
key  ENTER
see  "Làm tiếp bản nháp"
key  1
see  "Nguyễn Thị Ho"
screen 72-assist
type "a"
see  "Nguyễn Thị Hoa"
key  F2
see  "Đã ghi lượt hỗ trợ"
key  ESC
see-not "bản nháp"
# A household.
key  4 2 F6
see  "Khu phố và mã hộ là tên của hộ"
type "7\nH-99\nTraanf Vawn"
see  "Trần Văn"
screen 72-household
kill
run  motcua --user admin --passphrase-file pass
see  "Bản nháp 09:10: Hộ dân"
key  4 2 F6
see  "Làm tiếp bản nháp"
key  1
see  "Trần Văn"
screen 72-household
key  ESC
key  F6
key  2
see  "Khu phố và mã hộ là tên của hộ"
see-not "Trần Văn"
key  ESC ESC ESC
see  "1 Tiếp nhận"
see-not "bản nháp"
# A user: the name is kept, the passphrase never is.
key  8 1 F6
see  "Đưa mật khẩu tận tay"
type "thu\t"
key  SPACE TAB
type "mat-khau-bi-mat"
see  "*****"
kill
exec motcua --user admin --passphrase-file pass verify
run  motcua --user admin --passphrase-file pass
see  "Bản nháp 09:10: Thêm người dùng, thu"
key  ENTER 1
see  "Đưa mật khẩu tận tay"
see  "thu"
see-not "**"
screen 72-user
key  ESC ESC ESC
# Something done to a dossier, left by Esc.
key  F3
type "hong le"
see  "Lê Thị Hồng"
key  ENTER
see  "1 Chuyển bước"
key  1
see  "Đơn vị nhận:"
type "Vawn phong"
see  "Văn phong"
key  ESC ESC ESC
see  "Đang ghi, H10.16-261124"
key  ENTER
see  "Lê Thị Hồng"
key  1
see  "Làm tiếp bản nháp"
key  1
see  "Văn phong"
screen 72-forward
