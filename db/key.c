#include "db/key.h"

#include <sodium.h>
#include <string.h>
#include <unistd.h>

#include "db/base/utf8.h"

_Static_assert(KEY_SIZE == crypto_aead_xchacha20poly1305_ietf_KEYBYTES, "one key size");
_Static_assert(KEY_SIZE == crypto_box_PUBLICKEYBYTES && KEY_SIZE == crypto_box_SECRETKEYBYTES,
	       "one key size");
_Static_assert(KEY_SIZE == crypto_kdf_KEYBYTES, "one key size");
_Static_assert(KEY_NONCE_SIZE == crypto_aead_xchacha20poly1305_ietf_NPUBBYTES, "nonce");
_Static_assert(KEY_SALT_SIZE == crypto_pwhash_SALTBYTES, "salt");
_Static_assert(KEY_SEALED_SIZE == KEY_SIZE + crypto_box_SEALBYTES, "sealed key");

enum { PASSPHRASE_LETTERS = 8, PASSPHRASE_BYTES = 512, RECOVERY_BITS = 160, GROUP = 4 };

static const char KDF_CONTEXT[crypto_kdf_CONTEXTBYTES + 1] = "motcuadb";
static const char ALPHABET[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

void key_draw(uint8_t data[KEY_SIZE])
{
	if (sodium_init() < 0)
		die("libsodium does not start");
	crypto_kdf_keygen(data);
}

struct key_ring *key_ring_new(const uint8_t data[KEY_SIZE])
{
	struct key_ring *ring;

	if (sodium_init() < 0)
		return NULL;
	ring = sodium_malloc(sizeof(*ring));
	if (!ring)
		return NULL;
	memcpy(ring->data, data, KEY_SIZE);
	crypto_kdf_derive_from_key(ring->page, KEY_SIZE, 1, KDF_CONTEXT, data);
	crypto_kdf_derive_from_key(ring->wal, KEY_SIZE, 2, KDF_CONTEXT, data);
	crypto_kdf_derive_from_key(ring->journal, KEY_SIZE, 3, KDF_CONTEXT, data);
	crypto_kdf_derive_from_key(ring->mac, KEY_SIZE, 4, KDF_CONTEXT, data);
	crypto_kdf_derive_from_key(ring->name, KEY_SIZE, 5, KDF_CONTEXT, data);
	crypto_kdf_derive_from_key(ring->id, KEY_ID_SIZE, 6, KDF_CONTEXT, data);
	sodium_mprotect_readonly(ring);
	return ring;
}

void key_ring_free(struct key_ring *ring)
{
	sodium_free(ring);
}

struct key_cost key_cost_floor(void)
{
	return (struct key_cost){ KEY_OPS_MIN, KEY_MEM_MIN_KIB };
}

struct key_cost key_cost_default(void)
{
	long pages = sysconf(_SC_PHYS_PAGES), size = sysconf(_SC_PAGESIZE);
	bool small = pages > 0 && size > 0 && (uint64_t)pages * (uint64_t)size <= UINT64_C(1) << 30;

	return small ? (struct key_cost){ 4, 32 * 1024 } : (struct key_cost){ 3, 64 * 1024 };
}

bool key_cost_ok(struct key_cost cost)
{
	return cost.ops >= KEY_OPS_MIN && cost.ops <= KEY_OPS_MAX && cost.mem_kib >= KEY_MEM_MIN_KIB &&
	       cost.mem_kib <= KEY_MEM_MAX_KIB;
}

void key_user_id(const uint8_t store_id[KEY_ID_SIZE], const char *user, uint8_t id[KEY_ID_SIZE])
{
	struct buf nfc = BUF(4096), folded = BUF(4096);
	crypto_generichash_state state;

	utf8_nfc(user, &nfc);
	utf8_lower(buf_str(&nfc), &folded);
	crypto_generichash_init(&state, store_id, KEY_ID_SIZE, KEY_ID_SIZE);
	crypto_generichash_update(&state, (const uint8_t *)buf_str(&folded), folded.len);
	crypto_generichash_final(&state, id, KEY_ID_SIZE);
	buf_done(&nfc);
	buf_done(&folded);
}

static enum rc stretch(const uint8_t salt[KEY_SALT_SIZE], struct key_cost cost, const char *passphrase,
		       uint8_t kek[KEY_SIZE], struct err *err)
{
	if (sodium_init() < 0)
		return err_set(err, RC_FAILED, "không khởi động được libsodium", "libsodium does not start");
	if (crypto_pwhash(kek, KEY_SIZE, passphrase, strlen(passphrase), salt, cost.ops,
			  (size_t)cost.mem_kib * 1024, crypto_pwhash_ALG_ARGON2ID13))
		return err_set(
			err, RC_FAILED,
			"không đủ bộ nhớ để kiểm tra mật khẩu (cần %u MiB); hãy đóng bớt chương trình khác",
			"not enough memory to check the passphrase (%u MiB needed); close other programs",
			(unsigned)(cost.mem_kib / 1024));
	return RC_OK;
}

/* What the wrapping of a private key also authenticates: all that stands in clear beside it. */
static void slot_context(struct buf *ad, const struct key_slot *slot, const uint8_t store_id[KEY_ID_SIZE])
{
	const uint32_t words[] = { (uint32_t)slot->kind, slot->cost.ops, slot->cost.mem_kib };

	for (size_t i = 0; i < ARRAY_LEN(words); i++) {
		for (int shift = 24; shift >= 0; shift -= 8)
			buf_byte(ad, (uint8_t)(words[i] >> shift));
	}
	buf_add(ad, slot->id, KEY_ID_SIZE);
	buf_add(ad, slot->salt, KEY_SALT_SIZE);
	buf_add(ad, slot->public_key, KEY_SIZE);
	buf_add(ad, store_id, KEY_ID_SIZE);
}

static void name_seal(struct key_slot *slot, const char *name, const struct key_ring *ring)
{
	uint8_t plain[1 + KEY_NAME_MAX] = { 0 };
	size_t len = strnlen(name, KEY_NAME_MAX);

	plain[0] = (uint8_t)len;
	memcpy(plain + 1, name, len);
	randombytes_buf(slot->name_nonce, KEY_NONCE_SIZE);
	crypto_aead_xchacha20poly1305_ietf_encrypt(slot->name, NULL, plain, sizeof(plain), slot->public_key,
						   KEY_SIZE, NULL, slot->name_nonce, ring->name);
}

void key_slot_name(const struct key_slot *slot, const struct key_ring *ring, char name[KEY_NAME_MAX + 1])
{
	uint8_t plain[1 + KEY_NAME_MAX];

	name[0] = '\0';
	if (crypto_aead_xchacha20poly1305_ietf_decrypt(plain, NULL, NULL, slot->name, KEY_NAME_SIZE,
						       slot->public_key, KEY_SIZE, slot->name_nonce,
						       ring->name) ||
	    plain[0] > KEY_NAME_MAX)
		return;
	memcpy(name, plain + 1, plain[0]);
	name[plain[0]] = '\0';
}

static enum rc check_words(const char *user, const char *passphrase, struct err *err)
{
	if (user && (!*user || strlen(user) > KEY_NAME_MAX))
		return err_field(err, "name", "tên người dùng phải có từ 1 đến %d byte",
				 "a user's name has 1 to %d bytes", KEY_NAME_MAX);
	if (user && utf8_letters(passphrase) < PASSPHRASE_LETTERS)
		return err_set(err, RC_REFUSED, "mật khẩu phải có ít nhất %d chữ",
			       "a passphrase has at least %d letters", PASSPHRASE_LETTERS);
	if (strlen(passphrase) > PASSPHRASE_BYTES)
		return err_set(err, RC_REFUSED, "mật khẩu dài quá %d byte",
			       "a passphrase has at most %d bytes", PASSPHRASE_BYTES);
	return RC_OK;
}

static void wrap_private(struct key_slot *slot, const uint8_t store_id[KEY_ID_SIZE],
			 const uint8_t private_key[KEY_SIZE], const uint8_t kek[KEY_SIZE])
{
	struct buf ad = BUF(256);

	slot_context(&ad, slot, store_id);
	crypto_aead_xchacha20poly1305_ietf_encrypt(slot->wrapped, NULL, private_key, KEY_SIZE, ad.data,
						   ad.len, NULL, slot->nonce, kek);
	buf_done(&ad);
}

enum rc key_slot_make(struct key_slot *slot, const uint8_t store_id[KEY_ID_SIZE], const char *user,
		      const char *passphrase, struct key_cost cost, const struct key_ring *ring,
		      struct err *err)
{
	struct key_slot made = { .kind = user ? KEY_USER : KEY_RECOVERY, .cost = cost };
	uint8_t private_key[KEY_SIZE], kek[KEY_SIZE];
	enum rc rc = check_words(user, passphrase, err);

	if (rc)
		return rc;
	key_user_id(store_id, user ? user : "", made.id);
	randombytes_buf(made.salt, KEY_SALT_SIZE);
	randombytes_buf(made.nonce, KEY_NONCE_SIZE);
	rc = stretch(made.salt, cost, passphrase, kek, err);
	if (rc)
		return rc;
	crypto_box_keypair(made.public_key, private_key);
	wrap_private(&made, store_id, private_key, kek);
	if (crypto_box_seal(made.sealed, ring->data, KEY_SIZE, made.public_key))
		rc = err_set(err, RC_FAILED, "không niêm phong được khóa", "the key cannot be sealed");
	name_seal(&made, user ? user : "", ring);
	if (!rc)
		*slot = made;
	sodium_memzero(private_key, sizeof(private_key));
	sodium_memzero(kek, sizeof(kek));
	return rc;
}

static enum rc wrong_passphrase(struct err *err)
{
	return err_set(err, RC_REFUSED, "sai tên hoặc mật khẩu", "wrong name or passphrase");
}

/* The slot's private key; false when the passphrase's key does not open it. */
static bool unwrap_private(const struct key_slot *slot, const uint8_t store_id[KEY_ID_SIZE],
			   const uint8_t kek[KEY_SIZE], uint8_t private_key[KEY_SIZE])
{
	struct buf ad = BUF(256);
	bool good;

	slot_context(&ad, slot, store_id);
	good = crypto_aead_xchacha20poly1305_ietf_decrypt(private_key, NULL, NULL, slot->wrapped,
							  KEY_WRAPPED_SIZE, ad.data, ad.len, slot->nonce,
							  kek) == 0;
	buf_done(&ad);
	return good;
}

enum rc key_slot_open(const struct key_slot *slot, const uint8_t store_id[KEY_ID_SIZE],
		      const char *passphrase, uint8_t data[KEY_SIZE], struct err *err)
{
	uint8_t private_key[KEY_SIZE], kek[KEY_SIZE], opened[KEY_SIZE];
	enum rc rc;

	if (!key_cost_ok(slot->cost))
		return err_set(err, RC_DAMAGED, "ô khóa của kho có tham số không hợp lệ (%u lần, %u KiB)",
			       "a key slot of the store has impossible parameters (%u passes, %u KiB)",
			       (unsigned)slot->cost.ops, (unsigned)slot->cost.mem_kib);
	if (strlen(passphrase) > PASSPHRASE_BYTES)
		return wrong_passphrase(err);
	rc = stretch(slot->salt, slot->cost, passphrase, kek, err);
	if (rc)
		return rc;
	if (!unwrap_private(slot, store_id, kek, private_key))
		rc = wrong_passphrase(err);
	else if (crypto_box_seal_open(opened, slot->sealed, KEY_SEALED_SIZE, slot->public_key, private_key))
		rc = err_set(err, RC_DAMAGED, "ô khóa của kho bị hỏng; hãy khôi phục từ bản sao lưu",
			     "the key slot is damaged; restore the store from a backup");
	else
		memcpy(data, opened, KEY_SIZE);
	sodium_memzero(opened, sizeof(opened));
	sodium_memzero(private_key, sizeof(private_key));
	sodium_memzero(kek, sizeof(kek));
	return rc;
}

enum rc key_slot_none(struct key_cost cost, const char *passphrase, struct err *err)
{
	static const uint8_t salt[KEY_SALT_SIZE];
	uint8_t kek[KEY_SIZE];
	enum rc rc;

	if (!key_cost_ok(cost))
		cost = key_cost_default();
	if (strlen(passphrase) > PASSPHRASE_BYTES)
		return wrong_passphrase(err);
	rc = stretch(salt, cost, passphrase, kek, err);
	sodium_memzero(kek, sizeof(kek));
	return rc ? rc : wrong_passphrase(err);
}

bool key_slot_hand_over(struct key_slot *slot, const struct key_ring *old, const struct key_ring *new)
{
	struct key_slot made = *slot;
	char name[KEY_NAME_MAX + 1];

	key_slot_name(slot, old, name);
	if (crypto_box_seal(made.sealed, new->data, KEY_SIZE, made.public_key))
		return false;
	name_seal(&made, name, new);
	*slot = made;
	return true;
}

void key_recovery_draw(char text[KEY_RECOVERY_TEXT])
{
	uint8_t bits[RECOVERY_BITS / 8];
	size_t at = 0;

	if (sodium_init() < 0)
		die("libsodium does not start");
	randombytes_buf(bits, sizeof(bits));
	for (size_t i = 0; i < RECOVERY_BITS / 5; i++) {
		size_t bit = i * 5, byte = bit / 8;
		unsigned pair = (unsigned)bits[byte] << 8 | (byte + 1 < sizeof(bits) ? bits[byte + 1] : 0u);

		if (i > 0 && i % GROUP == 0)
			text[at++] = '-';
		text[at++] = ALPHABET[pair >> (11 - bit % 8) & 31];
	}
	text[at] = '\0';
	sodium_memzero(bits, sizeof(bits));
}

/* One typed character as a letter of the alphabet, or 0. */
static char recovery_letter(char c)
{
	if (c >= 'a' && c <= 'z')
		c = (char)(c - 'a' + 'A');
	c = c == '0' ? 'O' : c == '1' ? 'I' : c == '8' ? 'B' : c;
	return c && strchr(ALPHABET, c) ? c : '\0';
}

bool key_recovery_read(const char *typed, char text[KEY_RECOVERY_TEXT])
{
	size_t letters = 0, at = 0;

	for (; *typed; typed++) {
		char c = recovery_letter(*typed);

		if (!c && strchr(" -\t\r\n", *typed))
			continue;
		if (!c || letters == RECOVERY_BITS / 5)
			return false;
		if (letters > 0 && letters % GROUP == 0)
			text[at++] = '-';
		text[at++] = c;
		letters++;
	}
	text[at] = '\0';
	return letters == RECOVERY_BITS / 5;
}
