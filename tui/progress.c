/* progress.c - see progress.h. */
#include "tui/progress.h"

#include <stdio.h>

#include "tui/term.h"

static void put_rate(struct ui *ui, const struct progress *progress, struct area line)
{
	int64_t ms = term_now_ms() - progress->since_ms, moving = term_now_ms() - progress->from_ms;
	uint64_t rate = 0, left = 0;

	if (progress->from_ms && moving > 500)
		rate = (uint64_t)(progress->done - progress->from) * 1000 / (uint64_t)moving;

	if (rate && progress->done < progress->total)
		left = (progress->total - progress->done) / rate + 1;
	if (progress->total)
		draw_format(&ui->canvas, line.row, line.col, line.cols, STYLE_TEXT,
			    progress->done < progress->total
				    ? UI_T(ui, "%zu trong %zu byte, %d %%", "%zu of %zu bytes, %d %%")
				    : UI_T(ui, "%zu trong %zu byte, %d %%: chờ biên nhận…",
					   "%zu of %zu bytes, %d %%: waiting for the receipt…"),
			    progress->done, progress->total, (int)(100 * (uint64_t)progress->done / progress->total));
	else
		draw_text(&ui->canvas, line.row, line.col, line.cols, STYLE_TEXT,
			  UI_T(ui, "Đang chờ trả lời…", "Waiting for an answer…"));
	if (rate && progress->done < progress->total)
		draw_format(&ui->canvas, line.row + 1, line.col, line.cols, STYLE_DIM,
			    UI_T(ui, "%llu byte mỗi giây, còn chừng %llu giây",
				 "%llu bytes a second, about %llu seconds left"),
			    (unsigned long long)rate, (unsigned long long)left);
	else
		draw_format(&ui->canvas, line.row + 1, line.col, line.cols, STYLE_DIM,
			    UI_T(ui, "%lld giây", "%lld seconds"), (long long)(ms / 1000));
}

static const char *how_to_stop(const struct ui *ui, const struct progress *progress)
{
	static const struct words words[] = {
		[PROGRESS_FIXED] =
			T("Xin chờ, không dừng giữa chừng.", "Please wait; this is not stopped half-way."),
		[PROGRESS_BYTES] =
			T("Esc: dừng. Lần sau làm tiếp từ chỗ dở.", "Esc: stop. Next time goes on from there."),
		[PROGRESS_WATCH] = T("Esc: dừng, mọi thứ còn như trước khi bắt đầu.",
				     "Esc: stop; everything stays as it was before."),
		[PROGRESS_ITEMS] =
			T("Esc: dừng. Việc nào đã làm thì vẫn giữ.", "Esc: stop. What is done stays done."),
	};

	return ui_words(ui, &words[progress->kind]);
}

static void on_draw(struct ui *ui, struct screen *screen, struct area body)
{
	const struct progress *progress = screen->state;
	int wide = body.cols > 92 ? 76 : body.cols - 16;
	struct area box = { body.row + body.rows / 2 - 4, body.col + (body.cols - wide) / 2, 8, wide };
	struct area line = { box.row + 3, box.col + 2, 2, box.cols - 4 };

	draw_box(&ui->canvas, box, ui_words(ui, progress->title));
	draw_text(&ui->canvas, box.row + 1, line.col, line.cols, STYLE_TEXT, progress->what);
	if (progress->total)
		draw_bar(&ui->canvas, box.row + 2, line.col, line.cols, (int64_t)progress->done,
			 (int64_t)progress->total);
	if (progress->kind == PROGRESS_BYTES)
		put_rate(ui, progress, line);
	else if (progress->total)
		draw_format(&ui->canvas, line.row, line.col, line.cols, STYLE_TEXT, "%d %%",
			    (int)(100 * (uint64_t)progress->done / progress->total));
	draw_text(&ui->canvas, box.row + 6, line.col, line.cols, STYLE_DIM, how_to_stop(ui, progress));
}

static bool offers(struct ui *ui, struct screen *screen, enum ui_action action)
{
	const struct progress *progress = screen->state;

	(void)ui;
	(void)action;
	return progress->kind != PROGRESS_FIXED;
}

static const enum ui_action actions[] = { UI_BACK, UI_NONE };

const struct screen_ops progress_screen = {
	.name = "progress",
	.title = T("Đang làm", "Under way"),
	.actions = actions,
	.popup = true,
	.draw = on_draw,
	.offers = offers,
};

void progress_begin(struct ui *ui, struct progress *progress, const struct words *title,
		    enum progress_kind kind)
{
	*progress = (struct progress){ .ui = ui, .kind = kind, .title = title, .since_ms = term_now_ms() };
	ui_push(ui, &progress_screen, progress);
	ui->message[0] = '\0';
	ui_show(ui);
}

void progress_end(struct progress *progress)
{
	ui_pop(progress->ui);
}

bool progress_bytes(void *ctx, size_t done, size_t total, const char *what)
{
	struct progress *progress = ctx;

	if (!progress->from_ms && done) {
		progress->from = done;
		progress->from_ms = term_now_ms();
	}
	progress->done = done;
	progress->total = total;
	if (what && *what)
		snprintf(progress->what, sizeof(progress->what), "%s", what);
	if (ui_poll_cancel(progress->ui))
		progress->cancelled = true;
	return !progress->cancelled;
}

bool progress_watch(void *ctx, const struct words *what, uint64_t done, uint64_t total)
{
	struct progress *progress = ctx;

	progress->done = (size_t)done;
	progress->total = (size_t)total;
	snprintf(progress->what, sizeof(progress->what), "%s", ui_words(progress->ui, what));
	if (ui_poll_cancel(progress->ui))
		progress->cancelled = true;
	return !progress->cancelled;
}

bool progress_items(struct progress *progress, size_t done, size_t total)
{
	progress->done = done;
	progress->total = total;
	if (ui_poll_cancel(progress->ui))
		progress->cancelled = true;
	return !progress->cancelled;
}
