/* rows.c - small lists and single answers in the format asked for. */
#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "db/base/utf8.h"
#include "tui/cli/cli.h"

enum cell_type { CELL_NONE = 'n', CELL_TEXT = 't', CELL_BARE = 'b' /* number or boolean: no quotes in JSON */ };
enum { ROWS_MAX = 256 << 20, CELL_WIDTH = 60, COLUMNS_MAX = 24 };

static void put_json_text(FILE *out, const char *text)
{
	(void)fputc('"', out);
	for (; *text; text++) {
		unsigned char c = (unsigned char)*text;

		if (c == '"' || c == '\\')
			(void)fprintf(out, "\\%c", c);
		else if (c == '\n')
			(void)fputs("\\n", out);
		else if (c < 0x20)
			(void)fprintf(out, "\\u%04x", c);
		else
			(void)fputc(c, out);
	}
	(void)fputc('"', out);
}

static void json_name(struct cli *cli, const char *name)
{
	FILE *out = cli_out(cli);

	if (cli->json_fields++)
		(void)fputc(',', out);
	put_json_text(out, name);
	(void)fputc(':', out);
}

void cli_json_open(struct cli *cli)
{
	cli->json_fields = 0;
	(void)fputc('{', cli_out(cli));
}

void cli_json_int(struct cli *cli, const char *name, int64_t value)
{
	json_name(cli, name);
	(void)fprintf(cli_out(cli), "%" PRId64, value);
}

void cli_json_text(struct cli *cli, const char *name, const char *value)
{
	json_name(cli, name);
	if (value)
		put_json_text(cli_out(cli), value);
	else
		(void)fputs("null", cli_out(cli));
}

void cli_json_bool(struct cli *cli, const char *name, bool value)
{
	json_name(cli, name);
	(void)fputs(value ? "true" : "false", cli_out(cli));
}

void cli_json_close(struct cli *cli)
{
	(void)fputs("}\n", cli_out(cli));
}

void cli_rows_open(struct cli_rows *rows, struct cli *cli, const struct cli_column *columns, size_t count)
{
	*rows = (struct cli_rows){ .cli = cli, .columns = columns, .columns_count = count, .cells = BUF(ROWS_MAX) };
	(void)cli_out(cli); /* an --output that cannot be written is told before any work */
}

static void cell(struct cli_rows *rows, enum cell_type type, const char *text)
{
	buf_byte(&rows->cells, (uint8_t)type);
	buf_text(&rows->cells, text);
	buf_byte(&rows->cells, 0);
	rows->at = (rows->at + 1) % rows->columns_count;
}

void cli_cell_text(struct cli_rows *rows, const char *text)
{
	cell(rows, text && *text ? CELL_TEXT : CELL_NONE, text ? text : "");
}

void cli_cell_int(struct cli_rows *rows, int64_t value)
{
	char text[24];

	(void)snprintf(text, sizeof(text), "%" PRId64, value);
	cell(rows, CELL_BARE, text);
}

void cli_cell_bool(struct cli_rows *rows, bool value)
{
	cell(rows, CELL_BARE, value ? "true" : "false");
}

void cli_cell_time(struct cli_rows *rows, msec at)
{
	char text[CLOCK_TEXT];

	cli_cell_text(rows, at == MSEC_NONE ? NULL : clock_format(at, text));
}

void cli_cell_date(struct cli_rows *rows, dayno day)
{
	char text[CLOCK_DATE_TEXT];

	cli_cell_text(rows, day == DAYNO_NONE ? NULL : clock_format_date(day, text));
}

/* The cell at *at, moved past it. */
static const char *next_cell(const uint8_t **at, enum cell_type *type)
{
	const char *text = (const char *)*at + 1;

	*type = (enum cell_type) **at;
	*at += 2 + strlen(text);
	return text;
}

static void print_json(const struct cli_rows *rows, FILE *out)
{
	const uint8_t *at = rows->cells.data, *end = at + rows->cells.len;

	while (at < end) {
		for (size_t i = 0; i < rows->columns_count && at < end; i++) {
			enum cell_type type;
			const char *text = next_cell(&at, &type);

			(void)fputs(i ? "," : "{", out);
			put_json_text(out, rows->columns[i].name);
			(void)fputc(':', out);
			if (type == CELL_TEXT)
				put_json_text(out, text);
			else
				(void)fputs(type == CELL_NONE ? "null" : text, out);
		}
		(void)fputs("}\n", out);
	}
}

static void put_csv(FILE *out, const char *text)
{
	bool quote = strpbrk(text, ",\"\r\n") != NULL;

	if (quote)
		(void)fputc('"', out);
	for (; *text; text++) {
		if (*text == '"')
			(void)fputc('"', out);
		(void)fputc(*text, out);
	}
	if (quote)
		(void)fputc('"', out);
}

static void print_csv(const struct cli_rows *rows, FILE *out)
{
	const uint8_t *at = rows->cells.data, *end = at + rows->cells.len;

	for (size_t i = 0; i < rows->columns_count; i++)
		(void)fprintf(out, "%s%s", i ? "," : "", rows->columns[i].name);
	(void)fputs("\r\n", out);
	while (at < end) {
		for (size_t i = 0; i < rows->columns_count && at < end; i++) {
			enum cell_type type;

			if (i)
				(void)fputc(',', out);
			put_csv(out, next_cell(&at, &type));
		}
		(void)fputs("\r\n", out);
	}
}

/* A cell cut to one line of CELL_WIDTH columns and filled up to `width`. */
static void put_padded(FILE *out, const char *text, size_t width, bool last)
{
	size_t line = strcspn(text, "\n"), cut = utf8_cut_cols(text, CELL_WIDTH), cols;
	char shown[CELL_WIDTH * 8];

	if (cut > line)
		cut = line;
	if (cut >= sizeof(shown))
		cut = 0;
	memcpy(shown, text, cut);
	shown[cut] = '\0';
	cols = utf8_cols(shown);
	(void)fprintf(out, "%s%*s", shown, last || cols > width ? 0 : (int)(width - cols), "");
	(void)fputs(last ? "\n" : "  ", out);
}

static void print_table(const struct cli_rows *rows, FILE *out)
{
	const uint8_t *at = rows->cells.data, *end = at + rows->cells.len;
	size_t width[COLUMNS_MAX] = { 0 }, count = rows->columns_count;

	if (at == end)
		return;
	for (size_t i = 0; i < count; i++)
		width[i] = utf8_cols(words_in(&rows->columns[i].label, rows->cli->lang));
	for (size_t i = 0; at < end; i = (i + 1) % count) {
		enum cell_type type;
		size_t cols = utf8_cols(next_cell(&at, &type));

		if (cols > CELL_WIDTH)
			cols = CELL_WIDTH;
		if (cols > width[i])
			width[i] = cols;
	}
	for (size_t i = 0; i < count; i++)
		put_padded(out, words_in(&rows->columns[i].label, rows->cli->lang), width[i], i + 1 == count);
	at = rows->cells.data;
	for (size_t i = 0; at < end; i = (i + 1) % count) {
		enum cell_type type;

		put_padded(out, next_cell(&at, &type), width[i], i + 1 == count);
	}
}

enum rc cli_rows_close(struct cli_rows *rows, bool print, struct err *err)
{
	FILE *out = cli_out(rows->cli);
	enum rc rc = RC_OK;

	if (print && rows->cells.full)
		rc = err_set(err, RC_FULL, "danh sách quá dài; lọc bớt", "the list is too long; narrow it");
	else if (print && rows->cli->format == FORMAT_JSON)
		print_json(rows, out);
	else if (print && rows->cli->format == FORMAT_CSV)
		print_csv(rows, out);
	else if (print && rows->cli->format == FORMAT_TABLE)
		print_table(rows, out);
	else if (print)
		rc = err_set(err, RC_USAGE, "lệnh này in dạng table, json hoặc csv",
			     "this command prints table, json or csv");
	buf_done(&rows->cells);
	return rc;
}
