/*
 * commands.c - what each command of a hub does.
 */
#include "sync/hub/command.h"

#include "core/csv_import.h"
#include "core/export.h"
#include "core/report.h"
#include "db/base/file.h"
#include "db/base/hash.h"
#include "db/rec_fields.h"
#include "sync/hub/control.h"
#include "sync/hub/http.h"

#include <inttypes.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

/* In the order in which they are carried to a process that serves. */
#define TEXT(name, option, field) { name, option, offsetof(struct args, field) }
const struct arg_text arg_texts[ARG_TEXTS + 1] = {
	TEXT("data", 'd', data),       TEXT("key-file", 'k', key_file), TEXT("unit", 'u', unit),
	TEXT("slot", 's', slot),       TEXT("role", 'r', role),		TEXT("output", 'o', output),
	TEXT("listen", 'l', listen),   TEXT("tls-cert", 'c', tls_cert), TEXT("tls-key", 'y', tls_key),
	TEXT("hub-url", 'w', url),     TEXT("from", 'f', from),		TEXT("to", 't', to),
	TEXT("period", 'p', period),   TEXT("as-known", 'a', as_known), TEXT("format", 'm', format),
	{ .name = NULL },
};

const char **arg_text_in(struct args *args, const struct arg_text *text)
{
	return (const char **)(void *)((char *)args + text->at);
}

/* The wards that --unit asks for: one, or all. */
struct chosen {
	struct ward *wards[HUB_WARDS_MAX];
	size_t count;
};

static enum rc choose_wards(struct hub *hub, const struct args *args, struct chosen *out, struct err *err)
{
	enum rc rc;

	out->count = 0;
	if (args->unit) {
		rc = hub_ward(hub, args->unit, NULL, &out->wards[0], err);
		out->count = 1;
		return rc == RC_NONE ? err_set(err, RC_NONE, "Trung tâm không có đơn vị này.",
					       "The hub has no such unit.")
				     : rc;
	}
	rc = hub_open_all(hub, err);
	for (; !rc && out->count < hub->wards_count; out->count++)
		out->wards[out->count] = hub->wards[out->count];
	return rc;
}

static enum rc run_init(struct hub *hub, const struct args *args, struct err *err)
{
	enum rc rc = hub_make(args->data, args->key_file, err);
	char words[FINGERPRINT_TEXT];

	if (!rc)
		rc = hub_open(hub, args->data, args->key_file, err);
	if (rc)
		return rc;
	fingerprint_words(hub->sign_pk, words);
	fprintf(args->out, "fingerprint: %s\n", words);
	return RC_OK;
}

static enum rc read_request(const char *path, struct enrol_request *out, struct err *err)
{
	struct buf json = BUF(64 << 10);
	enum rc rc = file_read(path, &json, err);

	if (!rc)
		rc = enrol_request_parse(buf_str(&json), json.len, out, err);
	buf_done(&json);
	return rc == RC_NONE ? err_set(err, RC_NONE, "Không có tệp này.", "There is no such file.") : rc;
}

static enum rc parse_place(const struct args *args, unsigned *slot, enum device_role *role, struct err *err)
{
	char *end = NULL;
	unsigned long number = args->slot ? strtoul(args->slot, &end, 10) : 0;

	if (!args->slot || *end || number < 1 || number > 99)
		return err_field(err, "slot", "Cần --slot từ 1 đến 99.", "--slot 1 to 99 is needed.");
	*slot = (unsigned)number;
	if (args->role && !strcmp(args->role, "counter"))
		*role = DEVICE_COUNTER;
	else if (args->role && !strcmp(args->role, "team"))
		*role = DEVICE_TEAM;
	else
		return err_field(err, "role", "Cần --role counter hoặc team.",
				 "--role counter or team is needed.");
	return RC_OK;
}

static enum rc run_enrol(struct hub *hub, const struct args *args, struct err *err)
{
	struct enrol_request request;
	struct buf out = BUF(16 << 10);
	enum device_role role = DEVICE_NONE;
	char words[FINGERPRINT_TEXT];
	unsigned slot = 0;
	enum rc rc;

	if (args->count != 1 || !args->output || !args->unit)
		return err_set(err, RC_USAGE, "Cần D.json, --unit, --slot, --role và --output.",
			       "D.json, --unit, --slot, --role and --output are needed.");
	rc = parse_place(args, &slot, &role, err);
	if (!rc)
		rc = read_request(args->words[0], &request, err);
	if (!rc && strcmp(request.unit, args->unit) != 0)
		rc = err_field(err, "unit", "Máy này thuộc đơn vị %s.", "The device is of unit %s.",
			       request.unit);
	if (!rc)
		rc = hub_enrol(hub, &request, slot, role, args->url, &out, err);
	if (!rc)
		rc = file_write_atomic(args->output, out.data, out.len, err);
	if (!rc) {
		fingerprint_words(request.sign_pk, words);
		fprintf(args->out, "device: %s\n", words);
		fingerprint_words(hub->sign_pk, words);
		fprintf(args->out, "hub: %s\n", words);
	}
	buf_wipe_done(&out);
	return rc;
}

static enum rc read_pem(const char *path, struct buf *out, struct err *err)
{
	enum rc rc = path ? file_read(path, out, err) : RC_OK;

	return rc == RC_NONE
		       ? err_set(err, RC_NONE, "Không có tệp chứng chỉ TLS.", "The TLS file is missing.")
		       : rc;
}

static enum rc run_serve(struct hub *hub, const struct args *args, struct err *err)
{
	struct server server = { .hub = hub };
	struct buf cert = BUF(1 << 20), key = BUF(1 << 20);
	struct control control = { -1, -1 };
	struct listen listen = { .address = args->listen, .control = &control };
	enum rc rc;

	if (!args->listen || !args->tls_cert != !args->tls_key)
		return err_set(err, RC_USAGE, "Cần --listen ADDR:PORT; --tls-cert và --tls-key đi cùng nhau.",
			       "--listen ADDR:PORT is needed; --tls-cert and --tls-key go together.");
	rc = hub_open_all(hub, err);
	if (!rc)
		rc = uploads_open(&server.uploads, args->data, err);
	if (!rc)
		rc = read_pem(args->tls_cert, &cert, err);
	if (!rc)
		rc = read_pem(args->tls_key, &key, err);
	if (!rc && args->tls_cert) {
		listen.tls_cert = buf_str(&cert);
		listen.tls_key = buf_str(&key);
	}
	if (!rc)
		rc = control_open(&control, hub, err);
	if (!rc)
		rc = http_serve(&server, &listen, err);
	control_close(&control);
	uploads_close(&server.uploads);
	buf_wipe_done(&cert);
	buf_wipe_done(&key);
	return rc;
}

/* Beside the batch, under its name with the ending of a receipt. */
static enum rc write_receipt(const char *batch_path, const struct buf *receipt, struct err *err)
{
	size_t len = strlen(batch_path);
	char path[HUB_PATH];

	if (len > 4 && !strcmp(batch_path + len - 4, ".mcb"))
		len -= 4;
	if (snprintf(path, sizeof(path), "%.*s.mcr", (int)len, batch_path) >= (int)sizeof(path))
		return err_set(err, RC_INPUT, "Đường dẫn quá dài.", "The path is too long.");
	return file_write_atomic(path, receipt->data, receipt->len, err);
}

/* What the stick takes home besides: for the device that made this batch, into the folder it lies in. */
static enum rc write_along(struct hub *hub, struct ward *ward, const char *batch_path, const uint8_t maker[DEVICE_ID],
			   size_t *along, struct err *err)
{
	const char *name = strrchr(batch_path, '/');
	struct hub_device device;
	char dir[HUB_PATH];
	enum rc rc;

	snprintf(dir, sizeof(dir), "%.*s", name ? (int)(name - batch_path) : 1, name ? batch_path : ".");
	rc = hub_device_get(ward, maker, &device, err);
	return rc ? rc : hub_along(hub, &device, *dir ? dir : "/", along, err);
}

static enum rc import_one(struct hub *hub, const struct args *args, const char *path, struct err *err)
{
	struct buf file = BUF(BATCH_MAX), receipt = BUF(RECEIPT_MAX);
	struct ingested in = { 0 };
	struct ward *ward;
	size_t along = 0;
	enum rc rc = file_read(path, &file, err);

	if (rc == RC_NONE)
		rc = err_set(err, RC_NONE, "Không có tệp này.", "There is no such file.");
	if (!rc)
		rc = hub_take_any(hub, file.data, file.len, &ward, &in, &receipt, err);
	if (!rc && receipt.len)
		rc = write_receipt(path, &receipt, err);
	if (!rc && receipt.len)
		rc = write_along(hub, ward, path, in.manifest.device, &along, err);
	if (!rc)
		fprintf(args->out, "{\"unit\":\"%s\",\"epoch\":%u,\"first\":%" PRIu64 ",\"last\":%" PRIu64
		       ",\"events_new\":%zu,\"events_known\":%zu,\"refused\":%zu,\"known\":%s,\"held\":%s,"
		       "\"fork\":%s,\"clock\":\"%s\",\"along\":%zu}\n",
		       in.manifest.unit, in.manifest.epoch, in.manifest.first, in.manifest.last,
		       in.events_new, in.events_known, in.events_refused, in.known ? "true" : "false",
		       in.held ? "true" : "false", in.fork ? "true" : "false",
		       hub_clock_word(hub_clock_doubt(ward, &in.manifest)), along);
	buf_done(&file);
	buf_wipe_done(&receipt);
	return rc;
}

/* Every file gets its try; one bad batch never blocks the next. */
static enum rc run_import(struct hub *hub, const struct args *args, struct err *err)
{
	struct chosen chosen;
	enum rc worst, rc;

	if (!args->count)
		return err_set(err, RC_USAGE, "Cần ít nhất một tệp .mcb.",
			       "At least one .mcb file is needed.");
	worst = choose_wards(hub, args, &chosen, err);
	if (worst)
		return worst;
	for (int i = 0; i < args->count; i++) {
		struct err why = { 0 };

		rc = import_one(hub, args, args->words[i], &why);
		if (!rc)
			continue;
		fprintf(args->say, "%s: %s\n", args->words[i], err_text(&why, args->lang));
		worst = rc;
		*err = why;
	}
	return worst;
}

static enum rc run_export(struct hub *hub, const struct args *args, struct err *err)
{
	struct chosen chosen;
	enum rc rc = choose_wards(hub, args, &chosen, err);
	struct export_filter query = { .kind = REC_NONE, .from = DAYNO_NONE, .to = DAYNO_NONE };

	if (!rc && args->from)
		rc = clock_parse_date(args->from, &query.from, err);
	if (!rc && args->to)
		rc = clock_parse_date(args->to, &query.to, err);
	for (size_t i = 0; !rc && i < chosen.count; i++)
		rc = export_records(&chosen.wards[i]->app, args->out, &query, NULL, err);
	return rc;
}

static enum rc print_table(const struct table *table, const struct args *args, struct err *err)
{
	struct buf text = BUF(1 << 30);
	const char *format = args->format ? args->format : "table";
	enum rc rc = RC_OK;

	if (!strcmp(format, "json"))
		table_write_json(table, &text);
	else if (!strcmp(format, "csv"))
		table_write_csv(table, &text);
	else if (!strcmp(format, "table"))
		table_write_text(table, args->lang, &text);
	else
		rc = err_set(err, RC_USAGE, "Có các định dạng table, json, csv.",
			     "The formats are table, json, csv.");
	if (!rc && fwrite(text.data, 1, text.len, args->out) != text.len)
		rc = err_set(err, RC_IO, "Không ghi được kết quả.", "The result cannot be written.");
	buf_done(&text);
	return rc;
}

static enum rc run_report(struct hub *hub, const struct args *args, struct err *err)
{
	struct report_query query = { .name = args->count ? args->words[0] : "", .as_known = MSEC_NONE };
	struct app *apps[HUB_WARDS_MAX];
	struct chosen chosen;
	struct table table;
	enum rc rc;

	if (args->count != 1 || !report_type(query.name))
		return err_set(err, RC_USAGE, "Cần tên báo cáo: 06a, levels, kpi, assist …",
			       "A report's name is needed: 06a, levels, kpi, assist …");
	rc = period_choose(args->period, args->from, args->to, &query.period, err);
	if (!rc && args->as_known)
		rc = clock_parse(args->as_known, &query.as_known, err);
	if (!rc)
		rc = choose_wards(hub, args, &chosen, err);
	if (rc)
		return rc;
	for (size_t i = 0; i < chosen.count; i++)
		apps[i] = &chosen.wards[i]->app;
	if (!chosen.count)
		return err_set(err, RC_NONE, "Trung tâm chưa có đơn vị nào.", "The hub has no ward yet.");
	table_init(&table);
	rc = report_run_over(apps, chosen.count, &query, &table, err);
	if (!rc)
		rc = print_table(&table, args, err);
	table_done(&table);
	return rc;
}

struct roster {
	struct ward *ward;
	const struct args *args;
};

static enum rc print_device(void *ctx, const struct row *row, struct err *err)
{
	const struct roster *roster = ctx;
	char role[16], device[2 * DEVICE_ID + 1] = "", words[FINGERPRINT_TEXT] = "";
	struct span id = rec_bytes(&row->body, DEVICE_DEVICE);
	struct hub_device known;
	bool revoked = rec_has(&row->body, DEVICE_REVOKED_AT);

	if (id.len == DEVICE_ID)
		hex_of(id.data, DEVICE_ID, device);
	if (id.len == DEVICE_ID && !revoked && !hub_device_get(roster->ward, id.data, &known, err))
		fingerprint_words(known.sign_pk, words);
	enum_word(field_tagged(rec_type(REC_DEVICE)->fields, DEVICE_ROLE), rec_num(&row->body, DEVICE_ROLE),
		  role, sizeof(role));
	fprintf(roster->args->out, "{\"unit\":\"%s\",\"device\":\"%s\",\"slot\":%" PRId64
	       ",\"role\":\"%s\",\"revoked\":%s,\"fingerprint\":\"%s\",\"clock\":\"%s\"}\n",
	       rec_text(&row->body, DEVICE_UNIT), device, rec_num_or(&row->body, DEVICE_SLOT, 0), role,
	       revoked ? "true" : "false", words,
	       hub_clock_word(id.len == DEVICE_ID ? hub_clock(roster->ward, id.data) : CLOCK_FINE));
	return RC_OK;
}

static enum rc run_device(struct hub *hub, const struct args *args, struct err *err)
{
	bool list = args->count == 1 && !strcmp(args->words[0], "list");
	bool revoke = args->count == 2 && !strcmp(args->words[0], "revoke");
	struct chosen chosen;
	enum rc rc;

	if (!list && !revoke)
		return err_set(err, RC_USAGE, "Dùng: device list, hoặc device revoke MÃ-MÁY.",
			       "Use: device list, or device revoke DEVICE.");
	rc = choose_wards(hub, args, &chosen, err);
	for (size_t i = 0; !rc && list && i < chosen.count; i++) {
		struct roster roster = { chosen.wards[i], args };

		rc = row_walk(roster.ward->app.db, REC_DEVICE, print_device, &roster, err);
	}
	if (rc || list)
		return rc;
	rc = RC_NONE;
	for (size_t i = 0; rc == RC_NONE && i < chosen.count; i++)
		rc = hub_revoke(hub, chosen.wards[i], args->words[1], err);
	return rc == RC_NONE ? err_set(err, RC_NONE, "Không có máy này.", "There is no such device.") : rc;
}

static void say_note(void *ctx, size_t line, bool is_warning, const struct err *why)
{
	const struct args *args = ctx;

	(void)is_warning;
	fprintf(args->say, args->lang == LANG_EN ? "line %zu: %s%s%s\n" : "dòng %zu: %s%s%s\n", line, why->field,
		why->field[0] ? ": " : "", err_text(why, args->lang));
}

static enum rc import_list(struct app *app, enum rec_kind kind, const char *path, const struct args *args,
			   struct err *err)
{
	struct csv_import_options import = { .dry_run = args->dry_run, .note = say_note };
	struct csv_import_result result = { 0 };
	struct args copy = *args;
	FILE *in = strcmp(path, "-") ? fopen(path, "re") : args->in;
	enum rc rc;

	if (!in)
		return err_set(err, RC_NONE, "Không có tệp này.", "There is no such file.");
	import.ctx = &copy;
	rc = csv_import(app, kind, in, &import, &result, err);
	fprintf(args->out, "{\"unit\":\"%s\",\"read\":%" PRId64 ",\"new\":%" PRId64 ",\"changed\":%" PRId64
	       ",\"same\":%" PRId64 ",\"refused\":%" PRId64 ",\"warnings\":%" PRId64 "}\n",
	       app->unit, result.read, result.made, result.changed, result.same, result.refused,
	       result.warnings);
	if (in == args->in)
		rewind(in); /* the next ward reads the same */
	else
		fclose(in);
	return rc;
}

/* The province's lists go into every ward's journal here, and with the feed to every device. */
static enum rc run_catalog(struct hub *hub, const struct args *args, struct err *err)
{
	enum rec_kind kind = args->count == 3 ? csv_import_named(args->words[1]) : REC_NONE;
	struct chosen chosen;
	enum rc rc;

	if (kind == REC_NONE || strcmp(args->words[0], "import") != 0)
		return err_set(
			err, RC_USAGE,
			"Dùng: catalog import procedures|documents|steps|fields|holidays|categories|targets "
			"FILE.csv",
			"Use: catalog import procedures|documents|steps|fields|holidays|categories|targets "
			"FILE.csv");
	rc = choose_wards(hub, args, &chosen, err);
	for (size_t i = 0; !rc && i < chosen.count; i++)
		rc = import_list(&chosen.wards[i]->app, kind, args->words[2], args, err);
	return rc;
}

const struct command commands[] = {
	{ "init", "", run_init, T("tạo thư mục dữ liệu và tệp khóa", "make the data folder and the key file"),
	  COMMAND_BARE, -1 },
	{ "enrol", "D.json --unit CODE --slot K --role counter|team --output E.mce [--hub-url URL]",
	  run_enrol, T("ghi danh một máy", "enrol a device"), COMMAND_WHOLE, 0 },
	{ "serve", "--listen ADDR:PORT [--tls-cert FILE --tls-key FILE]", run_serve,
	  T("nhận và phát gói", "take and give batches"), COMMAND_ALONE, -1 },
	{ "import", "FILE…", run_import,
	  T("nhận gói từ USB, để lại biên nhận và gói mới", "take batches from a stick, leave receipts and news on it"), COMMAND_BY_WORD, 0 },
	{ "export", "[--unit CODE]", run_export, T("xuất bản ghi", "records back out"), COMMAND_BY_UNIT, -1 },
	{ "report", "NAME (--from D --to D | --period P) [--unit CODE] [--format table|json|csv]", run_report,
	  T("lập báo cáo", "make a report"), COMMAND_WHOLE, -1 },
	{ "catalog", "import LIST FILE.csv [--unit CODE] [--dry-run]", run_catalog,
	  T("cập nhật danh mục cho mọi đơn vị", "change the catalogue of every ward"), COMMAND_WHOLE, 2 },
	{ "device", "list | revoke DEVICE", run_device,
	  T("danh sách, thu hồi máy", "list and revoke devices"), COMMAND_WHOLE, -1 },
	{ .name = NULL },
};

const struct command *command_named(const char *name)
{
	for (const struct command *c = commands; c->name; c++)
		if (!strcmp(c->name, name))
			return c;
	return NULL;
}
