# 85-return.t - a result goes out by post, is rated, corrected with its reason; undo until the day is sealed into a batch.
sizes 80x24 132x43
now  2026-11-20 08:02
ward demo
exec printf '{"kind":"dossier","procedure_code":"1.004222","applicant_name":"Lê Thị Hông","return_method":"post"}' | motcua --user lan --passphrase-file pass receive
exec motcua --user admin --passphrase-file pass act H10.16-261120-0101 forward
exec motcua --user admin --passphrase-file pass act H10.16-261120-0101 forward
# The template has no step left: the message says what to do.
exec-fail 4 motcua --user admin --passphrase-file pass act H10.16-261120-0101 forward
err  "ghi đơn vị nhận, hoặc kết thúc xử lý"
now  2026-11-23 08:02
run  motcua --user admin --passphrase-file pass
see  "1 Tiếp nhận"
key  F3
type "hong le"
see  "Lê Thị Hông"
key  ENTER
see  "2 Kết thúc xử lý"
key  2
see  "Số kết quả:"
type "15/TT\nc"
key  F2
see  "Đã ghi: có kết quả"
key  1
see  "Cách trả:"
see  "bưu chính"
key  DOWN
key  ^U
type "Buwu tas Nguyeenx An"
key  F2
see  "Đã trả"
see  "Bưu tá Nguyễn An"
see  "bưu chính"
key  1
see  "Hài lòng (1-5):"
type "6"
key  F2
see  "1. Hài lòng (1-5):"
key  ^U
type "5"
key  F2
see  "Đã ghi: ghi mức hài lòng"
screen 85-returned
# A correction wants its reason; the history keeps both values.
key  3
see  "Sửa ô cần sửa"
key  ^U
type "Lee Thij Hoongf"
key  F2
see  "sửa hồ sơ phải ghi lý do"
type "Ghi sai daaus"
key  F2
see  "Đã ghi: sửa"
see  "Lê Thị Hồng"
key  5
see  "Lịch sử"
key  END
see  "Họ và tên: Lê Thị Hông -> Lê Thị Hồng"
see  "Ghi sai dấu"
screen 85-history
key  ESC
# The last thing done is taken back, and again what was before it.
key  u
see  "Hoàn tác việc gần nhất"
key  F2
see  "Lê Thị Hông"
term-signal
# Sealed into a batch it stays: a correction is the way.
exec motcua --user admin --passphrase-file pass device show --output D.json
exec motcua-hub --data hub --key-file hub.key init
exec motcua-hub --data hub --key-file hub.key enrol D.json --unit H10.16 --slot 1 --role counter --output E.mce
exec motcua --user admin --passphrase-file pass device enrol E.mce
exec mkdir usb && motcua --user admin --passphrase-file pass batch export usb
run  motcua --user admin --passphrase-file pass
see  "1 Tiếp nhận"
key  F3
type "hong le"
see  "Lê Thị Hông"
key  ENTER
see  "Đã trả"
see-not "4 Hoàn tác"
key  u
see  "Hoàn tác việc gần nhất"
key  F2
see  "đã niêm phong trong gói"
key  ESC
# What is done from here on can be taken back again.
key  1
see  "Hài lòng (1-5):"
type "4"
key  F2
see  "Đã ghi: ghi mức hài lòng"
see  "4 Hoàn tác"
screen 85-sealed
