# 58-sync-screen.t - two sticks are offered, the newest first; clocks apart are told; the last error speaks
# the reader's language; linear too.
term xterm-256color 80x24
term linux 132x43
# This PC's clock is ahead of the hub's, which is the real one.
now  2046-11-26 08:30
ward demo
exec motcua-hub --data hub --key-file hub.key init
exec motcua --user admin --passphrase-file pass device show --output D.json
exec motcua-hub --data hub --key-file hub.key enrol D.json --unit H10.16 --slot 1 --role counter --output E.mce
exec motcua --user admin --passphrase-file pass device enrol E.mce
background motcua-hub --data hub --key-file hub.key serve --listen 127.0.0.1:0 >serve.txt 2>serve.log
until grep -q listening serve.txt
exec motcua --user admin --passphrase-file pass setting set hub_url http://127.0.0.1:$(sed 's/.*://' serve.txt)
exec mkdir "USB CU" USB-MOI
exec printf '/dev/sdy1 USB\\040CU vfat rw 0 0\n/dev/sdz1 USB-MOI vfat rw 0 0\n' >mounts
run  env MOTCUA_MOUNTS=mounts motcua --user admin --passphrase-file pass
see  "1 Tiếp nhận"
key  6 2
see  "Thư mục khác"
blur "Chữ của trung tâm:   "
blur "Cũ nhất:             "
blur "Còn 1196 việc chưa gửi"
screen 58-sticks
type "2"
see  "có thể tháo thiết bị"
exec sh -c 'ls "USB CU" | grep -c mcb'
files USB-MOI 0
key  2
see  "Thư mục khác"
type "1"
see  "có thể tháo thiết bị"
exec sh -c 'ls USB-MOI | grep -c mcb'
see-not "Đồng hồ máy này"
exec motcua-hub --data hub --key-file hub.key import USB-MOI/*.mcb
key  2
see  "Thư mục khác"
type "1"
see  "không còn gì"
see  "Đồng hồ máy này:     nhanh"
see  "ngày so với trung tâm: xem bên nào đúng"
exec motcua-hub --data hub --key-file hub.key device revoke $(sed -n 's/.*"device": *"\([0-9a-f]*\)".*/\1/p' D.json)
# A PC that was revoked: said in the words of the one who looks.
key  1
see  "Lỗi gần nhất:        Trung tâm không nhận mã truy cập của máy này"
key  ESC ^Q
exits 0
lang en
run  env MOTCUA_MOUNTS=/dev/null motcua --user admin --passphrase-file pass
see  "1 Receive"
key  6
see  "ahead of the hub's: see which is right"
see  "Last error:          The hub does not know this device's token"
key  2
see  "No stick is seen. Type the path of a folder."
key  ESC ESC ^Q
exits 0
# In lines, what is said of stopping is true from the first line on.
lang vi
run  env MOTCUA_MOUNTS=mounts motcua --linear --user admin --passphrase-file pass
see  "6 Đồng bộ"
type "6\n"
see  "2 Qua USB"
type "2\n"
see  "Thư mục khác"
type "1\n"
see  "Esc: dừng. Lần sau làm tiếp từ chỗ dở."
see  "có thể tháo thiết bị"
see-not "không dừng giữa chừng"
