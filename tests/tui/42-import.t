# 42-import.t - a supervisor takes holidays and targets from a folder; sees what would change before it does; sets hours; tries the printer.
now  2026-11-24 09:10
ward demo
exec mkdir usb empty
exec printf 'date,name_vi,kind,is_workday\n2026-01-01,Tết Dương lịch,public_holiday,0\n2026-11-27,Nghỉ do bão,public_holiday,0\nhôm qua,Nhầm,public_holiday,0\n2026-12-05,Làm bù,makeup_workday,0\n' >usb/nghi-sai.csv
exec printf 'date,name_vi,kind,is_workday\n2026-01-01,Tết Dương lịch,public_holiday,0\n2026-09-02,Lễ Quốc khánh,public_holiday,0\n2026-11-27,Nghỉ do bão,public_holiday,0\n2026-12-05,Làm bù ngày bão,makeup_workday,1\n' >usb/nghi-bao.csv
exec printf 'indicator,year,value\non_time,2026,98.5\nonline_filing,2026,80\n' >usb/muc-tieu.csv
exec echo '{"kind":"dossier","procedure_code":"1.004837","applicant_name":"Nguyễn Thị Bình"}' >one.jsonl
exec (cat pass one.jsonl) | motcua --user lan --passphrase-file - receive
out  "2026-11-30"
run  motcua --user hoa --passphrase-file pass
see  "8 Quản trị"
key  8
see  "3 Nhập danh mục"
see-not "1 Người dùng"
key  3
see  "Nhập vào đâu?"
type "nghi"
key  ENTER
see  "Tệp CSV hay thư mục"
type "khong-co\n"
see  "Không có tệp hay thư mục này."
key  ^U
type "empty\n"
see  "Thư mục này không có tệp CSV."
type "usb\n"
see  "Tệp nào?"
screen 42-files
type "sai\n"
see  "SAI, không nhập được: 2"
see  "dòng 4: date"
see  "dòng 5: is_workday"
screen 42-refused
key  ESC
see  "3 Nhập danh mục"
key  3
type "nghi"
key  ENTER
see  "Tệp CSV hay thư mục"
type "usb\n"
see  "Tệp nào?"
type "bao\n"
see  "THÊM: 2"
see  "1 hẹn trả sẽ được tính lại."
screen 42-preview
key  ENTER
see  "Nhập tệp này?"
key  2
see  "THÊM: 2"
key  ENTER
see  "Nhập tệp này?"
screen 42-question
key  1
see  "Đã nhập: thêm 2, đổi 1, giữ nguyên 1."
see  "Tính lại 1 hẹn trả."
# The same again says nothing new.
key  3
type "nghi"
key  ENTER
see  "Tệp CSV hay thư mục"
type "usb/nghi-bao.csv\n"
see  "Tệp không nói gì mới"
key  3
type "muc phan"
key  ENTER
see  "Tệp CSV hay thư mục"
type "usb/muc-tieu.csv\n"
see  "THÊM"
key  ENTER
see  "Nhập tệp này?"
key  3
see-not "Nhập tệp này?"
key  3
type "muc phan"
key  ENTER
see  "Tệp CSV hay thư mục"
type "usb/muc-tieu.csv\n"
see  "THÊM"
key  ENTER
see  "Nhập tệp này?"
key  1
see  "Đã nhập: thêm 2"
# The printer test says what is wrong when there is none.
key  9
see  "In thử"
term-signal
exec motcua --user lan --passphrase-file pass find "nguyen thi binh"
out  "2026-12-01"
exec motcua --user hoa --passphrase-file pass report kpi --period 2026-Q4 --format json
out  "\"target\":98.5"
# Settings are the admin's; each says what it takes, a wrong value why not.
run  motcua --user admin --passphrase-file pass
see  "8 Quản trị"
key  8
see  "2 Thiết lập"
key  2
see  "Giờ làm việc mỗi ngày"
key  DOWN DOWN DOWN
see  "Các buổi, cách nhau bằng dấu phẩy."
key  ENTER
see  "Để trống: như ban đầu"
key  ^U
type "7h-11h\n"
see  "là các buổi, ví dụ"
screen 42-hours
key  ^U
type "07:30-11:30,13:00-17:00\n"
see  "Đã ghi."
see  "07:30-11:30,13:00-17:00"
key  UP
see  "Cắt bỏ"
key  ENTER
see  "Có: 99,999 %"
key  1
see  "Đã ghi."
key  ESC
see  "2 Thiết lập"
term-signal
exec motcua --user admin --passphrase-file pass setting get truncate
out  "true"
