#!/usr/bin/env bash
# Every field of every paper, in its order: both sets of forms, as text and as PDF.
. "$(dirname "$0")/lib.sh"
make_ward
add_user lan clerk
as() { echo "$2" | m --user "$1" "${@:3}"; }
code_of() { sed -n 's/.*"code":"\([^"]*\)".*/\1/p' out.txt | head -n 1; }
now="$day 09:00"

# One dossier that has everything, one refused, one stopped.
expect 0 'a dossier' as lan '{"procedure_code":"1.004222","applicant_name":"Nguyễn Thị Bình",
	"applicant_id_no":"060190012345","applicant_phone":"0377305234","applicant_email":"binh@example.vn",
	"applicant_address":"12 Võ Thị Sáu, khu phố 8","submitter_name":"Lê Văn Tám","submitter_relation":"authorised",
	"submitter_paper":"Số 15/UQ ngày 20/10/2024","components":[{"component":"01","held":true,"originals":1,"copies":2,
	"certified":3},{"component":"02","held":true,"electronic":true},{"component":"so-ho-khau","held":false}],
	"fees":[{"name":"Lệ phí","amount_vnd":20000,"status":"paid","method":"cash","receipt_no":"BL-0071"}]}' receive
all=$(code_of)
expect 0 'one to refuse' as lan '{"procedure_code":"1.004222","applicant_name":"Trần Thị Cúc","applicant_phone":"0377305234",
	"applicant_address":"3 Lê Lợi","fees":[{"name":"Lệ phí","amount_vnd":20000,"status":"exempt","exempt_reason":"poor"}]}' receive
refused=$(code_of)
expect 0 'one to stop' as lan '{"procedure_code":"1.004222","applicant_name":"Đỗ Ái","applicant_phone":"0377305234",
	"applicant_address":"5 Lê Lợi"}' receive
stopped=$(code_of)
now="$day 10:00"
act() { as admin "$3" act "$1" "$2" -; }
expect 0 'handed over' act "$all" forward '{}'
expect 0 'papers asked for' act "$all" supplement '{"fields":{"items":["Giấy chứng sinh"],
	"reason":"Thiếu giấy tờ","reply_before":"2024-11-08"}}'
expect 0 'while they are waited for' m --user lan slip "$all" --form supplement
has 'Đề nghị bổ sung trước ngày: 08/11/2024'
has 'thời hạn giải quyết hồ sơ tạm dừng'
expect 0 'and brought' act "$all" resume '{}'
expect 0 'extended' act "$all" extend '{"fields":{"new_due_at":"2024-11-20T17:00:00+07:00","reason":"Chờ xác minh"}}'
expect 0 'refused' act "$refused" refuse '{"fields":{"reason":"Không thuộc thẩm quyền"}}'
expect 0 'in work' act "$stopped" forward '{}'
expect 0 'stopped' act "$stopped" stop '{"fields":{"reason":"Tòa án yêu cầu","legal_basis":"Quyết định số 12"}}'

# SET  FORM  WHOSE  FIELD | FIELD | ...
table() { cat <<-'END'
	2018 receipt all      Mẫu số 01|CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM|Độc lập - Tự do - Hạnh phúc|Số: H11.25-241025-0101/TNHS|GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ|Mã hồ sơ: H11.25-241025-0101|Tiếp nhận hồ sơ của: Nguyễn Thị Bình|Người nộp hồ sơ: Lê Văn Tám|Giấy ủy quyền: Số 15/UQ|Địa chỉ: 12 Võ Thị Sáu, khu phố 8|Số điện thoại: 0377305234|Email: binh@example.vn|Nội dung yêu cầu giải quyết: Đăng ký thường trú|Thành phần hồ sơ nộp gồm|STT|Tên giấy tờ|Bản |Bản |Chứng |(bản điện |Số lượng hồ sơ: 01 (bộ)|Thời gian giải quyết hồ sơ theo quy định là: 7 ngày làm việc|Thời gian nhận hồ sơ: 9 giờ 00 phút, ngày 25 tháng 10 năm 2024|Thời gian trả kết quả giải quyết hồ sơ:|Đăng ký nhận kết quả tại: nơi tiếp nhận hồ sơ|Phí, lệ phí: 20.000 đồng (đã thu)|Số biên lai: BL-0071|Vào Sổ theo dõi hồ sơ, Quyển số: 2024|Số thứ tự: 0101|NGƯỜI NỘP HỒ SƠ|NGƯỜI TIẾP NHẬN HỒ SƠ|(Ký và ghi rõ họ tên)|Lê Văn Tám
	2018 supplement all   Mẫu số 02|Số:|/HDHS|PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ|Hồ sơ của: Nguyễn Thị Bình|Nội dung yêu cầu giải quyết:|Địa chỉ:|Số điện thoại:|Email:|Yêu cầu hoàn thiện hồ sơ gồm những nội dung sau|TT|Thành phần hồ sơ|Bản |Chứng |Bản |Giấy chứng sinh|Lý do: Thiếu giấy tờ|liên hệ với|NGƯỜI HƯỚNG DẪN
	2018 refusal refused  Mẫu số 03|Số:|/TCHS|PHIẾU TỪ CHỐI TIẾP NHẬN, GIẢI QUYẾT HỒ SƠ|Tiếp nhận hồ sơ của: Trần Thị Cúc|Địa chỉ: 3 Lê Lợi|Số điện thoại: 0377305234|Email:|Nội dung yêu cầu giải quyết: Đăng ký thường trú|lý do cụ thể như sau|Không thuộc thẩm quyền|NGƯỜI NỘP HỒ SƠ|NGƯỜI TIẾP NHẬN HỒ SƠ
	2018 apology all      Mẫu số 04|Số:|/PXL|PHIẾU XIN LỖI VÀ HẸN LẠI NGÀY TRẢ KẾT QUẢ|Kính gửi: Nguyễn Thị Bình|Ngày 25/10/2024|Đăng ký thường trú|mã hồ sơ: H11.25-241025-0101|Thời gian hẹn trả kết quả:|Tình trạng giải quyết: Đang xử lý|Lý do: Chờ xác minh|xin lỗi|hẹn lại ngày trả kết quả|ngày 20 tháng 11 năm 2024|THỦ TRƯỞNG CƠ QUAN
	2018 control all      Mẫu số 05|Số:|/KSHS|PHIẾU KIỂM SOÁT QUÁ TRÌNH GIẢI QUYẾT HỒ SƠ|Mã hồ sơ: H11.25-241025-0101|Cơ quan (bộ phận) giải quyết hồ sơ:|Cơ quan phối hợp giải quyết hồ sơ:|TÊN CƠ QUAN|THỜI GIAN GIAO, NHẬN HỒ SƠ|GHI CHÚ|1. Giao: 9 giờ 00 phút|2. Nhận: 9 giờ 00 phút|Người giao|Người nhận
	2018 register all     Mẫu số 06|SỔ THEO DÕI HỒ SƠ|H11.25-241025-0101
	2025 receipt all      Mẫu số 01|GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ|Tiếp nhận hồ sơ của: Nguyễn Thị Bình|Thành phần hồ sơ nộp gồm|Thời gian nhận hồ sơ|Thời gian trả kết quả giải quyết hồ sơ|NGƯỜI TIẾP NHẬN HỒ SƠ
	2025 supplement all   Mẫu số 02|PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ|Hồ sơ của: Nguyễn Thị Bình|Lý do: Thiếu giấy tờ|NGƯỜI HƯỚNG DẪN
	2025 refusal refused  Mẫu số 03|PHIẾU TỪ CHỐI TIẾP NHẬN, GIẢI QUYẾT HỒ SƠ|Không thuộc thẩm quyền
	2025 apology all      Mẫu số 04|Số:|/XLGH|VĂN BẢN XIN LỖI|VÀ ĐỀ NGHỊ GIA HẠN THỜI GIAN GIẢI QUYẾT|Kính gửi: Nguyễn Thị Bình|Thời gian hẹn trả kết quả:|Tình trạng giải quyết:|Lý do: Chờ xác minh|xin lỗi|gia hạn thời gian giải quyết|ngày 20 tháng 11 năm 2024|THỦ TRƯỞNG CƠ QUAN
	2025 stop stopped     Mẫu số 05|Số:|/TBD|THÔNG BÁO DỪNG GIẢI QUYẾT HỒ SƠ|Mã hồ sơ: H11.25-241025-0103|Kính gửi: Đỗ Ái|Thủ tục: Đăng ký thường trú|dừng giải quyết hồ sơ này từ|Lý do: Tòa án yêu cầu|Căn cứ: Quyết định số 12|Phí, lệ phí|THỦ TRƯỞNG CƠ QUAN
	2025 control all      Mẫu số 06|PHIẾU KIỂM SOÁT QUÁ TRÌNH GIẢI QUYẾT HỒ SƠ|TÊN CƠ QUAN|THỜI GIAN GIAO, NHẬN HỒ SƠ|GHI CHÚ
	2025 register all     Mẫu số 07|SỔ THEO DÕI HỒ SƠ|H11.25-241025-0101
	END
}

# fields FILE FIELD|FIELD...: all there, each behind the one before, whatever line they stand on.
fields()
{
	local rest=$1 list=$2 field
	rest=$(sed 's/\xc2\xa0/ /g' "$rest" | tr '\n\f' '  ' | tr -s ' ')
	while [ -n "$list" ]; do
		field=${list%%|*}
		[ "$field" = "$list" ] && list='' || list=${list#*|}
		case $rest in
		*"$field"*) rest=${rest#*"$field"} ;;
		*) echo "$field" >lacks; return 1 ;;
		esac
	done
}

while read -r set form whose list; do
	m --user admin setting set form_set "$set" >/dev/null 2>&1
	expect 0 "$set $form" m --user lan slip "${!whose}" --form "$form"
	fields out.txt "$list"
	check $? "$set $form as text: not in its place: $(cat lacks 2>/dev/null)"
	expect 0 "$set $form as PDF" m --user lan slip "${!whose}" --form "$form" --format pdf --output p.pdf
	pdftotext -layout p.pdf out.txt 2>/dev/null
	fields out.txt "$list"
	check $? "$set $form as PDF: not in its place: $(cat lacks 2>/dev/null)"
	case $form in
	register) sheet='841.8[0-9]* x 595' ;; # A4 on its side
	*) sheet='419.5[0-9]* x 595' ;;        # A5
	esac
	pdfinfo p.pdf 2>/dev/null | grep -Eq "Page size: +$sheet"
	check $? "$set $form is not on its sheet: $(pdfinfo p.pdf 2>/dev/null | grep 'Page size')"
done < <(table)

# The book: thirteen columns on a sheet, the same thirteen as lines.
m --user lan slip --form register --from $day --to $day --format pdf --output b.pdf >/dev/null 2>&1
pdftotext -layout b.pdf out.txt 2>/dev/null
fields out.txt '(1)|(2)|(3)|(4)|(5)|(6)|(7)|(8)|(9)|(10)|(11)|(12)|(13)'
check $? "the book's columns: $(cat lacks 2>/dev/null)"
expect 0 'the book as lines' m --user lan slip --form register --from $day --to $day
fields out.txt "1 Mã hồ sơ: $all|Tên TTHC:|Số lượng hồ sơ:|Cá nhân, tổ chức: Nguyễn Thị Bình|Địa chỉ, số điện thoại:|Cơ quan chủ trì:|Nhận: 09:00 25/10/2024|Hẹn trả:|Trả:|Cách nhận:|Ký nhận:|2 Mã hồ sơ: $refused|3 Mã hồ sơ: $stopped"
check $? "the book's lines: $(cat lacks 2>/dev/null)"

m --user admin setting set form_set 2018 >/dev/null 2>&1
expect 4 'the set of 2018 has no stop notice' m --user lan slip "$stopped" --form stop
says 'form_set'
m --user admin setting set form_set 2025 >/dev/null 2>&1
expect 0 'exempt, and why' m --user lan show "$refused"
has '"status":"exempt"'
has '"exempt_reason":"poor"'
expect 0 'all that was told is told again' m --user lan show "$all"
has '"certified":3'
has '"electronic":true'
has '"receipt_no":"BL-0071"'
has '"submitter_relation":"authorised"'
finish
