/*
 * rec_fields.c - every noun described once. Names are those of the exchange format;
 * tags are what stands in event bytes and are never re-used. An enum's choices only
 * ever grow at the end.
 */
#include "db/rec.h"
#include "db/rec_fields.h"

static const struct field component_elements[] = {
	{ COMPONENT_EL_COMPONENT, "component", FIELD_TEXT, FIELD_REQUIRED, 40, NULL, NULL, T("Thành phần", "Component") },
	{ COMPONENT_EL_HELD, "held", FIELD_BOOL, 0, 0, NULL, NULL, T("Đã có", "Held") },
	{ COMPONENT_EL_ORIGINALS, "originals", FIELD_INT, 0, 9999, NULL, NULL, T("Bản chính", "Originals") },
	{ COMPONENT_EL_COPIES, "copies", FIELD_INT, 0, 9999, NULL, NULL, T("Bản sao", "Copies") },
	{ COMPONENT_EL_CERTIFIED, "certified", FIELD_INT, 0, 9999, NULL, NULL, T("Bản chứng thực", "Certified copies") },
	{ COMPONENT_EL_ELECTRONIC, "electronic", FIELD_BOOL, 0, 0, NULL, NULL, T("Bản điện tử", "Electronic") },
	{ 0, NULL, FIELD_TEXT, 0, 0, NULL, NULL, T("", "") },
};

static const struct field step_elements[] = {
	{ STEP_EL_SEQ, "seq", FIELD_INT, FIELD_REQUIRED, 9999, NULL, NULL, T("Bước", "Step") },
	{ STEP_EL_UNIT, "unit", FIELD_TEXT, 0, 200, NULL, NULL, T("Đơn vị", "Unit") },
	{ STEP_EL_LEVEL, "level", FIELD_ENUM, 0, 0, "ward|province|other", NULL, T("Cấp", "Level") },
	{ STEP_EL_ROLE, "role", FIELD_TEXT, 0, 40, NULL, NULL, T("Việc", "Role") },
	{ STEP_EL_PERSON, "person", FIELD_TEXT, 0, 100, NULL, NULL, T("Người xử lý", "Person") },
	{ STEP_EL_ALLOTTED_DAYS, "allotted_days", FIELD_DEC, 0, 0, NULL, NULL, T("Số ngày", "Days allotted") },
	{ STEP_EL_GIVEN_AT, "given_at", FIELD_TIME, 0, 0, NULL, NULL, T("Giao lúc", "Given at") },
	{ STEP_EL_DUE_AT, "due_at", FIELD_TIME, 0, 0, NULL, NULL, T("Hạn", "Due at") },
	{ STEP_EL_DONE_AT, "done_at", FIELD_TIME, 0, 0, NULL, NULL, T("Xong lúc", "Done at") },
	{ 0, NULL, FIELD_TEXT, 0, 0, NULL, NULL, T("", "") },
};

static const struct field pause_elements[] = {
	{ PAUSE_EL_KIND, "kind", FIELD_ENUM, FIELD_REQUIRED, 0, "supplement|finance|stop", NULL, T("Loại", "Kind") },
	{ PAUSE_EL_FROM, "from", FIELD_TIME, FIELD_REQUIRED, 0, NULL, NULL, T("Từ", "From") },
	{ PAUSE_EL_TO, "to", FIELD_TIME, 0, 0, NULL, NULL, T("Đến", "To") },
	{ PAUSE_EL_REASON, "reason", FIELD_TEXT, FIELD_LINES | FIELD_PERSONAL, 2000, NULL, NULL, T("Lý do", "Reason") },
	{ PAUSE_EL_ITEMS, "items", FIELD_TEXTS, 0, 500, NULL, NULL, T("Giấy tờ", "Items") },
	{ 0, NULL, FIELD_TEXT, 0, 0, NULL, NULL, T("", "") },
};

static const struct field extension_elements[] = {
	{ EXTENSION_EL_AT, "at", FIELD_TIME, FIELD_REQUIRED, 0, NULL, NULL, T("Lúc", "At") },
	{ EXTENSION_EL_OLD_DUE_AT, "old_due_at", FIELD_TIME, 0, 0, NULL, NULL, T("Hẹn cũ", "Old due") },
	{ EXTENSION_EL_NEW_DUE_AT, "new_due_at", FIELD_TIME, FIELD_REQUIRED, 0, NULL, NULL, T("Hẹn mới", "New due") },
	{ EXTENSION_EL_REASON, "reason", FIELD_TEXT, FIELD_LINES | FIELD_PERSONAL, 2000, NULL, NULL, T("Lý do", "Reason") },
	{ 0, NULL, FIELD_TEXT, 0, 0, NULL, NULL, T("", "") },
};

static const struct field fee_elements[] = {
	{ FEE_EL_NAME, "name", FIELD_TEXT, FIELD_REQUIRED, 200, NULL, NULL, T("Khoản thu", "Fee") },
	{ FEE_EL_AMOUNT_VND, "amount_vnd", FIELD_INT, FIELD_REQUIRED, INT64_C(1000000000000), NULL, NULL, T("Số tiền", "Amount") },
	{ FEE_EL_STATUS, "status", FIELD_ENUM, 0, 0, "paid|unpaid|exempt", NULL, T("Tình trạng", "Status") },
	{ FEE_EL_METHOD, "method", FIELD_ENUM, 0, 0, "cash|online|transfer", NULL, T("Hình thức", "Method") },
	{ FEE_EL_PAID_AT, "paid_at", FIELD_TIME, 0, 0, NULL, NULL, T("Thu lúc", "Paid at") },
	{ FEE_EL_RECEIPT_NO, "receipt_no", FIELD_TEXT, 0, 40, NULL, NULL, T("Số biên lai", "Receipt number") },
	{ FEE_EL_EXEMPT_REASON, "exempt_reason", FIELD_ENUM, 0, 0, "poor|near_poor|merit|disabled|child|elderly|minority|other", NULL, T("Diện miễn", "Why exempt") },
	{ 0, NULL, FIELD_TEXT, 0, 0, NULL, NULL, T("", "") },
};

static const struct field ward_fields[] = {
	{ WARD_NAME, "name", FIELD_TEXT, FIELD_REQUIRED, 200, NULL, NULL, T("Tên", "Name") },
	{ WARD_UNIT, "unit", FIELD_TEXT, FIELD_REQUIRED | FIELD_FIXED, 40, NULL, NULL, T("Mã đơn vị", "Unit code") },
	{ WARD_FROM, "from", FIELD_DATE, FIELD_FIXED, 0, NULL, NULL, T("Từ ngày", "From") },
	{ WARD_TO, "to", FIELD_DATE, FIELD_FIXED, 0, NULL, NULL, T("Đến ngày", "To") },
	{ WARD_NEIGHBOURHOODS, "neighbourhoods", FIELD_INT, 0, 9999, NULL, NULL, T("Số khu phố", "Neighbourhoods") },
	{ WARD_EXTRA, "extra", FIELD_TEXT, FIELD_INNER | FIELD_LINES | FIELD_PERSONAL, 65536, NULL, NULL, T("Trường x_", "x_ fields") },
	{ 0, NULL, FIELD_TEXT, 0, 0, NULL, NULL, T("", "") },
};

static const struct field dossier_fields[] = {
	{ DOSSIER_CODE, "code", FIELD_TEXT, FIELD_REQUIRED | FIELD_FIXED, 40, NULL, NULL, T("Mã hồ sơ", "Code") },
	{ DOSSIER_PROCEDURE_CODE, "procedure_code", FIELD_TEXT, FIELD_REQUIRED, 40, NULL, NULL, T("Thủ tục", "Procedure") },
	{ DOSSIER_FIELD_NAME, "field_name", FIELD_TEXT, 0, 200, NULL, NULL, T("Lĩnh vực", "Field") },
	{ DOSSIER_APPLICANT_NAME, "applicant_name", FIELD_TEXT, FIELD_REQUIRED | FIELD_PERSONAL, 200, NULL, NULL, T("Họ và tên", "Full name") },
	{ DOSSIER_APPLICANT_KIND, "applicant_kind", FIELD_ENUM, 0, 0, "citizen|business|household", NULL, T("Đối tượng", "Applicant kind") },
	{ DOSSIER_APPLICANT_SEX, "applicant_sex", FIELD_ENUM, FIELD_PERSONAL, 0, "M|F", NULL, T("Giới tính", "Sex") },
	{ DOSSIER_APPLICANT_BIRTH_DATE, "applicant_birth_date", FIELD_DATE, FIELD_PERSONAL, 0, NULL, NULL, T("Ngày sinh", "Birth date") },
	{ DOSSIER_APPLICANT_BIRTH_YEAR, "applicant_birth_year", FIELD_INT, FIELD_PERSONAL, 9999, NULL, NULL, T("Năm sinh", "Birth year") },
	{ DOSSIER_APPLICANT_ID_NO, "applicant_id_no", FIELD_TEXT, FIELD_PERSONAL, 40, NULL, NULL, T("Số CCCD", "ID number") },
	{ DOSSIER_APPLICANT_ID_KIND, "applicant_id_kind", FIELD_ENUM, 0, 0, "cccd|cmnd|passport|other", NULL, T("Loại giấy tờ", "ID kind") },
	{ DOSSIER_APPLICANT_PHONE, "applicant_phone", FIELD_TEXT, FIELD_PERSONAL, 20, NULL, NULL, T("Số điện thoại", "Phone") },
	{ DOSSIER_APPLICANT_EMAIL, "applicant_email", FIELD_TEXT, FIELD_PERSONAL, 200, NULL, NULL, T("Email", "Email") },
	{ DOSSIER_APPLICANT_ADDRESS, "applicant_address", FIELD_TEXT, FIELD_PERSONAL, 500, NULL, NULL, T("Địa chỉ", "Address") },
	{ DOSSIER_NEIGHBOURHOOD, "neighbourhood", FIELD_INT, 0, 9999, NULL, NULL, T("Khu phố", "Neighbourhood") },
	{ DOSSIER_SUBMITTER_NAME, "submitter_name", FIELD_TEXT, FIELD_PERSONAL, 200, NULL, NULL, T("Người nộp", "Submitter") },
	{ DOSSIER_SUBMITTER_ID_NO, "submitter_id_no", FIELD_TEXT, FIELD_PERSONAL, 40, NULL, NULL, T("CCCD người nộp", "Submitter ID") },
	{ DOSSIER_SUBMITTER_PHONE, "submitter_phone", FIELD_TEXT, FIELD_PERSONAL, 20, NULL, NULL, T("ĐT người nộp", "Submitter phone") },
	{ DOSSIER_SUBMITTER_RELATION, "submitter_relation", FIELD_ENUM, 0, 0, "spouse|parent|child|relative|guardian|staff|authorised|other", NULL, T("Quan hệ", "Relation") },
	{ DOSSIER_SUBMITTER_PAPER, "submitter_paper", FIELD_TEXT, FIELD_PERSONAL, 200, NULL, NULL, T("Giấy ủy quyền", "Authorisation") },
	{ DOSSIER_CHANNEL, "channel", FIELD_ENUM, 0, 0, "direct|online|postal", NULL, T("Kênh nộp", "Channel") },
	{ DOSSIER_ONLINE_LEVEL, "online_level", FIELD_ENUM, 0, 0, "full|partial|none", NULL, T("Mức trực tuyến", "Online level") },
	{ DOSSIER_SUBMITTED_AT, "submitted_at", FIELD_TIME, 0, 0, NULL, NULL, T("Ngày nộp", "Submitted at") },
	{ DOSSIER_RECEIVED_AT, "received_at", FIELD_TIME, 0, 0, NULL, NULL, T("Tiếp nhận lúc", "Received at") },
	{ DOSSIER_RECEIVED_BY, "received_by", FIELD_TEXT, 0, 100, NULL, NULL, T("Người tiếp nhận", "Received by") },
	{ DOSSIER_DUE_AT, "due_at", FIELD_TIME, 0, 0, NULL, NULL, T("Hẹn trả", "Due at") },
	{ DOSSIER_COMPONENTS, "components", FIELD_LIST, 0, 0, NULL, component_elements, T("Thành phần hồ sơ", "Components") },
	{ DOSSIER_STEPS, "steps", FIELD_LIST, 0, 0, NULL, step_elements, T("Các bước", "Steps") },
	{ DOSSIER_PAUSES, "pauses", FIELD_LIST, 0, 0, NULL, pause_elements, T("Tạm dừng", "Pauses") },
	{ DOSSIER_EXTENSIONS, "extensions", FIELD_LIST, 0, 0, NULL, extension_elements, T("Gia hạn", "Extensions") },
	{ DOSSIER_STATE, "state", FIELD_ENUM, 0, 0, "registered|received|processing|supplement|finance|stopped|done|returned|withdrawn|not_received", NULL, T("Trạng thái", "State") },
	{ DOSSIER_REFUSED, "refused", FIELD_BOOL, 0, 0, NULL, NULL, T("Từ chối", "Refused") },
	{ DOSSIER_FINISHED_AT, "finished_at", FIELD_TIME, 0, 0, NULL, NULL, T("Xong lúc", "Finished at") },
	{ DOSSIER_RESULT_NO, "result_no", FIELD_TEXT, 0, 100, NULL, NULL, T("Số kết quả", "Result number") },
	{ DOSSIER_ELECTRONIC_RESULT, "electronic_result", FIELD_BOOL, 0, 0, NULL, NULL, T("Kết quả điện tử", "Electronic result") },
	{ DOSSIER_RETURNED_AT, "returned_at", FIELD_TIME, 0, 0, NULL, NULL, T("Trả lúc", "Returned at") },
	{ DOSSIER_RETURN_METHOD, "return_method", FIELD_ENUM, 0, 0, "counter|post|online", NULL, T("Cách trả", "Return method") },
	{ DOSSIER_COLLECTED_BY, "collected_by", FIELD_TEXT, FIELD_PERSONAL, 200, NULL, NULL, T("Người nhận", "Collected by") },
	{ DOSSIER_FEES, "fees", FIELD_LIST, 0, 0, NULL, fee_elements, T("Phí, lệ phí", "Fees") },
	{ DOSSIER_RATING, "rating", FIELD_INT, 0, 5, NULL, NULL, T("Hài lòng", "Rating") },
	{ DOSSIER_LATE_REASON, "late_reason", FIELD_TEXT, FIELD_LINES, 500, NULL, NULL, T("Lý do trễ", "Late reason") },
	{ DOSSIER_EXTERNAL_CODE, "external_code", FIELD_TEXT, 0, 100, NULL, NULL, T("Mã liên thông", "External code") },
	{ DOSSIER_NOTE, "note", FIELD_TEXT, FIELD_LINES | FIELD_PERSONAL, 2000, NULL, NULL, T("Ghi chú", "Note") },
	{ DOSSIER_EXTRA, "extra", FIELD_TEXT, FIELD_INNER | FIELD_LINES | FIELD_PERSONAL, 65536, NULL, NULL, T("Trường x_", "x_ fields") },
	{ DOSSIER_LEGAL_BASIS, "legal_basis", FIELD_TEXT, FIELD_INNER | FIELD_LINES, 500, NULL, NULL, T("Căn cứ", "Legal basis") },
	{ DOSSIER_REASON, "reason", FIELD_TEXT, FIELD_INNER | FIELD_LINES | FIELD_PERSONAL, 2000, NULL, NULL, T("Lý do", "Reason") },
	{ DOSSIER_REASON_CODE, "reason_code", FIELD_TEXT, FIELD_INNER, 40, NULL, NULL, T("Mã lý do", "Reason code") },
	{ DOSSIER_REPLY_BEFORE, "reply_before", FIELD_DATE, FIELD_INNER, 0, NULL, NULL, T("Bổ sung trước", "Reply before") },
	{ DOSSIER_PROVISIONAL, "provisional", FIELD_BOOL, FIELD_INNER, 0, NULL, NULL, T("Hẹn tạm tính", "Provisional due") },
	{ DOSSIER_RETURN_PLACE, "return_place", FIELD_TEXT, FIELD_INNER, 200, NULL, NULL, T("Nơi nhận kết quả", "Return place") },
	{ DOSSIER_SLIP_PRINTED, "slip_printed", FIELD_BOOL, FIELD_INNER, 0, NULL, NULL, T("Đã in phiếu", "Slip printed") },
	{ 0, NULL, FIELD_TEXT, 0, 0, NULL, NULL, T("", "") },
};

static const struct field scan_fields[] = {
	{ SCAN_DOSSIER_CODE, "dossier_code", FIELD_TEXT, FIELD_REQUIRED | FIELD_FIXED, 40, NULL, NULL, T("Mã hồ sơ", "Dossier") },
	{ SCAN_SEQ, "seq", FIELD_INT, FIELD_REQUIRED | FIELD_FIXED, 99999, NULL, NULL, T("Số thứ tự", "Number") },
	{ SCAN_COMPONENT, "component", FIELD_TEXT, 0, 40, NULL, NULL, T("Thành phần", "Component") },
	{ SCAN_PAGES, "pages", FIELD_INT, 0, 100000, NULL, NULL, T("Số trang", "Pages") },
	{ SCAN_DPI, "dpi", FIELD_INT, 0, 100000, NULL, NULL, T("Độ phân giải", "DPI") },
	{ SCAN_FORMAT, "format", FIELD_ENUM, 0, 0, "pdf|tiff|jpeg|png", NULL, T("Định dạng", "Format") },
	{ SCAN_BYTES, "bytes", FIELD_INT, 0, INT64_C(1125899906842624), NULL, NULL, T("Dung lượng", "Bytes") },
	{ SCAN_HASH, "hash", FIELD_HEX, 0, 16, NULL, NULL, T("Mã băm", "Hash") },
	{ SCAN_SCANNED_AT, "scanned_at", FIELD_TIME, 0, 0, NULL, NULL, T("Quét lúc", "Scanned at") },
	{ SCAN_SCANNED_BY, "scanned_by", FIELD_TEXT, 0, 100, NULL, NULL, T("Người quét", "Scanned by") },
	{ SCAN_REUSED, "reused", FIELD_BOOL, 0, 0, NULL, NULL, T("Dùng lại", "Reused") },
	{ SCAN_SIGNED, "signed", FIELD_BOOL, 0, 0, NULL, NULL, T("Đã ký số", "Signed") },
	{ SCAN_EXTRA, "extra", FIELD_TEXT, FIELD_INNER | FIELD_LINES | FIELD_PERSONAL, 65536, NULL, NULL, T("Trường x_", "x_ fields") },
	{ 0, NULL, FIELD_TEXT, 0, 0, NULL, NULL, T("", "") },
};

static const struct field assist_fields[] = {
	{ ASSIST_AT, "at", FIELD_TIME, FIELD_REQUIRED | FIELD_FIXED, 0, NULL, NULL, T("Lúc", "At") },
	{ ASSIST_TEAM, "team", FIELD_INT, 0, 9999, NULL, NULL, T("Tổ", "Team") },
	{ ASSIST_MEMBER, "member", FIELD_TEXT, 0, 100, NULL, NULL, T("Thành viên", "Member") },
	{ ASSIST_NEIGHBOURHOOD, "neighbourhood", FIELD_INT, 0, 9999, NULL, NULL, T("Khu phố", "Neighbourhood") },
	{ ASSIST_PLACE, "place", FIELD_ENUM, 0, 0, "home|centre|hall|counter|street|phone|online", NULL, T("Nơi hỗ trợ", "Place") },
	{ ASSIST_CATEGORY, "category", FIELD_TEXT, FIELD_REQUIRED, 40, NULL, NULL, T("Loại hỗ trợ", "Category") },
	{ ASSIST_PERSON_NAME, "person_name", FIELD_TEXT, FIELD_PERSONAL | FIELD_LOCAL, 200, NULL, NULL, T("Họ và tên", "Name") },
	{ ASSIST_PERSON_SEX, "person_sex", FIELD_ENUM, 0, 0, "M|F", NULL, T("Giới tính", "Sex") },
	{ ASSIST_PERSON_BIRTH_YEAR, "person_birth_year", FIELD_INT, 0, 9999, NULL, NULL, T("Năm sinh", "Birth year") },
	{ ASSIST_PERSON_ID_NO, "person_id_no", FIELD_TEXT, FIELD_PERSONAL | FIELD_LOCAL, 40, NULL, NULL, T("Số CCCD", "ID number") },
	{ ASSIST_CONSENT, "consent", FIELD_BOOL, 0, 0, NULL, NULL, T("Đồng ý", "Consent") },
	{ ASSIST_OUTCOME, "outcome", FIELD_ENUM, 0, 0, "done|referred|postponed|failed|refused", NULL, T("Kết quả", "Outcome") },
	{ ASSIST_MINUTES, "minutes", FIELD_INT, 0, 100000, NULL, NULL, T("Số phút", "Minutes") },
	{ ASSIST_FOLLOW_UP, "follow_up", FIELD_DATE, 0, 0, NULL, NULL, T("Hẹn lại", "Follow-up") },
	{ ASSIST_DOSSIER_CODE, "dossier_code", FIELD_TEXT, 0, 40, NULL, NULL, T("Mã hồ sơ", "Dossier") },
	{ ASSIST_NOTE, "note", FIELD_TEXT, FIELD_LINES, 2000, NULL, NULL, T("Ghi chú", "Note") },
	{ ASSIST_EXTRA, "extra", FIELD_TEXT, FIELD_INNER | FIELD_LINES | FIELD_PERSONAL, 65536, NULL, NULL, T("Trường x_", "x_ fields") },
	{ 0, NULL, FIELD_TEXT, 0, 0, NULL, NULL, T("", "") },
};

static const struct field household_fields[] = {
	{ HOUSEHOLD_NEIGHBOURHOOD, "neighbourhood", FIELD_INT, FIELD_REQUIRED | FIELD_FIXED, 9999, NULL, NULL, T("Khu phố", "Neighbourhood") },
	{ HOUSEHOLD_CODE, "code", FIELD_TEXT, FIELD_REQUIRED | FIELD_FIXED, 40, NULL, NULL, T("Mã hộ", "Code") },
	{ HOUSEHOLD_HEAD_NAME, "head_name", FIELD_TEXT, FIELD_PERSONAL, 200, NULL, NULL, T("Chủ hộ", "Head") },
	{ HOUSEHOLD_MEMBERS, "members", FIELD_INT, 0, 9999, NULL, NULL, T("Số người", "Members") },
	{ HOUSEHOLD_ADULTS, "adults", FIELD_INT, 0, 9999, NULL, NULL, T("Người lớn", "Adults") },
	{ HOUSEHOLD_PORTAL_ACCOUNTS, "portal_accounts", FIELD_INT, 0, 9999, NULL, NULL, T("Tài khoản DVC", "Portal accounts") },
	{ HOUSEHOLD_VNEID1, "vneid1", FIELD_INT, 0, 9999, NULL, NULL, T("VNeID mức 1", "VNeID 1") },
	{ HOUSEHOLD_VNEID2, "vneid2", FIELD_INT, 0, 9999, NULL, NULL, T("VNeID mức 2", "VNeID 2") },
	{ HOUSEHOLD_SIGNATURES, "signatures", FIELD_INT, 0, 9999, NULL, NULL, T("Chữ ký số", "Signatures") },
	{ HOUSEHOLD_FIBRE, "fibre", FIELD_BOOL, 0, 0, NULL, NULL, T("Cáp quang", "Fibre") },
	{ HOUSEHOLD_EXTRA, "extra", FIELD_TEXT, FIELD_INNER | FIELD_LINES | FIELD_PERSONAL, 65536, NULL, NULL, T("Trường x_", "x_ fields") },
	{ 0, NULL, FIELD_TEXT, 0, 0, NULL, NULL, T("", "") },
};

static const struct field indicator_fields[] = {
	{ INDICATOR_NAME, "name", FIELD_TEXT, FIELD_REQUIRED | FIELD_FIXED, 200, NULL, NULL, T("Tên", "Name") },
	{ INDICATOR_PERIOD, "period", FIELD_TEXT, FIELD_REQUIRED | FIELD_FIXED, 40, NULL, NULL, T("Kỳ", "Period") },
	{ INDICATOR_VALUE, "value", FIELD_DEC, FIELD_REQUIRED, 0, NULL, NULL, T("Giá trị", "Value") },
	{ INDICATOR_UNIT, "unit", FIELD_TEXT, 0, 40, NULL, NULL, T("Đơn vị tính", "Unit") },
	{ INDICATOR_SOURCE, "source", FIELD_TEXT, 0, 500, NULL, NULL, T("Nguồn", "Source") },
	{ INDICATOR_EXTRA, "extra", FIELD_TEXT, FIELD_INNER | FIELD_LINES | FIELD_PERSONAL, 65536, NULL, NULL, T("Trường x_", "x_ fields") },
	{ 0, NULL, FIELD_TEXT, 0, 0, NULL, NULL, T("", "") },
};

static const struct field user_fields[] = {
	{ USER_NAME, "name", FIELD_TEXT, FIELD_REQUIRED | FIELD_FIXED, 64, NULL, NULL, T("Tên", "Name") },
	{ USER_ROLE, "role", FIELD_ENUM, FIELD_REQUIRED, 0, "clerk|officer|leader|team_member|supervisor|admin", NULL, T("Vai trò", "Role") },
	{ USER_DISABLED, "disabled", FIELD_BOOL, 0, 0, NULL, NULL, T("Đã khóa", "Disabled") },
	{ USER_FULL_NAME, "full_name", FIELD_TEXT, 0, 200, NULL, NULL, T("Họ và tên", "Full name") },
	{ 0, NULL, FIELD_TEXT, 0, 0, NULL, NULL, T("", "") },
};

static const struct field setting_fields[] = {
	{ SETTING_NAME, "name", FIELD_TEXT, FIELD_REQUIRED | FIELD_FIXED, 64, NULL, NULL, T("Tên", "Name") },
	{ SETTING_VALUE, "value", FIELD_TEXT, FIELD_LINES, 4000, NULL, NULL, T("Giá trị", "Value") },
	{ 0, NULL, FIELD_TEXT, 0, 0, NULL, NULL, T("", "") },
};

static const struct field procedure_fields[] = {
	{ PROCEDURE_CODE, "code", FIELD_TEXT, FIELD_REQUIRED | FIELD_FIXED, 40, NULL, NULL, T("Mã", "Code") },
	{ PROCEDURE_NAME, "name", FIELD_TEXT, FIELD_REQUIRED, 1500, NULL, NULL, T("Tên", "Name") },
	{ PROCEDURE_FIELD_CODE, "field_code", FIELD_TEXT, 0, 20, NULL, NULL, T("Mã lĩnh vực", "Field code") },
	{ PROCEDURE_FIELD_NAME, "field_name", FIELD_TEXT, 0, 200, NULL, NULL, T("Lĩnh vực", "Field") },
	{ PROCEDURE_MINISTRY_CODE, "ministry_code", FIELD_TEXT, 0, 20, NULL, NULL, T("Mã bộ", "Ministry code") },
	{ PROCEDURE_MINISTRY, "ministry", FIELD_TEXT, 0, 200, NULL, NULL, T("Bộ", "Ministry") },
	{ PROCEDURE_DECIDED_LEVEL, "decided_level", FIELD_TEXT, 0, 60, NULL, NULL, T("Cấp quyết định", "Decided level") },
	{ PROCEDURE_RECEIVING_LEVEL, "receiving_level", FIELD_TEXT, 0, 60, NULL, NULL, T("Cấp tiếp nhận", "Receiving level") },
	{ PROCEDURE_TIME_VALUE, "time_value", FIELD_INT, 0, 366, NULL, NULL, T("Thời hạn", "Time") },
	{ PROCEDURE_TIME_UNIT, "time_unit", FIELD_ENUM, 0, 0, "working_day|calendar_day|working_hour|hour", NULL, T("Đơn vị", "Unit") },
	{ PROCEDURE_TIME_ONLINE_VALUE, "time_online_value", FIELD_INT, 0, 366, NULL, NULL, T("Thời hạn trực tuyến", "Online time") },
	{ PROCEDURE_TIME_ONLINE_UNIT, "time_online_unit", FIELD_ENUM, 0, 0, "working_day|calendar_day|working_hour|hour", NULL, T("Đơn vị", "Unit") },
	{ PROCEDURE_TIME_POSTAL_VALUE, "time_postal_value", FIELD_INT, 0, 366, NULL, NULL, T("Thời hạn bưu chính", "Postal time") },
	{ PROCEDURE_TIME_POSTAL_UNIT, "time_postal_unit", FIELD_ENUM, 0, 0, "working_day|calendar_day|working_hour|hour", NULL, T("Đơn vị", "Unit") },
	{ PROCEDURE_AFTER_15H_NEXT_DAY, "after_15h_next_day", FIELD_BOOL, 0, 0, NULL, NULL, T("Sau 15 giờ", "After 15h") },
	{ PROCEDURE_EXTENSION, "extension", FIELD_TEXT, 0, 60, NULL, NULL, T("Gia hạn", "Extension") },
	{ PROCEDURE_TIME_NOTE, "time_note", FIELD_TEXT, 0, 500, NULL, NULL, T("Ghi chú thời hạn", "Time note") },
	{ PROCEDURE_FEE_DIRECT_VND, "fee_direct_vnd", FIELD_INT, 0, INT64_C(1000000000000), NULL, NULL, T("Lệ phí trực tiếp", "Fee direct") },
	{ PROCEDURE_FEE_ONLINE_VND, "fee_online_vnd", FIELD_INT, 0, INT64_C(1000000000000), NULL, NULL, T("Lệ phí trực tuyến", "Fee online") },
	{ PROCEDURE_FEE_NOTE, "fee_note", FIELD_TEXT, 0, 500, NULL, NULL, T("Ghi chú phí", "Fee note") },
	{ PROCEDURE_CHANNELS, "channels", FIELD_TEXT, 0, 60, NULL, NULL, T("Kênh", "Channels") },
	{ PROCEDURE_ONLINE_LEVEL, "online_level", FIELD_TEXT, 0, 20, NULL, NULL, T("Trực tuyến", "Online") },
	{ PROCEDURE_LEVELS, "levels", FIELD_TEXT, 0, 500, NULL, NULL, T("Các cấp", "Levels") },
	{ PROCEDURE_RESULT_NAME, "result_name", FIELD_TEXT, 0, 300, NULL, NULL, T("Kết quả", "Result") },
	{ PROCEDURE_RESULT_CODE, "result_code", FIELD_TEXT, 0, 40, NULL, NULL, T("Mã kết quả", "Result code") },
	{ PROCEDURE_DECISION_NO, "decision_no", FIELD_TEXT, 0, 100, NULL, NULL, T("Quyết định", "Decision") },
	{ PROCEDURE_VERIFIED, "verified", FIELD_TEXT, 0, 40, NULL, NULL, T("Kiểm chứng", "Verified") },
	{ PROCEDURE_SOURCE, "source", FIELD_TEXT, 0, 500, NULL, NULL, T("Nguồn", "Source") },
	{ PROCEDURE_EFFECTIVE_FROM, "effective_from", FIELD_DATE, FIELD_FIXED, 0, NULL, NULL, T("Hiệu lực từ", "Effective from") },
	{ PROCEDURE_EFFECTIVE_TO, "effective_to", FIELD_DATE, 0, 0, NULL, NULL, T("Hết hiệu lực", "Effective to") },
	{ 0, NULL, FIELD_TEXT, 0, 0, NULL, NULL, T("", "") },
};

static const struct field document_fields[] = {
	{ DOCUMENT_PROCEDURE_CODE, "procedure_code", FIELD_TEXT, FIELD_REQUIRED | FIELD_FIXED, 40, NULL, NULL, T("Thủ tục", "Procedure") },
	{ DOCUMENT_SEQ, "seq", FIELD_INT, FIELD_REQUIRED | FIELD_FIXED, 999, NULL, NULL, T("Số thứ tự", "Number") },
	{ DOCUMENT_DOCUMENT_NAME, "document_name", FIELD_TEXT, FIELD_REQUIRED, 500, NULL, NULL, T("Tên giấy tờ", "Document") },
	{ DOCUMENT_KIND, "kind", FIELD_ENUM, 0, 0, "submit|present", NULL, T("Nộp, xuất trình", "Kind") },
	{ DOCUMENT_CONDITION, "condition", FIELD_TEXT, 0, 500, NULL, NULL, T("Trường hợp", "Condition") },
	{ DOCUMENT_ORIGINALS, "originals", FIELD_INT, 0, 99999, NULL, NULL, T("Bản chính", "Originals") },
	{ DOCUMENT_COPIES, "copies", FIELD_INT, 0, 99999, NULL, NULL, T("Bản sao", "Copies") },
	{ DOCUMENT_FORM_REF, "form_ref", FIELD_TEXT, 0, 100, NULL, NULL, T("Mẫu", "Form") },
	{ DOCUMENT_VERIFIED, "verified", FIELD_TEXT, 0, 40, NULL, NULL, T("Kiểm chứng", "Verified") },
	{ DOCUMENT_EFFECTIVE_FROM, "effective_from", FIELD_DATE, FIELD_FIXED, 0, NULL, NULL, T("Hiệu lực từ", "Effective from") },
	{ DOCUMENT_CANCELLED, "cancelled", FIELD_BOOL, FIELD_INNER, 0, NULL, NULL, T("Bãi bỏ", "Cancelled") },
	{ 0, NULL, FIELD_TEXT, 0, 0, NULL, NULL, T("", "") },
};

static const struct field step_fields[] = {
	{ STEP_PROCEDURE_CODE, "procedure_code", FIELD_TEXT, FIELD_REQUIRED | FIELD_FIXED, 40, NULL, NULL, T("Thủ tục", "Procedure") },
	{ STEP_SEQ, "seq", FIELD_INT, FIELD_REQUIRED | FIELD_FIXED, 999, NULL, NULL, T("Bước", "Step") },
	{ STEP_UNIT, "unit", FIELD_TEXT, FIELD_REQUIRED, 200, NULL, NULL, T("Đơn vị", "Unit") },
	{ STEP_LEVEL, "level", FIELD_ENUM, FIELD_REQUIRED, 0, "ward|province|other", NULL, T("Cấp", "Level") },
	{ STEP_ROLE, "role", FIELD_TEXT, 0, 40, NULL, NULL, T("Việc", "Role") },
	{ STEP_SHARE, "share", FIELD_DEC, FIELD_REQUIRED, 0, NULL, NULL, T("Tỷ lệ", "Share") },
	{ STEP_SOURCE, "source", FIELD_TEXT, 0, 500, NULL, NULL, T("Nguồn", "Source") },
	{ STEP_EFFECTIVE_FROM, "effective_from", FIELD_DATE, FIELD_FIXED, 0, NULL, NULL, T("Hiệu lực từ", "Effective from") },
	{ STEP_CANCELLED, "cancelled", FIELD_BOOL, FIELD_INNER, 0, NULL, NULL, T("Bãi bỏ", "Cancelled") },
	{ 0, NULL, FIELD_TEXT, 0, 0, NULL, NULL, T("", "") },
};

static const struct field field_fields[] = {
	{ FIELD_FIELD_CODE, "field_code", FIELD_TEXT, FIELD_REQUIRED | FIELD_FIXED, 20, NULL, NULL, T("Mã", "Code") },
	{ FIELD_FIELD_NAME, "field_name", FIELD_TEXT, FIELD_REQUIRED, 200, NULL, NULL, T("Tên", "Name") },
	{ FIELD_MINISTRY_CODE, "ministry_code", FIELD_TEXT, 0, 20, NULL, NULL, T("Mã bộ", "Ministry code") },
	{ FIELD_MINISTRY, "ministry", FIELD_TEXT, 0, 200, NULL, NULL, T("Bộ", "Ministry") },
	{ FIELD_PROCEDURES_IN_CATALOGUE, "procedures_in_catalogue", FIELD_INT, 0, 99999, NULL, NULL, T("Số thủ tục", "Procedures") },
	{ FIELD_FIELD_CODE_NOTE, "field_code_note", FIELD_TEXT, 0, 500, NULL, NULL, T("Ghi chú", "Note") },
	{ FIELD_MINISTRY_CODE_SOURCE, "ministry_code_source", FIELD_TEXT, 0, 500, NULL, NULL, T("Nguồn", "Source") },
	{ 0, NULL, FIELD_TEXT, 0, 0, NULL, NULL, T("", "") },
};

static const struct field holiday_fields[] = {
	{ HOLIDAY_DATE, "date", FIELD_DATE, FIELD_REQUIRED | FIELD_FIXED, 0, NULL, NULL, T("Ngày", "Date") },
	{ HOLIDAY_WEEKDAY, "weekday", FIELD_TEXT, 0, 10, NULL, NULL, T("Thứ", "Weekday") },
	{ HOLIDAY_YEAR, "year", FIELD_INT, 0, 9999, NULL, NULL, T("Năm", "Year") },
	{ HOLIDAY_NAME_VI, "name_vi", FIELD_TEXT, FIELD_REQUIRED, 200, NULL, NULL, T("Tên", "Name") },
	{ HOLIDAY_NAME_EN, "name_en", FIELD_TEXT, 0, 200, NULL, NULL, T("Tên tiếng Anh", "English name") },
	{ HOLIDAY_KIND, "kind", FIELD_ENUM, FIELD_REQUIRED, 0, "public_holiday|adjacent_day|compensation_off|swapped_off|makeup_workday", NULL, T("Loại", "Kind") },
	{ HOLIDAY_IS_WORKDAY, "is_workday", FIELD_BOOL, FIELD_REQUIRED, 0, NULL, NULL, T("Làm việc", "Workday") },
	{ HOLIDAY_LEGAL_BASIS, "legal_basis", FIELD_TEXT, 0, 300, NULL, NULL, T("Căn cứ", "Legal basis") },
	{ HOLIDAY_SOURCE, "source", FIELD_TEXT, 0, 500, NULL, NULL, T("Nguồn", "Source") },
	{ HOLIDAY_VERIFIED, "verified", FIELD_TEXT, 0, 40, NULL, NULL, T("Kiểm chứng", "Verified") },
	{ HOLIDAY_CANCELLED, "cancelled", FIELD_BOOL, FIELD_INNER, 0, NULL, NULL, T("Bãi bỏ", "Cancelled") },
	{ 0, NULL, FIELD_TEXT, 0, 0, NULL, NULL, T("", "") },
};

static const struct field category_fields[] = {
	{ CATEGORY_CODE, "code", FIELD_TEXT, FIELD_REQUIRED | FIELD_FIXED, 40, NULL, NULL, T("Mã", "Code") },
	{ CATEGORY_NAME_VI, "name_vi", FIELD_TEXT, FIELD_REQUIRED, 200, NULL, NULL, T("Tên", "Name") },
	{ CATEGORY_NAME_EN, "name_en", FIELD_TEXT, 0, 200, NULL, NULL, T("Tên tiếng Anh", "English name") },
	{ CATEGORY_GROUP, "group", FIELD_TEXT, 0, 40, NULL, NULL, T("Nhóm", "Group") },
	{ CATEGORY_COUNTED_PER, "counted_per", FIELD_TEXT, 0, 20, NULL, NULL, T("Đếm theo", "Counted per") },
	{ CATEGORY_OUTCOMES, "outcomes", FIELD_TEXT, 0, 100, NULL, NULL, T("Kết quả", "Outcomes") },
	{ CATEGORY_MAY_LINK_DOSSIER, "may_link_dossier", FIELD_BOOL, 0, 0, NULL, NULL, T("Gắn hồ sơ", "May link") },
	{ CATEGORY_SOURCE, "source", FIELD_TEXT, 0, 500, NULL, NULL, T("Nguồn", "Source") },
	{ 0, NULL, FIELD_TEXT, 0, 0, NULL, NULL, T("", "") },
};

static const struct field target_fields[] = {
	{ TARGET_INDICATOR, "indicator", FIELD_TEXT, FIELD_REQUIRED | FIELD_FIXED, 60, NULL, NULL, T("Chỉ tiêu", "Indicator") },
	{ TARGET_YEAR, "year", FIELD_INT, FIELD_REQUIRED | FIELD_FIXED, 9999, NULL, NULL, T("Năm", "Year") },
	{ TARGET_VALUE, "value", FIELD_DEC, FIELD_REQUIRED, 0, NULL, NULL, T("Mức", "Value") },
	{ TARGET_SOURCE, "source", FIELD_TEXT, 0, 500, NULL, NULL, T("Nguồn", "Source") },
	{ 0, NULL, FIELD_TEXT, 0, 0, NULL, NULL, T("", "") },
};

static const struct field member_fields[] = {
	{ MEMBER_TEAM, "team", FIELD_INT, FIELD_REQUIRED | FIELD_FIXED, 9999, NULL, NULL, T("Tổ", "Team") },
	{ MEMBER_NAME, "name", FIELD_TEXT, FIELD_REQUIRED | FIELD_FIXED, 200, NULL, NULL, T("Họ và tên", "Name") },
	{ MEMBER_ROLE, "role", FIELD_TEXT, 0, 60, NULL, NULL, T("Vai trò", "Role") },
	{ MEMBER_PHONE, "phone", FIELD_TEXT, FIELD_PERSONAL, 20, NULL, NULL, T("Điện thoại", "Phone") },
	{ MEMBER_NEIGHBOURHOOD, "neighbourhood", FIELD_INT, 0, 9999, NULL, NULL, T("Khu phố", "Neighbourhood") },
	{ MEMBER_DUTY_DAYS, "duty_days", FIELD_TEXT, 0, 100, NULL, NULL, T("Ngày trực", "Duty days") },
	{ MEMBER_LEFT_ON, "left_on", FIELD_DATE, 0, 0, NULL, NULL, T("Thôi từ", "Left on") },
	{ 0, NULL, FIELD_TEXT, 0, 0, NULL, NULL, T("", "") },
};

static const struct field clock_fields[] = {
	{ CLOCK_OFFSET_MS, "offset_ms", FIELD_INT, FIELD_REQUIRED, 0, NULL, NULL, T("Lệch", "Offset") },
	{ CLOCK_CONFIRMED_AT, "confirmed_at", FIELD_TIME, 0, 0, NULL, NULL, T("Xác nhận lúc", "Confirmed at") },
	{ 0, NULL, FIELD_TEXT, 0, 0, NULL, NULL, T("", "") },
};

static const struct field catalog_fields[] = {
	{ CATALOG_VERSION, "version", FIELD_TEXT, FIELD_REQUIRED | FIELD_FIXED, 64, NULL, NULL, T("Phiên bản", "Version") },
	{ 0, NULL, FIELD_TEXT, 0, 0, NULL, NULL, T("", "") },
};

static const struct field device_fields[] = {
	{ DEVICE_DEVICE, "device", FIELD_HEX, FIELD_REQUIRED | FIELD_FIXED, 8, NULL, NULL, T("Mã thiết bị", "Device") },
	{ DEVICE_UNIT, "unit", FIELD_TEXT, 0, 40, NULL, NULL, T("Đơn vị", "Unit") },
	{ DEVICE_SLOT, "slot", FIELD_INT, 0, 99, NULL, NULL, T("Ô số", "Slot") },
	{ DEVICE_ROLE, "role", FIELD_ENUM, 0, 0, "counter|team|hub", NULL, T("Vai trò", "Role") },
	{ DEVICE_CERTIFICATE, "certificate", FIELD_HEX, 0, 4096, NULL, NULL, T("Chứng thư", "Certificate") },
	{ DEVICE_REVOKED_AT, "revoked_at", FIELD_TIME, 0, 0, NULL, NULL, T("Thu hồi lúc", "Revoked at") },
	{ 0, NULL, FIELD_TEXT, 0, 0, NULL, NULL, T("", "") },
};

static const struct field day_fields[] = {
	{ DAY_DATE, "date", FIELD_DATE, FIELD_REQUIRED | FIELD_FIXED, 0, NULL, NULL, T("Ngày", "Date") },
	{ DAY_CLOSED_BY, "closed_by", FIELD_TEXT, FIELD_REQUIRED | FIELD_FIXED, 100, NULL, NULL, T("Người chốt", "Closed by") },
	{ DAY_CLOSED_AT, "closed_at", FIELD_TIME, FIELD_REQUIRED, 0, NULL, NULL, T("Chốt lúc", "Closed at") },
	{ DAY_CASH_VND, "cash_vnd", FIELD_INT, 0, INT64_C(1000000000000), NULL, NULL, T("Tiền mặt đếm được", "Cash counted") },
	{ DAY_EXPECTED_VND, "expected_vnd", FIELD_INT, 0, INT64_C(1000000000000), NULL, NULL, T("Tiền mặt theo sổ", "Cash expected") },
	{ DAY_NOTE, "note", FIELD_TEXT, FIELD_LINES, 2000, NULL, NULL, T("Ghi chú", "Note") },
	{ DAY_ONLINE_VND, "online_vnd", FIELD_INT, 0, INT64_C(1000000000000), NULL, NULL, T("Thu trực tuyến đối chiếu được", "Online payments checked") },
	{ DAY_EXPECTED_ONLINE_VND, "expected_online_vnd", FIELD_INT, 0, INT64_C(1000000000000), NULL, NULL, T("Thu trực tuyến theo sổ", "Online payments expected") },
	{ DAY_TRANSFER_VND, "transfer_vnd", FIELD_INT, 0, INT64_C(1000000000000), NULL, NULL, T("Chuyển khoản đối chiếu được", "Transfers checked") },
	{ DAY_EXPECTED_TRANSFER_VND, "expected_transfer_vnd", FIELD_INT, 0, INT64_C(1000000000000), NULL, NULL, T("Chuyển khoản theo sổ", "Transfers expected") },
	{ 0, NULL, FIELD_TEXT, 0, 0, NULL, NULL, T("", "") },
};

static const struct rec_type types[REC_KINDS] = {
	[REC_NONE] = { REC_NONE, "", NULL, T("", "") },
	[REC_WARD] = { REC_WARD, "ward", ward_fields, T("Phường, xã", "Ward") },
	[REC_DOSSIER] = { REC_DOSSIER, "dossier", dossier_fields, T("Hồ sơ", "Dossier") },
	[REC_SCAN] = { REC_SCAN, "scan", scan_fields, T("Bản quét", "Scan") },
	[REC_ASSIST] = { REC_ASSIST, "assist", assist_fields, T("Lượt hỗ trợ", "Assist") },
	[REC_HOUSEHOLD] = { REC_HOUSEHOLD, "household", household_fields, T("Hộ dân", "Household") },
	[REC_INDICATOR] = { REC_INDICATOR, "indicator", indicator_fields, T("Chỉ tiêu", "Indicator") },
	[REC_USER] = { REC_USER, "user", user_fields, T("Người dùng", "User") },
	[REC_SETTING] = { REC_SETTING, "setting", setting_fields, T("Thiết lập", "Setting") },
	[REC_PROCEDURE] = { REC_PROCEDURE, "procedure", procedure_fields, T("Thủ tục", "Procedure") },
	[REC_DOCUMENT] = { REC_DOCUMENT, "document", document_fields, T("Thành phần hồ sơ", "Document") },
	[REC_STEP] = { REC_STEP, "step", step_fields, T("Bước mẫu", "Template step") },
	[REC_FIELD] = { REC_FIELD, "field", field_fields, T("Lĩnh vực", "Field") },
	[REC_HOLIDAY] = { REC_HOLIDAY, "holiday", holiday_fields, T("Ngày nghỉ", "Holiday") },
	[REC_CATEGORY] = { REC_CATEGORY, "category", category_fields, T("Loại hỗ trợ", "Category") },
	[REC_TARGET] = { REC_TARGET, "target", target_fields, T("Mức phấn đấu", "Target") },
	[REC_MEMBER] = { REC_MEMBER, "member", member_fields, T("Thành viên tổ", "Team member") },
	[REC_CLOCK] = { REC_CLOCK, "clock", clock_fields, T("Đồng hồ", "Clock") },
	[REC_CATALOG] = { REC_CATALOG, "catalog", catalog_fields, T("Danh mục", "Catalogue") },
	[REC_DEVICE] = { REC_DEVICE, "device", device_fields, T("Thiết bị", "Device") },
	[REC_DAY] = { REC_DAY, "day", day_fields, T("Ngày làm việc", "Day") },
};

const struct rec_type *rec_type(enum rec_kind kind)
{
	return &types[(unsigned)kind < REC_KINDS ? kind : REC_NONE];
}
