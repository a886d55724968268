/*
 * admin_import.c - a supervisor's CSV file: what it would change is shown first, then it is done or not.
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "core/csv_import.h"
#include "db/rec_fields.h"
#include "sync/carrier.h"
#include "tui/admin.h"
#include "tui/ask.h"
#include "tui/pager.h"
#include "tui/pick.h"
#include "tui/progress.h"
#include "tui/save.h"
#include "tui/words.h"

enum { LINES_MAX = 500, FILES_MAX = 100 };

/* `shown`: the values a line of the preview begins with, enough to know the row by. */
static const struct import_list {
	enum rec_kind kind;
	enum right right;
	struct words words;
	uint16_t shown[3];
} lists[] = {
	{ REC_PROCEDURE, MAY_CATALOG, T("Thủ tục", "Procedures"),
	  { PROCEDURE_CODE, PROCEDURE_NAME, PROCEDURE_EFFECTIVE_FROM } },
	{ REC_DOCUMENT, MAY_CATALOG, T("Thành phần hồ sơ", "Components"),
	  { DOCUMENT_PROCEDURE_CODE, DOCUMENT_SEQ, DOCUMENT_DOCUMENT_NAME } },
	{ REC_STEP, MAY_CATALOG, T("Bước xử lý", "Steps"), { STEP_PROCEDURE_CODE, STEP_SEQ, STEP_UNIT } },
	{ REC_FIELD, MAY_CATALOG, T("Lĩnh vực", "Fields"), { FIELD_FIELD_CODE, FIELD_FIELD_NAME } },
	{ REC_HOLIDAY, MAY_CATALOG, T("Ngày nghỉ, ngày làm bù", "Holidays"),
	  { HOLIDAY_DATE, HOLIDAY_NAME_VI, HOLIDAY_KIND } },
	{ REC_CATEGORY, MAY_CATALOG, T("Loại hỗ trợ", "Categories of help"),
	  { CATEGORY_CODE, CATEGORY_NAME_VI } },
	{ REC_TARGET, MAY_TARGET, T("Mức phấn đấu", "Targets"), { TARGET_INDICATOR, TARGET_YEAR, TARGET_VALUE } },
	{ REC_HOUSEHOLD, MAY_HOUSEHOLD, T("Sổ hộ dân", "Household register"),
	  { HOUSEHOLD_NEIGHBOURHOOD, HOUSEHOLD_CODE } },
	{ REC_MEMBER, MAY_TEAM, T("Thành viên tổ công nghệ số", "Team members"), { MEMBER_TEAM, MEMBER_NAME } },
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

/* What the file would do, as lines to read, in the order a supervisor asks: wrong, odd, new, changed, the same. */
enum part { REFUSED, ODD, ADDED, CHANGED, SAME, PARTS };

struct preview {
	struct ui *ui;
	const struct import_list *list;
	struct buf text[PARTS];
	size_t count[PARTS];
};

static const struct words part_words[PARTS] = {
	[REFUSED] = T("SAI, không nhập được", "REFUSED"),
	[ODD] = T("LƯU Ý", "TO LOOK AT"),
	[ADDED] = T("THÊM", "NEW"),
	[CHANGED] = T("ĐỔI", "CHANGED"),
	[SAME] = T("GIỮ NGUYÊN", "UNCHANGED"),
};

static void preview_init(struct preview *preview, struct ui *ui, const struct import_list *list)
{
	*preview = (struct preview){ .ui = ui, .list = list };
	for (size_t i = 0; i < PARTS; i++)
		preview->text[i] = (struct buf)BUF(1 << 20);
}

static void preview_done(struct preview *preview)
{
	for (size_t i = 0; i < PARTS; i++)
		buf_done(&preview->text[i]);
}

/* The start of one more line of a part; NULL: enough of them are written out. */
static struct buf *next_line(struct preview *preview, enum part part, size_t line)
{
	struct buf *text = &preview->text[part];

	if (preview->count[part]++ >= LINES_MAX)
		return NULL;
	if (line)
		buf_printf(text, UI_T(preview->ui, "dòng %zu: ", "line %zu: "), line);
	else
		buf_text(text, UI_T(preview->ui, "không còn trong tệp: ", "no longer in the file: "));
	return text;
}

static void add_note(void *ctx, size_t line, bool is_warning, const struct err *why)
{
	struct preview *preview = ctx;
	struct buf *text = next_line(preview, is_warning ? ODD : REFUSED, line);

	if (text)
		buf_printf(text, "%s%s%s\n", why->field, *why->field ? ": " : "", err_text(why, preview->ui->lang));
}

/* The values that say which row it is. */
static void put_values(struct preview *preview, const struct rec *rec, struct buf *out)
{
	const struct rec_type *type = rec_type(preview->list->kind);
	const char *between = "";
	char value[WORDS_TEXT];

	for (size_t i = 0; i < ARRAY_LEN(preview->list->shown) && preview->list->shown[i]; i++) {
		const struct field *field = field_tagged(type->fields, preview->list->shown[i]);

		if (!*words_value(rec, field, preview->ui->lang, value, sizeof(value)))
			continue;
		buf_printf(out, "%s%s", between, value);
		between = " · ";
	}
}

/* "Tên: cũ -> mới" of every field that differs. */
static void put_differences(struct preview *preview, const struct csv_change *change, struct buf *out)
{
	const struct rec_type *type = rec_type(change->after->kind);
	const struct ui *ui = preview->ui;
	char before[WORDS_TEXT], after[WORDS_TEXT];

	for (const struct field *field = type->fields; field->tag; field++) {
		words_value(change->before, field, ui->lang, before, sizeof(before));
		words_value(change->after, field, ui->lang, after, sizeof(after));
		if (strcmp(before, after) != 0)
			buf_printf(out, " · %s: %s → %s", ui_words(ui, &field->label),
				   *before ? before : UI_T(ui, "(trống)", "(empty)"),
				   *after ? after : UI_T(ui, "(trống)", "(empty)"));
	}
}

static void add_change(void *ctx, const struct csv_change *change)
{
	struct preview *preview = ctx;
	bool same = change->before && rec_equal(change->before, change->after);
	struct buf *text = next_line(preview, !change->before ? ADDED : same ? SAME : CHANGED, change->line);

	if (!text)
		return;
	put_values(preview, change->after, text);
	if (change->before && !same)
		put_differences(preview, change, text);
	buf_text(text, "\n");
}

/* The name of the file and its folder: enough for who has just chosen it. */
static const char *short_path(const char *path)
{
	int slashes = 0;
	size_t at = strlen(path);

	while (at && !(path[at - 1] == '/' && ++slashes == 2))
		at--;
	return path + at;
}

static void preview_text(struct preview *preview, const char *path, int64_t recounted, struct buf *out)
{
	const struct ui *ui = preview->ui;

	buf_printf(out, "%s\n", short_path(path));
	if (preview->count[REFUSED])
		buf_printf(out, "%s\n",
			   UI_T(ui, "Tệp có dòng sai: chưa nhập gì. Sửa tệp rồi làm lại.",
				"Some lines are wrong: nothing was imported. Correct the file and try again."));
	if (recounted)
		buf_printf(out, UI_T(ui, "%lld hẹn trả sẽ được tính lại.\n", "%lld promises will be counted again.\n"),
			   (long long)recounted);
	for (size_t i = 0; i < PARTS; i++) {
		if (!preview->count[i])
			continue;
		buf_printf(out, "\n%s: %zu\n%s", ui_words(ui, &part_words[i]), preview->count[i],
			   buf_str(&preview->text[i]));
		if (preview->count[i] > LINES_MAX)
			buf_printf(out, UI_T(ui, "... và %zu dòng nữa\n", "... and %zu more\n"),
				   preview->count[i] - LINES_MAX);
	}
}

static enum rc run_file(struct ui *ui, const char *path, bool dry_run, struct preview *preview,
			struct csv_import_result *result, struct err *err)
{
	static const struct words title = T("Đang đọc tệp", "Reading the file");
	struct csv_import_options options = { dry_run, add_note, preview, add_change };
	FILE *in = fopen(path, "re");
	struct progress progress;
	enum rc rc;

	memset(result, 0, sizeof(*result));
	if (!in)
		return err_set(err, RC_IO, "Không mở được tệp.", "The file cannot be opened.");
	progress_begin(ui, &progress, &title, PROGRESS_FIXED);
	rc = csv_import(ui->app, preview->list->kind, in, &options, result, err);
	progress_end(&progress);
	fclose(in);
	return rc;
}

static void import_now(struct ui *ui, const struct import_list *list, const char *path)
{
	struct csv_import_result result;
	struct preview preview;
	struct err err = { .rc = RC_OK };
	char recounted[80] = "";
	enum rc rc;

	preview_init(&preview, ui, list);
	rc = run_file(ui, path, false, &preview, &result, &err);
	preview_done(&preview);
	if (rc) {
		ui_say_err(ui, &err);
		return;
	}
	if (result.recounted)
		snprintf(recounted, sizeof(recounted),
			 UI_T(ui, " Tính lại %lld hẹn trả.", " %lld promises counted again."),
			 (long long)result.recounted);
	ui_format(ui, STYLE_GOOD,
		  UI_T(ui, "Đã nhập: thêm %lld, đổi %lld, giữ nguyên %lld.%s",
		       "Imported: new %lld, changed %lld, same %lld.%s"),
		  (long long)result.made, (long long)result.changed, (long long)result.same, recounted);
}

/* The preview is read, then the file is imported or left. */
static void offer(struct ui *ui, const char *path, const struct preview *preview, const char *text)
{
	static const struct words answers[] = { T("Nhập", "Import"), T("Xem lại", "Look again"),
						T("Thôi", "Leave it") };
	static const struct words title = T("Nhập tệp này?", "Import this file?");
	char counted[200];
	int chosen;

	snprintf(counted, sizeof(counted),
		 UI_T(ui, "Thêm %zu, đổi %zu, giữ nguyên %zu, lưu ý %zu.",
		      "New %zu, changed %zu, unchanged %zu, to look at %zu."),
		 preview->count[ADDED], preview->count[CHANGED], preview->count[SAME], preview->count[ODD]);
	do
		pager_run(ui, &preview->list->words, text);
	while ((chosen = ask_choice(ui, &title, counted, answers, ARRAY_LEN(answers), 0)) == 1);
	if (chosen == 0)
		import_now(ui, preview->list, path);
}

static void look_at_file(struct ui *ui, const struct import_list *list, const char *path)
{
	struct csv_import_result result;
	struct preview preview;
	struct err err = { .rc = RC_OK };
	struct buf text = BUF(8 << 20);
	enum rc rc;

	preview_init(&preview, ui, list);
	rc = run_file(ui, path, true, &preview, &result, &err);
	preview_text(&preview, path, result.recounted, &text);
	if (rc == RC_INPUT && preview.count[REFUSED])
		pager_run(ui, &list->words, buf_str(&text));
	else if (rc)
		ui_say_err(ui, &err);
	else if (!preview.count[ADDED] && !preview.count[CHANGED])
		ui_say(ui, STYLE_TEXT,
		       UI_T(ui, "Tệp không nói gì mới: không có gì để nhập.", "The file says nothing new."));
	else
		offer(ui, path, &preview, buf_str(&text));
	buf_done(&text);
	preview_done(&preview);
}

/* CSV files at hand: full paths. */
struct files {
	struct ui *ui;
	char path[FILES_MAX][SAVE_PATH];
	size_t count;
};

static void add_folder(struct files *files, const char *folder)
{
	DIR *dir = opendir(folder);
	const struct dirent *entry;

	while (dir && files->count < FILES_MAX && (entry = readdir(dir))) {
		size_t len = strlen(entry->d_name);

		if (len < 5 || strcasecmp(entry->d_name + len - 4, ".csv") != 0 || entry->d_name[0] == '.')
			continue;
		if (snprintf(files->path[files->count], SAVE_PATH, "%s/%s", folder, entry->d_name) < SAVE_PATH)
			files->count++;
	}
	if (dir)
		closedir(dir);
}

static int by_name(const void *a, const void *b)
{
	return strcmp(a, b);
}

static void file_item(void *ctx, size_t item, char *out, size_t size)
{
	const struct files *files = ctx;

	snprintf(out, size, "%s",
		 item < files->count ? short_path(files->path[item])
				     : UI_T(files->ui, "Tệp hay thư mục khác…", "Another file or folder…"));
}

/* One of the files; false when none was chosen. `other`: none of them, another one shall be typed. */
static bool pick_file(struct ui *ui, struct files *files, bool *other, char *path, size_t size)
{
	static const struct words title = T("Tệp nào?", "Which file?");
	long chosen;

	qsort(files->path, files->count, sizeof(files->path[0]), by_name);
	chosen = pick_run(ui, &title, files->count + 1, file_item, files, 0);
	*other = chosen == (long)files->count;
	if (chosen >= 0 && !*other)
		snprintf(path, size, "%s", files->path[chosen]);
	return chosen >= 0;
}

/* From a stick that is there, or a typed path; a folder shows its files. */
static bool choose_file(struct ui *ui, const struct words *words, char path[SAVE_PATH])
{
	static const struct words what =
		T("Tệp CSV hay thư mục có tệp CSV; thay đổi được cho xem trước.",
		  "A CSV file or a folder with some; what it changes is shown first.");
	struct files *files = calloc(1, sizeof(*files));
	struct buf sticks = BUF(64 << 10);
	struct stat stat_of;
	bool other = true, chosen = false;

	if (!files)
		die("no memory for a list of files");
	files->ui = ui;
	if (folder_media(&sticks, NULL) == RC_OK)
		for (const char *at = buf_str(&sticks); *at; at += strlen(at) + 1)
			add_folder(files, at);
	buf_done(&sticks);
	if (files->count)
		chosen = pick_file(ui, files, &other, path, SAVE_PATH);
	while (other && (chosen = save_ask_path(ui, words, ui_words(ui, &what), "", path, SAVE_PATH))) {
		if (stat(path, &stat_of) || !S_ISDIR(stat_of.st_mode))
			break;
		files->count = 0;
		add_folder(files, path);
		if (!files->count)
			ui_say(ui, STYLE_BAD, UI_T(ui, "Thư mục này không có tệp CSV.", "No CSV file in this folder."));
		else
			chosen = pick_file(ui, files, &other, path, SAVE_PATH);
	}
	free(files);
	return chosen;
}

static void import_file_of(struct ui *ui, const struct import_list *list)
{
	char path[SAVE_PATH];

	if (choose_file(ui, &list->words, path))
		look_at_file(ui, list, path);
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
		import_file_of(ui, &lists[offered.at[chosen]]);
}
