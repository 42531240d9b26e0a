/* Serializes requests. */
#include "cmd/awscli/request.h"

#include <string.h>

#include "base/percent.h"
#include "base/utf8.h"

#define NAMESPACE "http://cloudfront.amazonaws.com/doc/2020-05-31/"

void
request_write_uri(struct buf *path, struct buf *query,
	const struct operation *operation, const struct value *parameters)
{
	const char *at = operation->uri, *close;
	const struct shape_member *member;
	const struct value *v;

	while (*at) {
		close = *at == '{' ? strchr(at, '}') : NULL;
		if (!close) {
			buf_addch(path, *at++);
			continue;
		}
		member = shape_member(
			operation->input, at + 1, (size_t)(close - at - 1));
		v = member ? value_get(parameters, member->name) : NULL;
		if (v)
			percent_encode(path, v->text, v->len, "");
		at = close + 1;
	}
	for (v = parameters->first; v; v = v->next) {
		member = shape_member(operation->input, v->key, v->key_len);
		if (!member || member->location != LOCATION_QUERY)
			continue;
		buf_addf(query, "%s%s=", query->len ? "&" : "", member->name);
		percent_encode(query, v->text, v->len, "");
	}
}

/* Is it a lone surrogate, as "\\ud800" in JSON makes it? */
static bool
is_surrogate(const char *text, size_t len)
{
	return len >= 3 && (unsigned char)text[0] == 0xed &&
	       ((unsigned char)text[1] & 0xe0) == 0xa0 &&
	       ((unsigned char)text[2] & 0xc0) == 0x80;
}

/* Escape text, and write bytes that are not UTF-8 as Python's surrogates. */
static void
add_text(struct buf *out, const char *text, size_t len)
{
	size_t at, n;

	for (at = 0; at < len; at += n ? n : 1) {
		n = utf8_length(text + at, len - at);
		if (text[at] == '&')
			buf_addstr(out, "&amp;");
		else if (text[at] == '<')
			buf_addstr(out, "&lt;");
		else if (text[at] == '>')
			buf_addstr(out, "&gt;");
		else if (n == 0 && is_surrogate(text + at, len - at)) {
			buf_addf(out, "&#%d;",
				0xd000 | (text[at + 1] & 0x3f) << 6 |
					(text[at + 2] & 0x3f));
			n = 3;
		} else if (n == 0)
			buf_addf(
				out, "&#%d;", 0xdc00 + (unsigned char)text[at]);
		else
			buf_add(out, text + at, n);
	}
}

static void add_element(struct buf *out, const char *name,
	const char *attributes, const struct value *value,
	const struct shape *shape);

static void
add_members(
	struct buf *out, const struct value *value, const struct shape *shape)
{
	const struct shape_member *member;
	const struct value *v;

	for (v = value->first; v; v = v->next) {
		if (shape->type == SHAPE_LIST) {
			add_element(out, shape->element_name, "", v,
				shape->element);
			continue;
		}
		member = shape_member(shape, v->key, v->key_len);
		if (member)
			add_element(out, member->name, "", v, member->shape);
	}
}

static void
add_element(struct buf *out, const char *name, const char *attributes,
	const struct value *value, const struct shape *shape)
{
	struct value text = {.type = VALUE_STRING};
	bool nested = value_is_container(value);

	if (nested ? !value->first
		   : value->type == VALUE_STRING && value->len == 0) {
		buf_addf(out, "<%s%s />", name, attributes);
		return;
	}
	buf_addf(out, "<%s%s>", name, attributes);
	if (nested) {
		add_members(out, value, shape);
	} else {
		text.text = value->type == VALUE_BOOL
				    ? (value->truth ? "True" : "False")
				    : value->text;
		text.len = value->type == VALUE_BOOL ? strlen(text.text)
						     : value->len;
		add_text(out, text.text, text.len);
	}
	buf_addf(out, "</%s>", name);
}

void
request_write_body(struct buf *out, const struct operation *operation,
	const struct value *parameters)
{
	const struct shape_member *member;
	const struct value *v;

	for (v = parameters->first; v; v = v->next) {
		member = shape_member(operation->input, v->key, v->key_len);
		if (member && member->location == LOCATION_BODY)
			add_element(out, member->name,
				" xmlns=\"" NAMESPACE "\"", v, member->shape);
	}
}
