#include <sqlite3.h>
#include <string.h>

#include "db/handle.h"

/* SQLite's result codes in a clerk's words; an extended code is looked up before its primary one. */
static const struct {
	int code;
	enum rc rc;
	struct words words;
} faults[] = {
	{ SQLITE_FULL, RC_FULL,
	  T("ổ đĩa đã đầy: thay đổi này chưa được ghi, dữ liệu cũ còn nguyên; hãy giải phóng chỗ trống rồi "
	    "làm lại",
	    "the disk is full: this change was not written and nothing else is lost; free some space and try "
	    "again") },
	{ SQLITE_IOERR_NOMEM, RC_FAILED, T("máy hết bộ nhớ", "the machine is out of memory") },
	{ SQLITE_IOERR_DATA, RC_DAMAGED,
	  T("một trang của kho không còn như khi ghi (hỏng hoặc bị sửa); hãy khôi phục từ bản sao lưu",
	    "a page of the store is not what was written (damaged or altered); restore it from a backup") },
	{ SQLITE_CORRUPT, RC_DAMAGED,
	  T("kho bị hỏng hoặc bị cắt ngắn; hãy khôi phục từ bản sao lưu",
	    "the store is damaged or cut short; restore it from a backup") },
	{ SQLITE_NOTADB, RC_DAMAGED,
	  T("trang đầu của kho bị hỏng hoặc không phải của kho này; hãy khôi phục từ bản sao lưu",
	    "the first page of the store is damaged or not of this store; restore it from a backup") },
	{ SQLITE_READONLY, RC_IO,
	  T("kho hoặc thư mục chứa nó chỉ cho đọc; hãy cấp quyền ghi rồi mở lại",
	    "the store or its folder is read-only; allow writing and open it again") },
	{ SQLITE_BUSY, RC_REFUSED,
	  T("kho đang được một chương trình khác dùng; hãy đóng chương trình đó trước",
	    "the store is in use by another program; close that one first") },
	{ SQLITE_CANTOPEN, RC_IO,
	  T("không mở được tệp của kho; hãy xem thư mục có tồn tại và có quyền ghi không",
	    "a file of the store cannot be opened; see that its folder exists and may be written") },
	{ SQLITE_PERM, RC_IO, T("không có quyền mở kho", "no permission to open the store") },
	{ SQLITE_IOERR, RC_IO,
	  T("ổ đĩa báo lỗi đọc ghi: thay đổi này chưa được ghi; hãy kiểm tra ổ đĩa và sao lưu ngay",
	    "the disk reports an error: this change was not written; check the disk and make a backup now") },
	{ SQLITE_NOMEM, RC_FAILED, T("máy hết bộ nhớ", "the machine is out of memory") },
};

enum rc sql_error(struct sqlite3 *sql, int code, struct err *err)
{
	if (code == SQLITE_OK || code == SQLITE_ROW || code == SQLITE_DONE)
		return RC_OK;
	for (int mask = -1;; mask = 0xff) {
		for (size_t i = 0; i < ARRAY_LEN(faults); i++) {
			if (faults[i].code == (code & mask))
				return err_set(err, faults[i].rc, "%s%.0s", "%.0s%s", faults[i].words.vi,
					       faults[i].words.en);
		}
		if (mask == 0xff)
			break;
	}
	/* SQLite's own sentence names columns and tokens, never values. */
	if ((code & 0xff) == SQLITE_CONSTRAINT)
		return err_set(err, RC_INPUT, "dữ liệu trái quy tắc của kho (%s)",
			       "data breaks a rule of the store (%s)",
			       sql ? sqlite3_errmsg(sql) : sqlite3_errstr(code));
	return err_set(err, RC_FAILED, "lỗi cơ sở dữ liệu %d (%s)", "database error %d (%s)", code,
		       sql ? sqlite3_errmsg(sql) : sqlite3_errstr(code));
}
