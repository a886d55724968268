# 33-sync.t - a PC alone, enrolled by file, its first batch on a stick, the receipt back: green only then.
now  2026-11-24 16:30
ward demo
run  motcua --user admin --passphrase-file pass
see  "6 Đồng bộ"
key  6
see  "chưa ghi danh, dữ liệu chỉ ở máy này"
see-not "Qua mạng"
key  5
see  "Không có chỗ nào hai người sửa khác nhau"
screen 33-clashes
key  ESC
key  3
type "1"
see  "H10.16-1.json"
key  F2
see  "Đã ghi"
exec motcua-hub --data hub --key-file hub.key init
exec motcua-hub --data hub --key-file hub.key enrol H10.16-1.json --unit H10.16 --slot 1 --role counter --output E.mce
key  3
type "2"
see  "Tệp có đuôi .mce"
type "khong-co.mce"
key  F2
see  "Không có tệp hay thư mục này"
key  ^U
type "E.mce"
key  F2
see  "Đã ghi danh"
see  "đã ghi danh, máy số 1 (quầy)"
see  "1 Qua mạng"
exec mkdir usb
key  2
see  "Gõ đường dẫn một thư mục"
type "usb"
key  F2
see  "có thể tháo thiết bị"
see  "đã chép ra"
exec motcua-hub --data hub --key-file hub.key import usb/*.mcb
key  2
type "usb"
key  F2
see  "không còn gì"
see  "có biên nhận"
key  ESC
see  "1 Tiếp nhận"
see  "Đã gửi hết"
term-signal
