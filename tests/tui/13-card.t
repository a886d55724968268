# 13-card.t - a card scanner types: at once, without accents, pasted, into any field; a plain number stays typing.
now  2026-11-24 08:02
ward demo
run  motcua --user lan --passphrase-file pass
see  "1 Tiếp nhận"
key  1
see  "Thủ tục:"
burst "001190012345|012345678|Nguyễn Thị Bình|15031990|Nữ|Tổ 3, Cầu Giấy, Hà Nội|20072022\n"
see  "Nguyễn Thị Bình"
see  "Tổ 3, Cầu Giấy, Hà Nội"
see  "Hà Nội, nữ, 1990"
screen 13-card
burst "001190012345||Nguyen Van An|15031990|Nam|Ha Noi|20072022\t"
see  "Nguyen Van An"
see  "dấu"
paste "060190012345||Trần Thị Cúc|01021990|Nữ|Phan Thiết|20072022"
see  "Trần Thị Cúc"
key  DOWN DOWN
key  ^U
type "123456789012|x"
see  "123456789012|x"
see-not "Trần Thị Cúc|"
