/*
 * enrol.c - the public half of enrolment: D.json, and the words that are compared aloud.
 */
#include "sync/identity.h"

#include "core/rules/code.h"
#include "db/base/hash.h"
#include "db/base/utf8.h"

#include <jansson.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

/* One syllable a byte: sixteen onsets by sixteen rimes, all easy to say and to hear apart. */
static const char *const onsets[16] = { "b", "c",  "d",	 "đ", "g", "h",	 "l", "m",
					"n", "nh", "ph", "s", "t", "th", "v", "x" };
static const char *const rimes[16] = { "a",  "ai", "am", "an", "ang", "anh", "ao",  "ay",
				       "âm", "ân", "âu", "ôi", "ông", "ơi",  "ung", "o" };

enum { FINGERPRINT_WORDS = 8 };

void fingerprint_words(const uint8_t pk[SIGN_PK], char out[FINGERPRINT_TEXT])
{
	uint8_t digest[HASH_SHORT];
	size_t at = 0;

	hash_of(pk, SIGN_PK, digest, sizeof(digest));
	out[0] = '\0';
	for (size_t i = 0; i < FINGERPRINT_WORDS; i++)
		at += (size_t)snprintf(out + at, FINGERPRINT_TEXT - at, "%s%s%s", i ? " " : "",
				       onsets[digest[i] >> 4], rimes[digest[i] & 15]);
}

enum rc enrol_request(struct app *app, struct buf *json, struct err *err)
{
	struct identity self;
	char device[2 * DEVICE_ID + 1], pk[2 * SIGN_PK + 1], words[FINGERPRINT_TEXT];
	json_t *object;
	char *text;
	enum rc rc = identity_load(app, &self, err);

	if (rc)
		return rc;
	hex_of(app->device, DEVICE_ID, device);
	hex_of(self.sign_pk, SIGN_PK, pk);
	fingerprint_words(self.sign_pk, words);
	identity_done(&self);
	object = json_pack("{s:s, s:s, s:s, s:s, s:i, s:i, s:s}", "device", device, "sign_pk", pk, "unit",
			   app->unit, "unit_name", app->unit_name, "epoch", (int)app->epoch, "slot",
			   (int)app->slot, "fingerprint", words);
	text = object ? json_dumps(object, JSON_COMPACT | JSON_PRESERVE_ORDER) : NULL;
	if (!text)
		die("out of memory");
	buf_text(json, text);
	buf_byte(json, '\n');
	free(text);
	json_decref(object);
	return RC_OK;
}

static bool hex_member(const json_t *object, const char *name, uint8_t *out, size_t len)
{
	const char *text = json_string_value(json_object_get(object, name));

	return text && hex_parse(text, out, len);
}

enum rc enrol_request_parse(const char *json, size_t len, struct enrol_request *out, struct err *err)
{
	json_t *object = json_loadb(json, len, JSON_REJECT_DUPLICATES, NULL);
	const char *unit = json_string_value(json_object_get(object, "unit"));
	const char *name = json_string_value(json_object_get(object, "unit_name"));
	json_int_t epoch = json_integer_value(json_object_get(object, "epoch"));
	struct enrol_request request = { 0 };
	struct buf clean = BUF(sizeof(request.unit_name) - 1);
	bool good = unit && code_unit_valid(unit) && epoch >= 1 && epoch <= UINT16_MAX &&
		    hex_member(object, "device", request.device, DEVICE_ID) &&
		    hex_member(object, "sign_pk", request.sign_pk, SIGN_PK);

	if (good) {
		snprintf(request.unit, sizeof(request.unit), "%s", unit);
		if (!name || utf8_clean(name, strlen(name), &clean, NULL) || clean.full)
			name = NULL;
		snprintf(request.unit_name, sizeof(request.unit_name), "%s", name ? buf_str(&clean) : unit);
		request.epoch = (uint16_t)epoch;
		*out = request;
	}
	buf_done(&clean);
	json_decref(object);
	if (good)
		return RC_OK;
	return err_set(err, RC_INPUT, "Đây không phải tệp `device show` của motcua.",
		       "This is not a file made by motcua's `device show`.");
}
