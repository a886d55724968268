/* sync_proof.c - see sync_proof.h. */
#include "tui/sync_proof.h"

#include "db/base/hash.h"
#include "sync/quarantine.h"
#include "tui/pager.h"

enum { PROOF_MAX = 64 << 10 };

/* What the last receipt proves. */
static enum rc receipt_text(struct ui *ui, const struct identity *identity, struct buf *out, struct err *err)
{
	char when[CLOCK_LONG_TEXT], words[FINGERPRINT_TEXT], head[2 * DB_HEAD_SIZE + 1];
	struct receipt receipt;
	enum rc rc = receipt_last(ui->app, identity, &receipt, err);

	if (rc == RC_NONE) {
		buf_text(out, UI_T(ui, "Chưa có biên nhận nào. Chưa có gì được coi là đã gửi.",
				   "No receipt has come yet. Nothing counts as sent."));
		return RC_OK;
	}
	if (rc)
		return rc;
	fingerprint_words(identity->hub_pk, words);
	hex_of(receipt.head, DB_HEAD_SIZE, head);
	buf_printf(out,
		   UI_T(ui, "Trung tâm ký lúc %s (giờ của trung tâm).\n", "Signed by the hub %s (its own clock).\n"),
		   clock_format_long(receipt.hub_time, ui->lang, when));
	buf_printf(out, UI_T(ui, "Tám chữ của trung tâm: %s\n\n", "The hub's eight words: %s\n\n"), words);
	buf_printf(out,
		   UI_T(ui,
			"Biên nhận này chứng minh: trung tâm giữ đủ mọi việc của máy này từ số 1 đến số %llu, "
			"không thiếu, không sửa. Chữ ký đúng; băm chuỗi đến số ấy trùng với kho này:\n%.32s…\n",
			"It proves: the hub holds everything this PC did, from event 1 to event %llu, nothing "
			"missing, nothing changed. The signature is right; the chain up to there is this store's "
			"own:\n%.32s…\n"),
		   (unsigned long long)receipt.acknowledged_to, head);
	if (receipt.refusals_count)
		buf_printf(out, UI_T(ui, "\nTrung tâm nêu %zu việc không ghi được: bấm 7 để xem.\n",
				     "\nIt names %zu events it could not use: press 7.\n"),
			   receipt.refusals_count);
	return RC_OK;
}

struct quarantine_page {
	struct ui *ui;
	struct buf *out;
	size_t count;
};

static enum rc add_quarantined(void *ctx, const struct quarantined *item, struct err *err)
{
	static const struct words kinds[] = {
		[0] = T("", ""),
		[QUARANTINE_BATCH] = T("Trung tâm từ chối gói", "The hub refused the batch"),
		[QUARANTINE_EVENT] = T("Trung tâm không ghi được việc", "The hub could not use the event"),
		[QUARANTINE_HERE] = T("Máy này không ghi được việc", "This PC could not use the event"),
		[QUARANTINE_WAITS] = T("Chờ gói trước nó", "Waits for the batch before it"),
	};
	struct quarantine_page *page = ctx;
	struct ui *ui = page->ui;
	char when[CLOCK_SHORT_TEXT], device[2 * DEVICE_ID + 1];

	(void)err;
	page->count++;
	hex_of(item->device, DEVICE_ID, device);
	buf_printf(page->out, item->first == item->last ? "%zu. %s: %s %llu" : "%zu. %s: %s %llu-%llu", page->count,
		   ui_words(ui, &kinds[item->kind]), UI_T(ui, "số", "no."), (unsigned long long)item->first,
		   (unsigned long long)item->last);
	if (!item->own)
		buf_printf(page->out, UI_T(ui, " của máy %.8s", " of device %.8s"), device);
	if (item->at != MSEC_NONE)
		buf_printf(page->out, ", %s", clock_format_short(item->at, when));
	buf_printf(page->out, "\n   %s: %s\n", UI_T(ui, "Lý do", "Reason"),
		   *item->reason ? item->reason : UI_T(ui, "gói trước chưa đến", "the one before it has not come"));
	return RC_OK;
}

static enum rc quarantine_text(struct ui *ui, const struct identity *identity, struct buf *out, struct err *err)
{
	struct quarantine_page page = { .ui = ui, .out = out };
	enum rc rc = quarantine_walk(ui->app, identity, add_quarantined, &page, err);

	if (!rc && !page.count)
		buf_text(out, UI_T(ui, "Không có gì bị từ chối hay phải chờ.", "Nothing was refused, nothing waits."));
	else if (!rc)
		buf_printf(out, "\n%s",
			   UI_T(ui, "Không mất gì: việc vẫn nằm trong nhật ký của máy này, gói vẫn giữ nguyên.",
				"Nothing is lost: events stand in this PC's journal, batches are kept whole."));
	return rc;
}

typedef enum rc proof_fn(struct ui *ui, const struct identity *identity, struct buf *out, struct err *err);

static void show_proof(struct ui *ui, const struct words *title, proof_fn *write)
{
	struct buf text = BUF(PROOF_MAX);
	struct err err = { .rc = RC_OK };
	struct identity identity;
	enum rc rc = identity_load(ui->app, &identity, &err);

	if (!rc) {
		rc = write(ui, &identity, &text, &err);
		identity_done(&identity);
	}
	if (rc)
		ui_say_err(ui, &err);
	else
		pager_run(ui, title, buf_str(&text));
	buf_done(&text);
}

void sync_show_receipt(struct ui *ui)
{
	static const struct words title = T("Biên nhận gần nhất", "The last receipt");

	show_proof(ui, &title, receipt_text);
}

void sync_show_quarantine(struct ui *ui)
{
	static const struct words title = T("Chưa nhận được", "Not taken");

	show_proof(ui, &title, quarantine_text);
}
