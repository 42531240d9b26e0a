/* Parses shorthand. */
#include "cmd/awscli/shorthand_parser.h"

#include <string.h>

#include "base/utf8.h"
#include "cmd/awscli/paramfile.h"
#include "cmd/awscli/python_text.h"

enum {
	DEPTH_MAX = 300, /* nested lists and hashes */
};

static void *
unexpected(struct shorthand_parser *p, const char *expected, const char *found)
{
	p->expected = expected;
	p->found = found;
	p->error_at = p->at;
	return NULL;
}

static bool
is_next(const struct shorthand_parser *p, char c)
{
	return p->at < p->end && *p->at == c;
}

static void
skip_blanks(struct shorthand_parser *p)
{
	while (p->at < p->end && *p->at && strchr(" \t\n\r\v\f", *p->at))
		p->at++;
}

static bool
expect(struct shorthand_parser *p, const char *c)
{
	if (!is_next(p, *c)) {
		unexpected(p, c, NULL);
		return false;
	}
	p->at++;
	return true;
}

static bool
expect_between_blanks(struct shorthand_parser *p, const char *c)
{
	skip_blanks(p);
	if (!expect(p, c))
		return false;
	skip_blanks(p);
	return true;
}

/*
 * The bytes of a character; 0 for one beyond U+FFFF, which ends a bare value.
 */
static size_t
wide_length(const struct shorthand_parser *p)
{
	size_t n = utf8_length(p->at, (size_t)(p->end - p->at));

	return n == 4 ? 0 : n ? n : 1;
}

/* A value as it is written, or, after @=, of the file that it names. */
static struct value *
resolved(struct shorthand_parser *p, const struct buf *text, size_t len)
{
	struct value *value = NULL;

	if (text->failed)
		return NULL;
	value = value_new_text(p->arena, VALUE_STRING, buf_str(text), len);
	if (value && p->reads_files)
		p->unreadable = paramfile_load(&value, p->arena, value->text,
					NULL, p->fault) != 0;
	return p->unreadable ? NULL : value;
}

enum bare_position {
	BARE_START, /* its first character */
	BARE_FIRST, /* inside the first value of a key, or in a list or hash */
	BARE_SECOND, /* inside the values after that */
};

static bool
is_bare(char c, enum bare_position position)
{
	if (python_is_space(c))
		return position != BARE_START;
	if ((unsigned char)c < 0x20 || c == '"' || c == '\'' || c == ',')
		return false;
	switch (position) {
	case BARE_START:
		return c != '=' && c != '[' && c != '{';
	case BARE_FIRST:
		return c != ']' && c != '}';
	default:
		return c != '=';
	}
}

/* The bytes of the next character of a bare value; 0 at its end. */
static size_t
bare_length(const struct shorthand_parser *p, enum bare_position position)
{
	if (p->at == p->end)
		return 0;
	if (p->end - p->at > 1 && p->at[0] == '\\' && p->at[1] == ',')
		return 2;
	if ((unsigned char)*p->at >= 0x80)
		return wide_length(p);
	return is_bare(*p->at, position);
}

/* Returns NULL, without an error, if none begins here. */
static struct value *
bare(struct shorthand_parser *p, enum bare_position inside)
{
	struct value *value;
	struct buf text;
	size_t n = bare_length(p, BARE_START), kept = 0;

	if (n == 0)
		return NULL;
	buf_init(&text, (size_t)(p->end - p->at));
	for (; n > 0; n = bare_length(p, inside)) {
		if (n == 2 && p->at[0] == '\\' && p->at[1] == ',')
			buf_addch(&text, ',');
		else
			buf_add(&text, p->at, n);
		if (python_space_length(p->at, n) == 0)
			kept = text.len; /* without the white space at the end */
		p->at += n;
	}
	value = resolved(p, &text, kept);
	buf_release(&text);
	return value;
}

/*
 * The closing quote of the text at the parser's position, or NULL. If every
 * other quote is escaped, the last escaped one closes the text.
 */
static const char *
closing_quote(const struct shorthand_parser *p, char quote)
{
	const char *at, *escaped = NULL;

	for (at = p->at + 1; at < p->end && *at != quote; at++)
		if (*at == '\\' && at + 1 < p->end && at[1] == quote)
			escaped = ++at;
	return at < p->end ? at : escaped;
}

static struct value *
quoted(struct shorthand_parser *p)
{
	char quote = *p->at;
	const char *close = closing_quote(p, quote), *c;
	struct value *value = NULL;
	struct buf first, text;
	size_t i;

	if (!close)
		return unexpected(p,
			quote == '"' ? "<double quoted>" : "<singled quoted>",
			"<none>");
	buf_init(&first, (size_t)(p->end - p->text));
	buf_init(&text, (size_t)(p->end - p->text));
	/* in two passes like the CLI, otherwise \\" would be ambiguous */
	for (c = p->at + 1; c < close; c++)
		if (!(*c == '\\' && c + 1 < close && c[1] == quote))
			buf_addch(&first, *c);
	for (i = 0; i < first.len; i++) {
		if (first.data[i] == '\\' && i + 1 < first.len &&
			first.data[i + 1] == '\\')
			i++;
		buf_addch(&text, first.data[i]);
	}
	p->at = close + 1;
	if (!first.failed)
		value = resolved(p, &text, text.len);
	buf_release(&first);
	buf_release(&text);
	return value;
}

static struct value *
first_value(struct shorthand_parser *p)
{
	if (is_next(p, '\'') || is_next(p, '"'))
		return quoted(p);
	if (bare_length(p, BARE_START) == 0)
		return value_new_string(p->arena, "");
	return bare(p, BARE_FIRST);
}

static struct value *
second_value(struct shorthand_parser *p)
{
	if (is_next(p, '\'') || is_next(p, '"'))
		return quoted(p);
	if (bare_length(p, BARE_START) == 0)
		return unexpected(p, "<second>", "<none>");
	return bare(p, BARE_SECOND);
}

static struct value *
key(struct shorthand_parser *p)
{
	static const char valid[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "abcdefghijklmnopqrstuvwxyz0123456789"
				    "-_.#/:";
	const char *start = p->at;

	while (p->at < p->end && *p->at && strchr(valid, *p->at))
		p->at++;
	return value_new_text(
		p->arena, VALUE_STRING, start, (size_t)(p->at - start));
}

/* The = or @= after a key. */
static bool
expect_equals(struct shorthand_parser *p)
{
	skip_blanks(p);
	p->reads_files = is_next(p, '@');
	if (p->reads_files)
		p->at++;
	return expect_between_blanks(p, "=");
}

static struct value *container(struct shorthand_parser *p);

static struct value *
entry(struct shorthand_parser *p)
{
	if (is_next(p, '[') || is_next(p, '{'))
		return container(p);
	return first_value(p);
}

static bool
member(struct shorthand_parser *p, struct value *hash)
{
	struct value *name = key(p), *value;

	if (!name || !expect_equals(p))
		return false;
	value = entry(p);
	return value && value_set_key(hash, name->text, name->len, value);
}

/* Parse a list or a dict, from its opening bracket. */
static struct value *
container(struct shorthand_parser *p)
{
	bool list = *p->at == '[';
	char close = list ? ']' : '}';
	struct value *all = value_new(p->arena, list ? VALUE_LIST : VALUE_DICT);

	if (++p->depth > DEPTH_MAX) {
		p->too_deep = true;
		return NULL;
	}
	p->at++;
	skip_blanks(p);
	while (all && !is_next(p, close)) {
		if (list ? !value_append(all, entry(p)) : !member(p, all))
			return NULL;
		skip_blanks(p);
		if (is_next(p, close))
			break;
		if (!expect(p, ","))
			return NULL;
		skip_blanks(p);
	}
	p->at++;
	p->depth--;
	return all;
}

/*
 * Read a,b,c. If the last of them turns out to be the next key, the list ends
 * before the comma that precedes it.
 */
static struct value *
comma_separated(struct shorthand_parser *p)
{
	struct value *first = first_value(p), *list, *next;

	if (!first)
		return NULL;
	skip_blanks(p);
	if (!is_next(p, ','))
		return first;
	expect_between_blanks(p, ",");
	list = value_new(p->arena, VALUE_LIST);
	if (!list || !value_append(list, value_copy(p->arena, first)))
		return NULL;
	for (;;) {
		next = second_value(p);
		if (p->unreadable)
			return NULL;
		skip_blanks(p);
		if (next && p->at == p->end) {
			value_append(list, next);
			break;
		}
		if (next && expect_between_blanks(p, ",")) {
			value_append(list, next);
			continue;
		}
		if (p->at == p->end)
			return NULL;
		while (*p->at != ',')
			p->at--;
		p->expected = NULL;
		break;
	}
	return list->count == 1 ? first : list;
}

static struct value *
values(struct shorthand_parser *p)
{
	if (p->at == p->end)
		return value_new_string(p->arena, "");
	if (*p->at == '[' || *p->at == '{')
		return container(p);
	return comma_separated(p);
}

struct value *
shorthand_parse(struct shorthand_parser *p)
{
	struct value *all = value_new(p->arena, VALUE_DICT), *name, *value;
	const char *last = p->at;

	while (all) {
		name = key(p);
		if (!name || !expect_equals(p))
			return NULL;
		value = values(p);
		if (!value)
			return NULL;
		if (value_get(all, name->text)) {
			p->duplicate_key = name->text;
			p->error_at = last + 1;
			return NULL;
		}
		if (!value_set_key(all, name->text, name->len, value))
			return NULL;
		last = p->at;
		if (p->at == p->end)
			break;
		if (!expect_between_blanks(p, ","))
			return NULL;
	}
	return all;
}
