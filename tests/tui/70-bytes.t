# 70-bytes.t - on a slow line a whole screen costs 2,500 bytes at most, a key in a field or a list 300.
# 1B0C is Esc, and ^L so that it need not wait for a digit.
now  2026-11-24 08:02
ward demo
run  motcua --user admin --passphrase-file pass
see  "1 Tiếp nhận"
mark
key  ^L
limit bytes-to-terminal 2500
mark
key  DOWN
limit bytes-to-terminal 300
key  2
see  "Đang giải quyết"
mark
key  ^L
limit bytes-to-terminal 2500
mark
key  DOWN
limit bytes-to-terminal 300
key  ENTER
see  "Có thể làm"
mark
key  ^L
limit bytes-to-terminal 2500
mark
key  DOWN
limit bytes-to-terminal 300
bytes 1B0C
bytes 1B0C
see  "1 Tiếp nhận"
key  1
type "khai sinh\nNguyen"
mark
type "x"
limit bytes-to-terminal 300
mark
key  TAB
limit bytes-to-terminal 300
type "06019001234"
mark
type "5"
limit bytes-to-terminal 300
mark
key  ^L
limit bytes-to-terminal 2500
bytes 1B0C
see  "1 bản nháp"
key  5
see  "Báo cáo"
mark
key  DOWN
limit bytes-to-terminal 300
key  UP ENTER
see  "TÌNH HÌNH"
mark
key  ^L
limit bytes-to-terminal 2500
bytes 1B0C
bytes 1B0C
see  "1 bản nháp"
key  7
see  "Tiền mặt"
mark
key  ^L
limit bytes-to-terminal 2500
bytes 1B0C
see  "1 bản nháp"
key  8
see  "9 In thử"
mark
key  DOWN
limit bytes-to-terminal 300
