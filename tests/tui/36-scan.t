# 36-scan.t - files of the scanner's folder become a dossier's scans; a broken one refuses them all.
now  2026-11-24 10:00
ward demo
exec mkdir quet && printf '%%PDF-1.4 hong' >quet/hong.pdf && touch -d "2026-11-24T09:00:00+07:00" quet/hong.pdf
exec motcua --user admin --passphrase-file pass setting set scan_folder "$PWD/quet"
run  motcua --user lan --passphrase-file pass
see  "3 Quét"
key  3
key  LEFT
see  "Nhận trong 90 ngày, chưa quét"
see  "Trần Tiến Anh"
key  ENTER
see  "hong.pdf"
see  "Đã có 0 bản quét"
key  ENTER
see  "Cả hồ sơ, không riêng giấy nào"
key  ENTER
see  "Chưa ghi gì. hong.pdf"
screen 36-refused
term-signal
