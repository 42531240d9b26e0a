/* Writes values as Python's repr() and str() do. */
#include "cmd/awscli/value_repr.h"

#include <string.h>

#include "base/utf8.h"

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
	};

	return names[value->type];
}

/* Add a character that repr() escapes; false if repr() leaves it unchanged. */
static bool
add_escape(struct buf *out, const unsigned char *c, size_t n, char quote)
{
	if (*c == (unsigned char)quote || *c == '\\')
		buf_addf(out, "\\%c", *c);
	else if (*c == '\n')
		buf_addstr(out, "\\n");
	else if (*c == '\r')
		buf_addstr(out, "\\r");
	else if (*c == '\t')
		buf_addstr(out, "\\t");
	else if (*c < 0x20 || *c == 0x7f)
		buf_addf(out, "\\x%02x", *c);
	else if (n == 0)
		buf_addf(out, "\\udc%02x", *c); /* as os.fsdecode does */
	else if (n == 2 && *c == 0xc2 && (c[1] <= 0xa0 || c[1] == 0xad))
		buf_addf(out, "\\x%02x", c[1]);
	else
		return false;
	return true;
}

static void
repr_text(struct buf *out, const struct value *value)
{
	const char *text = value->text;
	size_t at, n, len = value->len;
	char quote = '\'';

	if (memchr(text, '\'', len) && !memchr(text, '"', len))
		quote = '"';
	if (value->type == VALUE_BYTES)
		buf_addch(out, 'b');
	buf_addch(out, quote);
	for (at = 0; at < len; at += n ? n : 1) {
		n = utf8_length(text + at, len - at);
		if (value->type == VALUE_BYTES &&
			(unsigned char)text[at] > 0x7f)
			buf_addf(out, "\\x%02x", (unsigned char)text[at]),
				n = 1;
		else if (!add_escape(out, (const unsigned char *)text + at, n,
				 quote))
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
			out, value->first ? "OrderedDict([" : "OrderedDict(");
	else
		buf_addch(out, list ? '[' : '{');
	for (v = value->first; v; v = v->next) {
		if (!list) {
			key.text = v->key;
			key.len = v->key_len;
			buf_addstr(out, ordered ? "(" : "");
			repr_text(out, &key);
			buf_addstr(out, ordered ? ", " : ": ");
		}
		value_repr(out, v);
		buf_addstr(out, ordered ? ")" : "");
		buf_addstr(out, v->next ? ", " : "");
	}
	if (ordered)
		buf_addstr(out, value->first ? "])" : ")");
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
