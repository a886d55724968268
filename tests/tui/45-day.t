# 45-day.t - the end of a real day: what must not wait, what came in by method against what was counted, what was not sent; printed on one page and signed.
sizes 80x24 132x43
now  2026-11-25 08:10
ward demo
exec printf '#!/bin/sh\ncat >sheet\n' >lp && chmod +x lp
exec echo '{"kind":"dossier","procedure_code":"1.004837","applicant_name":"Nguyễn Thị Bình","fees":[{"name":"Lệ phí","amount_vnd":8000,"status":"paid","method":"cash","paid_at":"2026-11-25T08:10:00+07:00"}]}' >a
exec echo '{"kind":"dossier","procedure_code":"1.001193","applicant_name":"Lê Văn Tám","fees":[{"name":"Lệ phí","amount_vnd":50000,"status":"paid","method":"online","paid_at":"2026-11-25T08:10:00+07:00"}]}' >b
exec echo '{"kind":"dossier","procedure_code":"1.004873","applicant_name":"Phạm Thị Hoa","fees":[{"name":"Lệ phí","amount_vnd":15000,"status":"paid","method":"cash","paid_at":"2026-11-25T08:10:00+07:00"}]}' >c
exec for one in a b c; do (cat pass $one) | motcua --user tam --passphrase-file - receive || exit 1; done
now  2026-11-25 16:20
exec motcua --user tam --passphrase-file pass act H10.16-261125-0102 forward
exec motcua --user tam --passphrase-file pass act H10.16-261125-0102 done
exec motcua --user tam --passphrase-file pass act H10.16-261125-0102 return --field method=counter
exec motcua --user tam --passphrase-file pass act H10.16-261125-0103 pay --field name=x --field amount_vnd=20000 --field method=transfer
now  2026-11-25 16:50
run  env PATH="$PWD:$PATH" motcua --user lan --passphrase-file pass
see  "7 Cuối ngày"
key  7
see  "Chưa ai chốt ngày này."
screen 45-open
key  F2
see  "Theo sổ: tiền mặt 23.000 đ"
screen 45-count
type "22.000\n50000\n\n"
type "trar thuwaf cho bà Hoa\n"
see  "Đã chốt ngày, người ký: lan"
see  "tiền mặt LỆCH -1.000 đ"
screen 45-closed
# What must not wait stands under it.
key  F8
see  "Chưa chuyển xử lý: 2"
see  "H10.16-261125-0101"
key  F9
see  "In ra máy in"
key  1
see  "Đã gửi tờ cuối ngày ra máy in."
# The page that was printed, whole.
exec cat sheet
out  "CUỐI NGÀY THỨ TƯ, 25/11/2026"
out  "Tiền mặt                       2        23.000 đ        22.000 đ        -1.000 đ"
out  "Trực tuyến                     1        50.000 đ        50.000 đ             0 đ"
out  "Chuyển khoản                   1        20.000 đ"
out  "Chưa chuyển xử lý: 2"
out  "Nhận tại quầy, chưa quét: 3"
out  "Đã chốt: lan, 16:50 25/11/2026; tiền mặt LỆCH -1.000 đ (trả thừa cho bà Hoa)"
out  "NGƯỜI NHẬN TIỀN"
exec [ $(wc -l <sheet) -le 60 ]
key  F9
see  "Ghi ra tệp PDF"
key  3
see  "cuoi-ngay-2026-11-25.pdf"
key  F2
see  "Đã ghi"
exec pdftotext -layout cuoi-ngay-2026-11-25.pdf - 2>/dev/null
out  "tiền mặt LỆCH -1.000 đ"
exec [ $(pdftotext cuoi-ngay-2026-11-25.pdf - 2>/dev/null | tr -cd '\f' | wc -c) = 1 ]
# A second person closes it under his own name; both stand there.
term-signal
exec motcua --user lan --passphrase-file pass day page >page && cmp page sheet
exec motcua --user tam --passphrase-file pass day close --cash 23000 --online 50000 --transfer 20000
exec motcua --user lan --passphrase-file pass day page
out  "Đã chốt: lan, 16:50"
out  "Đã chốt: tam, 16:50"
exec motcua --user lan --passphrase-file pass report day --from 2026-11-25 --to 2026-11-25 --format json
out  "{\"row\":\"count\",\"what\":\"unscanned\",\"dossiers\":3}"
