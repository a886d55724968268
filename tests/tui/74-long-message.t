# 74-long-message.t - an error longer than a row takes rows of the body: its end is read, the row one is on stays in sight.
langs vi en
sizes 80x24
now  2026-11-24 10:00
ward demo
exec mkdir quet && printf '%%PDF-1.4 hong' >"quet/Giấy xác nhận tình trạng hôn nhân của ông Nguyễn Văn Bình và bà Trần Thị Hồng, bản chụp lần hai, trang đầu.pdf" && touch -d "2026-11-24T09:00:00+07:00" quet/*
exec motcua --user admin --passphrase-file pass setting set scan_folder "$PWD/quet"
run  motcua --user lan --passphrase-file pass
see  "3 Quét" | "3 Scan"
key  3
key  LEFT
see  "Trần Tiến Anh"
key  ENTER
see  "Giấy xác nhận"
key  ENTER
see  "Cả hồ sơ, không riêng giấy nào" | "The whole dossier"
key  ENTER
see  "không đọc được" | "cannot be read"
cursor-on "> Giấy xác nhận"
screen 74-refused
key  DOWN
see-not "không đọc được" | "cannot be read"
