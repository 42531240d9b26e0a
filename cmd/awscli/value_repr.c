/* Writes values as Python's repr() and str() do. */
#include "cmd/awscli/value_repr.h"

#include <string.h>

#include "cmd/awscli/python_text.h"

const char *
value_type_name(const struct value *value)
{
	static const char *const names[] = {
		[VALUE_NULL] = "NoneType",
		[VALUE_BOOL] = "bool",
		[VALUE_INT] = "int",
		[VALUE_FLOAT] = "float",
		[VALUE_STRING] = "str",
		[VALUE_BYTES] = "bytes",
		[VALUE_LIST] = "list",
		[VALUE_DICT] = "dict",
		[VALUE_ORDERED] = "collections.OrderedDict",
		[VALUE_REFERENCE] = "_Expression",
	};

	return names[value->type];
}

/* Add a character that repr() escapes; false if repr() leaves it unchanged. */
static bool
add_escape(struct buf *out, uint32_t c, char quote)
{
	if (c == (unsigned char)quote || c == '\\')
		buf_addf(out, "\\%c", (char)c);
	else if (c == '\n')
		buf_addstr(out, "\\n");
	else if (c == '\r')
		buf_addstr(out, "\\r");
	else if (c == '\t')
		buf_addstr(out, "\\t");
	else if (c < 0x20 || (c >= 0x7f && c <= 0xa0) || c == 0xad)
		buf_addf(out, "\\x%02x", (unsigned)c);
	else if (c >= 0xd800 && c <= 0xdfff)
		buf_addf(out, "\\u%04x", (unsigned)c);
	else
		return false;
	return true;
}

static void
repr_bytes(struct buf *out, const struct value *value, char quote)
{
	size_t i;
	unsigned char c;

	for (i = 0; i < value->len; i++) {
		c = (unsigned char)value->text[i];
		if (c > 0x7f)
			buf_addf(out, "\\x%02x", c);
		else if (!add_escape(out, c, quote))
			buf_addch(out, (char)c);
	}
}

static void
repr_text(struct buf *out, const struct value *value)
{
	const char *text = value->text;
	size_t at, n, len = value->len;
	char quote = '\'';
	uint32_t c;

	if (memchr(text, '\'', len) && !memchr(text, '"', len))
		quote = '"';
	buf_addstr(out, value->type == VALUE_BYTES ? "b" : "");
	buf_addch(out, quote);
	if (value->type == VALUE_BYTES)
		repr_bytes(out, value, quote);
	for (at = 0; value->type != VALUE_BYTES && at < len; at += n) {
		n = python_text_next(text + at, len - at, &c);
		if (!add_escape(out, c, quote))
			buf_add(out, text + at, n);
	}
	buf_addch(out, quote);
}

static void
repr_container(struct buf *out, const struct value *value)
{
	bool ordered = value->type == VALUE_ORDERED;
	bool list = value->type == VALUE_LIST;
	const struct value *v;
	struct value key = {.type = VALUE_STRING};

	if (ordered)
		buf_addstr(
			out, value->first ? "OrderedDict({" : "OrderedDict(");
	else
		buf_addch(out, list ? '[' : '{');
	for (v = value->first; v; v = v->next) {
		if (!list) {
			key.text = v->key;
			key.len = v->key_len;
			repr_text(out, &key);
			buf_addstr(out, ": ");
		}
		value_repr(out, v);
		buf_addstr(out, v->next ? ", " : "");
	}
	if (ordered)
		buf_addstr(out, value->first ? "})" : ")");
	else
		buf_addch(out, list ? ']' : '}');
}

void
value_repr(struct buf *out, const struct value *value)
{
	switch (value->type) {
	case VALUE_NULL:
		buf_addstr(out, "None");
		break;
	case VALUE_BOOL:
		buf_addstr(out, value->truth ? "True" : "False");
		break;
	case VALUE_INT:
	case VALUE_FLOAT:
		buf_add(out, value->text, value->len);
		break;
	case VALUE_STRING:
	case VALUE_BYTES:
		repr_text(out, value);
		break;
	case VALUE_REFERENCE:
		buf_addstr(out, "&expression");
		break;
	default:
		repr_container(out, value);
	}
}

void
value_str(struct buf *out, const struct value *value)
{
	if (value->type == VALUE_STRING)
		buf_add(out, value->text, value->len);
	else
		value_repr(out, value);
}
