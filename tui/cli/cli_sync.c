/* cli_sync.c - batches, the stick, the line; this device and the others. */
#include <stdio.h>
#include <string.h>

#include "db/base/file.h"
#include "db/base/hash.h"
#include "db/rec_fields.h"
#include "sync/carrier.h"
#include "sync/identity.h"
#include "sync/inspect.h"
#include "tui/cli/families.h"

static const struct {
	const char *name;
	struct words words;
} states[] = {
	{ "", T("", "") },
	{ "sealed", T("đã niêm phong", "sealed") },
	{ "carried", T("đã chép ra USB", "carried") },
	{ "acknowledged", T("có biên nhận", "acknowledged") },
	{ "refused", T("bị từ chối", "refused") },
	{ "received", T("đã nhận về", "received") },
	{ "held", T("còn giữ lại", "held") },
};

static enum rc list_batch(void *ctx, const struct outbox_item *item, struct span body, struct err *err)
{
	struct cli_rows *rows = ctx;
	size_t state = (unsigned)item->state < ARRAY_LEN(states) ? (unsigned)item->state : 0;
	char name[BATCH_NAME];

	(void)body;
	(void)err;
	batch_name(&item->manifest, name);
	cli_cell_text(rows, name);
	cli_cell_int(rows, (int64_t)item->manifest.first);
	cli_cell_int(rows, (int64_t)item->manifest.last);
	cli_cell_int(rows, (int64_t)item->manifest.events);
	cli_cell_int(rows, (int64_t)item->manifest.bytes);
	cli_cell_time(rows, item->manifest.sealed_at);
	cli_cell_word(rows, states[state].name, &states[state].words);
	cli_cell_text(rows, item->reason);
	return RC_OK;
}

static enum rc run_batch_list(struct cli *cli, struct err *err)
{
	static const struct cli_column columns[] = {
		{ "file", T("Gói", "Batch") },	       { "first", T("Từ số", "First") },
		{ "last", T("Đến số", "Last") },       { "events", T("Sự kiện", "Events") },
		{ "bytes", T("Byte", "Bytes") },       { "sealed_at", T("Niêm phong lúc", "Sealed at") },
		{ "state", T("Tình trạng", "State") }, { "reason", T("Lý do", "Reason") },
	};
	struct cli_rows rows;
	enum rc rc = app_may(&cli->app, MAY_BATCH, err);

	if (rc)
		return rc;
	cli_rows_open(&rows, cli, columns, ARRAY_LEN(columns));
	rc = outbox_walk(&cli->app, false, list_batch, &rows, err);
	return rc ? (void)cli_rows_close(&rows, false, NULL), rc : cli_rows_close(&rows, true, err);
}

/* What a batch holds, counted, under the names of the exchange format. */
static void print_counted(struct cli *cli, const struct manifest *manifest, const struct counted *counted)
{
	char name[BATCH_NAME], id[2 * BATCH_ID + 1], when[CLOCK_TEXT];

	batch_name(manifest, name);
	hex_of(manifest->id, BATCH_ID, id);
	cli_json_open(cli);
	cli_json_text(cli, "file", name);
	cli_json_text(cli, "batch", id);
	cli_json_text(cli, "unit", manifest->unit);
	cli_json_int(cli, "slot", manifest->certificate.slot);
	cli_json_int(cli, "epoch", manifest->epoch);
	cli_json_int(cli, "first", (int64_t)manifest->first);
	cli_json_int(cli, "last", (int64_t)manifest->last);
	cli_json_int(cli, "events", (int64_t)manifest->events);
	cli_json_int(cli, "bytes", (int64_t)manifest->bytes);
	cli_json_text(cli, "sealed_at", clock_format(manifest->sealed_at, when));
	if (counted->first_clock != MSEC_NONE) {
		cli_json_text(cli, "from", clock_format(counted->first_clock, when));
		cli_json_text(cli, "to", clock_format(counted->last_clock, when));
	}
	for (enum rec_kind kind = REC_WARD; kind < REC_KINDS; kind++)
		if (counted->kinds[kind])
			cli_json_int(cli, rec_type(kind)->name, (int64_t)counted->kinds[kind]);
	cli_json_close(cli);
}

static enum rc inspect(struct cli *cli, const struct identity *keys, struct span body, struct err *err)
{
	struct manifest manifest;
	struct counted counted;
	enum rc rc = batch_inspect(keys, body.data, body.len, &manifest, &counted, err);

	if (!rc)
		print_counted(cli, &manifest, &counted);
	return rc;
}

struct export_state {
	struct cli *cli;
	struct identity identity;
};

static enum rc show_pending(void *ctx, const struct outbox_item *item, struct span body, struct err *err)
{
	struct export_state *state = ctx;

	(void)item;
	return inspect(state->cli, &state->identity, body, err);
}

static enum rc run_batch_export(struct cli *cli, struct err *err)
{
	struct export_state state = { .cli = cli };
	struct round round;
	enum rc rc = app_may(&cli->app, MAY_BATCH, err);

	if (!rc)
		rc = folder_put(&cli->app, cli->args[0], &round, NULL, NULL, err);
	if (!rc)
		rc = identity_load(&cli->app, &state.identity, err);
	if (rc)
		return rc;
	rc = outbox_walk(&cli->app, true, show_pending, &state, err);
	identity_done(&state.identity);
	if (!rc)
		cli_say(cli, "Đã ghi %zu gói, %zu byte; đã đọc lại và khớp. Có thể tháo thiết bị.",
			"Wrote %zu batches, %zu bytes; read back and the same. The device may be removed.",
			round.batches_sent, round.bytes_up);
	return rc;
}

/* A receipt or a batch, told apart by what is inside. */
static enum rc import_one(struct cli *cli, struct identity *identity, const char *path, struct err *err)
{
	struct buf file = BUF(BATCH_MAX);
	struct ingested in = { 0 };
	struct receipt receipt;
	enum rc rc = cli_in_all(cli, path, &file, err);

	if (!rc && file.len >= 4 && !memcmp(file.data, "MCR1", 4)) {
		rc = receipt_apply(&cli->app, identity, file.data, file.len, &receipt, err);
		if (!rc) {
			cli_json_open(cli);
			cli_json_int(cli, "acknowledged_to", (int64_t)receipt.acknowledged_to);
			cli_json_int(cli, "refused", (int64_t)receipt.refusals_count);
			cli_json_close(cli);
		}
	} else if (!rc) {
		rc = ingest_batch(&cli->app, identity, file.data, file.len, &in, err);
		if (!rc && in.fork)
			rc = err_set(err, RC_DAMAGED,
				     "Máy gửi đã rẽ nhánh (khôi phục hoặc sao chép): không nhận gói này.",
				     "The sending device has forked (restored or copied): the batch is not "
				     "taken.");
		if (!rc) {
			cli_json_open(cli);
			cli_json_int(cli, "events_new", (int64_t)in.events_new);
			cli_json_int(cli, "events_known", (int64_t)in.events_known);
			cli_json_int(cli, "refused", (int64_t)in.events_refused);
			cli_json_bool(cli, "known", in.known);
			cli_json_bool(cli, "held", in.held);
			cli_json_close(cli);
		}
	}
	buf_done(&file);
	return rc;
}

/* Every file gets its try: one bad batch never blocks the next. */
static enum rc run_batch_import(struct cli *cli, struct err *err)
{
	struct identity identity;
	enum rc worst = app_may(&cli->app, MAY_BATCH, err);

	if (!worst)
		worst = identity_load(&cli->app, &identity, err);
	if (worst)
		return worst;
	worst = identity_need(&identity, err);
	for (size_t i = 0; identity.enrolled && i < cli->args_count; i++) {
		struct err why = { 0 };
		enum rc rc = import_one(cli, &identity, cli->args[i], &why);

		if (rc && cli->args_count > 1)
			cli_say(cli, "%s: %s", "%s: %s", cli->args[i], err_text(&why, cli->lang));
		if (rc) {
			worst = rc;
			*err = why;
		}
	}
	if (worst && identity.enrolled && cli->args_count > 1)
		cli_reported(cli);
	identity_done(&identity);
	return worst;
}

static enum rc run_batch_inspect(struct cli *cli, struct err *err)
{
	struct buf file = BUF(BATCH_MAX);
	struct identity identity;
	enum rc rc = app_may(&cli->app, MAY_BATCH, err);

	if (!rc)
		rc = identity_load(&cli->app, &identity, err);
	if (rc)
		return rc;
	rc = identity_need(&identity, err);
	if (!rc)
		rc = cli_in_all(cli, cli->args[0], &file, err);
	if (!rc)
		rc = inspect(cli, &identity, (struct span){ file.data, file.len }, err);
	identity_done(&identity);
	buf_done(&file);
	return rc;
}

#define HALF_DAY_MS (12 * HOUR_MS)

static void print_round(struct cli *cli, const struct round *round)
{
	cli_json_open(cli);
	cli_json_int(cli, "batches_sent", (int64_t)round->batches_sent);
	cli_json_int(cli, "events_sent", (int64_t)round->events_sent);
	cli_json_int(cli, "bytes_up", (int64_t)round->bytes_up);
	cli_json_int(cli, "bytes_down", (int64_t)round->bytes_down);
	cli_json_int(cli, "acknowledged_to", (int64_t)round->acknowledged_to);
	cli_json_int(cli, "batches_received", (int64_t)round->batches_received);
	cli_json_int(cli, "events_received", (int64_t)round->events_received);
	cli_json_close(cli);
	if (round->problems)
		cli_say(cli, "%zu tệp không nhận được; gần nhất: %s",
			"%zu files were not taken; the last: %s", round->problems,
			err_text(&round->last_problem, cli->app.lang));
}

/* By the newest receipt: more than half a day between the hub's clock and this one's is said, and nothing more. */
static void warn_of_hub_clock(struct cli *cli)
{
	msec apart = local_int(cli->app.db, "hub_offset", 0);

	if (apart > HALF_DAY_MS || apart < -HALF_DAY_MS)
		cli_say(cli,
			"đồng hồ máy này và của trung tâm lệch nhau %lld giờ: hãy xem bên nào đúng; "
			"dữ liệu không mất",
			"this PC's clock and the hub's are %lld hours apart: see which is right; no data is lost",
			(long long)((apart < 0 ? -apart : apart) / HOUR_MS));
}

static const struct cli_option sync_options[] = {
	{ "hub", "URL",
	  T("địa chỉ trung tâm, thay cho địa chỉ đã ghi", "the hub's address, over the stored one") },
	{ "folder", "DIR", T("trao đổi qua USB hoặc thư mục chung", "exchange by stick or office share") },
	CLI_OPTIONS_END
};

static enum rc run_sync(struct cli *cli, struct err *err)
{
	const char *folder = cli_opt(cli, "folder");
	struct round round = { 0 };
	enum rc rc = app_may(&cli->app, MAY_SYNC, err);

	if (rc)
		return rc;
	if (folder)
		rc = folder_round(&cli->app, folder, &round, NULL, NULL, err);
	else
		rc = line_round(&cli->app, cli_opt(cli, "hub"), &round, NULL, NULL, err);
	if (!rc) {
		print_round(cli, &round);
		warn_of_hub_clock(cli);
	}
	return rc;
}

static enum rc run_device_show(struct cli *cli, struct err *err)
{
	struct buf json = BUF(64 << 10);
	enum rc rc = app_may(&cli->app, MAY_DEVICE, err);

	if (!rc)
		rc = enrol_request(&cli->app, &json, err);
	if (!rc && fwrite(json.data, 1, json.len, cli_out(cli)) != json.len)
		rc = err_set(err, RC_IO, "Không ghi được tệp.", "The file cannot be written.");
	buf_done(&json);
	return rc;
}

static enum rc run_device_enrol(struct cli *cli, struct err *err)
{
	struct buf file = BUF(64 << 10);
	struct identity identity;
	char words[FINGERPRINT_TEXT];
	enum rc rc = cli_in_all(cli, cli->args[0], &file, err);

	if (!rc)
		rc = enrolment_accept(&cli->app, file.data, file.len, err);
	buf_wipe_done(&file);
	if (!rc)
		rc = identity_load(&cli->app, &identity, err);
	if (rc)
		return rc;
	fingerprint_words(identity.hub_pk, words);
	cli_json_open(cli);
	cli_json_int(cli, "slot", identity.certificate.slot);
	cli_json_text(cli, "role", identity.certificate.role == DEVICE_TEAM ? "team" : "counter");
	cli_json_text(cli, "hub", words);
	cli_json_close(cli);
	identity_done(&identity);
	cli_say(cli, "Đọc to các chữ trên và so với chữ của trung tâm.",
		"Read the words aloud and compare them with the hub's.");
	return RC_OK;
}

struct devices {
	struct cli_rows rows;
	bool own; /* this PC was among them */
};

static void put_device(struct cli_rows *rows, struct span id, int64_t slot, int64_t role, bool revoked)
{
	char device[2 * DEVICE_ID + 1] = "";

	if (id.len == DEVICE_ID)
		hex_of(id.data, DEVICE_ID, device);
	cli_cell_text(rows, device);
	cli_cell_int(rows, slot);
	cli_cell_choice(rows, field_tagged(rec_type(REC_DEVICE)->fields, DEVICE_ROLE), role);
	cli_cell_bool(rows, revoked);
}

static enum rc list_device(void *ctx, const struct row *row, struct err *err)
{
	struct devices *devices = ctx;
	struct span id = rec_bytes(&row->body, DEVICE_DEVICE);

	(void)err;
	devices->own = devices->own || (id.len == DEVICE_ID && !memcmp(id.data, devices->rows.cli->app.device, id.len));
	put_device(&devices->rows, id, rec_num_or(&row->body, DEVICE_SLOT, 0), rec_num_or(&row->body, DEVICE_ROLE, 0),
		   rec_has(&row->body, DEVICE_REVOKED_AT));
	return RC_OK;
}

static enum rc run_device_list(struct cli *cli, struct err *err)
{
	static const struct cli_column columns[] = {
		{ "device", T("Mã máy", "Device") },
		{ "slot", T("Ô số", "Slot") },
		{ "role", T("Vai trò", "Role") },
		{ "revoked", T("Thu hồi", "Revoked") },
	};
	struct devices devices = { .own = false };
	enum rc rc = app_may(&cli->app, MAY_DEVICE, err);

	if (rc)
		return rc;
	cli_rows_open(&devices.rows, cli, columns, ARRAY_LEN(columns));
	rc = row_walk(cli->app.db, REC_DEVICE, list_device, &devices, err);
	if (!rc && !devices.own) /* its own certificate has not travelled back to it */
		put_device(&devices.rows, (struct span){ cli->app.device, DEVICE_ID }, cli->app.slot,
			   cli->app.team ? DEVICE_TEAM : DEVICE_COUNTER, false);
	return rc ? (void)cli_rows_close(&devices.rows, false, NULL), rc : cli_rows_close(&devices.rows, true, err);
}

const struct cli_command cli_sync[] = {
	{ "batch", "list", "", 0, 0, CLI_STORE, NULL, run_batch_list,
	  T("các gói đã niêm phong và tình trạng", "sealed batches and where they stand") },
	{ "batch", "export", "DIR", 1, 1, CLI_STORE | CLI_JSON, NULL, run_batch_export,
	  T("niêm phong và ghi gói ra thư mục, USB", "seal, and write batches to a folder or stick") },
	{ "batch", "import", "FILE…", 1, CLI_ARGS_MAX, CLI_STORE | CLI_JSON, NULL, run_batch_import,
	  T("nhận gói hoặc biên nhận từ tệp", "take batches or receipts from files") },
	{ "batch", "inspect", "FILE", 1, 1, CLI_STORE | CLI_JSON, NULL, run_batch_inspect,
	  T("trong gói có gì, chỉ đếm", "what is in a batch, counted") },
	{ "sync", NULL, "", 0, 0, CLI_STORE | CLI_JSON, sync_options, run_sync,
	  T("trao đổi với trung tâm hoặc qua thư mục", "exchange with the hub or by a folder") },
	{ "device", "show", "", 0, 0, CLI_STORE | CLI_JSON, NULL, run_device_show,
	  T("thông tin công khai của máy, để ghi danh", "this device's public facts, for enrolment") },
	{ "device", "enrol", "E.mce", 1, 1, CLI_STORE | CLI_JSON, NULL, run_device_enrol,
	  T("ghi danh bằng tệp của trung tâm", "enrol with the hub's file") },
	{ "device", "list", "", 0, 0, CLI_STORE, NULL, run_device_list,
	  T("các máy của phường", "the ward's devices") },
	CLI_END
};
