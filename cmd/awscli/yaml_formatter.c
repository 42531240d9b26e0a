/* Formats values as YAML. */
#include "cmd/awscli/yaml_formatter.h"

#include <string.h>
#include <strings.h>

#include "cmd/awscli/json_dump.h"
#include "cmd/awscli/key_set.h"
#include "cmd/awscli/python_text.h"

enum {
	INDENT = 2,
	KEY_BYTES_MAX = 500, /* of one before its colon: readers take 1024 */
};

/* --------------------------------------------------------------- strings */

/* May the character stand in a string without escapes? */
static bool
is_printable(uint32_t c)
{
	return (c >= 0x20 && c < 0x7f) ||
	       (c >= 0xa0 && c != 0x2028 && c != 0x2029 && c != 0xfeff &&
		       !(c >= 0xd800 && c <= 0xdfff) && (c & 0xfffe) != 0xfffe);
}

static bool
is_all_printable(const char *text, size_t len)
{
	size_t at = 0;
	uint32_t c;

	while (at < len) {
		at += python_text_next(text + at, len - at, &c);
		if (!is_printable(c))
			return false;
	}
	return true;
}

/* Would a reader take it for a number, a date, a bool or null? */
static bool
is_ambiguous(const char *text, size_t len)
{
	static const char *const words[] = {"null", "~", "true", "false", "yes",
		"no", "on", "off", "y", "n", "=", "<<", "---", "..."};
	size_t i;

	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strlen(words[i]) == len &&
			strncasecmp(words[i], text, len) == 0)
			return true;
	return (*text >= '0' && *text <= '9') || *text == '+' || *text == '-' ||
	       *text == '.';
}

/* May a string of printable characters stand without quotes? */
static bool
is_plain(const char *text, size_t len)
{
	size_t i;

	if (len == 0 || text[0] == ' ' || text[len - 1] == ' ' ||
		text[len - 1] == ':' || is_ambiguous(text, len) ||
		strchr("#,[]{}&*!|>'\"%@`?:", text[0]))
		return false;
	for (i = 1; i < len; i++)
		if ((text[i] == ' ' && text[i - 1] == ':') ||
			(text[i] == '#' && text[i - 1] == ' '))
			return false;
	return true;
}

static void
add_escaped(struct buf *out, const char *text, size_t len)
{
	size_t at, n;
	uint32_t c;

	buf_addch(out, '"');
	for (at = 0; at < len; at += n) {
		n = python_text_next(text + at, len - at, &c);
		if (c == '"' || c == '\\')
			buf_addf(out, "\\%c", (char)c);
		else if (is_printable(c))
			buf_add(out, text + at, n);
		else if (c == '\n' || c == '\t' || c == '\r')
			buf_addf(out, "\\%c",
				c == '\n' ? 'n' : (c == '\t' ? 't' : 'r'));
		else if (c > 0xffff)
			buf_addf(out, "\\U%08lx", (unsigned long)c);
		else
			buf_addf(out, "\\u%04lx", (unsigned long)c);
	}
	buf_addch(out, '"');
}

static void
add_string(struct buf *out, const char *text, size_t len)
{
	size_t i;

	if (!is_all_printable(text, len)) {
		add_escaped(out, text, len);
	} else if (is_plain(text, len)) {
		buf_add(out, text, len);
	} else {
		buf_addch(out, '\'');
		for (i = 0; i < len; i++) {
			if (text[i] == '\'')
				buf_addch(out, '\'');
			buf_addch(out, text[i]);
		}
		buf_addch(out, '\'');
	}
}

/* ---------------------------------------------------------------- values */

/* YAML wants a point in a number with an exponent. */
static void
add_float(struct buf *out, const char *text)
{
	const char *e = strchr(text, 'e');

	if (strcmp(text, "nan") == 0)
		buf_addstr(out, ".nan");
	else if (strcmp(text, "inf") == 0)
		buf_addstr(out, ".inf");
	else if (strcmp(text, "-inf") == 0)
		buf_addstr(out, "-.inf");
	else if (e && !strchr(text, '.'))
		buf_addf(out, "%.*s.0%s", (int)(e - text), text, e);
	else
		buf_addstr(out, text);
}

static void
add_scalar(struct buf *out, const struct value *value)
{
	if (value->type == VALUE_STRING)
		add_string(out, value->text, value->len);
	else if (value->type == VALUE_FLOAT)
		add_float(out, value->text);
	else
		json_dump_compact(out, value);
}

static void
add_indent(struct buf *out, int indent)
{
	for (; indent > 0; indent--)
		buf_addch(out, ' ');
}

/*
 * Add a list or a dict that is not empty, from where the line stands, which is
 * at the column `indent`.
 */
static bool add_block(struct buf *out, const struct value *value, int indent);

/* Add the value of a key, from behind the colon. */
static bool
add_member(struct buf *out, const struct value *value, int indent)
{
	if (!value_is_container(value) || !value->first) {
		buf_addch(out, ' ');
		add_scalar(out, value);
		buf_addch(out, '\n');
		return true;
	}
	/* a list may stand below its key */
	indent += value->type == VALUE_LIST ? 0 : INDENT;
	buf_addch(out, '\n');
	add_indent(out, indent);
	return add_block(out, value, indent);
}

static bool
add_dict(struct buf *out, const struct value *dict, int indent)
{
	struct key_set keys = {NULL, 0};
	bool ok = key_set_add(&keys, dict, KEY_SET_ALL);
	const struct value *v;
	size_t i;

	key_set_sort(&keys);
	for (i = 0; i < keys.count && ok; i++) {
		v = keys.list[i];
		if (i > 0)
			add_indent(out, indent);
		buf_addstr(out, v->key_len > KEY_BYTES_MAX ? "? " : "");
		add_string(out, v->key, v->key_len);
		if (v->key_len > KEY_BYTES_MAX) {
			buf_addch(out, '\n');
			add_indent(out, indent);
		}
		buf_addch(out, ':');
		ok = add_member(out, v, indent);
	}
	key_set_release(&keys);
	return ok;
}

static bool
add_item(struct buf *out, const struct value *value, int indent)
{
	buf_addstr(out, "- ");
	if (value_is_container(value) && value->first)
		return add_block(out, value, indent + INDENT);
	add_scalar(out, value);
	buf_addch(out, '\n');
	return true;
}

static bool
add_block(struct buf *out, const struct value *value, int indent)
{
	const struct value *v;

	if (value->type != VALUE_LIST)
		return add_dict(out, value, indent);
	for (v = value->first; v; v = v->next) {
		if (v != value->first)
			add_indent(out, indent);
		if (!add_item(out, v, indent))
			return false;
	}
	return true;
}

bool
yaml_format(struct buf *out, const struct value *value)
{
	struct err err = ERR_INIT;

	if (value_is_container(value) && value->first)
		return add_block(out, value, 0);
	if (value_is_dict(value))
		return true;
	return json_dump(buf_emit, out, value, &err) == 0;
}

bool
yaml_format_item(struct buf *out, const struct value *value)
{
	return add_item(out, value, 0);
}
