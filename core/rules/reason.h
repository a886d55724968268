/*
 * reason.h - why something is refused or doubtful: one table of sentences.
 *
 * Pure. A sentence may hold %1 and %2, filled from words in both languages.
 * No personal data goes in.
 */
#ifndef MOTCUA_REASON_H
#define MOTCUA_REASON_H

#include "core/rules/explain.h"
#include "db/base/err.h"

#define REASON_LIST(X) \
	/* what a state does not allow */ \
	X(STATE,          T("hồ sơ đang ở trạng thái \"%1\": không %2 được", "the dossier is \"%1\": cannot %2")) \
	X(STOP_FINAL,     T("việc dừng là chính thức: không tiếp tục được", "the stop is final: it cannot be resumed")) \
	X(UNKNOWN_VERB,   T("không có việc này", "there is no such verb")) \
	/* times */ \
	X(AT_FUTURE,      T("thời điểm sau bây giờ (%1)", "a time after now (%1)")) \
	X(AT_BEFORE,      T("thời điểm trước việc gần nhất của hồ sơ (%1)", "a time before the dossier's last fact (%1)")) \
	X(DUE_BEFORE,     T("ngày hẹn trả trước lúc tiếp nhận", "the due date is before the reception")) \
	X(DUE_NOT_LATER,  T("hẹn mới phải sau hẹn cũ và sau bây giờ (%1)", "the new due date must be after the old one and now (%1)")) \
	X(ORDER,          T("thời điểm này trước %1", "this time is before %1")) \
	/* fields */ \
	X(NEEDED,         T("cần có", "is needed")) \
	X(NOTE_NEEDED,    T("sửa hồ sơ phải ghi lý do", "a correction needs its reason")) \
	X(FIXED,          T("là danh tính của hồ sơ: không sửa được", "is the dossier's identity: cannot be corrected")) \
	X(STATE_BY_VERB,  T("trạng thái đổi theo việc đã làm: chuyển bước, kết thúc, từ chối, rút, hoàn tác", \
			    "the state follows what is done: forward, done, refuse, withdraw, undo")) \
	X(NO_FIELD,       T("không có trường này", "there is no such field")) \
	X(NOTHING,        T("chưa có gì để đổi", "there is nothing to change")) \
	X(NO_STEP,        T("quy trình không còn bước nào: ghi đơn vị nhận, hoặc kết thúc xử lý", \
			    "the template has no step left: name the unit that takes it, or finish it")) \
	X(STEPS_FULL,     T("hồ sơ đã có quá nhiều mục", "the dossier has too many entries")) \
	X(FEE_AMOUNT,     T("khoản này phải thu %1 đồng", "this fee is %1 VND")) \
	X(FEE_WHICH,      T("có nhiều khoản chưa thu: ghi tên khoản", "several fees are unpaid: name one")) \
	X(FEE_PAID_AT,    T("khoản chưa thu không có thời điểm thu", "an unpaid fee has no time of payment")) \
	X(BAD_RATING,     T("mức hài lòng từ 1 đến 5", "a rating is 1 to 5")) \
	/* undo */ \
	X(NOTHING_TO_UNDO, T("không có gì để hoàn tác", "there is nothing to undo")) \
	X(UNDO_SEALED,    T("việc gần nhất đã niêm phong trong gói: hãy ghi việc \"sửa\"", \
			    "the last change is sealed in a batch: use \"correct\"")) \
	X(UNDO_PRINTED,   T("giấy tiếp nhận đã in: hãy ghi việc \"rút hồ sơ\" hoặc \"sửa\"", \
			    "the receipt was printed: use \"withdraw\" or \"correct\"")) \
	X(UNDO_CLASH,     T("hồ sơ đang được sửa ở hai nơi: hãy chọn ở mục xung đột", \
			    "the dossier was changed in two places: decide the clash first")) \
	/* doubts: told, not refused */ \
	X(SECOND_SUPPLEMENT, T("yêu cầu bổ sung lần thứ hai: chỉ nên yêu cầu một lần, đủ danh mục", \
			       "a second request for papers: ask once, for everything")) \
	X(SECOND_EXTENSION, T("gia hạn lần thứ hai: chỉ được gia hạn một lần", "a second extension: only one is allowed")) \
	X(EXTEND_LATE,    T("đã quá hẹn: văn bản xin lỗi phải gửi trước ngày hẹn", \
			    "already overdue: the apology is due before the promised date")) \
	X(DONE_LATE,      T("xong sau ngày hẹn: ghi lý do trễ", "finished after the due date: record why")) \
	X(DUE_KEPT,       T("ngày hẹn trả giữ nguyên: nếu cần thì sửa ngày hẹn", "the due date is kept: correct it if need be")) \
	X(DUE_PROVISIONAL, T("lịch nghỉ của năm đó chưa đủ: ngày hẹn là tạm tính", \
			     "that year's holidays are not complete: the due date is provisional")) \
	X(COMPONENT_MISSING, T("thiếu thành phần bắt buộc: %1; có thể yêu cầu bổ sung", \
			       "required papers are missing: %1; a supplement can be asked for")) \
	X(DUPLICATE,      T("người này đang có hồ sơ cùng thủ tục: %1", "this person has an open dossier of the same procedure: %1")) \
	X(FEE_UNPAID,     T("còn khoản chưa thu", "a fee is still unpaid"))

enum reason {
#define X(id, words) REASON_##id,
	REASON_LIST(X)
#undef X
	REASON_COUNT
};

const struct words *reason_words(enum reason reason);
/* Refuse with RC_INPUT, about `field` ("" for none). a and b fill %1 and %2 and may be NULL. */
enum rc reason_refuse(struct err *err, const char *field, enum reason reason, const struct words *a,
		      const struct words *b);
/* A doubt: one more line. NULL `doubts` hears nothing. */
void reason_doubt(struct explain *doubts, enum reason reason, const struct words *a);

#endif
