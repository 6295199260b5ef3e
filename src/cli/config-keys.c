#include "archive/cli/config-keys.h"

#include <stdlib.h>
#include <string.h>

#include "archive/base/amount.h"
#include "archive/base/mem.h"
#include "archive/base/zone.h"
#include "archive/cli/cli.h"
#include "archive/model/post.h"
#include "archive/source/source.h"
#include "archive/text/near.h"

#define SOURCE_SECTION "source "

enum kind {
	KIND_PATH,
	KIND_ZONE,
	KIND_WORD,
	KIND_TIME,
	KIND_MONEY,
	KIND_NOT,   /* yes is false */
	KIND_WIDTH, /* wide is true */
	KIND_SERVERS,
	KIND_SECRET,
	KIND_VARIABLE,
	KIND_COMMAND,
};

/* A key, and where its value goes: into the config, or into a source of it. */
struct row {
	const char *section, *key;
	enum kind kind;
	size_t place;
};

#define OF_ALL(member)	  offsetof(struct config, member)
#define OF_SOURCE(member) offsetof(struct config_source, member)

static const struct row rows[] = {
	{ "archive", "store", KIND_PATH, OF_ALL(store) },
	{ "archive", "zone", KIND_ZONE, OF_ALL(zone) },
	{ "archive", "curator", KIND_WORD, OF_ALL(curator) },
	{ "archive", "ca-file", KIND_PATH, OF_ALL(ca_file) },
	{ "archive", "overlap", KIND_TIME, OF_ALL(overlap_ms) },
	{ "archive", "budget", KIND_MONEY, OF_ALL(budget_micros) },
	{ "archive", "default-sources", KIND_NOT, OF_ALL(no_defaults) },
	{ "pick", "ambiguous", KIND_WIDTH, OF_ALL(wide_ambiguous) },
	{ "pick", "mouse", KIND_NOT, OF_ALL(no_mouse) },
	{ "pick", "colour", KIND_NOT, OF_ALL(no_colour) },
	{ "price", "post", KIND_MONEY, OF_ALL(post_micros) },
	{ "price", "author", KIND_MONEY, OF_ALL(author_micros) },
	{ "price", "counts", KIND_MONEY, OF_ALL(counts_micros) },
	{ "mastodon", "instances", KIND_SERVERS, 0 },
	{ "misskey", "instances", KIND_SERVERS, 0 },
	{ SOURCE_SECTION, "token", KIND_SECRET, OF_SOURCE(token) },
	{ SOURCE_SECTION, "token-env", KIND_VARIABLE, OF_SOURCE(token) },
	{ SOURCE_SECTION, "token-command", KIND_COMMAND, OF_SOURCE(token) },
	{ SOURCE_SECTION, "handle", KIND_WORD, OF_SOURCE(handle) },
	{ SOURCE_SECTION, "password", KIND_SECRET, OF_SOURCE(password) },
	{ SOURCE_SECTION, "password-env", KIND_VARIABLE, OF_SOURCE(password) },
	{ SOURCE_SECTION, "password-command", KIND_COMMAND, OF_SOURCE(password) },
	{ SOURCE_SECTION, "pace", KIND_TIME, OF_SOURCE(pace_ms) },
	{ SOURCE_SECTION, "overlap", KIND_TIME, OF_SOURCE(overlap_ms) },
	{ SOURCE_SECTION, "budget", KIND_MONEY, OF_SOURCE(budget_micros) },
	{ SOURCE_SECTION, "enabled", KIND_NOT, OF_SOURCE(off) },
};

static bool is_source(const char *section)
{
	return str_starts(section, SOURCE_SECTION);
}

static bool belongs(const struct row *row, const char *section)
{
	return is_source(section) ? str_same(row->section, SOURCE_SECTION)
				  : str_same(row->section, section);
}

static bool unknown_section(const char *section, struct err *err)
{
	const char *near = NULL;
	enum network network;

	if (strchr(section, ':') || network_parse(section, &network))
		return err_set(err, ERR_USAGE,
			       "there is no section [%s]: did you mean [source %s]?", section,
			       section);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		near = near_word(section, near, rows[i].section);
	if (near && !is_source(near))
		return err_set(err, ERR_USAGE, "there is no section [%s]: did you mean [%s]?",
			       section, near);
	return err_set(err, ERR_USAGE,
		       "there is no section [%s]: there are archive, pick, price, mastodon, "
		       "misskey and source NAME",
		       section);
}

static bool unknown_key(const char *section, const char *key, struct err *err)
{
	const char *near = NULL;

	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		if (belongs(&rows[i], section))
			near = near_word(key, near, rows[i].key);
	if (near)
		return err_set(err, ERR_USAGE, "there is no key '%s' in [%s]: did you mean %s?",
			       key, section, near);
	return err_set(err, ERR_USAGE, "there is no key '%s' in [%s]: see man archive-config", key,
		       section);
}

/* The source of that name, made when it is new; NULL with err when it names none. */
static struct config_source *enter_source(struct config *config, const char *spec, int line,
					  struct err *err)
{
	struct source source = SOURCE_INIT;
	struct config_source *found = NULL;

	if (!source_parse(&source, spec, err))
		return NULL;
	for (size_t i = 0; i < config->count; i++)
		if (str_same(config->sources[i].name, source.name.buf))
			found = &config->sources[i];
	if (!found) {
		config->sources = xreallocarray(config->sources, config->count + 1,
						sizeof(*config->sources));
		found = &config->sources[config->count++];
		*found = (struct config_source){
			.name = arena_strdup(&config->arena, source.name.buf),
			.line = line,
			.by_password = source.ops->session != NULL,
		};
	}
	source_release(&source);
	return found;
}

bool config_enter(struct config *config, const char *section, int line, struct err *err)
{
	if (is_source(section))
		return enter_source(config, section + strlen(SOURCE_SECTION), line, err) != NULL;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		if (str_same(rows[i].section, section))
			return true;
	return unknown_section(section, err);
}

static bool take_switch(const char *key, const char *value, bool *on, struct err *err)
{
	static const struct {
		const char *word;
		bool on;
	} words[] = {
		{ "yes", true }, { "true", true },   { "on", true },
		{ "no", false }, { "false", false }, { "off", false },
	};

	for (size_t i = 0; i < ARRAY_LEN(words); i++) {
		if (!str_same_ascii(value, words[i].word))
			continue;
		*on = words[i].on;
		return true;
	}
	return err_set(err, ERR_USAGE, "%s is yes or no, not '%s'", key, value);
}

bool config_take_width(const char *name, const char *value, bool *wide, struct err *err)
{
	*wide = str_same(value, "wide");
	if (*wide || str_same(value, "narrow"))
		return true;
	return err_set(err, ERR_USAGE, "%s is wide or narrow, not '%s'", name, value);
}

static bool take_path(struct config *config, const char *key, const char *value, const char **out,
		      struct err *err)
{
	const char *home = getenv("HOME");

	if (value[0] == '/') {
		*out = arena_strdup(&config->arena, value);
		return true;
	}
	if (!str_starts(value, "~/") || !home || *home != '/')
		return err_set(err, ERR_USAGE, "%s is a path that begins with / or ~/, not '%s'",
			       key, value);
	*out = arena_printf(&config->arena, "%s%s", home, value + 1);
	return true;
}

static bool take_zone(struct config *config, const char *value, const char **out, struct err *err)
{
	if (!zone_known(value))
		return err_set(err, ERR_USAGE,
			       "'%s' is no time zone of this machine: try Asia/Tokyo", value);
	*out = arena_strdup(&config->arena, value);
	return true;
}

static bool take_amount(const struct row *row, const char *value, int64_t *out, struct err *err)
{
	int64_t amount = 0;

	if (row->kind == KIND_TIME ? amount_time(value, &amount) : amount_money(value, &amount))
		*out = amount;
	if (amount > 0)
		return true;
	if (row->kind == KIND_TIME)
		return err_set(err, ERR_USAGE,
			       "%s is a length of time such as 90s, 30m or 2h, not '%s'", row->key,
			       value);
	return err_set(err, ERR_USAGE,
		       "%s is an amount of USD such as 1.50 and more than 0, not '%s'", row->key,
		       value);
}

/* The servers of one network, separated by commas. */
static bool take_servers(struct config *config, const struct row *row, const char *value, int line,
			 struct err *err)
{
	struct str spec = STR_INIT;
	bool ok = true;

	while (ok && *value) {
		size_t len = strcspn(value, ", \t");

		str_clear(&spec);
		str_addf(&spec, "%s:%.*s", row->section, (int)len, value);
		ok = len == 0 || enter_source(config, spec.buf, line, err);
		value += len + (value[len] != '\0');
	}
	str_release(&spec);
	return ok;
}

static bool take_secret(struct config *config, const struct row *row, const char *value, int line,
			struct secret *out, struct err *err)
{
	static const enum secret_kind kinds[] = {
		[KIND_SECRET] = SECRET_HERE,
		[KIND_VARIABLE] = SECRET_VARIABLE,
		[KIND_COMMAND] = SECRET_COMMAND,
	};

	if (out->kind != SECRET_NONE)
		return err_set(err, ERR_USAGE, "%s is told in two ways: one line of them is enough",
			       row->place == OF_SOURCE(token) ? "the token" : "the password");
	if (row->kind == KIND_VARIABLE && strchr(value, '='))
		return err_set(err, ERR_USAGE, "%s is the name of an environment variable",
			       row->key);
	*out = (struct secret){ kinds[row->kind], arena_strdup(&config->arena, value) };
	if (row->kind == KIND_SECRET && !config->secret_line)
		config->secret_line = line;
	return true;
}

/* base is the config or one of its sources. */
static bool take_value(struct config *config, const struct row *row, char *base, const char *value,
		       int line, struct err *err)
{
	void *place = base + row->place;
	bool on = false;

	switch (row->kind) {
	case KIND_PATH:
		return take_path(config, row->key, value, place, err);
	case KIND_ZONE:
		return take_zone(config, value, place, err);
	case KIND_WORD:
		*(const char **)place = arena_strdup(&config->arena, value);
		return true;
	case KIND_TIME:
	case KIND_MONEY:
		return take_amount(row, value, place, err);
	case KIND_NOT:
		if (!take_switch(row->key, value, &on, err))
			return false;
		*(bool *)place = !on;
		return true;
	case KIND_WIDTH:
		return config_take_width(row->key, value, place, err);
	case KIND_SERVERS:
		return take_servers(config, row, value, line, err);
	case KIND_SECRET:
	case KIND_VARIABLE:
	case KIND_COMMAND:
		return take_secret(config, row, value, line, place, err);
	}
	return false;
}

static bool is_told_twice(const struct row *row, unsigned *seen)
{
	unsigned bit = 1U << (row - rows);
	bool twice = row->kind != KIND_SERVERS && (*seen & bit) != 0;

	*seen |= bit;
	return twice;
}

/* One signs in with a token, or with a handle and a password. */
static bool fits(const struct row *row, const struct config_source *source, struct err *err)
{
	bool of_token = row->place == OF_SOURCE(token);
	bool of_password = row->place == OF_SOURCE(password) || row->place == OF_SOURCE(handle);

	if (of_token && source->by_password)
		return err_set(err, ERR_USAGE, "%s has no token: it wants handle and password",
			       source->name);
	if (of_password && !source->by_password)
		return err_set(err, ERR_USAGE, "%s has no handle and no password: it wants a token",
			       source->name);
	return true;
}

static bool take_row(struct config *config, const struct row *row, const char *section,
		     const char *value, int line, struct err *err)
{
	struct config_source *source = NULL;

	if (!*value)
		return err_set(err, ERR_USAGE, "%s has no value: leave the line out", row->key);
	if (is_source(section)) {
		source = enter_source(config, section + strlen(SOURCE_SECTION), line, err);
		if (!source)
			return false;
	}
	if (source && !fits(row, source, err))
		return false;
	if (is_told_twice(row, source ? &source->seen : &config->seen))
		return err_set(err, ERR_USAGE, "%s is told twice: one of the lines is enough",
			       row->key);
	return take_value(config, row, source ? (char *)source : (char *)config, value, line, err);
}

bool config_take(struct config *config, const char *section, const char *key, const char *value,
		 int line, struct err *err)
{
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		if (belongs(&rows[i], section) && str_same(rows[i].key, key))
			return take_row(config, &rows[i], section, value, line, err);
	return unknown_key(section, key, err);
}
