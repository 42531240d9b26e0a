/* Writes JSON as Python does. */
#include "cmd/awscli/json_dump.h"

#include "base/utf8.h"

static void
add_string(struct buf *out, const char *text, size_t len)
{
	/* a character and the letter of its escape */
	static const char shorts[] = "\"\"\\\\\nn\rr\tt\bb\ff";
	const char *end = text + len, *s;

	buf_addch(out, '"');
	for (; text < end; text++) {
		for (s = shorts; *s && *s != *text; s += 2)
			;
		if (*text && *s)
			buf_addf(out, "\\%c", s[1]);
		else if ((unsigned char)*text < 0x20)
			buf_addf(out, "\\u%04x", (unsigned)*text);
		else
			buf_addch(out, *text);
	}
	buf_addch(out, '"');
}

static void
indent(struct buf *out, int level)
{
	buf_addch(out, '\n');
	for (; level > 0; level--)
		buf_addstr(out, "    ");
}

static void
add_value(struct buf *out, const struct value *value, int level)
{
	bool list = value->type == VALUE_LIST;
	const struct value *v;

	if (value->type == VALUE_STRING) {
		add_string(out, value->text, value->len);
	} else if (value->type == VALUE_BOOL) {
		buf_addstr(out, value->truth ? "true" : "false");
	} else if (value->type == VALUE_NULL) {
		buf_addstr(out, "null");
	} else if (!value_is_container(value)) {
		buf_add(out, value->text, value->len);
	} else {
		buf_addch(out, list ? '[' : '{');
		for (v = value->first; v; v = v->next) {
			indent(out, level + 1);
			if (!list) {
				add_string(out, v->key, v->key_len);
				buf_addstr(out, ": ");
			}
			add_value(out, v, level + 1);
			buf_addstr(out, v->next ? "," : "");
		}
		if (value->first)
			indent(out, level);
		buf_addch(out, list ? ']' : '}');
	}
}

void
json_dump(struct buf *out, const struct value *value)
{
	add_value(out, value, 0);
	buf_addch(out, '\n');
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
