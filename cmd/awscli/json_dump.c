/* Writes values as JSON. */
#include "cmd/awscli/json_dump.h"

#include "base/json_writer.h"
#include "base/utf8.h"

static void
write_value(struct json_writer *json, const struct value *value)
{
	const struct value *v;

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

void
json_dump_ascii(struct buf *out, const char *text, size_t len)
{
	size_t at, n;
	unsigned long c;
	const char *p;

	buf_addch(out, '"');
	for (at = 0; at < len; at += n ? n : 1) {
		p = text + at;
		n = utf8_length(p, len - at);
		c = n > 0 ? utf8_code_point(p, n) : (unsigned char)*p;
		if (c == '"' || c == '\\')
			buf_addf(out, "\\%c", (char)c);
		else if (c >= 0x20 && c < 0x7f)
			buf_addch(out, (char)c);
		else if (c < 0x10000)
			buf_addf(out, "\\u%04lx", c);
		else
			buf_addf(out, "\\u%04lx\\u%04lx",
				0xd800 + ((c - 0x10000) >> 10),
				0xdc00 + (c & 0x3ff));
	}
	buf_addch(out, '"');
}
