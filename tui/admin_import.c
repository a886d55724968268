/*
 * admin_import.c - a supervisor's CSV file: what it would change is shown first, then it is done or not.
 */
#include <stdio.h>
#include <string.h>

#include "core/csv_import.h"
#include "tui/admin.h"
#include "tui/ask.h"
#include "tui/pager.h"
#include "tui/pick.h"
#include "tui/progress.h"
#include "tui/save.h"

enum { NOTES_MAX = 200 };

static const struct {
	enum rec_kind kind;
	enum right right;
	struct words words;
} lists[] = {
	{ REC_PROCEDURE, MAY_CATALOG, T("Thủ tục", "Procedures") },
	{ REC_DOCUMENT, MAY_CATALOG, T("Thành phần hồ sơ", "Components") },
	{ REC_STEP, MAY_CATALOG, T("Bước xử lý", "Steps") },
	{ REC_FIELD, MAY_CATALOG, T("Lĩnh vực", "Fields") },
	{ REC_HOLIDAY, MAY_CATALOG, T("Ngày nghỉ, ngày làm bù", "Holidays") },
	{ REC_CATEGORY, MAY_CATALOG, T("Loại hỗ trợ", "Categories of help") },
	{ REC_TARGET, MAY_TARGET, T("Mức phấn đấu", "Targets") },
	{ REC_HOUSEHOLD, MAY_HOUSEHOLD, T("Sổ hộ dân", "Household register") },
	{ REC_MEMBER, MAY_TEAM, T("Thành viên tổ công nghệ số", "Team members") },
};

struct offered {
	struct ui *ui;
	size_t at[ARRAY_LEN(lists)], count;
};

static void list_item(void *ctx, size_t item, char *out, size_t size)
{
	const struct offered *offered = ctx;

	snprintf(out, size, "%s", ui_words(offered->ui, &lists[offered->at[item]].words));
}

struct preview {
	struct ui *ui;
	struct buf text;
	size_t notes;
};

static void add_note(void *ctx, size_t line, bool is_warning, const struct err *why)
{
	struct preview *preview = ctx;

	if (preview->notes++ < NOTES_MAX)
		buf_printf(&preview->text, UI_T(preview->ui, "dòng %zu: %s%s\n", "line %zu: %s%s\n"), line,
			   is_warning ? UI_T(preview->ui, "lưu ý: ", "note: ") : "",
			   err_text(why, preview->ui->lang));
}

static enum rc run_file(struct ui *ui, enum rec_kind kind, const char *path, bool dry_run,
			struct preview *preview, struct csv_import_result *result, struct err *err)
{
	static const struct words title = T("Đang đọc tệp", "Reading the file");
	struct csv_import_options options = { dry_run, add_note, preview };
	FILE *in = fopen(path, "re");
	struct progress progress;
	enum rc rc;

	memset(result, 0, sizeof(*result));
	if (!in)
		return err_set(err, RC_IO, "Không mở được tệp.", "The file cannot be opened.");
	progress_begin(ui, &progress, &title);
	rc = csv_import(ui->app, kind, in, &options, result, err);
	progress_end(&progress);
	fclose(in);
	return rc;
}

static void count_words(struct ui *ui, const struct csv_import_result *result, char *out, size_t size)
{
	snprintf(out, size,
		 UI_T(ui, "%lld dòng: thêm %lld, đổi %lld, giữ nguyên %lld, sai %lld",
		      "%lld rows: new %lld, changed %lld, same %lld, refused %lld"),
		 (long long)result->read, (long long)result->made, (long long)result->changed,
		 (long long)result->same, (long long)result->refused);
}

/* After the preview: do it, or leave it. */
static void go_on(struct ui *ui, enum rec_kind kind, const char *path, const char *counted,
		  struct preview *preview)
{
	static const struct words answers[] = { T("Nhập", "Import"), T("Thôi", "Leave it"),
						T("Xem các lưu ý", "Read the notes") };
	static const struct words title = T("Nhập tệp này?", "Import this file?");
	struct csv_import_result result;
	struct err err = { .rc = RC_OK };
	char done[200];
	int chosen;

	while ((chosen = ask_choice(ui, &title, counted, answers, preview->notes ? 3 : 2, 0)) == 2)
		pager_run(ui, &title, buf_str(&preview->text));
	if (chosen != 0)
		return;
	if (run_file(ui, kind, path, false, preview, &result, &err)) {
		ui_say_err(ui, &err);
		return;
	}
	count_words(ui, &result, done, sizeof(done));
	if (result.recounted)
		ui_format(ui, STYLE_GOOD,
			  UI_T(ui, "%s. Tính lại %lld hẹn trả.", "%s. %lld promises counted again."), done,
			  (long long)result.recounted);
	else
		ui_say(ui, STYLE_GOOD, done);
}

static void import_file_of(struct ui *ui, enum rec_kind kind, const struct words *words)
{
	struct preview preview = { ui, BUF(256 << 10), 0 };
	struct csv_import_result result;
	struct err err = { .rc = RC_OK };
	char path[SAVE_PATH], counted[200];
	enum rc rc;

	if (!save_ask_path(ui, words,
			   UI_T(ui, "Tệp CSV; trước khi nhập sẽ cho xem thay đổi.",
				"A CSV file; what it changes is shown first."),
			   "", path, sizeof(path)))
		return;
	rc = run_file(ui, kind, path, true, &preview, &result, &err);
	count_words(ui, &result, counted, sizeof(counted));
	if (rc == RC_INPUT && preview.notes) {
		struct buf all = BUF(512 << 10);

		buf_printf(
			&all, "%s\n%s\n\n%s", counted,
			UI_T(ui, "Tệp có dòng sai: chưa nhập gì. Sửa tệp rồi làm lại.",
			     "Some lines are wrong: nothing was imported. Correct the file and try again."),
			buf_str(&preview.text));
		pager_run(ui, words, buf_str(&all));
		buf_done(&all);
	} else if (rc) {
		ui_say_err(ui, &err);
	} else {
		go_on(ui, kind, path, counted, &preview);
	}
	buf_done(&preview.text);
}

void admin_import(struct ui *ui)
{
	static const struct words title = T("Nhập vào đâu?", "Into which list?");
	struct offered offered = { .ui = ui };
	long chosen;

	for (size_t i = 0; i < ARRAY_LEN(lists); i++)
		if (access_allows(ui->app->role, lists[i].right))
			offered.at[offered.count++] = i;
	chosen = pick_run(ui, &title, offered.count, list_item, &offered, 0);
	if (chosen >= 0)
		import_file_of(ui, lists[offered.at[chosen]].kind, &lists[offered.at[chosen]].words);
}
