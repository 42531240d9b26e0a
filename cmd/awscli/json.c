/* Reads JSON as Python does. */
#include "cmd/awscli/json.h"

#include <stdlib.h>
#include <string.h>

#include "cmd/awscli/python_int.h"
#include "cmd/awscli/python_text.h"

static const char too_deep[] = "Nested too deep";
static const char too_many_keys[] = "Too many keys in one object";
static const char comma_in_list[] =
	"Illegal trailing comma before end of array";
static const char comma_in_dict[] =
	"Illegal trailing comma before end of object";
static const char out_of_memory[] = "out of memory";

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
defect(struct json_parser *p, const char *what, const char *at)
{
	const char *line = p->text, *c;
	unsigned lines = 1;

	for (c = p->text; c < at; c++)
		if (*c == '\n') {
			lines++;
			line = c + 1;
		}
	if (!p->problem->len)
		buf_addf(p->problem, "%s: line %u column %zu (char %zu)", what,
			lines,
			python_text_length(line, (size_t)(at - line)) + 1,
			python_text_length(p->text, (size_t)(at - p->text)));
	return NULL;
}

static bool
reject(struct json_parser *p, const char *what, const char *at)
{
	defect(p, what, at);
	return false;
}

static void *
no_memory(struct json_parser *p)
{
	if (!p->problem->len)
		buf_addstr(p->problem, out_of_memory);
	return NULL;
}

static void
skip_blanks(struct json_parser *p)
{
	while (p->at < p->end && *p->at && strchr(" \t\n\r", *p->at))
		p->at++;
}

static bool
is_next(const struct json_parser *p, char c)
{
	return p->at < p->end && *p->at == c;
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

/* At the u of \uXXXX. The two halves of a pair make one character. */
static bool
read_unicode(struct json_parser *p, struct buf *out)
{
	const char *u = p->at;
	long c, low;

	if (p->end - u <= 5)
		return reject(p, "Invalid \\uXXXX escape", u);
	c = read_hex4(u + 1);
	if (c < 0)
		return reject(p, "Invalid \\uXXXX escape", u);
	p->at = u + 5;
	if (c >= 0xd800 && c <= 0xdbff && p->end - p->at > 6 &&
		p->at[0] == '\\' && p->at[1] == 'u') {
		low = read_hex4(p->at + 2);
		if (low < 0)
			return reject(p, "Invalid \\uXXXX escape", p->at + 1);
		if (low >= 0xdc00 && low <= 0xdfff) {
			c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
			p->at += 6;
		}
	}
	python_text_add(out, (uint32_t)c);
	return true;
}

static bool
read_escape(struct json_parser *p, struct buf *out)
{
	static const char known[] = "\"\\/bfnrt", meant[] = "\"\\/\b\f\n\r\t";
	const char *k;

	if (*p->at == 'u')
		return read_unicode(p, out);
	k = *p->at ? strchr(known, *p->at) : NULL;
	if (!k)
		return reject(p, "Invalid \\escape", p->at - 1);
	buf_addch(out, meant[k - known]);
	p->at++;
	return true;
}

/* At the opening quote. Adds the characters up to the closing one. */
static bool
read_characters(struct json_parser *p, struct buf *out)
{
	const char *begin = p->at++;

	for (;;) {
		const char *start = p->at;

		while (p->at < p->end && *p->at != '"' && *p->at != '\\') {
			if ((unsigned char)*p->at < 0x20)
				return reject(p, "Invalid control character at",
					p->at);
			p->at++;
		}
		buf_add(out, start, (size_t)(p->at - start));
		if (p->at == p->end)
			break;
		if (*p->at++ == '"')
			return true;
		if (p->at == p->end)
			break;
		if (!read_escape(p, out))
			return false;
	}
	return reject(p, "Unterminated string starting at", begin);
}

static struct value *
read_string(struct json_parser *p)
{
	struct value *value = NULL;
	struct buf text;

	buf_init(&text, (size_t)(p->end - p->text));
	if (read_characters(p, &text)) {
		value = text.failed ? NULL
				    : value_new_text(p->arena, VALUE_STRING,
					      buf_str(&text), text.len);
		if (!value)
			no_memory(p);
	}
	buf_release(&text);
	return value;
}

static struct value *
read_number(struct json_parser *p)
{
	const char *start = p->at, *at = start, *digits;
	struct value *value;
	bool whole = true;

	at += at < p->end && *at == '-';
	digits = at;
	while (at < p->end && *at >= '0' && *at <= '9' &&
		!(at > digits && *digits == '0'))
		at++;
	if (at == digits)
		return defect(p, "Expecting value", start);
	if (p->end - at > 1 && *at == '.' && at[1] >= '0' && at[1] <= '9') {
		whole = false;
		for (at++; at < p->end && *at >= '0' && *at <= '9';)
			at++;
	}
	if (at < p->end && (*at == 'e' || *at == 'E')) {
		digits = at + 1;
		digits += digits < p->end && (*digits == '-' || *digits == '+');
		if (digits < p->end && *digits >= '0' && *digits <= '9') {
			whole = false;
			for (at = digits;
				at < p->end && *at >= '0' && *at <= '9';)
				at++;
		}
	}
	p->at = at;
	digits = start + (*start == '-');
	if (whole && at - digits > PYTHON_INT_DIGITS_MAX) {
		python_int_add_too_long(p->problem, (size_t)(at - digits));
		return NULL;
	}
	value = whole ? value_parse_int(p->arena, start, (size_t)(at - start))
		      : value_new_float(p->arena, strtod(start, NULL));
	return value ? value : no_memory(p);
}

static struct value *
read_constant(struct json_parser *p)
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
		if ((size_t)(p->end - p->at) < len ||
			memcmp(p->at, words[i].word, len) != 0)
			continue;
		p->at += len;
		value = value_new(p->arena, words[i].type);
		if (!value)
			return no_memory(p);
		/* the same text each time: Python's NaN is one object, too */
		value->text = words[i].text;
		value->len = strlen(words[i].text);
		value->truth = value->len > 0;
		return value;
	}
	return read_number(p);
}

static struct value *read_value(struct json_parser *p);

static bool
read_member(struct json_parser *p, struct value *dict)
{
	struct value *key, *value;

	if (!is_next(p, '"'))
		return reject(p,
			"Expecting property name enclosed in double "
			"quotes",
			p->at);
	key = read_string(p);
	if (!key)
		return false;
	skip_blanks(p);
	if (!is_next(p, ':'))
		return reject(p, "Expecting ':' delimiter", p->at);
	p->at++;
	skip_blanks(p);
	value = read_value(p);
	if (!value)
		return false;
	if (value_set_key(dict, key->text, key->len, value))
		return true;
	return reject(p, too_many_keys, p->at);
}

/* At the opening bracket. */
static struct value *
read_container(struct json_parser *p)
{
	bool list = *p->at == '[';
	char close = list ? ']' : '}';
	const char *comma;
	struct value *container =
		value_new(p->arena, list ? VALUE_LIST : p->dict);

	if (!container)
		return no_memory(p);
	p->at++;
	skip_blanks(p);
	while (!is_next(p, close)) {
		if (list ? !value_append(container, read_value(p))
			 : !read_member(p, container))
			return NULL;
		skip_blanks(p);
		if (is_next(p, close))
			break;
		if (!is_next(p, ','))
			return defect(p, "Expecting ',' delimiter", p->at);
		comma = p->at++;
		skip_blanks(p);
		if (is_next(p, close))
			return defect(
				p, list ? comma_in_list : comma_in_dict, comma);
	}
	p->at++;
	return container;
}

static struct value *
read_value(struct json_parser *p)
{
	struct value *value;

	if (p->at == p->end)
		return defect(p, "Expecting value", p->at);
	if (*p->at == '"')
		return read_string(p);
	if (*p->at != '[' && *p->at != '{')
		return read_constant(p);
	if (p->depth >= VALUE_DEPTH_MAX)
		return defect(p, too_deep, p->at);
	p->depth++;
	value = read_container(p);
	p->depth--;
	return value;
}

struct value *
json_read(struct arena *arena, const char *text, size_t len, bool ordered,
	struct buf *problem)
{
	struct json_parser p = {
		.arena = arena,
		.text = text,
		.end = text + len,
		.at = text,
		.dict = ordered ? VALUE_ORDERED : VALUE_DICT,
		.problem = problem,
	};
	struct value *value;

	if (len >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0)
		return defect(&p,
			"Unexpected UTF-8 BOM (decode using utf-8-sig)", text);
	skip_blanks(&p);
	value = read_value(&p);
	if (!value)
		return NULL;
	skip_blanks(&p);
	return p.at == p.end ? value : defect(&p, "Extra data", p.at);
}

bool
json_is_limit(const struct buf *problem)
{
	static const char *const limits[] = {
		too_deep, too_many_keys, out_of_memory};
	size_t i;

	for (i = 0; i < sizeof(limits) / sizeof(limits[0]); i++)
		if (strncmp(buf_str(problem), limits[i], strlen(limits[i])) ==
			0)
			return true;
	return false;
}
