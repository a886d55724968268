/*
 * scr_scan_add.c - files from the scanner's folder become scans of a dossier.
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "core/catalog.h"
#include "core/query.h"
#include "core/scan.h"
#include "core/setting.h"
#include "db/base/utf8.h"
#include "db/rec_fields.h"
#include "tui/list.h"
#include "tui/papers.h"
#include "tui/pick.h"
#include "tui/progress.h"
#include "tui/save.h"
#include "tui/screens.h"
#include "tui/sync_line.h"

enum { FILES_MAX = 1000, TAKE_MAX = 50, COMPONENTS_MAX = 40, NAME_MAX_BYTES = 256, DPI_LEAST = 200 };

struct scan_line {
	char name[NAME_MAX_BYTES];
	msec at;
	int64_t bytes;
};

struct adding_scans {
	struct ui *ui;
	char code[44], about[300], procedure[44], folder[SAVE_PATH];
	struct scan_line *files;
	size_t count;
	struct list list;
	struct {
		char number[8], name[LIST_CELL];
	} components[COMPONENTS_MAX];
	size_t component_count;
	int64_t scans; /* the dossier has */
};

static const struct list_col cols[] = {
	{ T("Tệp trong thư mục máy quét", "Files of the scanner's folder"), 0, false },
	{ T("Lúc", "At"), 12, false },
	{ T("KB", "KB"), 9, true },
};

/* NOLINTNEXTLINE(readability-non-const-parameter): list_cell_fn */
static void on_cell(void *ctx, size_t row, size_t col, char out[LIST_CELL], enum style *style)
{
	const struct adding_scans *adding = ctx;
	const struct scan_line *file = &adding->files[row];
	char when[24];

	(void)style;
	if (col == 0)
		snprintf(out, LIST_CELL, "%s", file->name);
	else if (col == 1)
		snprintf(out, LIST_CELL, "%s", sync_when(file->at, when, sizeof(when)));
	else
		snprintf(out, LIST_CELL, "%lld", (long long)((file->bytes + 1023) / 1024));
}

static bool is_picture(const char *name)
{
	static const char *const endings[] = { ".pdf", ".tif", ".tiff", ".jpg", ".jpeg", ".png" };
	const char *dot = strrchr(name, '.');

	for (size_t i = 0; dot && i < ARRAY_LEN(endings); i++)
		if (!strcasecmp(dot, endings[i]))
			return utf8_valid(name, strlen(name)) && strlen(name) < NAME_MAX_BYTES;
	return false;
}

static int newest_first(const void *a, const void *b)
{
	const struct scan_line *x = a, *y = b;

	if (x->at != y->at)
		return x->at > y->at ? -1 : 1;
	return strcmp(x->name, y->name);
}

static void read_folder(struct adding_scans *adding)
{
	DIR *dir = *adding->folder ? opendir(adding->folder) : NULL;
	struct dirent *entry;

	adding->count = 0;
	while (dir && adding->count < FILES_MAX && (entry = readdir(dir))) {
		struct scan_line *file = &adding->files[adding->count];
		struct stat st;

		if (!is_picture(entry->d_name) || fstatat(dirfd(dir), entry->d_name, &st, 0) ||
		    !S_ISREG(st.st_mode))
			continue;
		snprintf(file->name, sizeof(file->name), "%s", entry->d_name);
		file->at = (msec)st.st_mtime * SECOND_MS;
		file->bytes = st.st_size;
		adding->count++;
	}
	if (dir)
		closedir(dir);
	if (adding->count)
		qsort(adding->files, adding->count, sizeof(*adding->files), newest_first);
	list_rows(&adding->list, adding->count);
}

static enum rc count_scan(void *ctx, const struct row *row, struct err *err)
{
	(void)row;
	(void)err;
	++*(int64_t *)ctx;
	return RC_OK;
}

static enum rc add_component(void *ctx, const struct rec *document, struct err *err)
{
	struct adding_scans *adding = ctx;
	int64_t number = rec_num_or(document, DOCUMENT_SEQ, 0);
	size_t at = adding->component_count;

	(void)err;
	if (at == COMPONENTS_MAX || number > 999)
		return RC_OK;
	snprintf(adding->components[at].number, sizeof(adding->components[at].number), "%02d", (int)number);
	snprintf(adding->components[at].name, LIST_CELL, "%02d %.240s", (int)number,
		 rec_text(document, DOCUMENT_DOCUMENT_NAME));
	adding->component_count++;
	return RC_OK;
}

static void load(struct ui *ui, struct adding_scans *adding)
{
	struct buf folder = BUF(SAVE_PATH - 1);
	struct err err = { .rc = RC_OK };
	char prefix[48], name[204];
	struct rec rec;

	rec_init(&rec, REC_DOSSIER);
	if (query_dossier(ui->app, adding->code, &rec, &err)) {
		ui_say_err(ui, &err);
	} else {
		snprintf(adding->procedure, sizeof(adding->procedure), "%s",
			 rec_text(&rec, DOSSIER_PROCEDURE_CODE));
		query_procedure_name(ui->app, adding->procedure, name, sizeof(name));
		snprintf(adding->about, sizeof(adding->about), "%s. %s",
			 rec_text(&rec, DOSSIER_APPLICANT_NAME), name);
	}
	rec_done(&rec);
	adding->component_count = 0;
	if (catalog_components(ui->app, adding->procedure, dayno_of(app_now(ui->app)), add_component, adding,
			       &err))
		ui_say_err(ui, &err);
	adding->scans = 0;
	snprintf(prefix, sizeof(prefix), "%s/", adding->code);
	if (row_walk_prefix(ui->app->db, REC_SCAN, prefix, count_scan, &adding->scans, &err))
		ui_say_err(ui, &err);
	setting_get(ui->app, "scan_folder", &folder);
	snprintf(adding->folder, sizeof(adding->folder), "%s", buf_str(&folder));
	buf_done(&folder);
	read_folder(adding);
}

static void on_draw(struct ui *ui, struct screen *screen, struct area body)
{
	struct adding_scans *adding = screen->state;
	struct area rows = { body.row + 4, body.col, body.rows - 4, body.cols };

	draw_text(&ui->canvas, body.row, 1, body.cols - 2, STYLE_STRONG, adding->code);
	draw_text(&ui->canvas, body.row + 1, 1, body.cols - 2, STYLE_TEXT, adding->about);
	draw_format(&ui->canvas, body.row + 2, 1, body.cols - 2, STYLE_DIM,
		    UI_T(ui, "Đã có %lld bản quét. Cách: chọn nhiều tệp; Enter: ghi; F6: tệp ở nơi khác.",
			 "%lld scans so far. Space: tag files; Enter: record; F6: a file elsewhere."),
		    (long long)adding->scans);
	if (adding->count)
		list_draw(&adding->list, &ui->canvas, rows, ui->lang, true);
	else
		draw_format(&ui->canvas, rows.row, 3, body.cols - 4, STYLE_DIM,
			    *adding->folder
				    ? UI_T(ui, "Không có tệp quét nào trong %s", "No scanned files in %s")
				    : UI_T(ui,
					   "Chưa đặt thư mục máy quét (Quản trị, Thiết lập). F6 để gõ đường "
					   "dẫn.%s",
					   "The scanner's folder is not set (Administration, Settings). F6 "
					   "takes a path.%s"),
			    adding->folder);
}

static void component_item(void *ctx, size_t item, char *out, size_t size)
{
	const struct adding_scans *adding = ctx;

	snprintf(out, size, "%s",
		 item ? adding->components[item - 1].name
		      : UI_T(adding->ui, "Cả hồ sơ, không riêng giấy nào", "The whole dossier"));
}

struct told {
	size_t recorded, known, reused;
};

static enum rc tell(void *ctx, const struct scan_added *added, struct err *err)
{
	struct told *told = ctx;

	(void)err;
	told->recorded += !added->known;
	told->known += added->known;
	told->reused += added->reused;
	return RC_OK;
}

/* The first file that is no good refuses them all: a dossier is scanned or it is not. */
static enum rc check_all(const struct ui *ui, const struct papers_scan *found, const char *const *paths,
			 size_t count, struct err *err)
{
	for (size_t i = 0; i < count; i++) {
		const char *name = strrchr(paths[i], '/') ? strrchr(paths[i], '/') + 1 : paths[i];
		const struct words *why = papers_fault(found[i].fault);

		if (found[i].fault)
			return err_set(err, RC_INPUT, "Chưa ghi gì. %.80s: %s",
				       "Nothing was recorded. %.80s: %s", name, ui_words(ui, why));
	}
	return RC_OK;
}

static bool is_coarse(const struct papers_scan *found, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (found[i].scan.dpi && found[i].scan.dpi < DPI_LEAST)
			return true;
	return false;
}

static void say_added(struct ui *ui, const struct told *told, bool coarse)
{
	ui_format(ui, coarse || told->known ? STYLE_WARN : STYLE_GOOD,
		  UI_T(ui, "Đã ghi %zu bản quét%s, %zu đã có từ trước, %zu dùng lại từ hồ sơ khác.",
		       "Recorded %zu scans%s, %zu were there already, %zu used again."),
		  told->recorded, coarse ? UI_T(ui, " (có bản dưới 200 dpi)", " (some under 200 dpi)") : "",
		  told->known, told->reused);
}

static enum rc look_and_add(struct ui *ui, struct adding_scans *adding, const char *component,
			    const char *const *paths, size_t count, struct err *err)
{
	struct papers_scan found[TAKE_MAX];
	struct scan_file files[TAKE_MAX];
	struct told told = { 0 };
	enum rc rc = papers_scan(paths, count, found, err);

	if (!rc)
		rc = check_all(ui, found, paths, count, err);
	for (size_t i = 0; !rc && i < count; i++) {
		files[i] = (struct scan_file){ .format = (int)found[i].scan.format,
					       .pages = (int64_t)found[i].scan.pages,
					       .bytes = (int64_t)found[i].scan.bytes,
					       .dpi = (int64_t)found[i].scan.dpi,
					       .has_signature = found[i].scan.flags & MEDIA_SIGNED };
		memcpy(files[i].hash, found[i].scan.hash, sizeof(files[i].hash));
	}
	if (!rc)
		rc = scan_add(ui->app, adding->code, component, files, count, tell, &told, err);
	if (!rc)
		say_added(ui, &told, is_coarse(found, count));
	return rc;
}

static void take(struct ui *ui, struct adding_scans *adding, const char *const *paths, size_t count)
{
	static const struct words title = T("Là giấy tờ nào?", "Which paper is it?");
	static const struct words doing = T("Đang đọc tệp quét", "Reading the files");
	struct err err = { .rc = RC_OK };
	struct progress progress;
	char component[8] = "";
	long chosen = pick_run(ui, &title, adding->component_count + 1, component_item, adding, 0);
	enum rc rc;

	if (chosen < 0)
		return;
	if (chosen > 0)
		snprintf(component, sizeof(component), "%s", adding->components[chosen - 1].number);
	progress_begin(ui, &progress, &doing, PROGRESS_FIXED);
	rc = look_and_add(ui, adding, component, paths, count, &err);
	progress_end(&progress);
	if (rc)
		ui_say_err(ui, &err);
	load(ui, adding);
}

/* The tagged files, or the one under the cursor. */
static void take_tagged(struct ui *ui, struct adding_scans *adding)
{
	char path[TAKE_MAX][SAVE_PATH + NAME_MAX_BYTES];
	const char *paths[TAKE_MAX];
	size_t count = 0, row;

	for (size_t i = 0; i < adding->count && count < TAKE_MAX; i++) {
		bool here = list_row(&adding->list, &row) && row == i;

		if (adding->list.tag_count ? !list_tagged(&adding->list, i) : !here)
			continue;
		snprintf(path[count], sizeof(path[count]), "%s/%s", adding->folder, adding->files[i].name);
		paths[count] = path[count];
		count++;
	}
	if (count)
		take(ui, adding, paths, count);
}

static void take_typed(struct ui *ui, struct adding_scans *adding)
{
	static const struct words title = T("Tệp quét", "Scanned file");
	char path[SAVE_PATH];
	const char *const paths[] = { path };

	if (save_ask_path(ui, &title, UI_T(ui, "PDF, TIFF, JPEG hoặc PNG.", "PDF, TIFF, JPEG or PNG."), "",
			  path, sizeof(path)))
		take(ui, adding, paths, 1);
}

static bool on_action(struct ui *ui, struct screen *screen, enum ui_action action)
{
	struct adding_scans *adding = screen->state;

	switch (action) {
	case UI_ACCEPT:
	case UI_SAVE:
		take_tagged(ui, adding);
		return true;
	case UI_NEW:
		take_typed(ui, adding);
		return true;
	case UI_RELOAD:
		load(ui, adding);
		return true;
	default:
		return list_action(&adding->list, action);
	}
}

static void on_close(struct ui *ui, struct screen *screen)
{
	struct adding_scans *adding = screen->state;

	(void)ui;
	list_done(&adding->list);
	free(adding->files);
	free(adding);
}

static const enum ui_action actions[] = { UI_ACCEPT, UI_TOGGLE, UI_NEW,	 UI_RELOAD, UI_BACK,
					  UI_HELP,   UI_NEXT,	UI_PREV, UI_ALL,    UI_NONE };

static const struct hint_words hints[] = {
	{ UI_ACCEPT, T("Ghi", "Record") },
	{ UI_NEW, T("Tệp nơi khác", "Elsewhere") },
	{ UI_NONE, T("", "") },
};

const struct screen_ops scan_add_screen = {
	.name = "scan-add",
	.title = T("Ghi bản quét", "Record scans"),
	.actions = actions,
	.hints = hints,
	.draw = on_draw,
	.on_action = on_action,
	.on_close = on_close,
};

void scr_scan_add(struct ui *ui, const char *code)
{
	struct adding_scans *adding = calloc(1, sizeof(*adding));

	if (adding)
		adding->files = calloc(FILES_MAX, sizeof(*adding->files));
	if (!adding || !adding->files)
		die("no memory for a screen");
	adding->ui = ui;
	snprintf(adding->code, sizeof(adding->code), "%s", code);
	list_init(&adding->list, cols, ARRAY_LEN(cols), on_cell, adding);
	ui_push(ui, &scan_add_screen, adding);
	load(ui, adding);
}
