/* Reads INI files in place, line by line. */
#include "base/ini.h"

#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/escape.h"
#include "base/file.h"
#include "base/utf8.h"

struct ini_parser {
	struct ini *ini;
	enum ini_form form;
	const char *name;
	char *at, *end; /* still to be read */
	unsigned line; /* number of the last line read, counted from 1 */
	size_t indent; /* of the line with the current key or section */
	const char *section; /* NULL before the first */
	struct ini_entry *open; /* the key whose value may still be continued */
	char *value_end;
	unsigned blank; /* empty lines since value_end */
};

static bool
is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r') ||
	       (c >= '\x1c' && c <= '\x1f');
}

static int
bad_line(const struct ini_parser *parser, struct err *err, const char *what)
{
	struct escaped_name shown;

	return err_set(err, ERR_INPUT, "%s, line %u: %s",
		escape_show_str(&shown, parser->name), parser->line, what);
}

/* The next line without its end (LF, CR LF or CR); false after the last. */
static bool
next_line(struct ini_parser *parser, char **start, char **stop)
{
	char *p = parser->at;

	if (p == parser->end)
		return false;
	while (p < parser->end && *p != '\n' && *p != '\r')
		p++;
	*start = parser->at;
	*stop = p;
	if (p < parser->end && *p == '\r' && p + 1 < parser->end &&
		p[1] == '\n')
		p++;
	parser->at = p < parser->end ? p + 1 : p;
	parser->line++;
	return true;
}

static const struct ini_entry *
find(const struct ini *ini, const char *section, const char *key)
{
	size_t i;

	for (i = 0; i < ini->count; i++) {
		const struct ini_entry *e = &ini->entries[i];

		if (strcmp(e->section, section) == 0 && !e->key == !key &&
			(!key || strcmp(e->key, key) == 0))
			return e;
	}
	return NULL;
}

static int
add_entry(struct ini_parser *parser, const char *key, char *value,
	struct err *err)
{
	struct ini *ini = parser->ini;
	struct ini_entry *grown;
	size_t cap;

	if (ini->count == INI_ENTRIES_MAX)
		return bad_line(
			parser, err, "more than 10,000 keys and sections");
	if ((ini->count & (ini->count - 1)) == 0) {
		cap = ini->count ? 2 * ini->count : 1;
		grown = realloc(ini->entries, cap * sizeof(*grown));
		if (!grown)
			return err_memory(err);
		ini->entries = grown;
	}
	ini->entries[ini->count++] =
		(struct ini_entry){parser->section, key, value, parser->line};
	return 0;
}

/* Returns 1 if the line at `start` is not a [section] line. */
static int
read_section(
	struct ini_parser *parser, char *start, char *stop, struct err *err)
{
	char *close = stop;

	while (close > start && close[-1] != ']')
		close--;
	if (*start != '[' || close - start < 3)
		return 1;
	close[-1] = '\0';
	parser->section = start + 1;
	parser->open = NULL;
	if (!find(parser->ini, parser->section, NULL))
		return add_entry(parser, NULL, NULL, err);
	if (strcmp(parser->section, "DEFAULT") == 0)
		return 0;
	return bad_line(parser, err, "duplicate section");
}

static int
read_key(struct ini_parser *parser, char *start, char *stop, struct err *err)
{
	char *split = start, *key_end, *p;

	if (!parser->section)
		return bad_line(
			parser, err, "a key before the first [section] line");
	while (split < stop && *split != '=' && *split != ':')
		split++;
	if (split == stop)
		return bad_line(parser, err,
			"neither a [section] line, nor key = value, nor a "
			"comment");
	for (key_end = split; key_end > start && is_blank(key_end[-1]);)
		key_end--;
	if (key_end == start)
		return bad_line(parser, err, "no key before the = or :");
	*key_end = '\0';
	for (p = start; p < key_end; p++)
		*p = ascii_lower(*p);
	if (parser->form != INI_PLAIN &&
		find(parser->ini, parser->section, start))
		return bad_line(parser, err, "duplicate key");
	do
		split++;
	while (split < stop && is_blank(*split));
	*stop = '\0';
	if (add_entry(parser, start, split, err) != 0)
		return -1;
	parser->open = &parser->ini->entries[parser->ini->count - 1];
	parser->value_end = stop;
	parser->blank = 0;
	return 0;
}

/*
 * Append a line to the open value, in place. This never overwrites text that is
 * still to be read, since each line ending in between is at least as long as
 * the newline written for it.
 */
static void
continue_value(struct ini_parser *parser, const char *start, const char *stop)
{
	size_t len = (size_t)(stop - start);

	for (parser->blank++; parser->blank > 0; parser->blank--)
		*parser->value_end++ = '\n';
	memmove(parser->value_end, start, len);
	parser->value_end += len;
	*parser->value_end = '\0';
}

static int
read_line(struct ini_parser *parser, char *line, char *stop, struct err *err)
{
	char *start = line;
	size_t indent;
	int rc;

	while (start < stop && is_blank(*start))
		start++;
	while (stop > start && is_blank(stop[-1]))
		stop--;
	if (start == stop) {
		parser->blank++;
		return 0;
	}
	if (*start == '#' || *start == ';')
		return 0;
	indent = (size_t)(start - line);
	if (parser->open && indent > parser->indent) {
		continue_value(parser, start, stop);
		return 0;
	}
	parser->indent = indent;
	rc = read_section(parser, start, stop, err);
	return rc == 1 ? read_key(parser, start, stop, err) : rc;
}

/*
 * Accept only UTF-8 without a NUL: botocore refuses any other encoding, and a C
 * string cannot contain a NUL.
 */
static int
check_text(struct ini_parser *parser, struct err *err)
{
	const char *p = parser->at;
	size_t n;

	for (parser->line = 1; p < parser->end; p += n) {
		n = utf8_length(p, (size_t)(parser->end - p));
		if (n == 0 || *p == '\0')
			return bad_line(parser, err, "not UTF-8 text");
		if (*p == '\n' || (*p == '\r' && p[1] != '\n'))
			parser->line++;
	}
	parser->line = 0;
	return 0;
}

static int
parse(struct ini *ini, enum ini_form form, const char *name, struct err *err)
{
	struct ini_parser parser = {.ini = ini, .form = form, .name = name};
	char *line, *stop;

	if (ini->text.len == 0)
		return 0;
	if (form == INI_PLAIN)
		parser.section = "";
	parser.at = ini->text.data;
	parser.end = parser.at + ini->text.len;
	if (ini->text.len >= 3 && memcmp(parser.at, "\xef\xbb\xbf", 3) == 0)
		parser.at += 3;
	if (check_text(&parser, err) != 0)
		return -1;
	while (next_line(&parser, &line, &stop))
		if (read_line(&parser, line, stop, err) != 0)
			return -1;
	return 0;
}

int
ini_parse(struct ini *ini, enum ini_form form, const char *name,
	const char *text, size_t len, struct err *err)
{
	*ini = (struct ini){.entries = NULL};
	buf_init(&ini->text, INI_MAX);
	buf_add(&ini->text, text, len);
	if (buf_check(&ini->text, err) != 0)
		return err_context(err, "%s", name);
	return parse(ini, form, name, err);
}

int
ini_read(struct ini *ini, enum ini_form form, const char *path, struct err *err)
{
	static const char zeros[4096];
	int i;

	*ini = (struct ini){.entries = NULL};
	buf_init(&ini->text, INI_MAX);
	/* grow it before it holds secrets: realloc leaves unwiped copies */
	for (i = 0; i < 16; i++)
		buf_add(&ini->text, zeros, sizeof(zeros));
	buf_clear(&ini->text);
	if (file_read(path, &ini->text, err) != 0)
		return -1;
	return parse(ini, form, path, err);
}

void
ini_release(struct ini *ini)
{
	buf_wipe(&ini->text);
	free(ini->entries);
	ini->entries = NULL;
	ini->count = 0;
}

bool
ini_is_nested(const char *value)
{
	return value[0] == '\n';
}

/* The next line of a nested section, trimmed; false after the last. */
static bool
next_nested(const char **at, const char **start, const char **stop)
{
	const char *p = *at;

	if (!*p)
		return false;
	*stop = p + strcspn(p, "\n");
	*at = **stop ? *stop + 1 : *stop;
	while (p < *stop && is_blank(*p))
		p++;
	while (*stop > p && is_blank((*stop)[-1]))
		(*stop)--;
	*start = p;
	return true;
}

static bool
is_well_nested(const char *value)
{
	const char *start, *stop;

	while (next_nested(&value, &start, &stop))
		if (start < stop && !memchr(start, '=', (size_t)(stop - start)))
			return false;
	return true;
}

int
ini_check_nested(const struct ini *ini, const char *name, struct err *err)
{
	struct escaped_name shown;
	size_t i;

	for (i = 0; i < ini->count; i++) {
		const struct ini_entry *e = &ini->entries[i];

		if (e->value && ini_is_nested(e->value) &&
			!is_well_nested(e->value))
			return err_set(err, ERR_INPUT,
				"%s, line %u: the lines below this key must "
				"have the form key = value",
				escape_show_str(&shown, name), e->line);
	}
	return 0;
}

bool
ini_get_nested(struct buf *out, const char *value, const char *key)
{
	const char *start, *stop, *equals, *end;
	bool found = false;

	while (next_nested(&value, &start, &stop)) {
		equals = memchr(start, '=', (size_t)(stop - start));
		for (end = equals; end && end > start && is_blank(end[-1]);)
			end--;
		if (!end || strlen(key) != (size_t)(end - start) ||
			memcmp(start, key, strlen(key)) != 0)
			continue;
		for (equals++; equals < stop && is_blank(*equals);)
			equals++;
		buf_clear(out); /* the last of several wins */
		buf_add(out, equals, (size_t)(stop - equals));
		found = true;
	}
	return found;
}

bool
ini_has_section(const struct ini *ini, const char *section)
{
	return strcmp(section, "DEFAULT") != 0 && find(ini, section, NULL);
}

const char *
ini_get(const struct ini *ini, const char *section, const char *key)
{
	const struct ini_entry *e = find(ini, section, key);

	if (!e && find(ini, section, NULL))
		e = find(ini, "DEFAULT", key);
	return e ? e->value : NULL;
}
