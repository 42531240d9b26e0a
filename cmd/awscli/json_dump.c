/* Writes values as JSON. */
#include "cmd/awscli/json_dump.h"

#include <string.h>

#include "base/json_writer.h"
#include "cmd/awscli/python_text.h"

/* The names of Python's JSON for what is no number in JSON. */
static const char *
float_text(const struct value *value)
{
	if (strcmp(value->text, "nan") == 0)
		return "NaN";
	if (strcmp(value->text, "inf") == 0)
		return "Infinity";
	return strcmp(value->text, "-inf") == 0 ? "-Infinity" : value->text;
}

static void
write_value(struct json_writer *json, const struct value *value)
{
	const struct value *v;
	const char *text;

	switch (value->type) {
	case VALUE_NULL:
		json_write_null(json);
		break;
	case VALUE_BOOL:
		json_write_bool(json, value->truth);
		break;
	case VALUE_STRING:
		json_write_string_len(json, value->text, value->len);
		break;
	case VALUE_LIST:
		json_begin_array(json);
		for (v = value->first; v; v = v->next)
			write_value(json, v);
		json_end_array(json);
		break;
	case VALUE_DICT:
	case VALUE_ORDERED:
		json_begin_object(json);
		for (v = value->first; v; v = v->next) {
			json_write_key_len(json, v->key, v->key_len);
			write_value(json, v);
		}
		json_end_object(json);
		break;
	case VALUE_FLOAT:
		text = float_text(value);
		json_write_raw(json, text, strlen(text));
		break;
	default:
		json_write_raw(json, value->text, value->len);
	}
}

int
json_dump(emit_fn *emit, void *to, const struct value *value, struct err *err)
{
	struct json_writer json;

	json_writer_init(&json, emit, to, JSON_INDENTED | JSON_SHORT_ESCAPES);
	write_value(&json, value);
	return json_writer_finish(&json, err);
}

/* The letter of a character's escape, or 0. */
static char
escape_letter(uint32_t c)
{
	static const char escaped[] = "\"\\\n\r\t\f\b", letters[] = "\"\\nrtfb";
	const char *at = c > 0 && c < 0x80 ? strchr(escaped, (int)c) : NULL;

	return at ? letters[at - escaped] : '\0';
}

void
json_dump_ascii(struct buf *out, const char *text, size_t len)
{
	size_t at, n;
	uint32_t c;

	buf_addch(out, '"');
	for (at = 0; at < len; at += n) {
		n = python_text_next(text + at, len - at, &c);
		if (escape_letter(c))
			buf_addf(out, "\\%c", escape_letter(c));
		else if (c >= 0x20 && c < 0x7f)
			buf_addch(out, (char)c);
		else if (c < 0x10000)
			buf_addf(out, "\\u%04lx", (unsigned long)c);
		else
			buf_addf(out, "\\u%04lx\\u%04lx",
				0xd800UL + ((c - 0x10000) >> 10),
				0xdc00UL + (c & 0x3ff));
	}
	buf_addch(out, '"');
}

void
json_dump_compact(struct buf *out, const struct value *value)
{
	bool list = value->type == VALUE_LIST;
	const struct value *v;

	if (value->type == VALUE_STRING) {
		json_dump_ascii(out, value->text, value->len);
	} else if (value_is_container(value)) {
		buf_addch(out, list ? '[' : '{');
		for (v = value->first; v; v = v->next) {
			if (!list) {
				json_dump_ascii(out, v->key, v->key_len);
				buf_addch(out, ':');
			}
			json_dump_compact(out, v);
			buf_addstr(out, v->next ? "," : "");
		}
		buf_addch(out, list ? ']' : '}');
	} else if (value->type == VALUE_NULL) {
		buf_addstr(out, "null");
	} else if (value->type == VALUE_BOOL) {
		buf_addstr(out, value->truth ? "true" : "false");
	} else if (value->type == VALUE_FLOAT) {
		buf_addstr(out, float_text(value));
	} else if (value->type == VALUE_REFERENCE) {
		/* a string to Python, too */
		buf_addstr(out, "\"&expression\"");
	} else {
		buf_add(out, value->text, value->len);
	}
}
