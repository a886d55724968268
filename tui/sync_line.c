/* sync_line.c - see sync_line.h. */
#include "tui/sync_line.h"

#include <stdio.h>
#include <string.h>

#include "core/setting.h"

int64_t sync_unsent_days(struct app *app, const struct outbox_status *status)
{
	msec now = app_now(app);

	if (!status->unsent_events || status->oldest == MSEC_NONE || now <= status->oldest)
		return 0;
	return (now - status->oldest) / DAY_MS;
}

const char *sync_when(msec at, char *out, size_t size)
{
	struct civil civil = clock_civil(at);

	snprintf(out, size, "%02d:%02d %02d/%02d", civil.hour, civil.minute, civil.day, civil.month);
	return out;
}

#define CLOCK_NEAR_MS (10 * MINUTE_MS)

bool sync_clock(struct app *app, enum lang lang, char *out, size_t size)
{
	static const struct {
		msec unit, up_to; /* told in `unit` while they are less than `up_to` apart */
		struct words words;
	} scales[] = {
		{ MINUTE_MS, 90 * MINUTE_MS, T("phút", "minutes") },
		{ HOUR_MS, 2 * DAY_MS, T("giờ", "hours") },
		{ DAY_MS, INT64_MAX, T("ngày", "days") },
	};
	msec offset = local_int(app->db, "hub_offset", 0);
	msec apart = offset < 0 ? -offset : offset;
	bool en = lang == LANG_EN;
	const char *unit;
	size_t scale = 0;
	long long count;

	*out = '\0';
	if (apart < CLOCK_NEAR_MS)
		return false;
	while (scale + 1 < ARRAY_LEN(scales) && apart >= scales[scale].up_to)
		scale++;
	count = (apart + scales[scale].unit / 2) / scales[scale].unit;
	unit = en ? scales[scale].words.en : scales[scale].words.vi;
	if (offset < 0)
		snprintf(out, size,
			 en ? "%lld %s ahead of the hub's: see which is right"
			    : "nhanh %lld %s so với trung tâm: xem bên nào đúng",
			 count, unit);
	else
		snprintf(out, size,
			 en ? "%lld %s behind the hub's: see which is right"
			    : "chậm %lld %s so với trung tâm: xem bên nào đúng",
			 count, unit);
	return true;
}

enum style sync_line(struct app *app, enum lang lang, char *out, size_t size)
{
	struct outbox_status status;
	unsigned long long unsent;
	char oldest[24] = "", receipt[24] = "";
	bool en = lang == LANG_EN;
	int64_t days;
	size_t used;

	*out = '\0';
	if (outbox_status(app, &status, NULL) || !status.enrolled)
		return STYLE_DIM;
	unsent = (unsigned long long)status.unsent_events;
	days = sync_unsent_days(app, &status);
	if (status.oldest != MSEC_NONE)
		sync_when(status.oldest, oldest, sizeof(oldest));
	if (status.last_receipt != MSEC_NONE)
		sync_when(status.last_receipt, receipt, sizeof(receipt));
	if (unsent && days >= setting_int(app, "sync_nag_days")) {
		snprintf(out, size,
			 en ? "%llu unsent for %lld days: send them, key 6 on Today."
			    : "Còn %llu việc chưa gửi đã %lld ngày: bấm 6 ở màn hình Hôm nay.",
			 unsent, (long long)days);
		return STYLE_WARN;
	}
	if (unsent && *receipt)
		snprintf(out, size,
			 en ? "Unsent %llu (since %s). Receipt %s." : "Chưa gửi %llu (từ %s). Biên nhận %s.",
			 unsent, oldest, receipt);
	else if (unsent)
		snprintf(out, size,
			 en ? "Unsent %llu (since %s). No receipt yet."
			    : "Chưa gửi %llu (từ %s). Chưa có biên nhận.",
			 unsent, oldest);
	else
		snprintf(out, size, en ? "All sent. Receipt %s." : "Đã gửi hết. Biên nhận %s.", receipt);
	used = strlen(out);
	if (status.last_error.rc)
		snprintf(out + used, size - used, "%s", en ? " ERROR: key 6." : " LỖI: bấm 6.");
	else if (status.stopped != MSEC_NONE && unsent)
		snprintf(out + used, size - used, en ? " Stopped, key 6." : " Đã dừng, bấm 6.");
	return status.last_error.rc || status.stopped != MSEC_NONE ? STYLE_WARN : STYLE_DIM;
}
