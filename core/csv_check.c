#include "core/csv_check.h"

#include <string.h>

#include "core/catalog.h"
#include "core/value.h"
#include "db/rec_fields.h"

static enum rc check_procedure(const struct rec *row, struct err *err)
{
	static const struct {
		unsigned value, unit;
		const char *name;
	} times[] = {
		{ PROCEDURE_TIME_VALUE, PROCEDURE_TIME_UNIT, "time_unit" },
		{ PROCEDURE_TIME_ONLINE_VALUE, PROCEDURE_TIME_ONLINE_UNIT, "time_online_unit" },
		{ PROCEDURE_TIME_POSTAL_VALUE, PROCEDURE_TIME_POSTAL_UNIT, "time_postal_unit" },
	};
	int64_t from = rec_num(row, PROCEDURE_EFFECTIVE_FROM), to = rec_num(row, PROCEDURE_EFFECTIVE_TO);

	for (size_t i = 0; i < ARRAY_LEN(times); i++)
		if (rec_has(row, times[i].value) != rec_has(row, times[i].unit))
			return err_field(err, times[i].name, "thời hạn phải có cả số và đơn vị",
					 "a time needs both a value and a unit");
	if (from != MSEC_NONE && to != MSEC_NONE && to < from)
		return err_field(err, "effective_to", "hết hiệu lực trước khi có hiệu lực",
				 "it ends before it begins");
	return RC_OK;
}

/* A template is for any procedure. */
static enum rc check_owner(struct app *app, const struct rec *row, unsigned tag, struct err *err)
{
	const char *code = rec_text(row, tag);

	if (row->kind == REC_STEP && (!strcmp(code, "*") || !strcmp(code, "#one_day")))
		return RC_OK;
	if (catalog_knows_procedure(app, code))
		return RC_OK;
	return err_field(err, "procedure_code", "thủ tục không có trong danh mục; hãy nhập procedures trước",
			 "no such procedure in the catalogue; import procedures first");
}

static enum rc check_holiday(const struct rec *row, struct err *err)
{
	char word[32];
	bool makeup;

	enum_word(field_tagged(rec_type(REC_HOLIDAY)->fields, HOLIDAY_KIND), rec_num(row, HOLIDAY_KIND), word,
		  sizeof(word));
	makeup = !strcmp(word, "makeup_workday");
	if (makeup == rec_true(row, HOLIDAY_IS_WORKDAY))
		return RC_OK;
	return err_field(err, "is_workday", "ngày làm bù (makeup_workday) là 1, ngày nghỉ là 0",
			 "a make-up day is 1, a day off is 0");
}

enum rc csv_check(struct app *app, const struct rec *row, struct err *err)
{
	switch (row->kind) {
	case REC_PROCEDURE:
		return check_procedure(row, err);
	case REC_DOCUMENT:
		return check_owner(app, row, DOCUMENT_PROCEDURE_CODE, err);
	case REC_STEP:
		if (rec_num(row, STEP_SHARE) < 0 || rec_num(row, STEP_SHARE) > DEC_ONE)
			return err_field(err, "share", "phải từ 0 đến 1", "must be from 0 to 1");
		return check_owner(app, row, STEP_PROCEDURE_CODE, err);
	case REC_HOLIDAY:
		return check_holiday(row, err);
	case REC_TARGET:
		if (rec_num(row, TARGET_VALUE) < 0)
			return err_field(err, "value", "không được âm", "must not be negative");
		return RC_OK;
	default:
		return RC_OK;
	}
}

bool csv_doubt(const struct rec *row, struct err *why)
{
	static const char *const indicators[] = { "online_filing",  "digitised",	 "reused",
						  "online_payment", "electronic_result", "on_time",
						  "satisfaction" };
	int64_t year = rec_num(row, HOLIDAY_YEAR);

	if (row->kind == REC_HOLIDAY && year != MSEC_NONE &&
	    year != dayno_civil((dayno)rec_num(row, HOLIDAY_DATE)).year)
		return err_field(why, "year", "năm khác năm của ngày", "not the year of the date");
	if (row->kind != REC_TARGET)
		return false;
	for (size_t i = 0; i < ARRAY_LEN(indicators); i++)
		if (!strcmp(rec_text(row, TARGET_INDICATOR), indicators[i]))
			return false;
	return err_field(why, "indicator", "báo cáo không có chỉ tiêu này", "no report has this indicator");
}
