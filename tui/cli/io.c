/* io.c - input, output, messages and passphrases of a command. */
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include "db/base/utf8.h"
#include "tui/cli/cli.h"

void cli_say(const struct cli *cli, const char *vi, const char *en, ...)
{
	va_list args;

	va_start(args, en);
	(void)vfprintf(stderr, cli->lang == LANG_EN ? en : vi, args);
	va_end(args);
	(void)fputc('\n', stderr);
}

void cli_reported(struct cli *cli)
{
	cli->failed_said = true;
}

void cli_say_line(const struct cli *cli, unsigned long line, const struct err *err)
{
	if (err->field[0])
		(void)fprintf(stderr, "line %lu: %s: %s\n", line, err->field, err_text(err, cli->lang));
	else
		(void)fprintf(stderr, "line %lu: %s\n", line, err_text(err, cli->lang));
}

void cli_say_note(void *ctx, size_t line, bool is_warning, const struct err *why)
{
	const struct cli *cli = ctx;
	struct err said = *why;

	if (is_warning)
		(void)err_in(&said, "cảnh báo", "warning");
	cli_say_line(cli, line, &said);
}

FILE *cli_out(struct cli *cli)
{
	const char *path = cli_opt(cli, "output");
	int fd;

	if (cli->out)
		return cli->out;
	cli->out = stdout;
	if (!path || !strcmp(path, "-"))
		return cli->out;
	if (snprintf(cli->out_tmp, sizeof(cli->out_tmp), "%s.%ld.tmp", path,
		     (long)getpid()) >= (int)sizeof(cli->out_tmp)) {
		cli->out_tmp[0] = '\0';
		return cli->out;
	}
	fd = open(cli->out_tmp, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	cli->out = fd < 0 ? NULL : fdopen(fd, "w");
	if (!cli->out) {
		cli_say(cli, "không ghi được %s: %s", "cannot write %s: %s", path, strerror(errno));
		if (fd >= 0)
			(void)close(fd);
		(void)unlink(cli->out_tmp);
		exit(1); /* before anything was done: the caller asks for its output first */
	}
	return cli->out;
}

enum rc cli_in_open(struct cli *cli, const char *path, FILE **in, struct err *err)
{
	const char *passphrase = cli_opt(cli, "passphrase-file");
	struct stat st;

	if (!strcmp(path, "-")) {
		if (isatty(STDIN_FILENO) && !(passphrase && !strcmp(passphrase, "-")))
			cli_say(cli, "đang đọc từ bàn phím, Ctrl-D để kết thúc",
				"reading from the keyboard, Ctrl-D ends it");
		*in = stdin;
		return RC_OK;
	}
	*in = fopen(path, "re");
	if (!*in && errno == ENOENT)
		return err_set(err, RC_NONE, "không có tệp %.300s", "no file %.300s", path);
	if (!*in)
		return err_set(err, RC_IO, "không mở được %.200s: %s", "cannot open %.200s: %s", path, strerror(errno));
	if (!fstat(fileno(*in), &st) && S_ISDIR(st.st_mode)) {
		(void)fclose(*in);
		*in = NULL;
		return err_set(err, RC_IO, "%.300s là thư mục", "%.300s is a folder", path);
	}
	return RC_OK;
}

void cli_in_close(FILE *in)
{
	if (in && in != stdin)
		(void)fclose(in);
}

enum rc cli_in_all(struct cli *cli, const char *path, struct buf *out, struct err *err)
{
	FILE *in;
	enum rc rc = cli_in_open(cli, path, &in, err);
	uint8_t chunk[65536];
	size_t got;

	if (rc)
		return rc;
	while (!out->full && (got = fread(chunk, 1, sizeof(chunk), in)) > 0)
		buf_add(out, chunk, got);
	if (out->full)
		rc = err_set(err, RC_INPUT, "dữ liệu vào quá lớn (hơn %zu byte)",
			     "the input is too large (over %zu bytes)",
			     out->max);
	else if (ferror(in))
		rc = err_set(err, RC_IO, "không đọc được %.200s", "cannot read %.200s", path);
	cli_in_close(in);
	return rc;
}

/* One line of `fd`, byte by byte so that the rest stays for others; RC_INPUT past the limit. */
static enum rc read_line(int fd, struct buf *out, struct err *err)
{
	char c;
	ssize_t got;

	for (;;) {
		got = read(fd, &c, 1);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return err_set(err, RC_IO, "không đọc được mật khẩu: %s", "cannot read the passphrase: %s",
				       strerror(errno));
		if (got == 0 || c == '\n')
			break;
		buf_byte(out, (uint8_t)c);
	}
	while (out->len && out->data[out->len - 1] == '\r')
		out->data[--out->len] = '\0';
	if (out->full)
		return err_set(err, RC_REFUSED, "mật khẩu quá dài", "the passphrase is too long");
	return RC_OK;
}

/* NFC, and nothing that a keyboard cannot type again. */
static enum rc clean_secret(struct buf *raw, struct buf *out, struct err *err)
{
	if (!raw->len)
		return err_set(err, RC_REFUSED, "chưa có mật khẩu", "there is no passphrase");
	if (utf8_clean((const char *)raw->data, raw->len, out, NULL))
		return err_set(err, RC_REFUSED, "mật khẩu có ký tự không gõ lại được",
			       "the passphrase has characters that cannot be typed again");
	return RC_OK;
}

static enum rc secret_from_file(const char *path, struct buf *out, struct err *err)
{
	int fd = !strcmp(path, "-") ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
	struct buf raw = BUF(DB_PASSPHRASE_MAX);
	enum rc rc;

	if (fd < 0)
		return err_set(err, RC_REFUSED, "không mở được tệp mật khẩu: %s", "cannot open the passphrase file: %s",
			       strerror(errno));
	rc = read_line(fd, &raw, err);
	if (!rc)
		rc = clean_secret(&raw, out, err);
	buf_wipe_done(&raw);
	if (fd != STDIN_FILENO)
		(void)close(fd);
	return rc;
}

static enum rc secret_asked(const struct cli *cli, const struct words *prompt, struct buf *out, struct err *err)
{
	int tty = open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC);
	const char *text = words_in(prompt, cli->lang);
	struct buf raw = BUF(DB_PASSPHRASE_MAX);
	struct termios before, quiet;
	enum rc rc;

	if (tty < 0 || tcgetattr(tty, &before)) {
		if (tty >= 0)
			(void)close(tty);
		return err_set(err, RC_REFUSED, "chưa có mật khẩu: dùng --passphrase-file",
			       "no passphrase: use --passphrase-file");
	}
	quiet = before;
	quiet.c_lflag &= ~(tcflag_t)ECHO;
	if (write(tty, text, strlen(text)) < 0 || tcsetattr(tty, TCSAFLUSH, &quiet)) {
		rc = err_set(err, RC_IO, "không hỏi được mật khẩu: %s", "cannot ask for the passphrase: %s",
			     strerror(errno));
	} else {
		rc = read_line(tty, &raw, err);
		(void)tcsetattr(tty, TCSAFLUSH, &before);
		(void)!write(tty, "\n", 1);
	}
	if (!rc)
		rc = clean_secret(&raw, out, err);
	buf_wipe_done(&raw);
	(void)close(tty);
	return rc;
}

enum rc cli_passphrase(struct cli *cli, struct buf *out, struct err *err)
{
	static const struct words prompt = T("Mật khẩu: ", "Passphrase: ");
	const char *path = cli_opt(cli, "passphrase-file");

	return path ? secret_from_file(path, out, err) : secret_asked(cli, &prompt, out, err);
}

enum rc cli_new_passphrase(struct cli *cli, bool either, struct buf *out, struct err *err)
{
	static const struct words first = T("Mật khẩu mới: ", "New passphrase: ");
	static const struct words again = T("Gõ lại mật khẩu mới: ", "New passphrase again: ");
	const char *path = cli_opt(cli, "new-passphrase-file");
	struct buf second = BUF(DB_PASSPHRASE_MAX);
	enum rc rc;

	if (!path && either)
		path = cli_opt(cli, "passphrase-file");
	if (path) {
		rc = secret_from_file(path, out, err);
	} else {
		rc = secret_asked(cli, &first, out, err);
		if (!rc)
			rc = secret_asked(cli, &again, &second, err);
		if (!rc && strcmp(buf_str(out), buf_str(&second)))
			rc = err_set(err, RC_REFUSED, "hai lần gõ khác nhau; chưa đổi gì",
				     "the two differ; nothing was changed");
	}
	if (!rc && utf8_letters(buf_str(out)) < DB_PASSPHRASE_MIN)
		rc = err_set(err, RC_REFUSED, "mật khẩu cần ít nhất %d ký tự",
			     "a passphrase has at least %d characters",
			     DB_PASSPHRASE_MIN);
	buf_wipe_done(&second);
	return rc;
}

/* mkdir -p of the folder that `path` stands in. */
static enum rc make_folder_of(const char *path, struct err *err)
{
	char part[4096];

	for (const char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
		(void)snprintf(part, sizeof(part), "%.*s", (int)(slash - path), path);
		if (mkdir(part, 0700) && errno != EEXIST)
			return err_set(err, RC_IO, "không tạo được thư mục %.200s: %s",
				       "cannot make the folder %.200s: %s", part,
				       strerror(errno));
	}
	return RC_OK;
}

enum rc cli_store_path(const struct cli *cli, bool make, char *out, size_t size, struct err *err)
{
	const char *given = cli_opt(cli, "store"), *data = getenv("XDG_DATA_HOME"), *home = getenv("HOME");
	int len;

	if (given)
		len = snprintf(out, size, "%s", given);
	else if (data && data[0] == '/')
		len = snprintf(out, size, "%s/motcua/ward.motcua", data);
	else if (home && home[0])
		len = snprintf(out, size, "%s/.local/share/motcua/ward.motcua", home);
	else
		return err_set(err, RC_USAGE, "không biết tệp dữ liệu ở đâu: dùng --store",
			       "where is the store? use --store");
	if (len < 1 || (size_t)len >= size)
		return err_set(err, RC_USAGE, "--store trống hoặc quá dài", "--store is empty or too long");
	return make && !given ? make_folder_of(out, err) : RC_OK;
}
