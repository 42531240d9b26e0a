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
	char *at, *end; /* what is still to be read */
	unsigned line; /* of the line last read, from 1 */
	size_t indent; /* of the line that opened the key or section */
	const char *section; /* NULL before the first */
	struct ini_entry *open; /* the key that a deeper line continues */
	char *value_end;
	unsigned blank; /* empty lines since, part of the value if it goes on */
};

static bool
is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r') ||
	       (c >= '\x1c' && c <= '\x1f');
}

static int
bad_line(const struct ini_parser *r, struct err *err, const char *what)
{
	struct escaped_name shown;

	return err_set(err, ERR_INPUT, "%s, line %u: %s",
		escape_show_str(&shown, r->name), r->line, what);
}

/* The next line without its end (LF, CR LF or CR); false after the last. */
static bool
next_line(struct ini_parser *r, char **start, char **stop)
{
	char *p = r->at;

	if (p == r->end)
		return false;
	while (p < r->end && *p != '\n' && *p != '\r')
		p++;
	*start = r->at;
	*stop = p;
	if (p < r->end && *p == '\r' && p + 1 < r->end && p[1] == '\n')
		p++;
	r->at = p < r->end ? p + 1 : p;
	r->line++;
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
add_entry(struct ini_parser *r, const char *key, char *value, struct err *err)
{
	struct ini *ini = r->ini;
	struct ini_entry *grown;
	size_t cap;

	if (ini->count == INI_ENTRIES_MAX)
		return bad_line(r, err, "more than 10,000 lines of entries");
	if ((ini->count & (ini->count - 1)) == 0) {
		cap = ini->count ? 2 * ini->count : 1;
		grown = realloc(ini->entries, cap * sizeof(*grown));
		if (!grown)
			return err_memory(err);
		ini->entries = grown;
	}
	ini->entries[ini->count++] =
		(struct ini_entry){r->section, key, value, r->line};
	return 0;
}

/* `start` is at the [; returns 1 where the line is no section's. */
static int
read_section(struct ini_parser *r, char *start, char *stop, struct err *err)
{
	char *close = stop;

	while (close > start && close[-1] != ']')
		close--;
	if (*start != '[' || close - start < 3)
		return 1;
	close[-1] = '\0';
	r->section = start + 1;
	r->open = NULL;
	if (!find(r->ini, r->section, NULL))
		return add_entry(r, NULL, NULL, err);
	if (strcmp(r->section, "DEFAULT") == 0)
		return 0;
	return bad_line(r, err, "a section of this name stands above already");
}

static int
read_key(struct ini_parser *r, char *start, char *stop, struct err *err)
{
	char *split = start, *key_end, *p;

	if (!r->section)
		return bad_line(r, err, "no [section] line stands above it");
	while (split < stop && *split != '=' && *split != ':')
		split++;
	if (split == stop)
		return bad_line(r, err,
			"neither a [section], nor key = value, nor a comment");
	for (key_end = split; key_end > start && is_blank(key_end[-1]);)
		key_end--;
	if (key_end == start)
		return bad_line(r, err, "nothing stands before the = or :");
	*key_end = '\0';
	for (p = start; p < key_end; p++)
		*p = ascii_lower(*p);
	if (r->form != INI_PLAIN && find(r->ini, r->section, start))
		return bad_line(r, err, "this section has that key already");
	do
		split++;
	while (split < stop && is_blank(*split));
	*stop = '\0';
	if (add_entry(r, start, split, err) != 0)
		return -1;
	r->open = &r->ini->entries[r->ini->count - 1];
	r->value_end = stop;
	r->blank = 0;
	return 0;
}

/*
 * Append a line to the open value. It moves left or stays: each of the ends of
 * line in between left room for a newline.
 */
static void
continue_value(struct ini_parser *r, const char *start, const char *stop)
{
	size_t len = (size_t)(stop - start);

	for (r->blank++; r->blank > 0; r->blank--)
		*r->value_end++ = '\n';
	memmove(r->value_end, start, len);
	r->value_end += len;
	*r->value_end = '\0';
}

static int
read_line(struct ini_parser *r, char *line, char *stop, struct err *err)
{
	char *start = line;
	size_t indent;
	int rc;

	while (start < stop && is_blank(*start))
		start++;
	while (stop > start && is_blank(stop[-1]))
		stop--;
	if (start == stop) {
		r->blank++;
		return 0;
	}
	if (*start == '#' || *start == ';')
		return 0;
	indent = (size_t)(start - line);
	if (r->open && indent > r->indent) {
		continue_value(r, start, stop);
		return 0;
	}
	r->indent = indent;
	rc = read_section(r, start, stop, err);
	return rc == 1 ? read_key(r, start, stop, err) : rc;
}

/* UTF-8 without NUL: botocore refuses the one, C strings the other. */
static int
check_text(struct ini_parser *r, struct err *err)
{
	const char *p = r->at;
	size_t n;

	for (r->line = 1; p < r->end; p += n) {
		n = utf8_length(p, (size_t)(r->end - p));
		if (n == 0 || *p == '\0')
			return bad_line(r, err, "not UTF-8 text");
		if (*p == '\n' || (*p == '\r' && p[1] != '\n'))
			r->line++;
	}
	r->line = 0;
	return 0;
}

static int
parse(struct ini *ini, enum ini_form form, const char *name, struct err *err)
{
	struct ini_parser r = {.ini = ini, .form = form, .name = name};
	char *line, *stop;

	if (ini->text.len == 0)
		return 0;
	if (form == INI_PLAIN)
		r.section = "";
	r.at = ini->text.data;
	r.end = r.at + ini->text.len;
	if (ini->text.len >= 3 && memcmp(r.at, "\xef\xbb\xbf", 3) == 0)
		r.at += 3;
	if (check_text(&r, err) != 0)
		return -1;
	while (next_line(&r, &line, &stop))
		if (read_line(&r, line, stop, err) != 0)
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
	/* Grow before it holds secrets: realloc leaves copies unwiped. */
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
				"%s, line %u: neither a value nor a nested "
				"section of key = value",
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
		buf_clear(out); /* the last of several counts */
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
