/* rows.c - small lists and single answers in the format asked for. */
#include <inttypes.h>

#include "tui/cli/cli_table.h"
#include "tui/words.h"

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
	*rows = (struct cli_rows){ .cli = cli, .columns_count = count };
	for (size_t i = 0; i < count && i < CLI_COLUMNS_MAX; i++) {
		rows->columns[i].name = columns[i].name;
		rows->columns[i].type = COLUMN_CODE; /* until a cell says otherwise */
		rows->columns[i].group = (struct words)T("", "");
		rows->columns[i].title = columns[i].label;
	}
	table_init(&rows->table);
	table_part(&rows->table, "list", rows->columns, count, (struct words)T("", ""));
	(void)cli_out(cli); /* an --output that cannot be written is told before any work */
}

static void next(struct cli_rows *rows, enum column_type type)
{
	rows->columns[rows->at].type = type;
	rows->at = (rows->at + 1) % rows->columns_count;
}

void cli_cell_text(struct cli_rows *rows, const char *text)
{
	table_text(&rows->table, text);
	next(rows, COLUMN_CODE);
}

static bool for_people(const struct cli_rows *rows)
{
	return rows->cli->format != FORMAT_JSON && rows->cli->format != FORMAT_CSV;
}

void cli_cell_word(struct cli_rows *rows, const char *code, const struct words *words)
{
	cli_cell_text(rows, words && for_people(rows) ? words_in(words, rows->cli->lang) : code);
}

void cli_cell_choice(struct cli_rows *rows, const struct field *field, int64_t value)
{
	char text[WORDS_TEXT];

	if (for_people(rows))
		words_choice(field, value, rows->cli->lang, text, sizeof(text));
	else
		enum_word(field, value, text, sizeof(text));
	cli_cell_text(rows, text);
}

void cli_cell_int(struct cli_rows *rows, int64_t value)
{
	table_num(&rows->table, value);
	next(rows, COLUMN_INT);
}

void cli_cell_bool(struct cli_rows *rows, bool value)
{
	table_bool(&rows->table, value);
	next(rows, COLUMN_BOOL);
}

void cli_cell_time(struct cli_rows *rows, msec at)
{
	table_num(&rows->table, at);
	next(rows, COLUMN_TIME);
}

enum rc cli_rows_close(struct cli_rows *rows, bool print, struct err *err)
{
	enum rc rc = print ? cli_table(rows->cli, &rows->table, err) : RC_OK;

	table_done(&rows->table);
	return rc;
}
