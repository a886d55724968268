/* cli_papers.c - papers: slips, the printer's test, scans, what is held on a person, the bundle for support. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/act.h"
#include "core/exchange.h"
#include "core/held.h"
#include "core/scan.h"
#include "db/rec_fields.h"
#include "db/base/file.h"
#include "db/base/utf8.h"
#include "sync/support.h"
#include "tui/cli/families.h"
#include "tui/papers.h"

enum { BUNDLE_MAX = 1 << 20, LINES_MAX = 64 << 20 };

static void say_doubts(const struct cli *cli, const struct explain *doubts)
{
	for (size_t i = 0; i < doubts->count; i++)
		cli_say(cli, "lưu ý: %s", "note: %s", explain_text(doubts, i, cli->lang));
}

/* To stdout or --output, all of it now. */
static enum rc put_out(struct cli *cli, const struct buf *bytes, struct err *err)
{
	FILE *out = cli_out(cli);

	if (fwrite(bytes->data ? (const void *)bytes->data : "", 1, bytes->len, out) != bytes->len || fflush(out))
		return err_set(err, RC_IO, "Không ghi được kết quả.", "The result cannot be written.");
	return RC_OK;
}

/* How it leaves: --as, --format pdf, else (`printing`) the setting, else as text. */
static enum rc choose_as(struct cli *cli, bool printing, enum papers_as *as, struct err *err)
{
	const char *asked = cli_opt(cli, "as");

	*as = printing ? papers_as_set(&cli->app) : PAPERS_TEXT;
	if (cli->format == FORMAT_PDF)
		*as = PAPERS_PDF;
	else if (cli->format != FORMAT_TABLE)
		return err_set(err, RC_USAGE, "giấy in ra dạng chữ (table) hoặc pdf", "a paper is text (table) or pdf");
	else if (cli_opt(cli, "format"))
		*as = PAPERS_TEXT;
	if (asked)
		*as = papers_as_named(asked);
	if (*as == PAPERS_KINDS)
		return err_set(err, RC_USAGE, "--as là text, pdf, bitmap hoặc plain",
			       "--as is text, pdf, bitmap or plain");
	return RC_OK;
}

static const struct cli_option slip_options[] = {
	{ "form", "FORM", T("receipt, supplement, refusal, apology, stop, control, register",
			    "receipt, supplement, refusal, apology, stop, control, register") },
	{ "from", "DATE", T("sổ: tiếp nhận từ ngày", "the register: received from") },
	{ "to", "DATE", T("sổ: đến ngày", "the register: to") },
	{ "copies", "1|2", T("giấy tiếp nhận: hai liên, một lưu", "a receipt: two copies, one for the office") },
	{ "as", "text|pdf|bitmap|plain", T("dạng chữ, PDF, hình cho máy in nhiệt, không dấu",
					   "text, PDF, dots for thermal printers, without marks") },
	{ "print", "[=PRINTER]", T("in ra máy in (mặc định theo thiết lập)", "print it (on the set printer without a name)") },
	{ "template", NULL, T("in mẫu đang dùng, để chép vào papers/ và sửa",
			      "the template in use, to copy into papers/ and edit") },
	{ "names", NULL, T("các ô mẫu dùng được", "the names a template may use") },
	CLI_OPTIONS_END,
};

static const struct cli_column name_columns[] = {
	{ "name", T("Ô", "Name") },
	{ "list", T("Trong danh sách", "In the list") },
	{ "meaning", T("Nghĩa", "Meaning") },
};

static enum rc print_names(struct cli *cli, struct err *err)
{
	struct cli_rows rows;

	cli_rows_open(&rows, cli, name_columns, ARRAY_LEN(name_columns));
	for (const struct paper_word *word = slip_words; word->name; word++) {
		cli_cell_text(&rows, word->name);
		cli_cell_text(&rows, word->list);
		cli_cell_text(&rows, words_in(&word->meaning, cli->lang));
	}
	return cli_rows_close(&rows, true, err);
}

static enum rc print_template(struct cli *cli, enum slip_form form, struct err *err)
{
	struct buf text = BUF(PAPER_TEMPLATE_MAX);
	struct explain doubts = { .count = 0 };
	enum rc rc = slip_template(&cli->app, form, &text, &doubts, err);

	say_doubts(cli, &doubts);
	if (!rc)
		rc = put_out(cli, &text, err);
	buf_done(&text);
	return rc;
}

static enum rc read_ask(struct cli *cli, struct slip_ask *ask, struct err *err)
{
	const char *form = cli_opt(cli, "form");
	int64_t copies = 1;
	enum rc rc;

	*ask = (struct slip_ask){ .form = form ? slip_named(form) : SLIP_FORMS,
				  .code = cli->args_count ? cli->args[0] : NULL, .from = DAYNO_NONE, .to = DAYNO_NONE };
	if (ask->form == SLIP_FORMS)
		return err_set(err, RC_USAGE,
			       "--form là receipt, supplement, refusal, apology, stop, control hoặc register",
			       "--form is receipt, supplement, refusal, apology, stop, control or register");
	rc = cli_opt_date(cli, "from", &ask->from, err);
	if (!rc)
		rc = cli_opt_date(cli, "to", &ask->to, err);
	if (!rc)
		rc = cli_opt_int(cli, "copies", 1, 2, &copies, err);
	ask->copies = (unsigned)copies;
	if (rc || cli_opt(cli, "template"))
		return rc;
	if (ask->form != SLIP_REGISTER && !ask->code)
		return err_set(err, RC_USAGE, "cần mã hồ sơ", "a dossier's code is needed");
	if (ask->form == SLIP_REGISTER && !ask->code && (ask->from == DAYNO_NONE || ask->to == DAYNO_NONE))
		return err_set(err, RC_USAGE, "sổ theo dõi cần --from và --to, hoặc mã một hồ sơ",
			       "the register needs --from and --to, or one dossier's code");
	if (ask->from != DAYNO_NONE && ask->to != DAYNO_NONE && ask->from > ask->to)
		return err_set(err, RC_USAGE, "--from sau --to", "--from is after --to");
	return RC_OK;
}

/* Printed, or written where it was asked for; a receipt that left is noted. */
static enum rc deliver(struct cli *cli, const struct slip_ask *ask, enum papers_as as, const struct buf *bytes,
		       struct err *err)
{
	const char *printer = cli_opt(cli, "print");
	enum rc rc = RC_OK;

	if (printer)
		rc = papers_send(&cli->app, printer, as, ask->form != SLIP_REGISTER, slip_name(ask->form), bytes, err);
	if (!rc && (!printer || cli_opt(cli, "output")))
		rc = put_out(cli, bytes, err);
	if (!rc && ask->form == SLIP_RECEIPT)
		rc = act_printed(&cli->app, ask->code, err);
	return rc;
}

static enum rc run_slip(struct cli *cli, struct err *err)
{
	struct buf lines = BUF(PAPER_OUT_MAX), bytes = BUF(PAPER_OUT_MAX);
	struct explain doubts = { .count = 0 };
	enum papers_as as = PAPERS_TEXT;
	struct slip_ask ask;
	enum rc rc;

	if (cli_opt(cli, "names"))
		return print_names(cli, err);
	rc = read_ask(cli, &ask, err);
	if (!rc && cli_opt(cli, "template"))
		return print_template(cli, ask.form, err);
	if (!rc)
		rc = choose_as(cli, cli_opt(cli, "print") != NULL, &as, err);
	ask.pdf = as == PAPERS_PDF;
	if (!rc)
		rc = slip_make(&cli->app, &ask, &lines, &doubts, err);
	if (!rc)
		rc = papers_render(&cli->app, as, &lines, &bytes, err);
	say_doubts(cli, &doubts);
	if (!rc)
		rc = deliver(cli, &ask, as, &bytes, err);
	buf_wipe_done(&lines);
	buf_wipe_done(&bytes);
	return rc;
}

static const struct cli_option test_options[] = {
	{ "bitmap", NULL, T("hình, cho máy in nhiệt", "dots, for thermal printers") },
	{ "plain", NULL, T("không dấu", "without marks") },
	{ "as", "text|pdf|bitmap|plain", T("dạng in", "how it is printed") },
	{ "print", "[=PRINTER]", T("máy in nào", "which printer") },
	CLI_OPTIONS_END,
};

/* To the printer, or with --output to a file; --output - shows it. */
static enum rc run_print_test(struct cli *cli, struct err *err)
{
	const char *printer = cli_opt(cli, "print");
	struct buf lines = BUF(LINES_MAX), bytes = BUF(LINES_MAX);
	enum papers_as as = PAPERS_TEXT;
	enum rc rc = choose_as(cli, true, &as, err);

	if (cli_opt(cli, "bitmap"))
		as = PAPERS_BITMAP;
	else if (cli_opt(cli, "plain"))
		as = PAPERS_PLAIN;
	if (!rc)
		rc = papers_test_page(&cli->app, &lines, err);
	if (!rc)
		rc = papers_render(&cli->app, as, &lines, &bytes, err);
	if (!rc && cli_opt(cli, "output"))
		rc = put_out(cli, &bytes, err);
	if (!rc && (printer || !cli_opt(cli, "output")))
		rc = papers_send(&cli->app, printer, as, true, "test", &bytes, err);
	buf_done(&lines);
	buf_done(&bytes);
	return rc;
}

static const struct cli_option scan_options[] = {
	{ "component", "NAME", T("thành phần hồ sơ được quét: 01, to-khai", "which paper it is: 01, to-khai") },
	CLI_OPTIONS_END,
};

/* Files that cannot be read are all named; then nothing is recorded. */
static enum rc check_scans(struct cli *cli, const char *const *paths, const struct papers_scan *scans, size_t count,
			   struct err *err)
{
	size_t bad = 0;

	for (size_t i = 0; i < count; i++) {
		const struct words *why = papers_fault(scans[i].fault);

		if (!scans[i].fault)
			continue;
		bad++;
		cli_say(cli, "%s: " EXPLAIN_VI, "%s: " EXPLAIN_EN, paths[i], why->vi, why->en);
	}
	return bad ? err_set(err, RC_INPUT, "%zu tệp không đọc được; chưa ghi bản quét nào",
			     "%zu files cannot be read; no scan was recorded", bad) :
		     RC_OK;
}

/* Against the standard: PDF 1.4 or later, 200 dots an inch. */
static void warn_of_scan(const struct cli *cli, const char *path, const struct media_scan *scan)
{
	enum { PDF = 1, VERSION_MIN = 14, DPI_MIN = 200 };

	if (scan->format == PDF && scan->version && scan->version < VERSION_MIN)
		cli_say(cli, "lưu ý: %s: PDF 1.%d, chuẩn là 1.4 trở lên",
			"note: %s: PDF 1.%d, the standard asks for 1.4", path, (int)(scan->version % 10));
	if (scan->format != PDF)
		cli_say(cli, "lưu ý: %s: chuẩn số hóa là PDF", "note: %s: the standard asks for PDF", path);
	if (scan->dpi && scan->dpi < DPI_MIN)
		cli_say(cli, "lưu ý: %s: %d điểm/inch, chuẩn là từ 200",
			"note: %s: %d dots an inch, the standard asks for 200", path, (int)scan->dpi);
	if (scan->flags & MEDIA_MENDED)
		cli_say(cli, "lưu ý: %s: tệp PDF có lỗi, nên quét lại",
			"note: %s: the PDF has faults; better scan it again", path);
}

struct scanning {
	struct cli *cli;
	const char *const *paths;
	struct buf *text;
};

static enum rc print_scan(void *ctx, const struct scan_added *added, struct err *err)
{
	struct scanning *scanning = ctx;
	const char *path = scanning->paths[added->file];

	(void)err;
	exchange_format(added->scan, scanning->text);
	buf_byte(scanning->text, '\n');
	if (added->known)
		cli_say(scanning->cli, "%s: đã quét cho hồ sơ này rồi (bản số %d); không ghi lần nữa",
			"%s: this dossier has it already (scan %d); not recorded again", path,
			(int)rec_num_or(added->scan, SCAN_SEQ, 0));
	else if (added->reused)
		cli_say(scanning->cli, "%s: đã có ở hồ sơ khác của người này; ghi là dùng lại",
			"%s: another dossier of this person has it; recorded as used again", path);
	return RC_OK;
}

static void to_files(const struct papers_scan *scans, size_t count, struct scan_file *files)
{
	for (size_t i = 0; i < count; i++) {
		const struct media_scan *scan = &scans[i].scan;

		files[i] = (struct scan_file){ .format = (int)scan->format, .pages = (int64_t)scan->pages,
					       .bytes = (int64_t)scan->bytes, .dpi = (int64_t)scan->dpi,
					       .has_signature = scan->flags & MEDIA_SIGNED };
		memcpy(files[i].hash, scan->hash, sizeof(files[i].hash));
	}
}

/* The first of them that is not there at all. */
static enum rc check_there(const char *const *paths, size_t count, struct err *err)
{
	for (size_t i = 0; i < count; i++) {
		FILE *file = fopen(paths[i], "re");

		if (!file && errno == ENOENT)
			return err_set(err, RC_NONE, "không có tệp %.300s", "no file %.300s", paths[i]);
		if (file)
			(void)fclose(file);
	}
	return RC_OK;
}

static enum rc run_scan(struct cli *cli, struct err *err)
{
	const char *const *paths = cli->args + 1, *component = cli_opt(cli, "component");
	size_t count = cli->args_count - 1;
	struct papers_scan *scans = calloc(count, sizeof(*scans));
	struct scan_file *files = calloc(count, sizeof(*files));
	struct buf text = BUF(LINES_MAX);
	struct scanning scanning = { cli, paths, &text };
	enum rc rc = app_may(&cli->app, MAY_SCAN, err);

	if (!scans || !files)
		die("out of memory");
	if (!rc)
		rc = check_there(paths, count, err);
	if (!rc)
		rc = papers_scan(paths, count, scans, err);
	if (!rc)
		rc = check_scans(cli, paths, scans, count, err);
	if (!rc) {
		to_files(scans, count, files);
		rc = scan_add(&cli->app, cli->args[0], component ? component : "", files, count, print_scan,
			      &scanning, err);
	}
	for (size_t i = 0; !rc && i < count; i++)
		warn_of_scan(cli, paths[i], &scans[i].scan);
	if (!rc)
		rc = put_out(cli, &text, err);
	buf_done(&text);
	free(scans);
	free(files);
	return rc;
}

struct holdings {
	struct cli *cli;
	struct buf *text;
	size_t dossiers, scans, assists;
};

static const struct words *held_words(const char *as)
{
	static const struct {
		const char *as;
		struct words words;
	} table[] = {
		{ "applicant", T("là chủ hồ sơ", "as applicant") },
		{ "submitter", T("là người nộp thay", "as submitter") },
		{ "earlier", T("hồ sơ từng mang số này", "a dossier that had the number once") },
		{ "scan", T("bản quét", "a scan") },
		{ "helped", T("lượt hỗ trợ", "an assist") },
	};

	for (size_t i = 0; i < ARRAY_LEN(table); i++)
		if (!strcmp(table[i].as, as))
			return &table[i].words;
	return &table[0].words;
}

/* "Họ và tên: ..." for every field that has something. */
static void put_fields(struct holdings *h, const struct rec *rec)
{
	struct buf line = BUF(EXCHANGE_LINE_MAX);

	exchange_format(rec, &line);
	buf_add(h->text, line.data, line.len);
	buf_byte(h->text, '\n');
	buf_wipe_done(&line);
}

static enum rc take_held(void *ctx, const struct held *held, struct err *err)
{
	struct holdings *h = ctx;

	(void)err;
	h->dossiers += held->rec->kind == REC_DOSSIER;
	h->scans += held->rec->kind == REC_SCAN;
	h->assists += held->rec->kind == REC_ASSIST;
	if (h->cli->format == FORMAT_TABLE)
		buf_printf(h->text, "# %s\n", words_in(held_words(held->as), h->cli->lang));
	put_fields(h, held->rec);
	return RC_OK;
}

/* The id number from the line, or "-" from stdin, where it leaves no trace. */
static enum rc read_id(struct cli *cli, struct buf *id, struct err *err)
{
	struct buf raw = BUF(4096);
	enum rc rc = RC_OK;

	if (strcmp(cli->args[0], "-"))
		buf_text(&raw, cli->args[0]);
	else
		rc = cli_in_all(cli, "-", &raw, err);
	if (!rc && utf8_clean_lines(buf_str(&raw), raw.len, id, NULL))
		rc = err_set(err, RC_INPUT, "số có ký tự không hợp lệ", "the number has odd characters");
	utf8_collapse(id);
	buf_wipe_done(&raw);
	return rc;
}

static enum rc run_person_report(struct cli *cli, struct err *err)
{
	struct buf text = BUF(LINES_MAX), id = BUF(4096);
	struct holdings h = { .cli = cli, .text = &text };
	size_t drafts = 0;
	enum rc rc = read_id(cli, &id, err);

	if (!rc && cli->format != FORMAT_TABLE && cli->format != FORMAT_JSON)
		rc = err_set(err, RC_USAGE, "lệnh này in dạng table hoặc json", "this command prints table or json");
	if (!rc)
		rc = held_walk(&cli->app, buf_str(&id), take_held, &h, &drafts, err);
	if (!rc && text.full)
		rc = err_set(err, RC_FULL, "quá nhiều dữ liệu", "too much data");
	if (!rc)
		rc = put_out(cli, &text, err);
	if (!rc)
		cli_say(cli, "%zu hồ sơ, %zu bản quét, %zu lượt hỗ trợ, %zu bản nháp của người đang dùng",
			"%zu dossiers, %zu scans, %zu assists, %zu drafts of this user", h.dossiers, h.scans, h.assists,
			drafts);
	buf_wipe_done(&text);
	buf_wipe_done(&id);
	return rc;
}

static enum rc run_support(struct cli *cli, struct err *err)
{
	struct buf text = BUF(BUNDLE_MAX);
	enum rc rc = support_bundle(&cli->app, MOTCUA_VERSION, &text, err);

	if (!rc && !strcmp(cli->args[0], "-"))
		rc = put_out(cli, &text, err);
	else if (!rc)
		rc = file_write_atomic(cli->args[0], text.data, text.len, err);
	if (!rc && strcmp(cli->args[0], "-"))
		cli_say(cli, "đã ghi %s; không có dữ liệu của người dân trong đó",
			"wrote %s; no person's data is in it", cli->args[0]);
	buf_done(&text);
	return rc;
}

const struct cli_command cli_papers[] = {
	{ "slip", NULL, "[CODE] --form FORM [--print]", 0, 1, CLI_STORE, slip_options, run_slip,
	  T("giấy tờ của hồ sơ, dạng chữ hoặc PDF", "a dossier's papers, as text or PDF") },
	{ "print", "test", "[--bitmap|--plain]", 0, 0, CLI_STORE, test_options, run_print_test,
	  T("in thử một trang", "print a test page") },
	{ "scan", NULL, "CODE FILE…", 2, CLI_ARGS_MAX, CLI_STORE | CLI_JSON, scan_options, run_scan,
	  T("ghi bản quét của hồ sơ", "record scanned papers") },
	{ "person", "report", "ID|-", 1, 1, CLI_STORE | CLI_JSON, NULL, run_person_report,
	  T("mọi dữ liệu về một người, theo số giấy tờ", "all that is held on one person, by id number") },
	{ "support", NULL, "FILE|-", 1, 1, CLI_STORE, NULL, run_support,
	  T("gói cho người hỗ trợ, không có dữ liệu cá nhân", "a bundle for support, without personal data") },
	CLI_END,
};
