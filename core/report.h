/*
 * report.h - figures for a period, as a table.
 *
 * A report is computed as of the end of its period (core/judge.h) from the
 * facts of the store, or of what was known at some moment. Nothing here reads
 * the clock: the same journal and the same query give the same table. Column
 * names are those of the exchange contract. Reading only; no personal data in
 * any report but `register`, which is the office's book.
 */
#ifndef MOTCUA_REPORT_H
#define MOTCUA_REPORT_H

#include "core/app.h"
#include "core/rules/period.h"
#include "core/table.h"

/* One row a report: its id, name, who may, its title, and what it is in a line. */
#define REPORT_LIST(X) \
	X(06a, "06a", MAY_REPORT, \
	  T("Tình hình, kết quả giải quyết thủ tục hành chính", "Handling of administrative procedures"), \
	  T("biểu II.06a theo cấp và lĩnh vực", "form II.06a by level and field")) \
	X(levels, "levels", MAY_REPORT, T("Hồ sơ trễ hạn theo cấp", "Late dossiers by level"), \
	  T("trễ ở phường hay ở cấp khác", "late at the ward or elsewhere")) \
	X(kpi, "kpi", MAY_REPORT, T("Bộ chỉ số phục vụ", "Service indicators"), \
	  T("các tỷ lệ và mức phấn đấu", "shares against their targets")) \
	X(late, "late", MAY_REPORT, T("Danh sách hồ sơ trễ hạn", "List of late dossiers"), \
	  T("từng hồ sơ trễ, người giữ, lý do", "each late dossier, who held it, why")) \
	X(causes, "causes", MAY_REPORT, T("Nguyên nhân quá hạn", "Causes of lateness"), \
	  T("biểu II.07a: nguyên nhân theo lĩnh vực", "form II.07a: causes by field")) \
	X(officers, "officers", MAY_REPORT, T("Kết quả theo cán bộ", "Work by officer"), \
	  T("bước đã làm, trễ, đang giữ của từng người", "steps done, late and held by each person")) \
	X(register, "register", MAY_REPORT, T("Sổ theo dõi hồ sơ", "Register of dossiers"), \
	  T("sổ theo dõi, và số bị bỏ trống", "the book, and the numbers it skips")) \
	X(digitisation, "digitisation", MAY_REPORT, T("Số hóa hồ sơ", "Digitisation"), \
	  T("hồ sơ có bản quét, dùng lại, theo lĩnh vực và người quét", "scanned and re-used papers by field and person")) \
	X(fees, "fees", MAY_REPORT, T("Phí, lệ phí", "Fees"), \
	  T("đã thu, chưa thu, miễn, theo khoản và hình thức", "paid, unpaid and exempt, by fee and method")) \
	X(day, "day", MAY_REPORT, T("Tình hình trong ngày", "The day"), \
	  T("việc cuối ngày: chưa chuyển, đến hạn, quá hạn, tiền mặt", "end of day: not handed on, due, overdue, cash")) \
	X(assist, "assist", MAY_REPORT_ASSIST, T("Hỗ trợ của tổ công nghệ số cộng đồng", "Help by the digital teams"), \
	  T("lượt hỗ trợ theo loại, khu phố, kết quả, tổ", "assists by category, neighbourhood, outcome, team")) \
	X(households, "households", MAY_REPORT, T("Mỗi hộ dân một tài khoản", "A portal account for every household"), \
	  T("hộ có tài khoản theo khu phố", "households with an account by neighbourhood")) \
	X(indicators, "indicators", MAY_REPORT, T("Chỉ tiêu nhập tay", "Indicators entered by hand"), \
	  T("số liệu nhập tay của kỳ", "figures entered by hand for the period"))

struct report_type {
	const char *name;
	enum right right;
	struct words title, help;
};
/* In the order of REPORT_LIST; ends with name NULL. */
extern const struct report_type report_types[];
/* NULL when there is no such report. */
const struct report_type *report_type(const char *name);

struct report_query {
	const char *name;
	struct period period;
	msec as_known; /* only events with a clock up to then; MSEC_NONE: all */
};

/*
 * Make the report. `out` is initialised and empty; filled only on RC_OK. A team
 * member sees his own assists. RC_USAGE: no such report. RC_REFUSED: the role.
 */
enum rc report_run(struct app *app, const struct report_query *query, struct table *out, struct err *err) MUST_CHECK;
/*
 * One report over several stores (a hub's wards); settings and targets are the first one's. The caller
 * asked who may.
 */
enum rc report_run_over(struct app *const *apps, size_t count, const struct report_query *query,
			struct table *out, struct err *err) MUST_CHECK;

#endif
