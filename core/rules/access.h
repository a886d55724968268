/*
 * access.h - who may do what: one table of rights, one column a role.
 *
 * Pure. A right is one thing a person can do, by key or by command; most
 * verbs of `act` are one right, but `refuse` and `correct` are two, as the
 * state of the dossier decides who may. Nothing is left without a row;
 * admin may do everything, so a fresh store is usable. What needs no sign-in
 * (compose, fold, sortkey, user recover) is no right.
 */
#ifndef MOTCUA_ACCESS_H
#define MOTCUA_ACCESS_H

#include "db/base/err.h"

/* As stored in a user's record (the choices of its field, counted from 1). */
enum role {
	ROLE_NONE,
	ROLE_CLERK,
	ROLE_OFFICER,
	ROLE_LEADER,
	ROLE_TEAM_MEMBER,
	ROLE_SUPERVISOR,
	ROLE_ADMIN,
	ROLE_COUNT
};

/*
 * One row a right: who may, a letter or a dash a role, in the order clerk, officer,
 * leader, team member, supervisor (admin always), and the words for a sentence.
 */
#define ACCESS_LIST(X) \
	/* reading what the store holds: find, show, history, due, lists, verify, the shape of things */ \
	X(READ,             "colts", T("xem", "read")) \
	X(RECEIVE,          "co---", T("tiếp nhận hồ sơ", "receive a dossier")) \
	X(ACCEPT,           "co---", T("nhận hồ sơ trực tuyến", "accept a dossier")) \
	X(FORWARD,          "col--", T("chuyển bước", "forward")) \
	X(DONE,             "-ol--", T("kết thúc xử lý", "finish")) \
	X(SUPPLEMENT,       "co---", T("yêu cầu bổ sung", "ask for papers")) \
	X(RESUME,           "co---", T("tiếp tục xử lý", "resume")) \
	X(FINANCE,          "co---", T("yêu cầu nghĩa vụ tài chính", "ask for a payment")) \
	X(STOP,             "--l--", T("dừng xử lý", "stop")) \
	X(EXTEND,           "--l--", T("gia hạn", "extend")) \
	X(REFUSE_RECEPTION, "co---", T("từ chối tiếp nhận", "refuse reception")) \
	X(REFUSE_SUBSTANCE, "--l--", T("từ chối giải quyết", "refuse on substance")) \
	X(WITHDRAW,         "co---", T("rút hồ sơ", "withdraw")) \
	X(RETURN,           "co---", T("trả kết quả", "return the result")) \
	X(RATE,             "co---", T("ghi mức hài lòng", "rate")) \
	X(PAY,              "co---", T("thu phí, lệ phí", "take a fee")) \
	X(CORRECT_OPEN,     "co--s", T("sửa hồ sơ đang giải quyết", "correct an open dossier")) \
	X(CORRECT_CLOSED,   "----s", T("sửa hồ sơ đã kết thúc", "correct a closed dossier")) \
	/* one's own last event only: the command sees to that */ \
	X(UNDO,             "colts", T("hoàn tác", "undo")) \
	X(SCAN,             "co---", T("ghi bản quét", "record a scan")) \
	X(SLIP,             "col-s", T("in giấy tờ", "print a paper")) \
	X(ASSIST,           "c--ts", T("ghi lượt hỗ trợ", "record an assist")) \
	X(HOUSEHOLD,        "c--ts", T("sửa sổ hộ dân", "keep the household register")) \
	X(INDICATOR,        "co--s", T("nhập chỉ tiêu", "enter an indicator")) \
	X(TEAM,             "----s", T("sửa danh sách tổ", "keep the team roster")) \
	X(REPORT,           "col-s", T("lập báo cáo", "make reports")) \
	X(REPORT_ASSIST,    "colts", T("lập báo cáo hỗ trợ", "report on assists")) \
	X(IMPORT,           "co--s", T("nhập tệp", "import a file")) \
	X(EXPORT,           "col-s", T("xuất tệp", "export records")) \
	X(PERSON,           "co--s", T("trích dữ liệu của một người", "report on a person")) \
	X(DAY_CLOSE,        "col-s", T("chốt ngày", "close the day")) \
	X(CATALOG,          "----s", T("cập nhật danh mục", "change the catalogue")) \
	X(TARGET,           "----s", T("đặt chỉ tiêu", "set targets")) \
	X(CLASH,            "----s", T("xử lý xung đột", "resolve a clash")) \
	X(BATCH,            "----s", T("xuất, nhập gói dữ liệu", "move batches")) \
	/* the line and the share, which run by themselves whoever is signed in */ \
	X(SYNC,             "colts", T("đồng bộ", "synchronise")) \
	X(BACKUP,           "----s", T("sao lưu", "back up")) \
	X(AUDIT,            "----s", T("xem nhật ký", "read the audit")) \
	X(REBUILD,          "----s", T("dựng lại dữ liệu", "rebuild the rows")) \
	/* one's own passphrase; another's is USER */ \
	X(PASSWD,           "colts", T("đổi mật khẩu của mình", "change one's passphrase")) \
	X(SUPPORT,          "colts", T("lập gói hỗ trợ kỹ thuật", "make a support bundle")) \
	X(USER,             "-----", T("quản lý người dùng", "manage users")) \
	X(SETTING,          "-----", T("đổi thiết lập", "change settings")) \
	X(REKEY,            "-----", T("đổi khóa dữ liệu", "change the data key")) \
	X(RESTORE,          "-----", T("khôi phục", "restore a backup")) \
	X(DEVICE,           "-----", T("quản lý thiết bị", "manage devices"))

enum right {
#define X(id, who, words) MAY_##id,
	ACCESS_LIST(X)
#undef X
	MAY_COUNT
};

/* False for values that are no role or no right. */
bool access_allows(enum role role, enum right right);
/* What the right is, for a sentence: "tiếp nhận hồ sơ", "receive a dossier"; "" for what is no right. */
const struct words *access_words(enum right right);
/* Who may, for a refusal: "công chức Một cửa, quản trị". Whole names only, as many as fit `size`. */
void access_who(enum right right, enum lang lang, char *out, size_t size);
/* RC_OK, or RC_REFUSED with a sentence that says what the right is and who may. */
enum rc access_check(enum role role, enum right right, struct err *err) MUST_CHECK;

/* "clerk" .. "admin", as in the exchange format; ROLE_NONE when there is no such role. */
enum role role_parse(const char *name);
/* "" for what is no role. */
const char *role_name(enum role role);
const struct words *role_label(enum role role);

#endif
