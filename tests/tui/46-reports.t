# 46-reports.t - every report by keyboard; one as a spreadsheet, one as CSV, one as PDF, each file opened again; a team member has her own.
now  2026-11-24 16:02
ward demo
run  motcua --user lan --passphrase-file pass
see  "5 Báo cáo"
key  5
see  "Quý IV năm 2026"
key  ENTER
see  "TÌNH HÌNH, KẾT QUẢ GIẢI QUYẾT"
key  ESC DOWN ENTER
see  "HỒ SƠ TRỄ HẠN THEO CẤP"
key  ESC DOWN ENTER
see  "BỘ CHỈ SỐ PHỤC VỤ"
key  F2
see  "Bảng tính XLSX"
key  4
see  "kpi-2026-09-15-2026-12-14.xlsx"
key  F2
see  "Đã ghi"
key  ESC DOWN ENTER
see  "DANH SÁCH HỒ SƠ TRỄ HẠN"
key  ESC DOWN ENTER
see  "NGUYÊN NHÂN QUÁ HẠN"
key  ESC DOWN ENTER
see  "KẾT QUẢ THEO CÁN BỘ"
key  F2
see  "Bảng tính CSV"
key  2
see  "officers-2026-09-15-2026-12-14.csv"
key  F2
see  "Đã ghi"
key  ESC DOWN ENTER
see  "SỔ THEO DÕI HỒ SƠ"
key  ESC DOWN ENTER
see  "SỐ HÓA HỒ SƠ"
key  ESC DOWN ENTER
see  "PHÍ, LỆ PHÍ"
key  F2
see  "Tệp PDF"
key  5
see  "fees-2026-09-15-2026-12-14.pdf"
key  F2
see  "Đã ghi"
key  ESC DOWN ENTER
see  "TÌNH HÌNH TRONG NGÀY"
key  ESC DOWN ENTER
see  "HỖ TRỢ CỦA TỔ CÔNG NGHỆ SỐ CỘNG ĐỒNG"
key  ESC DOWN ENTER
see  "MỖI HỘ DÂN MỘT TÀI KHOẢN"
key  ESC DOWN ENTER
see  "CHỈ TIÊU NHẬP TAY"
term-signal
# The files, opened by others than motcua.
exec python3 -c "import zipfile; z = zipfile.ZipFile('kpi-2026-09-15-2026-12-14.xlsx'); print(z.testzip(), z.read('xl/worksheets/sheet1.xml').decode())"
out  "None"
out  "Nộp hồ sơ trực tuyến"
exec python3 -c "import csv; rows = list(csv.DictReader(open('officers-2026-09-15-2026-12-14.csv', encoding='utf-8-sig'))); print(len(rows) > 2, 'person' in rows[0])"
out  "True True"
exec pdftotext fees-2026-09-15-2026-12-14.pdf - 2>/dev/null
out  "PHÍ, LỆ PHÍ"
out  "Phường Mẫu"
# A team member reads of her own help, and nothing else.
run  motcua --user minh --passphrase-file pass
see  "5 Báo cáo"
key  5
see  "Hỗ trợ của tổ công nghệ số cộng đồng"
see-not "Bộ chỉ số phục vụ"
screen 46-member
key  ENTER
see  "HỖ TRỢ CỦA TỔ CÔNG NGHỆ SỐ CỘNG ĐỒNG"
term-signal
exec-fail 3 motcua --user minh --passphrase-file pass report households --period 2026-Q4
