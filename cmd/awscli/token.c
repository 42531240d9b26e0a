/* Reads and writes tokens. */
#include "cmd/awscli/token.h"

#include <string.h>

#include "base/utf8.h"
#include "cmd/awscli/json.h"

static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
			     "abcdefghijklmnopqrstuvwxyz0123456789+/";

enum {
	TOKEN_MAX = 1024 * 1024, /* a marker is an id */
};

/* As Python's b64decode: what is no digit is passed over. */
static bool
decode(struct buf *out, const char *text, size_t len)
{
	unsigned long bits = 0;
	size_t i, count = 0, pads = 0;
	const char *digit;

	for (i = 0; i < len; i++) {
		if (text[i] == '=') {
			pads++;
			if (count % 4 >= 2 && count % 4 + pads >= 4)
				break;
			continue;
		}
		digit = text[i] ? strchr(digits, text[i]) : NULL;
		if (!digit)
			continue;
		pads = 0;
		bits = bits << 6 | (unsigned long)(digit - digits);
		if (++count % 4 == 0) {
			buf_addch(out, (char)(bits >> 16));
			buf_addch(out, (char)(bits >> 8));
			buf_addch(out, (char)bits);
		}
	}
	if (count % 4 == 1 || (count % 4 && count % 4 + pads < 4))
		return false;
	if (count % 4 == 2)
		buf_addch(out, (char)(bits >> 4));
	if (count % 4 == 3) {
		buf_addch(out, (char)(bits >> 10));
		buf_addch(out, (char)(bits >> 2));
	}
	return true;
}

static void
encode(struct buf *out, const char *text, size_t len)
{
	unsigned long bits;
	size_t i, n, k;

	for (i = 0; i < len; i += 3) {
		n = len - i < 3 ? len - i : 3;
		for (bits = 0, k = 0; k < 3; k++)
			bits = bits << 8 |
			       (k < n ? (unsigned char)text[i + k] : 0U);
		for (k = 0; k < 4; k++)
			buf_addch(out,
				k <= n ? digits[bits >> (18 - 6 * k) & 0x3f]
				       : '=');
	}
}

static struct value *
read_json(struct arena *arena, const struct value *text)
{
	struct value *value = NULL;
	struct buf plain, problem;
	size_t at = 0, n = 1;

	buf_init(&plain, TOKEN_MAX);
	buf_init(&problem, 256);
	if (decode(&plain, text->text, text->len) && !plain.failed) {
		for (; at < plain.len && n; at += n)
			n = utf8_length(plain.data + at, plain.len - at);
		if (n)
			value = json_read(arena, buf_str(&plain), plain.len,
				false, &problem);
	}
	buf_release(&plain);
	buf_release(&problem);
	return value;
}

static int
bad(const struct value *text, struct fault *fault)
{
	fault_set(fault, AWS_FAILED, "Bad starting token: ");
	value_str(&fault->text, text);
	return -1;
}

/* marker, or marker___n: the form before the JSON. */
static int
read_plain(struct token *token, struct arena *arena, const struct value *text,
	struct fault *fault)
{
	const char *cut = strstr(text->text, "___");
	struct value *marker = NULL, *count;
	size_t len = text->len;

	token->keys = value_make(arena, VALUE_DICT);
	if (cut && !strstr(cut + 3, "___")) {
		count = value_read_int(arena, cut + 3, strlen(cut + 3));
		if (count) {
			token->skip = value_number(count);
			len = (size_t)(cut - text->text);
		}
	} else if (cut) {
		return bad(text, fault);
	}
	if (len == 4 && memcmp(text->text, "None", 4) == 0)
		marker = value_make(arena, VALUE_NULL);
	else
		marker = value_text(arena, VALUE_STRING, text->text, len);
	if (!token->keys || !value_put(token->keys, "Marker", marker))
		return fault_memory(fault);
	return 0;
}

int
token_read(struct token *token, struct arena *arena, const struct value *text,
	struct fault *fault)
{
	struct value *json, *skip;

	token->skip = 0;
	token->bad_skip = false;
	if (text->type != VALUE_STRING)
		return bad(text, fault);
	json = read_json(arena, text);
	if (json && !value_is_container(json))
		return fault_set(fault, AWS_FAILED,
			"'%s' object has no attribute 'pop'",
			value_type_name(json));
	if (!json || !value_is_dict(json))
		return read_plain(token, arena, text, fault);
	value_remove(json, "boto_encoded_keys");
	skip = value_get(json, "boto_truncate_amount");
	if (skip) {
		token->skip = value_number(skip);
		token->bad_skip = skip->type != VALUE_INT &&
				  skip->type != VALUE_BOOL &&
				  skip->type != VALUE_NULL;
	}
	value_remove(json, "boto_truncate_amount");
	token->keys = json;
	return 0;
}

/* A JSON string in ASCII. */
static void
add_string(struct buf *out, const struct value *text)
{
	size_t at, n;
	unsigned long c;
	const char *p;

	buf_addch(out, '"');
	for (at = 0; at < text->len; at += n ? n : 1) {
		p = text->text + at;
		n = utf8_length(p, text->len - at);
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

struct value *
token_write(struct arena *arena, const struct value *marker, bool cut,
	long long skip)
{
	struct value *value = NULL;
	struct buf json, text;

	buf_init(&json, TOKEN_MAX);
	buf_init(&text, 2 * TOKEN_MAX);
	buf_addstr(&json, "{\"Marker\": ");
	if (marker && marker->type == VALUE_STRING)
		add_string(&json, marker);
	else
		buf_addstr(&json, "null");
	if (cut)
		buf_addf(&json, ", \"boto_truncate_amount\": %lld", skip);
	buf_addch(&json, '}');
	encode(&text, buf_str(&json), json.len);
	if (!json.failed && !text.failed)
		value = value_text(
			arena, VALUE_STRING, buf_str(&text), text.len);
	buf_release(&json);
	buf_release(&text);
	return value;
}
