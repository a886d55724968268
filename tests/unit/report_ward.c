#include "tests/unit/report_ward.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <cmocka.h>

#include "core/commit.h"
#include "core/exchange.h"
#include "db/base/file.h"
#include "tests/unit/office.h"
#include "tests/unit/report_brute.h"
#include "tests/unit/ward.h"

struct rec report_recs[RECS_MAX];
size_t report_recs_count;

static void read_records(void)
{
	struct buf file = BUF(1 << 20);
	struct err err;
	char *line, *end;

	assert_int_equal(file_read("tests/fixtures/report_ward.jsonl", &file, &err), RC_OK);
	for (line = (char *)file.data; (end = strchr(line, '\n')); line = end + 1) {
		struct rec *rec = &report_recs[report_recs_count++];

		assert_true(report_recs_count <= RECS_MAX);
		rec_init(rec, REC_NONE);
		assert_int_equal(exchange_parse_line(line, (size_t)(end - line), rec, &err), RC_OK);
	}
	buf_done(&file);
}

void report_ward_open(struct app *app, bool backwards)
{
	struct err err;

	if (!report_recs_count)
		read_records();
	ward_open(app);
	assert_int_equal(db_begin(app->db, &err), RC_OK);
	for (size_t i = 0; i < report_recs_count; i++) {
		const struct rec *rec = &report_recs[backwards ? report_recs_count - 1 - i : i];
		struct change change = { .verb = VERB_IMPORT, .kind = rec->kind, .set = rec };

		if (rec->kind != REC_WARD)
			if (commit_change(app, &change, NULL, NULL, &err))
				fail_msg("record %zu: %s %s", i, err.field, err.en);
	}
	assert_int_equal(db_commit(app->db, &err), RC_OK);
}

void report_ward_run(struct app *app, const char *name, const char *from, const char *to, msec as_known,
		     struct table *out)
{
	struct report_query query = { .name = name, .as_known = as_known };
	struct err err;

	query.period.from = on(from);
	query.period.to = on(to);
	table_init(out);
	if (report_run(app, &query, out, &err))
		fail_msg("%s: %s", name, err.en);
}

const struct tcell *cell(const struct table *table, size_t part, size_t row, const char *name)
{
	const struct table_part *p = &table->parts[part];

	for (size_t i = 0; i < p->columns_count; i++)
		if (!strcmp(p->columns[i].name, name))
			return table_cell(p, row, i);
	fail_msg("no column %s", name);
	return NULL;
}

int64_t num(const struct table *table, size_t part, size_t row, const char *name)
{
	const struct tcell *c = cell(table, part, row, name);

	return c->kind == TCELL_NUM ? c->num : -1;
}

const char *text(const struct table *table, size_t part, size_t row, const char *name)
{
	const struct tcell *c = cell(table, part, row, name);

	return c->kind == TCELL_TEXT ? (const char *)table->text.data + c->num : "";
}

void json_of(const struct table *table, struct buf *out)
{
	buf_clear(out);
	table_write_json(table, out);
	buf_byte(out, 0);
}
