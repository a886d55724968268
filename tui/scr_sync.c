/*
 * scr_sync.c - what has not been sent, the line, the stick, enrolment, and what the hub has proved.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/clash.h"
#include "db/base/file.h"
#include "db/base/utf8.h"
#include "sync/carrier.h"
#include "sync/quarantine.h"
#include "tui/ask.h"
#include "tui/list.h"
#include "tui/pager.h"
#include "tui/progress.h"
#include "tui/save.h"
#include "tui/screens.h"
#include "tui/sync_line.h"
#include "tui/sync_proof.h"
#include "tui/words.h"

enum { SYNC_LINES = 1000, SYNC_HEAD = 9, ENROL_MAX = 64 << 10, STICKS_MAX = 7 };

struct sync_item {
	uint64_t first, last;
	size_t events, bytes;
	msec sealed_at;
	enum batch_state state;
	unsigned tries;
	char reason[256];
};

struct syncing {
	struct ui *ui;
	struct outbox_status status;
	bool enrolled;
	unsigned slot;
	bool team;
	char own_words[FINGERPRINT_TEXT], hub_words[FINGERPRINT_TEXT], hub_url[256];
	int64_t clashes;
	size_t quarantined;
	struct sync_item *items;
	size_t count;
	struct list list;
};

static const struct list_col cols[] = {
	{ T("Việc số", "Events"), 15, false },	  { T("Byte", "Bytes"), 8, true },
	{ T("Niêm phong", "Sealed"), 12, false }, { T("Tình trạng", "State"), 16, false },
	{ T("Lý do", "Reason"), 0, false },
};

static const struct words *state_words(enum batch_state state)
{
	static const struct words words[] = {
		[0] = T("", ""),
		[BATCH_SEALED] = T("chờ gửi", "waits"),
		[BATCH_CARRIED] = T("đã chép ra", "carried"),
		[BATCH_ACKNOWLEDGED] = T("có biên nhận", "acknowledged"),
		[BATCH_REFUSED] = T("BỊ TỪ CHỐI", "REFUSED"),
		[BATCH_RECEIVED] = T("đã nhận", "received"),
		[BATCH_HELD] = T("chờ gói trước", "held"),
	};

	return &words[(unsigned)state < ARRAY_LEN(words) ? state : 0];
}

/* NOLINTNEXTLINE(readability-non-const-parameter): list_cell_fn */
static void on_cell(void *ctx, size_t row, size_t col, char out[LIST_CELL], enum style *style)
{
	const struct syncing *syncing = ctx;
	const struct sync_item *item = &syncing->items[row];
	char when[24];

	if (item->state == BATCH_REFUSED)
		*style = STYLE_BAD;
	if (col == 0)
		snprintf(out, LIST_CELL, "%llu-%llu", (unsigned long long)item->first,
			 (unsigned long long)item->last);
	else if (col == 1)
		snprintf(out, LIST_CELL, "%zu", item->bytes);
	else if (col == 2)
		snprintf(out, LIST_CELL, "%s", sync_when(item->sealed_at, when, sizeof(when)));
	else if (col == 3)
		snprintf(out, LIST_CELL, "%s", ui_words(syncing->ui, state_words(item->state)));
	else
		snprintf(out, LIST_CELL, "%.250s", item->reason);
}

static enum rc add_item(void *ctx, const struct outbox_item *item, struct span body, struct err *err)
{
	struct syncing *syncing = ctx;
	struct sync_item *to;

	(void)body;
	(void)err;
	if (syncing->count == SYNC_LINES) {
		memmove(syncing->items, syncing->items + 1, (SYNC_LINES - 1) * sizeof(*syncing->items));
		syncing->count--;
	}
	to = &syncing->items[syncing->count++];
	*to = (struct sync_item){
		item->manifest.first,	  item->manifest.last, item->manifest.events, item->manifest.bytes,
		item->manifest.sealed_at, item->state,	       item->tries,	      ""
	};
	snprintf(to->reason, sizeof(to->reason), "%s", item->reason);
	return RC_OK;
}

static enum rc load_identity(struct ui *ui, struct syncing *syncing, struct err *err)
{
	struct identity identity;
	enum rc rc = identity_load(ui->app, &identity, err);

	if (rc)
		return rc;
	syncing->enrolled = identity.enrolled;
	syncing->slot = identity.certificate.slot;
	syncing->team = identity.certificate.role == DEVICE_TEAM;
	fingerprint_words(identity.sign_pk, syncing->own_words);
	if (identity.enrolled)
		fingerprint_words(identity.hub_pk, syncing->hub_words);
	snprintf(syncing->hub_url, sizeof(syncing->hub_url), "%s", identity.hub_url);
	syncing->quarantined = quarantine_count(ui->app, &identity);
	identity_done(&identity);
	return RC_OK;
}

static void load(struct ui *ui, struct syncing *syncing)
{
	struct err err = { .rc = RC_OK };

	syncing->count = 0;
	if (load_identity(ui, syncing, &err) || outbox_status(ui->app, &syncing->status, &err) ||
	    outbox_walk(ui->app, false, add_item, syncing, &err))
		ui_say_err(ui, &err);
	syncing->clashes = clash_open_count(ui->app);
	list_rows(&syncing->list, syncing->count);
	ui->sync_stale = true;
}

static void on_show(struct ui *ui, struct screen *screen)
{
	load(ui, screen->state);
}

/* A label in a column of its own, so that values stand under each other. */
static void put_line(struct ui *ui, struct area *at, const char *label, enum style style, const char *value)
{
	enum { LABEL_COLS = 21 };

	draw_text(&ui->canvas, at->row, at->col, LABEL_COLS, STYLE_LABEL, label);
	draw_text(&ui->canvas, at->row, at->col + LABEL_COLS, at->cols - LABEL_COLS, style, value);
	at->row++;
}

static void draw_unenrolled(struct ui *ui, const struct syncing *syncing, struct area at)
{
	put_line(ui, &at, UI_T(ui, "Trung tâm:", "Hub:"), STYLE_WARN,
		 UI_T(ui, "chưa ghi danh, dữ liệu chỉ ở máy này", "not enrolled, data is on this PC only"));
	put_line(ui, &at, UI_T(ui, "Chữ của máy này:", "Words of this PC:"), STYLE_STRONG,
		 syncing->own_words);
	at.row++;
	at.rows = 8;
	draw_wrapped(
		&ui->canvas, at, 0, STYLE_TEXT,
		UI_T(ui,
		     "Ghi danh: bấm 3, ghi tệp của máy này ra USB và đưa cho trung tâm. Trung tâm đọc to tám "
		     "chữ "
		     "trên để so, rồi trả lại một tệp. Bấm 3 lần nữa để nhận tệp ấy.",
		     "To enrol: press 3, put this PC's file on a stick and give it to the hub. The hub reads "
		     "the "
		     "eight words above aloud to compare, and gives back a file. Press 3 again to take it."));
}

static void draw_status(struct ui *ui, const struct syncing *syncing, struct area at)
{
	const struct outbox_status *status = &syncing->status;
	char text[512], when[24];
	int64_t days;

	snprintf(text, sizeof(text), UI_T(ui, "đã ghi danh, máy số %u (%s) %s", "enrolled, PC %u (%s) %s"),
		 syncing->slot, syncing->team ? UI_T(ui, "tổ", "team") : UI_T(ui, "quầy", "counter"),
		 syncing->hub_url);
	put_line(ui, &at, UI_T(ui, "Trung tâm:", "Hub:"), STYLE_TEXT, text);
	put_line(ui, &at, UI_T(ui, "Chữ của trung tâm:", "Words of the hub:"), STYLE_DIM, syncing->hub_words);
	snprintf(text, sizeof(text),
		 UI_T(ui, "%llu việc; đã đóng %zu gói, %zu byte",
		      "%llu events; %zu batches sealed, %zu bytes"),
		 (unsigned long long)status->unsent_events, status->unsent_batches, status->unsent_bytes);
	put_line(ui, &at, UI_T(ui, "Chưa gửi:", "Unsent:"), status->unsent_events ? STYLE_WARN : STYLE_GOOD,
		 status->unsent_events ? text : UI_T(ui, "không còn gì", "nothing"));
	if (status->oldest != MSEC_NONE) {
		days = sync_unsent_days(ui->app, status);
		snprintf(text, sizeof(text), days ? UI_T(ui, "%s, đã %lld ngày", "%s, %lld days ago") : "%s",
			 sync_when(status->oldest, when, sizeof(when)), (long long)days);
		put_line(ui, &at, UI_T(ui, "Cũ nhất:", "Oldest:"), STYLE_TEXT, text);
	}
	snprintf(text, sizeof(text),
		 UI_T(ui, "%s, trung tâm giữ đủ đến việc số %llu", "%s, the hub holds all up to event %llu"),
		 status->last_receipt == MSEC_NONE ? "" : sync_when(status->last_receipt, when, sizeof(when)),
		 (unsigned long long)status->acknowledged_to);
	put_line(ui, &at, UI_T(ui, "Biên nhận gần nhất:", "Last receipt:"), STYLE_TEXT,
		 status->last_receipt == MSEC_NONE ? UI_T(ui, "chưa có", "none yet") : text);
	if (sync_clock(ui->app, ui->lang, text, sizeof(text)))
		put_line(ui, &at, UI_T(ui, "Đồng hồ máy này:", "This PC's clock:"), STYLE_WARN, text);
	if (status->last_error.rc) {
		put_line(ui, &at, UI_T(ui, "Lỗi gần nhất:", "Last error:"), STYLE_BAD,
			 err_text(&status->last_error, ui->lang));
	} else if (status->stopped != MSEC_NONE) {
		snprintf(text, sizeof(text), UI_T(ui, "đã dừng lúc %s; bấm 1 để gửi tiếp từ chỗ dở",
						  "stopped %s; 1 goes on from there"),
			 sync_when(status->stopped, when, sizeof(when)));
		put_line(ui, &at, UI_T(ui, "Lần gửi trước:", "The last round:"), STYLE_WARN, text);
	}
	if (syncing->quarantined) {
		snprintf(text, sizeof(text), UI_T(ui, "%zu mục, bấm 7 để xem lý do", "%zu, press 7 for the reasons"),
			 syncing->quarantined);
		put_line(ui, &at, UI_T(ui, "Chưa nhận được:", "Not taken:"), STYLE_BAD, text);
	}
	if (syncing->clashes) {
		snprintf(text, sizeof(text), UI_T(ui, "%lld chỗ, bấm 5", "%lld, press 5"),
			 (long long)syncing->clashes);
		put_line(ui, &at, UI_T(ui, "Sửa khác nhau:", "Clashes:"), STYLE_WARN, text);
	}
}

/* What can be done here, each with its digit; digits never shift. */
static const struct sync_job {
	struct words words;
	enum right right;
	bool enrolled; /* only then */
} jobs[] = {
	{ T("Qua mạng", "Over the line"), MAY_SYNC, true },
	{ T("Qua USB, thư mục", "By stick, folder"), MAY_SYNC, true },
	{ T("Ghi danh", "Enrol"), MAY_DEVICE, false },
	{ T("Nhận tệp", "Take a file"), MAY_BATCH, true },
	{ T("Sửa khác nhau", "Clashes"), MAY_READ, false },
	{ T("Biên nhận", "Receipt"), MAY_SYNC, true },
	{ T("Chưa nhận được", "Not taken"), MAY_SYNC, true },
};
enum { JOB_LINE, JOB_FOLDER, JOB_ENROL, JOB_FILE, JOB_CLASH, JOB_RECEIPT, JOB_QUARANTINE };

static bool offers_job(const struct syncing *syncing, const struct sync_job *job)
{
	return access_allows(syncing->ui->app->role, job->right) && (!job->enrolled || syncing->enrolled);
}

static void draw_jobs(struct ui *ui, const struct syncing *syncing, struct area at)
{
	int left = at.col;

	for (size_t i = 0; i < ARRAY_LEN(jobs); i++) {
		int wide = (int)utf8_cols(ui_words(ui, &jobs[i].words)) + 2;

		if (!offers_job(syncing, &jobs[i]))
			continue;
		if (at.col + wide > at.cols) {
			at.col = left;
			at.row++;
		}
		at.col += 2 + draw_format(&ui->canvas, at.row, at.col, at.cols - at.col, STYLE_STRONG, "%zu %s", i + 1,
					  ui_words(ui, &jobs[i].words));
	}
}

static void on_draw(struct ui *ui, struct screen *screen, struct area body)
{
	struct syncing *syncing = screen->state;
	struct area at = { body.row, 1, SYNC_HEAD, body.cols - 2 };
	struct area rows = { body.row + SYNC_HEAD, body.col, body.rows - SYNC_HEAD - 3, body.cols };
	struct area bottom = { body.row + body.rows - 2, 1, 2, body.cols };

	draw_jobs(ui, syncing, bottom);
	if (!syncing->enrolled) {
		draw_unenrolled(ui, syncing, at);
		return;
	}
	draw_status(ui, syncing, at);
	if (syncing->count)
		list_draw(&syncing->list, &ui->canvas, rows, ui->lang, true);
}

/* What a round did, in one message. */
static void say_round(struct ui *ui, const struct round *round, bool by_folder)
{
	if (round->problems)
		ui_format(ui, STYLE_WARN,
			  UI_T(ui, "%zu tệp không nhận được; gần nhất: %s",
			       "%zu files not taken; the last: %s"),
			  round->problems, err_text(&round->last_problem, ui->lang));
	else
		ui_format(ui, STYLE_GOOD,
			  by_folder
				  ? UI_T(ui, "Đã chép %zu gói, nhận %zu gói; có thể tháo thiết bị.",
					 "Wrote %zu batches, took %zu; the device may be removed.")
				  : UI_T(ui, "Đã gửi %zu gói, nhận %zu gói.", "Sent %zu batches, took %zu."),
			  round->batches_sent, round->batches_received);
}

static void run_round(struct ui *ui, const char *folder)
{
	static const struct words line_title = T("Đồng bộ qua mạng", "Synchronising over the line");
	static const struct words folder_title = T("Chép ra USB/thư mục", "Exchanging by stick or folder");
	struct err err = { .rc = RC_OK };
	struct round round = { 0 };
	struct progress progress;
	enum rc rc;

	progress_begin(ui, &progress, folder ? &folder_title : &line_title, PROGRESS_BYTES);
	if (folder)
		rc = folder_round(ui->app, folder, &round, progress_bytes, &progress, &err);
	else
		rc = line_round(ui->app, NULL, &round, progress_bytes, &progress, &err);
	progress_end(&progress);
	if (rc && round.cancelled)
		ui_say(ui, STYLE_WARN, err_text(&err, ui->lang));
	else if (rc)
		ui_say_err(ui, &err);
	else
		say_round(ui, &round, folder != NULL);
}

/* The sticks that are there, and any folder by its path. */
static void exchange_folder(struct ui *ui)
{
	static const struct words title = T("Chép ra đâu?", "Where to?");
	static const struct words path_title = T("USB hoặc thư mục chung", "Stick or shared folder");
	struct words answers[STICKS_MAX + 1];
	struct buf paths = BUF(64 << 10), share = BUF(1024);
	char path[SAVE_PATH];
	size_t count = 0;
	int chosen = 0;

	if (folder_media(&paths, NULL) == RC_OK)
		for (const char *at = buf_str(&paths); *at && count < STICKS_MAX; at += strlen(at) + 1)
			answers[count++] = (struct words){ at, at };
	answers[count] = (struct words)T("Thư mục khác…", "Another folder…");
	if (count)
		chosen = ask_choice(ui, &title, "", answers, count + 1, 0);
	if (chosen >= 0 && (size_t)chosen < count)
		run_round(ui, answers[chosen].vi);
	else if (chosen >= 0 &&
		 save_ask_path(ui, &path_title,
			       count ? ""
				     : UI_T(ui, "Không thấy USB nào. Gõ đường dẫn một thư mục.",
					    "No stick is seen. Type the path of a folder."),
			       app_setting(ui->app, "share_folder", "", &share), path, sizeof(path)))
		run_round(ui, path);
	buf_done(&paths);
	buf_done(&share);
}

static void accept_enrolment(struct ui *ui)
{
	static const struct words title = T("Nhận tệp của trung tâm", "Take the hub's file");
	struct buf file = BUF(ENROL_MAX);
	struct err err = { .rc = RC_OK };
	char path[SAVE_PATH];
	enum rc rc;

	if (!save_ask_path(ui, &title,
			   UI_T(ui, "Tệp có đuôi .mce trung tâm đã đưa.", "The .mce file the hub gave."), "",
			   path, sizeof(path)))
		return;
	rc = file_read(path, &file, &err);
	if (!rc)
		rc = enrolment_accept(ui->app, file.data, file.len, &err);
	buf_wipe_done(&file);
	if (rc)
		ui_say_err(ui, &err);
	else
		ui_say(ui, STYLE_GOOD,
		       UI_T(ui, "Đã ghi danh. Đọc to tám chữ của trung tâm để so.",
			    "Enrolled. Read the hub's eight words aloud to compare."));
}

static void enrol(struct ui *ui)
{
	static const struct words answers[] = {
		T("Ghi tệp của máy này, đưa cho trung tâm", "Write this PC's file, for the hub"),
		T("Nhận tệp trung tâm trả lại", "Take the file the hub gave back"),
	};
	static const struct words title = T("Ghi danh với trung tâm", "Enrol with a hub");
	struct buf json = BUF(ENROL_MAX);
	struct err err = { .rc = RC_OK };
	char name[64];
	int chosen = ask_choice(ui, &title,
				UI_T(ui, "Đọc to tám chữ để hai bên so bằng tai.",
				     "Both sides compare the eight words aloud."),
				answers, ARRAY_LEN(answers), 0);

	if (chosen == 1)
		accept_enrolment(ui);
	if (chosen != 0)
		return;
	snprintf(name, sizeof(name), "%s-%u.json", ui->app->unit, ui->app->slot);
	if (enrol_request(ui->app, &json, &err))
		ui_say_err(ui, &err);
	else
		save_run(ui, &answers[0], name, json.data, json.len);
	buf_done(&json);
}

/* A batch or a receipt, told apart by what is inside. */
static enum rc take_bytes(struct ui *ui, struct identity *identity, const struct buf *file, struct err *err)
{
	struct ingested in = { 0 };
	struct receipt receipt;
	enum rc rc;

	if (file->len >= 4 && !memcmp(file->data, "MCR1", 4)) {
		rc = receipt_apply(ui->app, identity, file->data, file->len, &receipt, err);
		if (!rc)
			ui_format(ui, STYLE_GOOD,
				  UI_T(ui, "Biên nhận: trung tâm giữ đủ đến số %llu.",
				       "Receipt: the hub holds all up to %llu."),
				  (unsigned long long)receipt.acknowledged_to);
		return rc;
	}
	rc = ingest_batch(ui->app, identity, file->data, file->len, &in, err);
	if (!rc && in.fork)
		return err_set(err, RC_DAMAGED,
			       "Máy gửi đã rẽ nhánh (khôi phục hoặc sao chép): không nhận gói này.",
			       "The sending device has forked (restored or copied): the batch is not taken.");
	if (!rc)
		ui_format(ui, in.events_refused || in.held ? STYLE_WARN : STYLE_GOOD,
			  in.held ? UI_T(ui, "Gói này chờ gói trước nó.",
					 "This batch waits for the one before it.")
				  : UI_T(ui, "Nhận %zu việc mới, %zu đã có, %zu bị từ chối.",
					 "%zu new events, %zu known, %zu refused."),
			  in.events_new, in.events_known, in.events_refused);
	return rc;
}

static void take_file(struct ui *ui)
{
	static const struct words title = T("Nhận gói hoặc biên nhận", "Take a batch or a receipt");
	struct buf file = BUF(BATCH_MAX);
	struct err err = { .rc = RC_OK };
	struct identity identity;
	char path[SAVE_PATH];
	enum rc rc;

	if (!save_ask_path(ui, &title, "", "", path, sizeof(path)))
		return;
	rc = file_read(path, &file, &err);
	if (!rc)
		rc = identity_load(ui->app, &identity, &err);
	if (!rc) {
		rc = take_bytes(ui, &identity, &file, &err);
		identity_done(&identity);
	}
	buf_done(&file);
	if (rc)
		ui_say_err(ui, &err);
}

static void run_job(struct ui *ui, struct syncing *syncing, size_t job)
{
	if (!offers_job(syncing, &jobs[job]))
		return;
	switch (job) {
	case JOB_LINE:
		run_round(ui, NULL);
		break;
	case JOB_FOLDER:
		exchange_folder(ui);
		break;
	case JOB_ENROL:
		enrol(ui);
		break;
	case JOB_FILE:
		take_file(ui);
		break;
	case JOB_CLASH:
		scr_clash(ui); /* loads itself; we load when it has gone */
		return;
	case JOB_RECEIPT:
		sync_show_receipt(ui);
		break;
	default:
		sync_show_quarantine(ui);
		break;
	}
	load(ui, syncing);
}

static bool on_key(struct ui *ui, struct screen *screen, const struct key *key)
{
	if (key->name != K_TEXT || key->pasted || key->ch < '1' || key->ch >= '1' + ARRAY_LEN(jobs))
		return false;
	run_job(ui, screen->state, key->ch - '1');
	return true;
}

/* All there is to say of one batch. */
static void show_item(struct ui *ui, const struct syncing *syncing)
{
	static const struct words title = T("Gói", "Batch");
	struct buf text = BUF(8192);
	const struct sync_item *item;
	char when[CLOCK_SHORT_TEXT];
	size_t row;

	if (!list_row(&syncing->list, &row))
		return;
	item = &syncing->items[row];
	buf_printf(&text,
		   UI_T(ui, "Việc số %llu đến %llu: %zu việc, %zu byte\nNiêm phong lúc %s\n",
			"Events %llu to %llu: %zu, %zu bytes\nSealed %s\n"),
		   (unsigned long long)item->first, (unsigned long long)item->last, item->events, item->bytes,
		   clock_format_short(item->sealed_at, when));
	buf_printf(&text, UI_T(ui, "Tình trạng: %s, đã thử %u lần\n", "State: %s, tried %u times\n"),
		   ui_words(ui, state_words(item->state)), item->tries);
	if (item->reason[0])
		buf_printf(&text, "%s: %s\n", UI_T(ui, "Lý do", "Reason"), item->reason);
	pager_run(ui, &title, buf_str(&text));
	buf_done(&text);
}

static bool on_action(struct ui *ui, struct screen *screen, enum ui_action action)
{
	struct syncing *syncing = screen->state;

	switch (action) {
	case UI_ACCEPT:
		show_item(ui, syncing);
		return true;
	case UI_RELOAD:
		load(ui, syncing);
		return true;
	case UI_TOGGLE:
	case UI_ALL:
		return true;
	default:
		return list_action(&syncing->list, action);
	}
}

static void on_close(struct ui *ui, struct screen *screen)
{
	struct syncing *syncing = screen->state;

	(void)ui;
	list_done(&syncing->list);
	free(syncing->items);
	free(syncing);
}

static const enum ui_action actions[] = { UI_ACCEPT, UI_RELOAD,	  UI_BACK,   UI_HELP, UI_NEXT,
					  UI_PREV,   UI_PAGEDOWN, UI_PAGEUP, UI_NONE };

const struct screen_ops sync_screen = {
	.name = "sync",
	.title = T("Đồng bộ", "Synchronise"),
	.actions = actions,
	.hints = hint_open,
	.draw = on_draw,
	.on_key = on_key,
	.on_action = on_action,
	.on_show = on_show,
	.on_close = on_close,
};

void scr_sync(struct ui *ui)
{
	struct syncing *syncing = calloc(1, sizeof(*syncing));

	if (syncing)
		syncing->items = calloc(SYNC_LINES, sizeof(*syncing->items));
	if (!syncing || !syncing->items)
		die("no memory for a screen");
	syncing->ui = ui;
	list_init(&syncing->list, cols, ARRAY_LEN(cols), on_cell, syncing);
	ui_push(ui, &sync_screen, syncing);
}
