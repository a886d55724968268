/* save.c - see save.h. */
#include "tui/save.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "db/base/file.h"
#include "tui/ask.h"

static const struct form_row path_rows[] = {
	{ "path", W_CODE, T("Tệp", "File"), T("đường dẫn", "a path"), 0, 400 },
};

enum rc save_path(const char *typed, char *out, size_t size, struct err *err)
{
	const char *home = getenv("HOME");
	size_t len;
	int wrote;

	typed += strspn(typed, " ");
	for (len = strlen(typed); len && typed[len - 1] == ' '; len--)
		;
	if (!len)
		return err_field(err, "path", "Ghi đường dẫn.", "Give a path.");
	if (*typed == '/' || !home || !*home)
		wrote = snprintf(out, size, "%.*s", (int)len, typed);
	else if (typed[0] == '~' && typed[1] == '/')
		wrote = snprintf(out, size, "%s%.*s", home, (int)len - 1, typed + 1);
	else
		wrote = snprintf(out, size, "%s/%.*s", home, (int)len, typed);
	if (wrote < 0 || (size_t)wrote >= size)
		return err_field(err, "path", "Đường dẫn quá dài.", "The path is too long.");
	return RC_OK;
}

struct saving {
	const void *data;
	size_t len;
	char path[SAVE_PATH];
	char asked[SAVE_PATH]; /* is there already; saving once more under this name overwrites it */
};

static enum rc take_file(struct ui *ui, struct form *form, void *ctx, struct err *err)
{
	struct saving *saving = ctx;
	enum rc rc = save_path(form_text(form, "path"), saving->path, sizeof(saving->path), err);

	(void)ui;
	if (rc)
		return rc;
	if (strcmp(saving->asked, saving->path) != 0 && access(saving->path, F_OK) == 0) {
		snprintf(saving->asked, sizeof(saving->asked), "%s", saving->path);
		return err_field(err, "path", "Đã có tệp này. F2 lần nữa để ghi đè, hoặc đổi tên.",
				 "There is such a file. F2 again writes over it, or change the name.");
	}
	return file_write_atomic(saving->path, saving->data, saving->len, err);
}

bool save_run(struct ui *ui, const struct words *title, const char *offered, const void *data, size_t len)
{
	struct saving *saving = calloc(1, sizeof(*saving));
	struct form form;
	bool saved;

	if (!saving)
		die("no memory for a path");
	saving->data = data;
	saving->len = len;
	form_init(&form, path_rows, ARRAY_LEN(path_rows), NULL, NULL, ui->lang);
	form_put(&form, "path", offered);
	saved = ask_form(ui, title,
			 UI_T(ui, "Tên không có / ở đầu nằm trong thư mục của người dùng máy.",
			      "A name without / in front lies in the home folder."),
			 &form, take_file, saving);
	form_done(&form);
	if (saved)
		ui_format(ui, STYLE_GOOD, UI_T(ui, "Đã ghi %s", "Wrote %s"), saving->path);
	free(saving);
	return saved;
}

struct path_room {
	char *out;
	size_t size;
};

static enum rc take_path(struct ui *ui, struct form *form, void *ctx, struct err *err)
{
	struct path_room *room = ctx;
	enum rc rc = save_path(form_text(form, "path"), room->out, room->size, err);

	(void)ui;
	if (!rc && access(room->out, F_OK) != 0)
		return err_field(err, "path", "Không có tệp hay thư mục này.",
				 "There is no such file or folder.");
	return rc;
}

bool save_ask_path(struct ui *ui, const struct words *title, const char *text, const char *offered, char *out,
		   size_t size)
{
	struct path_room room = { out, size };
	struct form form;
	bool taken;

	form_init(&form, path_rows, ARRAY_LEN(path_rows), NULL, NULL, ui->lang);
	form_put(&form, "path", offered);
	taken = ask_form(ui, title, text, &form, take_path, &room);
	form_done(&form);
	return taken;
}
