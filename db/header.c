#include "db/header.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <string.h>
#include <unistd.h>

#include "db/base/wire.h"
#include "db/vfs_seal.h"

enum {
	SLOTS_AT = 512,
	SLOT_SIZE = 512,
	MAC_AT = 32192,
	HASH_AT = MAC_AT + HEADER_HASH_SIZE,
	STATE_CLEAN = 1,
	STATE_OPEN = 2,
	FAILURE_MARK_SIZE = 16,
	/* SQLite's locking bytes on unix, part of its file format. */
	LOCK_PENDING = 0x40000000,
	LOCK_BYTES = 512,
};

_Static_assert(HASH_AT + HEADER_HASH_SIZE == HEADER_FAILURES, "hash ends where the failures begin");
_Static_assert(HEADER_FAILURES + HEADER_FAILURES_SIZE == HEADER_COPY, "failures end the copy");
_Static_assert(SLOTS_AT + SLOT_SIZE * HEADER_SLOTS <= MAC_AT, "slots fit");

static const uint8_t MAGIC[7] = { 'M', 'O', 'T', 'C', 'U', 'A', 0x1a };

void header_draw(struct header *header, const struct key_ring *ring)
{
	*header = (struct header){ .generation = 1 };
	randombytes_buf(header->store_id, KEY_ID_SIZE);
	memcpy(header->key_id, ring->id, KEY_ID_SIZE);
	page_id_draw(header->page_id, HEADER_PAGE);
}

static const uint8_t ZEROS[MAC_AT];

/* Zeros up to `at`. */
static void pad_to(struct buf *out, size_t at)
{
	buf_add(out, ZEROS, at - out->len);
}

/* A key slot's bytes, in the order they lie in the file. */
static const struct {
	size_t at, len; /* in the struct */
} slot_parts[] = {
	{ offsetof(struct key_slot, id), KEY_ID_SIZE },
	{ offsetof(struct key_slot, salt), KEY_SALT_SIZE },
	{ offsetof(struct key_slot, nonce), KEY_NONCE_SIZE },
	{ offsetof(struct key_slot, public_key), KEY_SIZE },
	{ offsetof(struct key_slot, wrapped), KEY_WRAPPED_SIZE },
	{ offsetof(struct key_slot, sealed), KEY_SEALED_SIZE },
	{ offsetof(struct key_slot, name_nonce), KEY_NONCE_SIZE },
	{ offsetof(struct key_slot, name), KEY_NAME_SIZE },
};

static void pack_slot(struct buf *out, const struct key_slot *slot)
{
	size_t start = out->len;

	if (slot->kind != KEY_FREE) {
		wire_put_be(out, slot->kind, 4);
		wire_put_be(out, slot->cost.ops, 4);
		wire_put_be(out, slot->cost.mem_kib, 4);
		wire_put_be(out, 0, 4);
		for (size_t i = 0; i < ARRAY_LEN(slot_parts); i++)
			buf_add(out, (const uint8_t *)slot + slot_parts[i].at, slot_parts[i].len);
	}
	pad_to(out, start + SLOT_SIZE);
}

/* Everything the MAC covers, MAC_AT bytes. */
static void pack_body(struct buf *out, const struct header *header)
{
	buf_add(out, MAGIC, sizeof(MAGIC));
	buf_byte(out, HEADER_VERSION);
	wire_put_be(out, header->generation, 8);
	buf_add(out, header->store_id, KEY_ID_SIZE);
	buf_add(out, header->key_id, KEY_ID_SIZE);
	buf_add(out, header->page_id, PAGE_ID_SIZE);
	wire_put_be(out, header->epoch, 4);
	wire_put_be(out, header->clean ? STATE_CLEAN : STATE_OPEN, 4);
	wire_put_be(out, header->pages, 8);
	buf_add(out, header->head, HEADER_HASH_SIZE);
	buf_add(out, header->page1_tag, PAGE_TAG_SIZE);
	pad_to(out, SLOTS_AT);
	for (size_t i = 0; i < HEADER_SLOTS; i++)
		pack_slot(out, &header->slots[i]);
	pad_to(out, MAC_AT);
}

static void body_mac(const uint8_t *body, const struct key_ring *ring, uint8_t mac[HEADER_HASH_SIZE])
{
	crypto_generichash(mac, HEADER_HASH_SIZE, body, MAC_AT, ring->mac, KEY_SIZE);
}

void header_pack(const struct header *header, const struct key_ring *ring, unsigned failures,
		 uint8_t copy[HEADER_COPY])
{
	struct buf out = BUF(HEADER_COPY);

	pack_body(&out, header);
	memcpy(copy, out.data, MAC_AT);
	buf_done(&out);
	body_mac(copy, ring, copy + MAC_AT);
	crypto_generichash(copy + HASH_AT, HEADER_HASH_SIZE, copy, HASH_AT, NULL, 0);
	header_failures_pack(failures, copy + HEADER_FAILURES);
}

bool header_authentic(const struct header *header, const struct key_ring *ring)
{
	struct buf out = BUF(HEADER_COPY);
	uint8_t mac[HEADER_HASH_SIZE];

	pack_body(&out, header);
	body_mac(out.data, ring, mac);
	buf_done(&out);
	return sodium_memcmp(mac, header->mac, sizeof(mac)) == 0 &&
	       memcmp(header->key_id, ring->id, KEY_ID_SIZE) == 0;
}

static void take(struct reader *r, uint8_t *out, size_t len)
{
	struct span span = wire_take(r, len);

	if (span.len == len)
		memcpy(out, span.data, len);
}

/* Reserved bytes are zero, or a newer program gave them a meaning this one lacks. */
static void take_zeros(struct reader *r, size_t len)
{
	struct span span = wire_take(r, len);

	if (span.len == len && memcmp(span.data, ZEROS, len) != 0)
		r->bad = true;
}

static void unpack_slot(struct reader *r, struct key_slot *slot)
{
	const uint8_t *end = r->at + SLOT_SIZE;
	uint64_t kind = wire_be(r, 4);

	if (kind > KEY_RECOVERY)
		r->bad = true;
	slot->kind = (enum key_kind)(kind & 3);
	if (slot->kind != KEY_FREE) {
		slot->cost.ops = (uint32_t)wire_be(r, 4);
		slot->cost.mem_kib = (uint32_t)wire_be(r, 4);
		take_zeros(r, 4);
		for (size_t i = 0; i < ARRAY_LEN(slot_parts); i++)
			take(r, (uint8_t *)slot + slot_parts[i].at, slot_parts[i].len);
	}
	take_zeros(r, (size_t)(end - r->at));
}

static enum rc damaged(struct err *err)
{
	return err_set(
		err, RC_DAMAGED,
		"phần đầu của kho bị hỏng hoặc đây không phải kho motcua; hãy khôi phục từ bản sao lưu",
		"the header of the store is damaged, or this is no motcua store; restore it from a backup");
}

/* Magic, version and hash: what must hold before a field is looked at. */
static enum rc check_frame(const uint8_t copy[HEADER_COPY], struct err *err)
{
	uint8_t hash[HEADER_HASH_SIZE];

	if (memcmp(copy, MAGIC, sizeof(MAGIC)) != 0)
		return damaged(err);
	crypto_generichash(hash, sizeof(hash), copy, HASH_AT, NULL, 0);
	if (memcmp(hash, copy + HASH_AT, sizeof(hash)) != 0)
		return damaged(err);
	if (copy[sizeof(MAGIC)] != HEADER_VERSION)
		return err_set(
			err, RC_REFUSED, "kho này do một bản motcua mới hơn tạo; hãy cài bản mới rồi mở lại",
			"this store was made by a newer motcua; install the newer version and open it again");
	return RC_OK;
}

enum rc header_unpack(const uint8_t copy[HEADER_COPY], struct header *out, struct err *err)
{
	struct reader r = reader_on(copy, HASH_AT);
	struct header header = { 0 };
	uint64_t state;
	uint32_t page_size = 0;
	enum rc rc = check_frame(copy, err);

	if (rc)
		return rc;
	wire_take(&r, sizeof(MAGIC) + 1);
	header.generation = wire_be(&r, 8);
	take(&r, header.store_id, KEY_ID_SIZE);
	take(&r, header.key_id, KEY_ID_SIZE);
	take(&r, header.page_id, PAGE_ID_SIZE);
	header.epoch = (uint32_t)wire_be(&r, 4);
	state = wire_be(&r, 4);
	header.clean = state == STATE_CLEAN;
	header.pages = wire_be(&r, 8);
	take(&r, header.head, HEADER_HASH_SIZE);
	take(&r, header.page1_tag, PAGE_TAG_SIZE);
	take_zeros(&r, SLOTS_AT - (size_t)(r.at - copy));
	for (size_t i = 0; i < HEADER_SLOTS; i++)
		unpack_slot(&r, &header.slots[i]);
	take_zeros(&r, MAC_AT - (size_t)(r.at - copy));
	take(&r, header.mac, HEADER_HASH_SIZE);
	if (!reader_at_end(&r) || (state != STATE_CLEAN && state != STATE_OPEN) ||
	    !page_id_read(header.page_id, &page_size) || page_size != HEADER_PAGE)
		return damaged(err);
	*out = header;
	return RC_OK;
}

static void failure_mark(const uint8_t sector[HEADER_FAILURES_SIZE], uint8_t mark[FAILURE_MARK_SIZE])
{
	static const char what[] = "motcua failed sign-ins";
	crypto_generichash_state state;

	crypto_generichash_init(&state, NULL, 0, FAILURE_MARK_SIZE);
	crypto_generichash_update(&state, (const uint8_t *)what, sizeof(what));
	crypto_generichash_update(&state, sector, 4);
	crypto_generichash_final(&state, mark, FAILURE_MARK_SIZE);
}

void header_failures_pack(unsigned failures, uint8_t sector[HEADER_FAILURES_SIZE])
{
	memset(sector, 0, HEADER_FAILURES_SIZE);
	for (int i = 0; i < 4; i++)
		sector[i] = (uint8_t)(failures >> (24 - 8 * i));
	failure_mark(sector, sector + 4);
}

unsigned header_failures(const uint8_t sector[HEADER_FAILURES_SIZE])
{
	uint8_t mark[FAILURE_MARK_SIZE];
	unsigned failures = 0;

	failure_mark(sector, mark);
	if (memcmp(mark, sector + 4, sizeof(mark)) != 0)
		return 0;
	for (int i = 0; i < 4; i++)
		failures = failures << 8 | sector[i];
	return failures;
}

enum rc header_choose(const uint8_t both[HEADER_SIZE], struct header_found *out, struct err *err)
{
	struct header_found found = { .count = 0 };
	enum rc rc, worst = RC_OK;

	for (unsigned i = 0; i < HEADER_COPIES; i++) {
		unsigned failures = header_failures(both + (size_t)i * HEADER_COPY + HEADER_FAILURES);

		if (failures > found.failures)
			found.failures = failures;
		rc = header_unpack(both + (size_t)i * HEADER_COPY, &found.copy[found.count], err);
		if (!rc)
			found.count++;
		else if (worst != RC_REFUSED)
			worst = rc;
	}
	if (found.count == 0)
		return worst == RC_REFUSED
			       ? err_set(err, RC_REFUSED,
					 "kho này do một bản motcua mới hơn tạo; hãy cài bản mới rồi mở lại",
					 "this store was made by a newer motcua; install the newer version "
					 "and open it again")
			       : damaged(err);
	if (found.count == 2 && found.copy[1].generation > found.copy[0].generation) {
		struct header newer = found.copy[1];

		found.copy[1] = found.copy[0];
		found.copy[0] = newer;
	}
	found.healthy = memcmp(both, both + HEADER_COPY, HEADER_FAILURES) == 0;
	*out = found;
	return RC_OK;
}

/* Another process holds SQLite's exclusive lock on the file. */
static bool in_use(int fd)
{
	struct flock lock = {
		.l_type = F_RDLCK, .l_whence = SEEK_SET, .l_start = LOCK_PENDING, .l_len = LOCK_BYTES
	};

	return fcntl(fd, F_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
}

static enum rc read_both(int fd, uint8_t *both, struct err *err)
{
	static const char plain[] = "SQLite format 3";
	size_t got = 0;
	ssize_t n = 1;

	if (in_use(fd))
		return err_set(err, RC_REFUSED,
			       "kho đang được một chương trình khác dùng; hãy đóng chương trình đó trước",
			       "the store is in use by another program; close that one first");
	while (got < HEADER_SIZE && n > 0) {
		n = pread(fd, both + got, HEADER_SIZE - got, (off_t)got);
		got += n > 0 ? (size_t)n : 0;
	}
	if (n < 0)
		return err_set(err, RC_IO, "không đọc được kho: %s", "the store cannot be read: %s",
			       strerror(errno));
	if (got >= sizeof(plain) && memcmp(both, plain, sizeof(plain)) == 0)
		return err_set(err, RC_REFUSED,
			       "tệp này là cơ sở dữ liệu SQLite thường, không phải kho niêm phong",
			       "this file is a plain SQLite database, not a sealed store");
	return RC_OK;
}

enum rc header_read(const char *path, struct header_found *out, struct err *err)
{
	struct buf both = BUF(HEADER_SIZE);
	uint8_t *room = buf_room(&both, HEADER_SIZE);
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	enum rc rc = RC_OK;

	if (fd < 0 && errno == ENOENT)
		rc = err_set(err, RC_NONE, "không có kho ở %s; hãy tạo kho bằng lệnh init",
			     "there is no store at %s; make one with the command init", path);
	else if (fd < 0)
		rc = err_set(err, RC_IO, "không mở được kho: %s", "the store cannot be opened: %s",
			     strerror(errno));
	if (!rc) {
		memset(room, 0, HEADER_SIZE);
		rc = read_both(fd, room, err);
	}
	if (!rc)
		rc = header_choose(room, out, err);
	if (fd >= 0)
		close(fd);
	buf_done(&both);
	return rc;
}

void header_count_failure(const char *path, unsigned failures)
{
	uint8_t sector[HEADER_FAILURES_SIZE];
	int fd = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	bool good = fd >= 0;

	header_failures_pack(failures, sector);
	for (off_t i = 0; i < HEADER_COPIES && good; i++)
		good = pwrite(fd, sector, sizeof(sector), i * HEADER_COPY + HEADER_FAILURES) ==
		       (ssize_t)sizeof(sector);
	if (fd >= 0)
		close(fd);
}

unsigned header_users(const struct header *header)
{
	unsigned users = 0;

	for (size_t i = 0; i < HEADER_SLOTS; i++)
		users += header->slots[i].kind == KEY_USER;
	return users;
}

struct key_slot *header_slot(struct header *header, const char *user)
{
	enum key_kind kind = user ? KEY_USER : KEY_RECOVERY;
	bool any = !user || (!*user && header_users(header) == 1);
	uint8_t id[KEY_ID_SIZE];

	key_user_id(header->store_id, user ? user : "", id);
	for (size_t i = 0; i < HEADER_SLOTS; i++) {
		struct key_slot *slot = &header->slots[i];

		if (slot->kind == kind && (any || memcmp(slot->id, id, KEY_ID_SIZE) == 0))
			return slot;
	}
	return NULL;
}

/* The data key by one header copy's slots. */
static enum rc sign_in(struct header *header, const char *user, const char *passphrase,
		       uint8_t data[KEY_SIZE], char name[KEY_NAME_MAX + 1], struct err *err)
{
	char code[KEY_RECOVERY_TEXT];
	struct key_slot *slot = header_slot(header, user);
	struct key_ring *ring;
	bool readable = user || key_recovery_read(passphrase, code);
	enum rc rc;

	if (!slot || !readable)
		return key_slot_none(header->slots[0].cost, passphrase, err);
	rc = key_slot_open(slot, header->store_id, user ? passphrase : code, data, err);
	explicit_bzero(code, sizeof(code));
	if (rc)
		return rc;
	ring = key_ring_new(data);
	if (!ring)
		return err_set(err, RC_FAILED, "không có bộ nhớ an toàn cho khóa",
			       "no safe memory for the key");
	key_slot_name(slot, ring, name);
	if (!header_authentic(header, ring))
		rc = err_set(err, RC_DAMAGED, "phần đầu của kho đã bị sửa; hãy khôi phục từ bản sao lưu",
			     "the header of the store was altered; restore it from a backup");
	key_ring_free(ring);
	return rc;
}

enum rc header_sign_in(const char *path, struct header_found *found, const char *user, const char *passphrase,
		       uint8_t data[KEY_SIZE], char name[KEY_NAME_MAX + 1], struct err *err)
{
	enum rc rc = RC_DAMAGED;

	if (user && !*user && header_users(&found->copy[0]) != 1)
		return err_set(err, RC_REFUSED, "kho không có đúng một người dùng: hãy cho biết tên",
			       "the store has not exactly one user: give a name");
	for (unsigned i = 0; i < found->count && rc == RC_DAMAGED; i++)
		rc = sign_in(&found->copy[i], user, passphrase, data, name, err);
	if (rc == RC_REFUSED)
		header_count_failure(path, found->failures + 1);
	return rc;
}
