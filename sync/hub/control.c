#define _GNU_SOURCE /* fopencookie, struct ucred */
#include "sync/hub/control.h"

#include "db/base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

enum {
	REQUEST_MAX = COMMAND_INPUT_MAX + (1 << 20),
	ANSWER_MAX = 1 << 30, /* of one piece: a ward's whole export */
	STALL_S = 10,	      /* the other end is our own program: it never waits */
	PROOF = 32,
	FRAME_HEAD = 5,
};

/* What an answer consists of: a kind, a length in four bytes, bytes. */
enum frame { FRAME_OUT = 'o', FRAME_SAY = 's', FRAME_END = 'e' };

/* DATA may be longer than a socket's address: it is reached through an open descriptor. */
static void address_in(int folder, struct sockaddr_un *out)
{
	memset(out, 0, sizeof(*out));
	out->sun_family = AF_UNIX;
	(void)snprintf(out->sun_path, sizeof(out->sun_path), "/proc/self/fd/%d/control", folder);
}

static int open_folder(const char *dir)
{
	return open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

static bool set_stall(int fd)
{
	const struct timeval stall = { .tv_sec = STALL_S };

	return !setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &stall, sizeof(stall)) &&
	       !setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &stall, sizeof(stall));
}

static bool send_all(int fd, const void *data, size_t len)
{
	const char *at = data;

	while (len) {
		ssize_t sent = send(fd, at, len, MSG_NOSIGNAL);

		if (sent < 0 && errno == EINTR)
			continue;
		if (sent <= 0)
			return false;
		at += sent;
		len -= (size_t)sent;
	}
	return true;
}

static bool receive_all(int fd, void *data, size_t len)
{
	char *at = data;

	while (len) {
		ssize_t got = recv(fd, at, len, 0);

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return false;
		at += got;
		len -= (size_t)got;
	}
	return true;
}

/* That the key file was read, without saying what is in it. */
static void prove(const struct hub *hub, uint8_t out[PROOF])
{
	static const char what[] = "motcua hub control 1";

	(void)crypto_generichash(out, PROOF, (const uint8_t *)what, sizeof(what), hub->key, sizeof(hub->key));
}

static void put_text(struct buf *to, const char *text)
{
	buf_byte(to, text != NULL);
	if (text)
		wire_put_bytes(to, text, strlen(text) + 1);
}

/* NULL for one that is not there; sets `bad` for anything but one whole text. */
static const char *take_text(struct reader *r)
{
	struct span span;

	if (!wire_byte(r))
		return NULL;
	span = wire_bytes(r);
	if (!r->bad && (!span.len || memchr(span.data, 0, span.len) != span.data + span.len - 1))
		r->bad = true;
	return r->bad ? NULL : (const char *)span.data;
}

/* All that stands on `in`, and back to its start. */
static bool put_input(struct buf *to, FILE *in)
{
	struct buf bytes = BUF(COMMAND_INPUT_MAX);
	char piece[4096];
	size_t got;

	while (in && (got = fread(piece, 1, sizeof(piece), in)))
		buf_add(&bytes, piece, got);
	if (in)
		rewind(in);
	wire_put_bytes(to, buf_str(&bytes), bytes.len);
	buf_done(&bytes);
	return !bytes.full && !to->full;
}

static bool put_request(const struct hub *hub, const struct command *command, const struct args *args,
			struct buf *to)
{
	struct args copy = *args;
	uint8_t proof[PROOF];

	prove(hub, proof);
	buf_add(to, proof, sizeof(proof));
	put_text(to, command->name);
	for (const struct arg_text *t = arg_texts; t->name; t++)
		put_text(to, *arg_text_in(&copy, t));
	buf_byte(to, args->lang == LANG_EN);
	buf_byte(to, args->dry_run);
	wire_put_uint(to, (uint64_t)args->count);
	for (int i = 0; i < args->count; i++)
		put_text(to, args->words[i]);
	return put_input(to, args->in);
}

/* A request taken apart; texts stay in `bytes`. */
struct asked {
	struct buf bytes;
	const struct command *command;
	struct args args;
	char *words[COMMAND_WORDS_MAX + 1];
};

static bool take_words(struct reader *r, struct asked *asked)
{
	uint64_t count = wire_uint(r);

	if (r->bad || count > COMMAND_WORDS_MAX)
		return false;
	for (uint64_t i = 0; i < count; i++) {
		const char *word = take_text(r);

		if (!word)
			return false;
		asked->words[i] = (char *)(uintptr_t)word;
	}
	asked->args.words = asked->words;
	asked->args.count = (int)count;
	return true;
}

static bool take_request(const struct hub *hub, struct asked *asked, bool *proven)
{
	struct reader r = reader_on(asked->bytes.data, asked->bytes.len);
	struct span given = wire_take(&r, PROOF), input;
	uint8_t proof[PROOF];
	const char *name;

	prove(hub, proof);
	*proven = !r.bad && !sodium_memcmp(given.data, proof, PROOF);
	name = take_text(&r);
	if (!*proven || !name)
		return false;
	asked->command = command_named(name);
	for (const struct arg_text *t = arg_texts; t->name; t++)
		*arg_text_in(&asked->args, t) = take_text(&r);
	asked->args.lang = wire_byte(&r) ? LANG_EN : LANG_VI;
	asked->args.dry_run = wire_byte(&r);
	if (!take_words(&r, asked))
		return false;
	input = wire_bytes(&r);
	if (!reader_at_end(&r) || !asked->command || asked->command->way == COMMAND_BARE ||
	    asked->command->way == COMMAND_ALONE)
		return false;
	asked->args.in = input.len ? fmemopen((void *)(uintptr_t)input.data, input.len, "r")
				   : fopen("/dev/null", "re");
	return asked->args.in != NULL;
}

static bool send_frame(int fd, enum frame kind, const void *data, size_t len)
{
	uint8_t head[FRAME_HEAD] = { (uint8_t)kind, (uint8_t)(len >> 24), (uint8_t)(len >> 16),
				     (uint8_t)(len >> 8), (uint8_t)len };

	return send_all(fd, head, sizeof(head)) && send_all(fd, data, len);
}

struct stream {
	int fd;
	enum frame kind;
};

static ssize_t write_stream(void *cookie, const char *data, size_t len)
{
	const struct stream *stream = cookie;

	return send_frame(stream->fd, stream->kind, data, len) ? (ssize_t)len : 0;
}

static FILE *stream_open(struct stream *stream)
{
	static const cookie_io_functions_t ways = { .write = write_stream };
	FILE *file = fopencookie(stream, "w", ways);

	if (!file)
		die("out of memory");
	return file;
}

static void speak(struct hub *hub, enum lang lang)
{
	hub->lang = lang;
	for (size_t i = 0; i < hub->wards_count; i++)
		hub->wards[i]->app.lang = lang;
}

/* Run it as main would, with its output on the socket. */
static void run(int fd, struct hub *hub, struct asked *asked)
{
	struct stream out = { fd, FRAME_OUT }, say = { fd, FRAME_SAY };
	enum lang lang = hub->lang;
	struct err err = { 0 };
	char when[CLOCK_TEXT];
	uint8_t code;
	enum rc rc;

	asked->args.out = stream_open(&out);
	asked->args.say = stream_open(&say);
	speak(hub, asked->args.lang);
	rc = asked->command->run(hub, &asked->args, &err);
	speak(hub, lang);
	if (fclose(asked->args.out) && !rc)
		rc = err_set(&err, RC_IO, "Không ghi được kết quả.", "The result cannot be written.");
	if (rc)
		fprintf(asked->args.say, "motcua-hub: %s\n", err_text(&err, asked->args.lang));
	(void)fclose(asked->args.say);
	code = (uint8_t)err_exit_code(rc);
	(void)send_frame(fd, FRAME_END, &code, 1);
	fprintf(stderr, "{\"at\":\"%s\",\"command\":\"%s\",\"exit\":%u}\n", clock_format(clock_system(), when),
		asked->command->name, code);
}

/* In both languages: what was asked for was not read. */
static void refuse(int fd, bool proven)
{
	struct buf text = BUF(4096);
	struct err why;
	enum rc rc = proven ? err_set(&why, RC_USAGE, "Yêu cầu không hiểu được.", "The request makes no sense.")
			    : err_set(&why, RC_REFUSED, "Tệp khóa không phải của trung tâm này.",
				      "The key file is not this hub's.");
	uint8_t code = (uint8_t)err_exit_code(rc);

	buf_printf(&text, "motcua-hub: %s / %s\n", why.vi, why.en);
	(void)send_frame(fd, FRAME_SAY, text.data, text.len);
	(void)send_frame(fd, FRAME_END, &code, 1);
	buf_done(&text);
}

static bool is_ours(int fd)
{
	struct ucred peer;
	socklen_t len = sizeof(peer);

	return !getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &len) &&
	       (peer.uid == geteuid() || peer.uid == 0);
}

static bool receive_request(int fd, struct buf *out)
{
	uint8_t head[4], *room;
	struct reader r = reader_on(head, sizeof(head));
	size_t len;

	if (!receive_all(fd, head, sizeof(head)))
		return false;
	len = (size_t)wire_be(&r, sizeof(head));
	room = buf_room(out, len);
	if (!room || !receive_all(fd, room, len))
		return false;
	out->len += len;
	return true;
}

void control_answer(struct control *control, struct hub *hub)
{
	struct asked *asked;
	bool proven = false;
	int fd = accept4(control->fd, NULL, NULL, SOCK_CLOEXEC);

	if (fd < 0)
		return;
	asked = calloc(1, sizeof(*asked));
	if (!asked)
		die("out of memory");
	asked->bytes = (struct buf)BUF(REQUEST_MAX);
	if (is_ours(fd) && set_stall(fd) && receive_request(fd, &asked->bytes)) {
		if (take_request(hub, asked, &proven))
			run(fd, hub, asked);
		else
			refuse(fd, proven);
	}
	if (asked->args.in)
		(void)fclose(asked->args.in);
	buf_wipe_done(&asked->bytes);
	free(asked);
	close(fd);
}

enum rc control_open(struct control *control, const struct hub *hub, struct err *err)
{
	struct sockaddr_un address;
	mode_t mask = umask(0177);
	bool good;

	control->folder = open_folder(hub->dir);
	control->fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	address_in(control->folder, &address);
	if (control->folder >= 0)
		(void)unlinkat(control->folder, "control", 0); /* of one that was killed */
	good = control->folder >= 0 && control->fd >= 0 &&
	       !bind(control->fd, (struct sockaddr *)&address, sizeof(address)) && !listen(control->fd, 16);
	(void)umask(mask);
	if (good)
		return RC_OK;
	control_close(control);
	return err_set(err, RC_IO, "Không mở được cổng điều khiển trong thư mục dữ liệu.",
		       "The control socket cannot be opened in the data folder.");
}

void control_close(struct control *control)
{
	if (control->fd >= 0) {
		(void)unlinkat(control->folder, "control", 0);
		close(control->fd);
	}
	if (control->folder >= 0)
		close(control->folder);
	control->fd = control->folder = -1;
}

int control_connect(const char *dir)
{
	struct sockaddr_un address;
	int folder = open_folder(dir), fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	address_in(folder, &address);
	if (fd >= 0 && (folder < 0 || connect(fd, (struct sockaddr *)&address, sizeof(address)))) {
		close(fd);
		fd = -1;
	}
	if (folder >= 0)
		close(folder);
	return fd;
}

static enum rc went_away(struct err *err)
{
	return err_set(err, RC_IO,
		       "Tiến trình đang phục vụ dừng trước khi trả lời: hãy chạy lại lệnh này, làm lại không sao.",
		       "The serving process went away before it had answered: run this again, it does no harm.");
}

/* Read the answer whole, then write it: the hub never waits for a terminal. */
static enum rc receive_answer(int fd, struct buf out[2], int *code, struct err *err)
{
	for (;;) {
		uint8_t head[FRAME_HEAD], *room;
		struct reader r = reader_on(head + 1, FRAME_HEAD - 1);
		size_t len;

		if (!receive_all(fd, head, sizeof(head)))
			return went_away(err);
		len = (size_t)wire_be(&r, FRAME_HEAD - 1);
		room = buf_room(&out[head[0] == FRAME_SAY], len);
		if (!room)
			return err_set(err, RC_FULL, "Kết quả quá lớn: hãy chọn một đơn vị hoặc khoảng ngày.",
				       "The result is too large: choose a unit or dates.");
		if (!receive_all(fd, room, len))
			return went_away(err);
		if (head[0] == FRAME_END) {
			*code = len ? room[0] : 1;
			return RC_OK;
		}
		out[head[0] == FRAME_SAY].len += len;
	}
}

enum rc control_ask(int fd, const struct hub *hub, const struct command *command, const struct args *args,
		    int *code, struct err *err)
{
	struct buf request = BUF(REQUEST_MAX), out[2] = { BUF(ANSWER_MAX), BUF(ANSWER_MAX) };
	uint8_t head[4];
	enum rc rc = RC_OK;

	if (!put_request(hub, command, args, &request)) {
		rc = err_set(err, RC_FULL, "Dữ liệu vào quá lớn.", "The input is too large.");
		goto out;
	}
	for (size_t i = 0; i < sizeof(head); i++)
		head[i] = (uint8_t)(request.len >> (24 - 8 * i));
	rc = send_all(fd, head, sizeof(head)) && send_all(fd, request.data, request.len)
		     ? receive_answer(fd, out, code, err)
		     : went_away(err);
	if (fwrite(out[0].data ? out[0].data : head, 1, out[0].len, args->out) != out[0].len && !rc)
		rc = err_set(err, RC_IO, "Không ghi được kết quả.", "The result cannot be written.");
	(void)fwrite(out[1].data ? out[1].data : head, 1, out[1].len, args->say);
out:
	close(fd);
	buf_wipe_done(&request);
	buf_wipe_done(&out[0]);
	buf_wipe_done(&out[1]);
	return rc;
}
