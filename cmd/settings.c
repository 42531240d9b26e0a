/* Stores, takes back and merges the values of options. */
#include "cmd/settings.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/escape.h"
#include "base/ini.h"
#include "cmd/option_rows.h"

static void *
slot(struct settings *settings, const struct option_row *row)
{
	return (char *)settings + row->offset;
}

static const void *
slot_of(const struct settings *settings, const struct option_row *row)
{
	return (const char *)settings + row->offset;
}

void
settings_default(struct settings *settings)
{
	const struct option_row *row;

	*settings = (struct settings){0};
	for (row = option_rows; row->name; row++)
		if (row->kind == OPTION_TEXT)
			*(const char **)slot(settings, row) = row->fallback;
}

static int
append(struct string_list *list, const char *item, struct err *err)
{
	const char **items =
		realloc(list->items, (list->count + 1) * sizeof(*list->items));

	if (!items)
		return err_memory(err);
	items[list->count++] = item;
	list->items = items;
	return 0;
}

/* The index of a flag in the list of those given as false, or its length. */
static size_t
find_off(const struct settings *settings, const struct option_row *row)
{
	size_t i;

	for (i = 0; i < settings->off.count; i++)
		if (strcmp(settings->off.items[i], row->name) == 0)
			break;
	return i;
}

static int
set_flag(struct settings *settings, const struct option_row *row,
	const char *value, struct err *err)
{
	bool on = strcmp(value, "true") == 0, *flag = slot(settings, row);
	struct escaped_name shown;

	if (!on && strcmp(value, "false") != 0)
		return err_set(err, ERR_USAGE, "%s=%s: expected true or false",
			row->name, escape_show_str(&shown, value));
	settings_clear(settings, row);
	*flag = on;
	return on ? 0 : append(&settings->off, row->name, err);
}

int
settings_set(struct settings *settings, const struct option_row *row,
	const char *value, struct err *err)
{
	if (row->kind == OPTION_LIST)
		return append(slot(settings, row), value, err);
	if (row->kind == OPTION_FLAG)
		return set_flag(settings, row, value, err);
	*(const char **)slot(settings, row) = value;
	return 0;
}

static void
clear_list(struct string_list *list)
{
	free(list->items);
	*list = (struct string_list){NULL, 0};
}

void
settings_clear(struct settings *settings, const struct option_row *row)
{
	struct string_list *off = &settings->off;
	size_t at;

	if (row->kind == OPTION_LIST) {
		clear_list(slot(settings, row));
	} else if (row->kind == OPTION_FLAG) {
		at = find_off(settings, row);
		if (at < off->count)
			off->items[at] = off->items[--off->count];
		*(bool *)slot(settings, row) = false;
	} else {
		*(const char **)slot(settings, row) = NULL;
	}
}

/* Does the option have a value? A flag that was given as false has one. */
static bool
has_value(const struct settings *settings, const struct option_row *row)
{
	if (row->kind == OPTION_LIST)
		return ((const struct string_list *)slot_of(settings, row))
			       ->count > 0;
	if (row->kind == OPTION_FLAG)
		return *(const bool *)slot_of(settings, row) ||
		       find_off(settings, row) < settings->off.count;
	return *(const char *const *)slot_of(settings, row) != NULL;
}

bool
settings_is_given(const struct settings *settings, const char *name)
{
	const struct option_row *row = option_rows;

	while (row->name && strcmp(row->name, name) != 0)
		row++;
	assert(row->name);
	/* a default is the row's own text, not a copy */
	return has_value(settings, row) &&
	       (row->kind != OPTION_TEXT ||
		       *(const char *const *)slot_of(settings, row) !=
			       row->fallback);
}

static int
take_over(struct settings *settings, const struct option_row *row,
	const struct settings *over, struct err *err)
{
	const struct string_list *list;
	size_t i;

	if (row->kind == OPTION_FLAG)
		return settings_set(settings, row,
			*(const bool *)slot_of(over, row) ? "true" : "false",
			err);
	if (row->kind == OPTION_TEXT)
		return settings_set(settings, row,
			*(const char *const *)slot_of(over, row), err);
	list = slot_of(over, row);
	settings_clear(settings, row);
	for (i = 0; i < list->count; i++)
		if (append(slot(settings, row), list->items[i], err) != 0)
			return -1;
	return 0;
}

int
settings_overlay(
	struct settings *settings, const struct settings *over, struct err *err)
{
	const struct option_row *row;

	for (row = option_rows; row->name; row++)
		if (has_value(over, row) &&
			take_over(settings, row, over, err) != 0)
			return -1;
	return 0;
}

static const struct ini_entry *
entry_of(const struct ini *ini, const char *value)
{
	size_t i;

	for (i = 0; i < ini->count; i++)
		if (ini->entries[i].key && ini->entries[i].value == value)
			return &ini->entries[i];
	return NULL;
}

int
settings_blame(
	const struct settings *settings, const char *value, struct err *err)
{
	const struct ini_entry *entry;
	struct escaped_name file, section;

	if (err->code != ERR_USAGE || !settings->source.file)
		return -1;
	escape_show_str(&file, settings->source.file);
	if (!value)
		return err_context(err, "%s, [%s]", file.text,
			escape_show_str(&section, settings->source.section));
	entry = entry_of(settings->source.ini, value);
	return entry ? err_context(err, "%s, line %u", file.text, entry->line)
		     : -1;
}

void
settings_release(struct settings *settings)
{
	const struct option_row *row;

	for (row = option_rows; row->name; row++)
		if (row->kind == OPTION_LIST)
			settings_clear(settings, row);
	clear_list(&settings->off);
	*settings = (struct settings){0};
}
