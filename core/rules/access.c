#include "core/rules/access.h"

#include <string.h>

static const struct {
	const char *name;
	struct words label;
} roles[ROLE_COUNT] = {
	[ROLE_NONE] = { "", T("chưa có vai trò", "no role") },
	[ROLE_CLERK] = { "clerk", T("công chức Một cửa", "clerk") },
	[ROLE_OFFICER] = { "officer", T("công chức chuyên môn", "officer") },
	[ROLE_LEADER] = { "leader", T("lãnh đạo", "leader") },
	[ROLE_TEAM_MEMBER] = { "team_member", T("thành viên tổ công nghệ số", "team member") },
	[ROLE_SUPERVISOR] = { "supervisor", T("giám sát", "supervisor") },
	[ROLE_ADMIN] = { "admin", T("quản trị", "admin") },
};

static const struct {
	char who[ROLE_ADMIN];
	struct words words;
} rights[MAY_COUNT] = {
#define X(id, roles_that_may, right_words) { roles_that_may, right_words },
	ACCESS_LIST(X)
#undef X
};

static bool is_right(enum right right)
{
	return (unsigned)right < MAY_COUNT;
}

static bool is_role(enum role role)
{
	return role > ROLE_NONE && role < ROLE_COUNT;
}

bool access_allows(enum role role, enum right right)
{
	if (!is_role(role) || !is_right(right))
		return false;
	return role == ROLE_ADMIN || rights[right].who[role - ROLE_CLERK] != '-';
}

const struct words *access_words(enum right right)
{
	static const struct words nothing = T("", "");

	return is_right(right) ? &rights[right].words : &nothing;
}

void access_who(enum right right, enum lang lang, char *out, size_t size)
{
	size_t len = 0;

	if (!size)
		return;
	out[0] = '\0';
	for (enum role role = ROLE_CLERK; role < ROLE_COUNT; role++) {
		const char *word = words_in(&roles[role].label, lang);
		size_t comma = len ? 2 : 0, more = comma + strlen(word);

		if (!access_allows(role, right))
			continue;
		if (more >= size - len)
			return;
		memcpy(out + len, ", ", comma);
		memcpy(out + len + comma, word, more - comma + 1);
		len += more;
	}
}

enum rc access_check(enum role role, enum right right, struct err *err)
{
	const struct words *what = access_words(right);
	char vi[200], en[200];

	if (access_allows(role, right))
		return RC_OK;
	access_who(right, LANG_VI, vi, sizeof(vi));
	access_who(right, LANG_EN, en, sizeof(en));
	/* Both sentences get all the words; %.0s passes over those of the other language. */
	return err_set(err, RC_REFUSED, "vai trò này không được %s%.0s; được phép: %s%.0s",
		       "this role may not %.0s%s; those who may: %.0s%s", what->vi, what->en, vi, en);
}

enum role role_parse(const char *name)
{
	for (enum role role = ROLE_CLERK; role < ROLE_COUNT; role++)
		if (!strcmp(roles[role].name, name))
			return role;
	return ROLE_NONE;
}

const char *role_name(enum role role)
{
	return is_role(role) ? roles[role].name : "";
}

const struct words *role_label(enum role role)
{
	return &roles[is_role(role) ? role : ROLE_NONE].label;
}
