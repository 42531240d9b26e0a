/* Decodes and encodes tokens. */
#include "cmd/awscli/page_token.h"

#include <openssl/evp.h>
#include <string.h>

#include "base/utf8.h"
#include "cmd/awscli/json.h"
#include "cmd/awscli/json_dump.h"
#include "cmd/awscli/value_repr.h"

static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
			     "abcdefghijklmnopqrstuvwxyz0123456789+/";

enum {
	TOKEN_MAX = 1024 * 1024, /* a marker is an id */
};

/* Decode base64 as Python's b64decode does, which skips other characters. */
static bool
decode_base64(struct buf *out, const char *text, size_t len)
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

static struct value *
read_json(struct arena *arena, const struct value *text)
{
	struct value *value = NULL;
	struct buf plain, problem;
	size_t at = 0, n = 1;

	buf_init(&plain, TOKEN_MAX);
	buf_init(&problem, 256);
	if (decode_base64(&plain, text->text, text->len) && !plain.failed) {
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
fail_token(const struct value *text, struct fault *fault)
{
	fault_set(fault, AWSCLI_GENERAL_ERROR, "Bad starting token: ");
	value_str(&fault->text, text);
	return -1;
}

/* Decode MARKER or MARKER___n. */
static int
decode_old_form(struct page_token *token, struct arena *arena,
	const struct value *text, struct fault *fault)
{
	const char *cut = strstr(text->text, "___");
	struct value *marker = NULL, *count;
	size_t len = text->len;

	token->keys = value_new(arena, VALUE_DICT);
	if (cut && !strstr(cut + 3, "___")) {
		if (value_is_int_text(cut + 3, strlen(cut + 3))) {
			count = value_parse_int(
				arena, cut + 3, strlen(cut + 3));
			if (!count)
				return fault_no_memory(fault);
			token->skip = value_to_integer(count);
			len = (size_t)(cut - text->text);
		}
	} else if (cut) {
		return fail_token(text, fault);
	}
	if (len == 4 && memcmp(text->text, "None", 4) == 0)
		marker = value_new(arena, VALUE_NULL);
	else
		marker = value_new_text(arena, VALUE_STRING, text->text, len);
	if (!token->keys || !value_set(token->keys, "Marker", marker))
		return fault_no_memory(fault);
	return 0;
}

int
page_token_decode(struct page_token *token, struct arena *arena,
	const struct value *text, struct fault *fault)
{
	struct value *json, *skip;

	token->skip = 0;
	token->bad_skip = false;
	if (text->type != VALUE_STRING)
		return fail_token(text, fault);
	json = read_json(arena, text);
	if (json && !value_is_container(json))
		return fault_set(fault, AWSCLI_GENERAL_ERROR,
			"'%s' object has no attribute 'pop'",
			value_type_name(json));
	if (!json || !value_is_dict(json))
		return decode_old_form(token, arena, text, fault);
	value_remove(json, "boto_encoded_keys");
	skip = value_get(json, "boto_truncate_amount");
	if (skip) {
		token->skip = value_to_integer(skip);
		token->bad_skip = skip->type != VALUE_INT &&
				  skip->type != VALUE_BOOL &&
				  skip->type != VALUE_NULL;
	}
	value_remove(json, "boto_truncate_amount");
	token->keys = json;
	return 0;
}

struct value *
page_token_encode(struct arena *arena, const struct value *marker, bool cut,
	long long skip)
{
	struct value *value = NULL;
	struct buf json;
	char *base64;
	int len;

	buf_init(&json, TOKEN_MAX);
	buf_addstr(&json, "{\"Marker\": ");
	if (marker && marker->type == VALUE_STRING)
		json_dump_ascii(&json, marker->text, marker->len);
	else
		buf_addstr(&json, "null");
	if (cut)
		buf_addf(&json, ", \"boto_truncate_amount\": %lld", skip);
	buf_addch(&json, '}');
	base64 = arena_alloc(arena, (json.len + 2) / 3 * 4 + 1);
	if (!json.failed && base64) {
		len = EVP_EncodeBlock((unsigned char *)base64,
			(const unsigned char *)buf_str(&json), (int)json.len);
		value = value_new_text(
			arena, VALUE_STRING, base64, (size_t)len);
	}
	buf_release(&json);
	return value;
}
