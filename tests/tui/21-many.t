# 21-many.t - forty dossiers at four in the afternoon: limit, tick, act on all, look first, hear why not, take it back.
sizes 80x24 132x43
now  2026-11-24 16:00
ward demo
exec awk 'BEGIN { split("An Bình Chi Đào Giang Hạnh Khánh Lan Minh Ngọc", t); split("Nguyễn,Trần,Lê,Phạm", h, ","); for (i = 0; i < 40; i++) { s = i >= 36 ? "processing" : "received"; d = s == "received" ? "" : ",\"done_at\":\"2026-11-24T09:00:00+07:00\""; printf "{\"kind\":\"dossier\",\"code\":\"H10.16-261124-9%03d\",\"procedure_code\":\"1.001193\",\"field_name\":\"Hộ tịch\",\"applicant_name\":\"%s Thị %s\",\"channel\":\"direct\",\"received_at\":\"2026-11-24T08:%02d:00+07:00\",\"due_at\":\"2026-11-2%dT16:55:00+07:00\",\"state\":\"%s\",\"steps\":[{\"seq\":1,\"unit\":\"Bộ phận Một cửa\",\"level\":\"ward\",\"role\":\"intake\",\"given_at\":\"2026-11-24T08:%02d:00+07:00\"%s},{\"seq\":2,\"unit\":\"Tư pháp - Hộ tịch\",\"level\":\"ward\",\"role\":\"process\"%s}]}\n", i + 1, h[i % 4 + 1], t[i % 10 + 1], i, i % 2 ? 5 : 6, s, i, d, s == "received" ? "" : ",\"given_at\":\"2026-11-24T09:00:00+07:00\"" } }' >40.jsonl
exec motcua --user lan --passphrase-file pass import 40.jsonl
exec printf '#!/bin/sh\necho job >>jobs\ncat >>sheets\n' >lp && chmod +x lp
run  env PATH="$PWD:$PATH" motcua --user lan --passphrase-file pass
see  "2 Hồ sơ"
key  DOWN DOWN
key  ENTER
see  "< Chờ chuyển xử lý >  36"
# Limit without accents; the list tells how many of all.
key  F3
type "tran"
see  "9/36"
key  ENTER
type "*"
see  "đánh dấu 9"
key  ESC
see  "đánh dấu 9"
# One more by its code's tail.
type "001"
see  "Đến mã có đuôi 001"
key  SPACE
see  "đánh dấu 10"
type ";"
see  "Chuyển bước (10)"
screen 21-offer
type "1"
see  "Đơn vị nhận:"
key  F2
see  "10 hồ sơ, 10 làm được, 0 không."
screen 21-check
key  F2
see  "10 hồ sơ, 10 đã làm, 0 chưa."
key  ENTER
see  "< Chờ chuyển xử lý >  26"
see-not "đánh dấu"
# Of all that are open some cannot: the page says which and why; they stay ticked.
key  F4
type "dang giai quyet"
key  ENTER
see  "< Đang giải quyết >"
type "9035 9036 9037 9038 "
see  "đánh dấu 4"
type ";1"
see  "Đơn vị nhận:"
key  F2
see  "4 hồ sơ, 2 làm được, 2 không."
see  "H10.16-261124-9037"
screen 21-mixed
key  F2
see  "4 hồ sơ, 2 đã làm, 2 chưa."
screen 21-told
# Taken back at once, both of them; all four stand ticked again.
type "u"
see  "Hoàn tác: 4 hồ sơ, 2 đã làm, 2 chưa."
key  ENTER
see  "đánh dấu 4"
# Control slips for all four, one sheet after the other; then the printer stops and is not asked again for each.
key  F9
see  "In phiếu kiểm soát (4)"
type "1"
see  "In phiếu kiểm soát: 4 hồ sơ, 4 làm được, 0 không."
key  F2
see  "In phiếu kiểm soát: 4 hồ sơ, 4 đã làm, 0 chưa."
exec test $(grep -c . jobs) = 4
exec printf '#!/bin/sh\necho job >>jobs\nexit 1\n' >lp
key  ENTER
see-not "đánh dấu"
type "9035 9036 9037 9038 "
key  F9
type "2"
see  "In giấy tiếp nhận: 4 hồ sơ, 4 làm được, 0 không."
key  F2
see  "In giấy tiếp nhận: 4 hồ sơ, 0 đã làm, 4 chưa."
screen 21-printer
exec test $(grep -c . jobs) = 5
key  ENTER
see  "đánh dấu 4"
# The list goes into a file.
type ";"
see  "Ghi danh sách ra tệp (4)"
key  UP ENTER
see  "Bảng tính CSV"
type "2"
see  "ho-so-2026-11-24.csv"
key  F2
see  "Đã ghi"
key  F5
see-not "Đã ghi"
screen 21-after
term-signal
exec grep -c "H10.16-261124-903" ho-so-2026-11-24.csv
out  "4"
exec motcua --user lan --passphrase-file pass show H10.16-261124-9035
out  "\"state\":\"received\""
exec motcua --user lan --passphrase-file pass show H10.16-261124-9002
out  "\"state\":\"processing\""
exec motcua --user lan --passphrase-file pass verify
out  "\"ok\":true"
