/* Reads JSON as Python does. */
#include "cmd/awscli/json.h"

#include <stdlib.h>
#include <string.h>

#include "cmd/awscli/python_text.h"

struct json_parser {
	struct arena *arena;
	const char *text, *end;
	const char *at;
	enum value_type dict;
	int depth;
	struct buf *problem;
};

/* Keep the first defect, with its line, column and character. */
static void *
defect(struct json_parser *r, const char *what, const char *at)
{
	const char *line = r->text, *p;
	unsigned lines = 1;

	for (p = r->text; p < at; p++)
		if (*p == '\n') {
			lines++;
			line = p + 1;
		}
	if (!r->problem->len)
		buf_addf(r->problem, "%s: line %u column %zu (char %zu)", what,
			lines,
			python_text_length(line, (size_t)(at - line)) + 1,
			python_text_length(r->text, (size_t)(at - r->text)));
	return NULL;
}

static void *
no_memory(struct json_parser *r)
{
	if (!r->problem->len)
		buf_addstr(r->problem, "out of memory");
	return NULL;
}

static void
skip_blanks(struct json_parser *r)
{
	while (r->at < r->end && *r->at && strchr(" \t\n\r", *r->at))
		r->at++;
}

static bool
is_next(const struct json_parser *r, char c)
{
	return r->at < r->end && *r->at == c;
}

static long
read_hex4(const char *at)
{
	char digits[5] = {0};
	char *end;
	long n;

	memcpy(digits, at, 4);
	if (strspn(digits, "0123456789abcdefABCDEF") != 4)
		return -1;
	n = strtol(digits, &end, 16);
	return n;
}

/* Add a code point as UTF-8; a lone surrogate is encoded in the same way. */
static void
add_character(struct buf *out, unsigned long c)
{
	if (c < 0x80) {
		buf_addch(out, (char)c);
		return;
	}
	if (c < 0x800) {
		buf_addch(out, (char)(0xc0 | c >> 6));
	} else if (c < 0x10000) {
		buf_addch(out, (char)(0xe0 | c >> 12));
		buf_addch(out, (char)(0x80 | (c >> 6 & 0x3f)));
	} else {
		buf_addch(out, (char)(0xf0 | c >> 18));
		buf_addch(out, (char)(0x80 | (c >> 12 & 0x3f)));
		buf_addch(out, (char)(0x80 | (c >> 6 & 0x3f)));
	}
	buf_addch(out, (char)(0x80 | (c & 0x3f)));
}

/* At the u of \uXXXX. The two halves of a pair make one character. */
static bool
read_unicode(struct json_parser *r, struct buf *out)
{
	const char *u = r->at;
	long c, low;

	if (r->end - u <= 5)
		return defect(r, "Invalid \\uXXXX escape", u) != NULL;
	c = read_hex4(u + 1);
	if (c < 0)
		return defect(r, "Invalid \\uXXXX escape", u) != NULL;
	r->at = u + 5;
	if (c >= 0xd800 && c <= 0xdbff && r->end - r->at > 6 &&
		r->at[0] == '\\' && r->at[1] == 'u') {
		low = read_hex4(r->at + 2);
		if (low < 0)
			return defect(r, "Invalid \\uXXXX escape", r->at + 1) !=
			       NULL;
		if (low >= 0xdc00 && low <= 0xdfff) {
			c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
			r->at += 6;
		}
	}
	add_character(out, (unsigned long)c);
	return true;
}

static bool
read_escape(struct json_parser *r, struct buf *out)
{
	static const char known[] = "\"\\/bfnrt", meant[] = "\"\\/\b\f\n\r\t";
	const char *k;

	if (*r->at == 'u')
		return read_unicode(r, out);
	k = *r->at ? strchr(known, *r->at) : NULL;
	if (!k)
		return defect(r, "Invalid \\escape", r->at - 1) != NULL;
	buf_addch(out, meant[k - known]);
	r->at++;
	return true;
}

/* At the opening quote. Adds the characters up to the closing one. */
static bool
read_characters(struct json_parser *r, struct buf *out)
{
	const char *begin = r->at++;

	for (;;) {
		const char *start = r->at;

		while (r->at < r->end && *r->at != '"' && *r->at != '\\') {
			if ((unsigned char)*r->at < 0x20)
				return defect(r, "Invalid control character at",
					       r->at) != NULL;
			r->at++;
		}
		buf_add(out, start, (size_t)(r->at - start));
		if (r->at == r->end)
			break;
		if (*r->at++ == '"')
			return true;
		if (r->at == r->end)
			break;
		if (!read_escape(r, out))
			return false;
	}
	return defect(r, "Unterminated string starting at", begin) != NULL;
}

static struct value *
read_string(struct json_parser *r)
{
	struct value *value = NULL;
	struct buf text;

	buf_init(&text, (size_t)(r->end - r->text));
	if (read_characters(r, &text)) {
		value = text.failed ? NULL
				    : value_new_text(r->arena, VALUE_STRING,
					      buf_str(&text), text.len);
		if (!value)
			no_memory(r);
	}
	buf_release(&text);
	return value;
}

static struct value *
read_number(struct json_parser *r)
{
	const char *start = r->at, *p = start, *digits;
	struct value *value;
	bool whole = true;

	p += p < r->end && *p == '-';
	digits = p;
	while (p < r->end && *p >= '0' && *p <= '9' &&
		!(p > digits && *digits == '0'))
		p++;
	if (p == digits)
		return defect(r, "Expecting value", start);
	if (r->end - p > 1 && *p == '.' && p[1] >= '0' && p[1] <= '9') {
		whole = false;
		for (p++; p < r->end && *p >= '0' && *p <= '9';)
			p++;
	}
	if (p < r->end && (*p == 'e' || *p == 'E')) {
		digits = p + 1;
		digits += digits < r->end && (*digits == '-' || *digits == '+');
		if (digits < r->end && *digits >= '0' && *digits <= '9') {
			whole = false;
			for (p = digits; p < r->end && *p >= '0' && *p <= '9';)
				p++;
		}
	}
	r->at = p;
	value = whole ? value_parse_int(r->arena, start, (size_t)(p - start))
		      : value_new_float(r->arena, strtod(start, NULL));
	return value ? value : no_memory(r);
}

static struct value *
read_constant(struct json_parser *r)
{
	static const struct {
		const char *word;
		enum value_type type;
		const char *text;
	} words[] = {
		{"null", VALUE_NULL, ""},
		{"true", VALUE_BOOL, "1"},
		{"false", VALUE_BOOL, ""},
		{"NaN", VALUE_FLOAT, "nan"},
		{"Infinity", VALUE_FLOAT, "inf"},
		{"-Infinity", VALUE_FLOAT, "-inf"},
	};
	struct value *value;
	size_t i, len;

	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		len = strlen(words[i].word);
		if ((size_t)(r->end - r->at) < len ||
			memcmp(r->at, words[i].word, len) != 0)
			continue;
		r->at += len;
		value = value_new_text(r->arena, words[i].type, words[i].text,
			strlen(words[i].text));
		if (!value)
			return no_memory(r);
		value->truth = value->len > 0;
		return value;
	}
	return read_number(r);
}

static struct value *read_value(struct json_parser *r);

static bool
read_member(struct json_parser *r, struct value *dict)
{
	struct value *key, *value;

	if (!is_next(r, '"'))
		return defect(r,
			       "Expecting property name enclosed in double "
			       "quotes",
			       r->at) != NULL;
	key = read_string(r);
	if (!key)
		return false;
	skip_blanks(r);
	if (!is_next(r, ':'))
		return defect(r, "Expecting ':' delimiter", r->at) != NULL;
	r->at++;
	skip_blanks(r);
	value = read_value(r);
	if (!value)
		return false;
	if (value_set_key(dict, key->text, key->len, value))
		return true;
	return defect(r, "Too many keys in one object", r->at) != NULL;
}

/* At the opening bracket. */
static struct value *
read_container(struct json_parser *r)
{
	bool list = *r->at == '[';
	char close = list ? ']' : '}';
	struct value *container =
		value_new(r->arena, list ? VALUE_LIST : r->dict);

	if (!container)
		return no_memory(r);
	r->at++;
	skip_blanks(r);
	while (!is_next(r, close) || container->first) {
		if (list ? !value_append(container, read_value(r))
			 : !read_member(r, container))
			return NULL;
		skip_blanks(r);
		if (is_next(r, close))
			break;
		if (!is_next(r, ','))
			return defect(r, "Expecting ',' delimiter", r->at);
		r->at++;
		skip_blanks(r);
	}
	r->at++;
	return container;
}

static struct value *
read_value(struct json_parser *r)
{
	struct value *value;

	if (r->at == r->end)
		return defect(r, "Expecting value", r->at);
	if (*r->at == '"')
		return read_string(r);
	if (*r->at != '[' && *r->at != '{')
		return read_constant(r);
	if (r->depth >= VALUE_DEPTH_MAX)
		return defect(r, "Nested too deep", r->at);
	r->depth++;
	value = read_container(r);
	r->depth--;
	return value;
}

struct value *
json_read(struct arena *arena, const char *text, size_t len, bool ordered,
	struct buf *problem)
{
	struct json_parser r = {
		.arena = arena,
		.text = text,
		.end = text + len,
		.at = text,
		.dict = ordered ? VALUE_ORDERED : VALUE_DICT,
		.problem = problem,
	};
	struct value *value;

	if (len >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0)
		return defect(&r,
			"Unexpected UTF-8 BOM (decode using utf-8-sig)", text);
	skip_blanks(&r);
	value = read_value(&r);
	if (!value)
		return NULL;
	skip_blanks(&r);
	return r.at == r.end ? value : defect(&r, "Extra data", r.at);
}
