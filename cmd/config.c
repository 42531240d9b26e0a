/* Reads edgediff.conf according to the table of options. */
#include "cmd/config.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/closest.h"
#include "base/escape.h"
#include "cmd/option_rows.h"

enum {
	SECTION_LIST_MAX = 400, /* bytes; the message has room for as many */
};

static int
bad_entry(const struct config *config, const struct ini_entry *entry,
	const char *what, struct err *err)
{
	struct escaped_name path, key;

	return err_set(err, ERR_USAGE, "%s, line %u: %s: %s",
		escape_show_str(&path, config->path), entry->line,
		escape_show_str(&key, entry->key ? entry->key : entry->section),
		what);
}

/* The option with this key, or NULL. */
static const struct option_row *
row_of(const struct ini_entry *entry)
{
	const struct option_row *row;

	for (row = option_rows; row->name; row++)
		if (strcmp(row->name + strlen("--"), entry->key) == 0)
			return row;
	return NULL;
}

/* Does an earlier entry of the same section have this key? */
static bool
is_repeated(const struct ini *ini, const struct ini_entry *entry)
{
	const struct ini_entry *at;

	for (at = ini->entries; at < entry; at++)
		if (at->key && strcmp(at->section, entry->section) == 0 &&
			strcmp(at->key, entry->key) == 0)
			return true;
	return false;
}

static int
unknown_key(const struct config *config, const struct ini_entry *entry,
	struct err *err)
{
	const struct option_row *row;
	struct closest closest;
	char what[128];

	closest_init(&closest, entry->key, strlen(entry->key));
	for (row = option_rows; row->name; row++)
		if (!(row->commands & PER_RUN))
			closest_offer(&closest, row->name + strlen("--"));
	if (!closest.found)
		return bad_entry(config, entry,
			"no option has this name ('edgediff help invalidate' "
			"lists the options)",
			err);
	snprintf(what, sizeof(what),
		"no option has this name: did you mean %s?", closest.found);
	return bad_entry(config, entry, what, err);
}

static int
check_entry(const struct config *config, const struct ini_entry *entry,
	struct err *err)
{
	const struct option_row *row;

	if (!entry->key)
		return strcmp(entry->section, "DEFAULT") == 0
			       ? bad_entry(config, entry,
					 "put keys for all sections above the "
					 "first section",
					 err)
			       : 0;
	row = row_of(entry);
	if (!row)
		return unknown_key(config, entry, err);
	if (row->commands & PER_RUN)
		return bad_entry(config, entry,
			"this concerns a single run: give it on the command "
			"line",
			err);
	if (strchr(entry->value, '\n'))
		return bad_entry(config, entry,
			"an indented line continues this value: write it on "
			"one line; for a list, repeat the key",
			err);
	if (row->kind == OPTION_FLAG && strcmp(entry->value, "true") != 0 &&
		strcmp(entry->value, "false") != 0)
		return bad_entry(config, entry, "expected true or false", err);
	if (row->kind != OPTION_LIST && is_repeated(&config->ini, entry))
		return bad_entry(config, entry,
			"this key is repeated, but is not a list", err);
	return 0;
}

/* Says which sections there are, and which one may have been meant. */
static int
unknown_section(const struct config *config, const char *name, struct err *err)
{
	const struct ini_entry *entry = config->ini.entries;
	const struct ini_entry *end = entry + config->ini.count;
	struct escaped_name shown, path, meant;
	struct closest closest;
	struct buf list;

	buf_init(&list, SECTION_LIST_MAX);
	closest_init(&closest, name, strlen(name));
	for (; entry < end; entry++) {
		if (entry->key)
			continue;
		closest_offer(&closest, entry->section);
		escape_show_str(&shown, entry->section);
		if (list.len + strlen(shown.text) + 8 < SECTION_LIST_MAX)
			buf_addf(&list, "%s[%s]", list.len > 0 ? ", " : "",
				shown.text);
	}
	escape_show_str(&path, config->path);
	escape_show_str(&shown, name);
	escape_show_str(&meant, closest.found ? closest.found : "");
	err_set(err, ERR_USAGE,
		"--distribution %s: %s has no section [%s]%s%s%s %s",
		shown.text, path.text, shown.text,
		closest.found ? ": did you mean [" : "",
		closest.found ? meant.text : "",
		closest.found ? "]? It has" : ": it has",
		list.len > 0 || list.failed ? buf_shown(&list) : "none");
	buf_release(&list);
	return -1;
}

static int
check_names(const struct config *config, const struct string_list *names,
	struct err *err)
{
	struct escaped_name shown;
	size_t i, j;

	if (names->count > SECTIONS_MAX)
		return err_set(err, ERR_USAGE, "--distribution: more than %d",
			SECTIONS_MAX);
	for (i = 0; i < names->count; i++) {
		escape_show_str(&shown, names->items[i]);
		if (!names->items[i][0] ||
			!ini_has_section(&config->ini, names->items[i]))
			return unknown_section(config, names->items[i], err);
		for (j = 0; j < i; j++)
			if (strcmp(names->items[i], names->items[j]) == 0)
				return err_set(err, ERR_USAGE,
					"--distribution %s is given twice",
					shown.text);
	}
	return 0;
}

static int
fail_read(const char *section, struct err *err)
{
	struct escaped_name shown;

	if (err->code == ERR_INPUT)
		err->code = ERR_USAGE;
	if (err->sys_errno != ENOENT)
		return err_context(err, "--distribution");
	return err_context(err,
		"--distribution %s, which names a section of a file "
		"(--distribution-id takes an ID)",
		escape_show_str(&shown, section));
}

static int
read_file(struct config *config, const char *path, struct err *err)
{
	config->path = path;
	return ini_read(&config->ini, INI_PLAIN, path, err);
}

static int
check_entries(const struct config *config, struct err *err)
{
	size_t i;

	for (i = 0; i < config->ini.count; i++)
		if (check_entry(config, &config->ini.entries[i], err) != 0)
			return -1;
	return 0;
}

int
config_open(
	struct config *config, const struct settings *given, struct err *err)
{
	*config = (struct config){.path = NULL};
	if (given->sections.count == 0)
		return given->config ? err_set(err, ERR_USAGE,
					       "--config needs --distribution: "
					       "the name of a section")
				     : 0;
	if (read_file(config, given->config ? given->config : CONFIG_PATH,
		    err) != 0)
		return fail_read(given->sections.items[0], err);
	return check_entries(config, err) == 0
		       ? check_names(config, &given->sections, err)
		       : -1;
}

void
config_open_unnamed(struct config *config)
{
	struct err why = ERR_INIT;

	*config = (struct config){.path = NULL};
	if (read_file(config, CONFIG_PATH, &why) != 0 ||
		check_entries(config, &why) != 0)
		config_release(config);
}

const char *
config_section(const struct config *config, size_t index)
{
	size_t i;

	for (i = 0; config->path && i < config->ini.count; i++)
		if (!config->ini.entries[i].key && index-- == 0)
			return config->ini.entries[i].section;
	return NULL;
}

int
config_check_several(const struct settings *given, struct err *err)
{
	const char *option = given->distribution       ? "--distribution-id"
			     : given->baseline         ? "--baseline"
			     : given->cache            ? "--cache"
			     : given->reviewed         ? "--reviewed"
			     : given->report.count > 0 ? "--report"
						       : NULL;

	if (given->sections.count < 2 || !option)
		return 0;
	return err_set(err, ERR_USAGE,
		"%s is for one distribution: name one with --distribution",
		option);
}

void
config_release(struct config *config)
{
	if (config->path)
		ini_release(&config->ini);
	config->path = NULL;
}

/* Apply the entries of a section; "" is the part above the first section. */
static int
apply(const struct config *config, const char *section, unsigned bit,
	struct settings *out, struct err *err)
{
	const struct ini_entry *entry = config->ini.entries;
	const struct ini_entry *end = entry + config->ini.count;
	const struct option_row *row;

	for (; entry < end; entry++) {
		if (!entry->key || strcmp(entry->section, section) != 0)
			continue;
		row = row_of(entry);
		if (!row || !(row->commands & bit))
			continue; /* an option of another command */
		if (row->kind == OPTION_LIST &&
			!is_repeated(&config->ini, entry))
			settings_clear(out, row);
		if (settings_set(out, row, entry->value, err) != 0)
			return -1;
	}
	return 0;
}

int
config_settings(const struct config *config, const char *section, unsigned bit,
	const struct settings *given, struct settings *out, struct err *err)
{
	settings_default(out);
	if (section) {
		out->source.file = config->path;
		out->source.section = section;
		out->source.ini = &config->ini;
	}
	if (section && (apply(config, "", bit, out, err) != 0 ||
			       apply(config, section, bit, out, err) != 0))
		return -1;
	return settings_overlay(out, given, err);
}

int
config_take_one(struct config *config, struct arguments *arguments,
	unsigned bit, struct err *err)
{
	const struct string_list *sections = &arguments->given.sections;

	if (config_open(config, &arguments->given, err) != 0)
		return -1;
	if (sections->count > 1)
		return err_set(err, ERR_USAGE,
			"--distribution: this command takes only one");
	settings_release(&arguments->settings);
	return config_settings(config,
		sections->count > 0 ? sections->items[0] : NULL, bit,
		&arguments->given, &arguments->settings, err);
}
