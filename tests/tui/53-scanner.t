# 53-scanner.t - a card scanner types 200 bytes at once: on any screen, into any field, over a question; with CR, LF, Tab or nothing behind.
now  2026-11-24 08:02
ward demo
run  motcua --user lan --passphrase-file pass
see  "1 Tiếp nhận"
# At home digits are commands; a card is none. It opens a form with the person in it.
burst "060190012345|301234567|Nguyễn Thị Hoàng Ánh Nguyệt|15031990|Nữ|Số 12 đường Võ Thị Sáu, khu phố 4, phường Bình Hưng, thành phố Phan Thiết, tỉnh Bình Thuận|20072022||Nguyễn Văn Hoàng Long|Trần Thị Thu\n"
see  "Nguyễn Thị Hoàng Ánh Nguyệt"
see  "060190012345"
see  "Số 12 đường Võ Thị Sáu"
show
