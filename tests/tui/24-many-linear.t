# 24-many-linear.t - tick and act on many by lines and numbers: what can be, what was, and back.
term dumb 100x200
now  2026-11-24 16:00
ward demo
run  motcua --linear --user admin --passphrase-file pass
see  "2 Hồ sơ"
type "2\n"
see  "Đang giải quyết"
type "+10 12\n"
see  "đánh dấu 2"
type "&\n"
see  "Chuyển bước (2)"
type "1\n"
see  "Đơn vị nhận"
type "!\n"
see  "2 hồ sơ"
type "!\n"
see  "đã làm"
type "u\n"
see  "Hoàn tác"
type "\n"
see "Đang giải quyết"
type "/\n"
type "nguyen\n"
see "/26"
screen 24-lines
