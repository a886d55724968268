#include "tui/papers.h"

#include <string.h>

#include "core/act.h"
#include "core/paper_text.h"
#include "core/setting.h"
#include "db/base/child.h"
#include "db/base/stream.h"
#include "db/base/utf8.h"
#include "db/base/vn.h"

enum {
	ANSWER_MS = 180 * 1000,
	SEND_PART = 4 << 20,
	MEMORY_MIB = 1536,
	CPU_S = 120,
	FILES = 64,
	DOTS_80MM = 576,
	DOTS_58MM = 384,
	NARROW = 42,     /* columns that fit paper of 58 mm and no more */
	LETTERS_LINE = 24,
};

static const struct words faults[MEDIA_FAULTS] = {
	[MEDIA_FINE] = T("", ""),
#define X(id, fault_words) [MEDIA_FAULT_##id] = fault_words,
	MEDIA_FAULT_LIST(X)
#undef X
};

const struct words *papers_fault(enum media_fault fault)
{
	return &faults[fault < MEDIA_FAULTS ? fault : MEDIA_FAULT_FAILED];
}

static enum rc start(struct child *child, enum media_job job, unsigned dots, struct err *err)
{
	struct child_limits limits = { .memory_mib = MEMORY_MIB, .cpu_s = CPU_S, .files = FILES, .no_network = true };
	struct buf head = BUF(16);
	enum rc rc;

#ifdef __SANITIZE_ADDRESS__
	limits.memory_mib = 0; /* its shadow alone is larger */
#endif
	rc = child_start(child, "motcua-media", &limits, err);
	buf_byte(&head, (uint8_t)job);
	wire_put_uint(&head, dots);
	if (!rc)
		rc = child_send(child, MEDIA_JOB, head.data, head.len, err);
	buf_done(&head);
	return rc;
}

static enum rc send_parts(struct child *child, const uint8_t *data, size_t len, struct err *err)
{
	enum rc rc = RC_OK;

	for (size_t at = 0; !rc && at < len;) {
		size_t part = len - at < SEND_PART ? len - at : SEND_PART;

		rc = child_send(child, MEDIA_DATA, data + at, part, err);
		at += part;
	}
	if (!rc)
		rc = child_send(child, MEDIA_GO, "", 0, err);
	child_close_input(child);
	return rc;
}

static enum rc say_fault(enum media_fault fault, struct err *err)
{
	const struct words *why = papers_fault(fault);
	enum rc rc = fault == MEDIA_FAULT_TOO_BIG ? RC_FULL : RC_FAILED;

	return err_set(err, rc, "Không làm được tệp: " EXPLAIN_VI ". Dữ liệu vẫn nguyên.",
		       "The file cannot be made: " EXPLAIN_EN ". Nothing is lost.", why->vi, why->en);
}

static enum rc stopped(struct err *err)
{
	return err_set(err, RC_FAILED, "Chương trình phụ motcua-media dừng giữa chừng.",
		       "The helper motcua-media stopped half-way.");
}

static enum rc collect(struct child *child, struct buf *out, struct err *err)
{
	struct span bytes;
	uint8_t type;
	enum rc rc;

	while (!(rc = child_receive(child, ANSWER_MS, &type, &bytes, err))) {
		if (type == MEDIA_OUT)
			buf_add(out, bytes.data, bytes.len);
		else if (type == MEDIA_FAULT && bytes.len == 1)
			return say_fault((enum media_fault)bytes.data[0], err);
		else if (type == MEDIA_END)
			return out->full ? say_fault(MEDIA_FAULT_TOO_BIG, err) : RC_OK;
		else
			return stopped(err);
	}
	return rc == RC_NONE || rc == RC_LINK ? stopped(err) : rc;
}

enum rc papers_make(enum media_job job, unsigned dots, const void *data, size_t len, struct buf *out, struct err *err)
{
	struct child child;
	enum rc rc = start(&child, job, dots, err);

	if (!rc)
		rc = send_parts(&child, data, len, err);
	if (!rc)
		rc = collect(&child, out, err);
	child_end(&child, NULL);
	return rc;
}

enum rc papers_qr(const char *text, struct qr *out, struct err *err)
{
	struct buf bytes = BUF(sizeof(out->bits) + 1);
	struct qr qr = { .size = 0 };
	enum rc rc = papers_make(MEDIA_QR, 0, text, strlen(text), &bytes, err);

	if (!rc) {
		qr.size = bytes.len ? bytes.data[0] : 0;
		if (!qr.size || qr.size > QR_SIZE_MAX || bytes.len != 1 + (qr.size * qr.size + 7) / 8)
			rc = stopped(err);
		else
			memcpy(qr.bits, bytes.data + 1, bytes.len - 1);
	}
	if (!rc)
		*out = qr;
	buf_done(&bytes);
	return rc;
}

/* MEDIA_FOUND or MEDIA_BAD about one of the files asked for; false for nonsense. */
static bool take_answer(uint8_t type, struct span bytes, struct papers_scan *out, size_t count, size_t *done)
{
	struct reader r = reader_on(bytes.data, bytes.len);
	uint64_t which = wire_uint(&r);
	struct papers_scan found = { .fault = MEDIA_FINE };
	struct span hash;

	if (r.bad || which != *done || which >= count)
		return false;
	if (type == MEDIA_BAD) {
		found.fault = (enum media_fault)wire_byte(&r);
	} else {
		found.scan.format = wire_uint(&r);
		found.scan.pages = wire_uint(&r);
		found.scan.dpi = wire_uint(&r);
		found.scan.version = wire_uint(&r);
		found.scan.bytes = wire_uint(&r);
		found.scan.flags = wire_uint(&r);
		hash = wire_take(&r, MEDIA_HASH);
		if (!r.bad)
			memcpy(found.scan.hash, hash.data, MEDIA_HASH);
	}
	if (!reader_at_end(&r) || found.fault >= MEDIA_FAULTS)
		return false;
	out[which] = found;
	++*done;
	return true;
}

/* One helper over these files, as far as it gets: *done. */
static enum rc scan_some(const char *const *paths, size_t count, struct papers_scan *out, size_t *done,
			 struct err *err)
{
	struct child child;
	struct span bytes;
	uint8_t type;
	enum rc rc = start(&child, MEDIA_SCAN, 0, err);

	for (size_t i = 0; !rc && i < count; i++)
		rc = child_send(&child, MEDIA_FILE, paths[i], strlen(paths[i]), err);
	if (!rc)
		rc = child_send(&child, MEDIA_GO, "", 0, err);
	child_close_input(&child);
	while (!rc && *done < count && !child_receive(&child, ANSWER_MS, &type, &bytes, NULL))
		if ((type != MEDIA_FOUND && type != MEDIA_BAD) || !take_answer(type, bytes, out, count, done))
			break;
	child_end(&child, NULL);
	return rc;
}

enum rc papers_scan(const char *const *paths, size_t count, struct papers_scan *out, struct err *err)
{
	size_t at = 0;

	while (at < count) {
		size_t done = 0;
		enum rc rc = scan_some(paths + at, count - at, out + at, &done, err);

		if (rc)
			return rc;
		at += done;
		if (at < count)
			out[at++] = (struct papers_scan){ .fault = MEDIA_FAULT_DIED };
	}
	return RC_OK;
}

static const char *const as_names[PAPERS_KINDS] = { "text", "pdf", "bitmap", "plain" };

enum papers_as papers_as_named(const char *name)
{
	for (int i = 0; i < PAPERS_KINDS; i++)
		if (!strcmp(as_names[i], name))
			return (enum papers_as)i;
	return PAPERS_KINDS;
}

enum papers_as papers_as_set(struct app *app)
{
	struct buf value = BUF(8192);
	enum papers_as as;

	setting_get(app, "print_as", &value);
	as = papers_as_named(buf_str(&value));
	buf_done(&value);
	return as == PAPERS_KINDS ? PAPERS_TEXT : as;
}

enum rc papers_render(struct app *app, enum papers_as as, const struct buf *lines, struct buf *out, struct err *err)
{
	size_t columns = (size_t)setting_int(app, "print_columns");
	struct buf text = BUF(PAPER_OUT_MAX);
	enum rc rc;

	if (as == PAPERS_PDF)
		return papers_make(MEDIA_PAPER_PDF, 0, lines->data, lines->len, out, err);
	rc = paper_text(lines->data, lines->len, columns, &text, err);
	if (!rc && as == PAPERS_PLAIN)
		paper_plain(&text);
	if (!rc && as == PAPERS_BITMAP)
		rc = papers_make(MEDIA_BITMAP, columns <= NARROW ? DOTS_58MM : DOTS_80MM, text.data, text.len, out,
				 err);
	else if (!rc)
		buf_add(out, text.data, text.len);
	buf_wipe_done(&text);
	return rc;
}

enum rc papers_send(struct app *app, const char *printer, enum papers_as as, bool a5, const char *title,
		    const struct buf *bytes, struct err *err)
{
	struct buf set = BUF(8192);
	struct print_job job = { .title = title, .a5 = a5,
				 .kind = as == PAPERS_PDF ? PRINT_PDF : as == PAPERS_BITMAP ? PRINT_RAW : PRINT_TEXT };
	enum rc rc;

	setting_get(app, "printer", &set);
	job.printer = printer && *printer ? printer : buf_str(&set);
	rc = print_send(&job, bytes->data, bytes->len, err);
	buf_done(&set);
	return rc;
}

enum rc papers_print(struct app *app, const struct slip_ask *ask, struct explain *doubts, struct err *err)
{
	enum papers_as as = papers_as_set(app);
	struct slip_ask own = *ask;
	struct buf lines = BUF(PAPER_OUT_MAX), bytes = BUF(PAPER_OUT_MAX);
	enum rc rc;

	own.pdf = as == PAPERS_PDF;
	rc = slip_make(app, &own, &lines, doubts, err);
	if (!rc)
		rc = papers_render(app, as, &lines, &bytes, err);
	if (!rc)
		rc = papers_send(app, NULL, as, own.form != SLIP_REGISTER, slip_name(own.form), &bytes, err);
	if (!rc && own.form == SLIP_RECEIPT)
		rc = act_printed(app, own.code, err);
	buf_wipe_done(&lines);
	buf_wipe_done(&bytes);
	return rc;
}

/* Every letter of one case, each vowel with each tone, in the order of the alphabet. */
static void put_letters(bool upper, struct buf *lines)
{
	struct buf row = BUF(4096);
	char letter[5];
	size_t on_line = 0;

	for (int base = VN_A; base < VN_LETTERS; base++)
		for (int tone = VN_NGANG; tone < (vn_is_vowel((enum vn_letter)base) ? VN_TONES : 1); tone++) {
			struct vn_char c = { (enum vn_letter)base, (enum vn_tone)tone, upper };

			if (on_line == LETTERS_LINE) {
				buf_printf(lines, "text\tn\t2\t%s\n", buf_str(&row));
				buf_clear(&row);
				on_line = 0;
			}
			letter[utf8_encode(vn_join(c), letter)] = '\0';
			buf_printf(&row, "%s ", letter);
			on_line++;
		}
	buf_printf(lines, "text\tn\t2\t%s\n", buf_str(&row));
	buf_done(&row);
}

static const struct words test_title = T("TRANG IN THỬ", "PRINTER TEST");
static const struct words test_words[] = {
	T("Dưới đây là mọi chữ cái, đủ dấu. Chữ nào sai thì chọn cách in khác (thiết lập print_as):",
	  "Below is every letter with its marks. When one is wrong choose another way to print (setting print_as):"),
	T("text: chữ Unicode; bitmap: hình, cho máy in nhiệt; plain: không dấu; pdf: giấy A5.",
	  "text: Unicode letters; bitmap: dots, for thermal printers; plain: no marks; pdf: a sheet of A5."),
};
static const struct words test_columns[] = { T("STT", "No."), T("Tên", "Name"), T("Số tiền", "Amount") };
static const struct words test_cells[] = {
	T("Nguyễn Thị Bình, khu phố 8", "Nguyễn Thị Bình, khu phố 8"),
	T("Cộng hòa xã hội chủ nghĩa Việt Nam", "Cộng hòa xã hội chủ nghĩa Việt Nam"),
};

enum rc papers_test_page(struct app *app, struct buf *lines, struct err *err)
{
	char now[CLOCK_SHORT_TEXT];
	enum rc rc = app_may(app, MAY_SLIP, err);

	if (rc)
		return rc;
	buf_printf(lines, "motcua-paper\t1\tA5\ncode\tmotcua\ncenter\tb\t%s\ncenter\tn\t",
		   words_in(&test_title, app->lang));
	stream_put(lines, app->unit_name);
	buf_printf(lines, "\ncenter\tn\t%s\ngap\t1\n", clock_format_short(app_now(app), now));
	for (size_t i = 0; i < ARRAY_LEN(test_words); i++)
		buf_printf(lines, "text\tn\t0\t%s\n", words_in(&test_words[i], app->lang));
	buf_text(lines, "gap\t1\n");
	put_letters(false, lines);
	put_letters(true, lines);
	buf_printf(lines, "gap\t1\ncolumns\t4\t%s\t0\t%s\t>12\t%s\n", words_in(&test_columns[0], app->lang),
		   words_in(&test_columns[1], app->lang), words_in(&test_columns[2], app->lang));
	buf_printf(lines, "row\t1\t%s\t1.234.567\nrow\t2\t%s\t8.000\n", test_cells[0].vi, test_cells[1].vi);
	buf_text(lines, "line\ntext\tn\t0\t0123456789012345678901234567890123456789012345678901234567890123456789\n"
			"end\n");
	return RC_OK;
}
