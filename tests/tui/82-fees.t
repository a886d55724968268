# 82-fees.t - capitals offered, values listed, who is exempt before the amount, who brought it, papers counted, errors by number.
sizes 80x24 132x43
now  2026-11-24 08:02
ward demo
run  motcua --user lan --passphrase-file pass
see  "1 Tiếp nhận"
key  1
see  "Thủ tục:"
type "dang ky thuong tru"
see  "Đăng ký thường trú"
key  ENTER
see  "20.000"
type "traanf thij cucs"
see  "F4: Trần Thị Cúc"
key  F4
see-not "F4:"
key  DOWN
# Four digits too few, a month that is none: told at saving, by number.
type "06019001\n09123\n321390"
key  F2
see  "1. Số CCCD:"
see  "2. Số điện thoại:"
see  "3. Ngày sinh:"
screen 82-errors
key  ^U
type "060190012345"
key  ^E
key  ^U
type "0912345678"
key  ^E
key  ^U
type "010190"
see  "01/01/1990"
key  F2
see  "Kiểm tra trước khi lưu"
key  ESC
see  "Thủ tục:"
# F4 lists what a choice can be; the amount comes after who pays none.
key  DOWN
key  F4
see  "Nữ"
key  DOWN ENTER
type "12 Vox Thij Saus"
key  DOWN DOWN DOWN
key  F4
see  "bưu chính"
screen 82-values
key  DOWN ENTER
type "Lee Vawn Tasm\n"
see  "CCCD người nộp:"
type "060085000123\n0987654321\n"
key  F4
see  "được ủy quyền"
key  ESC
type "d\n15/UQ 20-11-2026\n"
key  F4
see  "hộ nghèo"
key  ENTER
key  UP
key  BACKSPACE
key  DOWN
key  ^U
type "1tr2"
see  "1.200.000 đ"
key  ^U
type "50k"
see  "50.000 đ"
key  DOWN
type "t"
see  "tiền mặt"
key  DOWN
type "BL-0071"
key  F2
see  "Kiểm tra trước khi lưu"
see  "50.000 đ, đã thu, tiền mặt, biên lai BL-0071"
screen 82-check
key  ESC
# The papers: two originals of the first, an electronic second.
key  DOWN DOWN
see  "Thành phần hồ sơ"
key  RIGHT
type "2"
key  DOWN
key  LEFT LEFT
key  SPACE
screen 82-papers
key  F2
see  "2 bản chính"
see  "1 điện tử"
key  F2
see  "H10.16-261124-0101"
# The number is known now: the stored name is offered.
key  F6
see  "Thủ tục:"
key  DOWN
type "Traanf Thi Cuc\n060190012345\n"
see  "Số này đã có: Trần Thị Cúc"
key  UP
key  F4
see  "Trần Thị Cúc"
see  "12 Võ Thị Sáu"
screen 82-known
term-signal
exec motcua --user lan --passphrase-file pass show H10.16-261124-0101
out  "\"submitter_relation\":\"authorised\""
out  "\"submitter_paper\":\"15/UQ 20-11-2026\""
out  "\"receipt_no\":\"BL-0071\""
out  "\"originals\":2"
out  "\"electronic\":true"
out  "\"return_method\":\"post\""
