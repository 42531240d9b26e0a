/* Makes, links and finds values. */
#include "cmd/awscli/value.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

struct value *
value_make(struct arena *arena, enum value_type type)
{
	struct value *value = arena_alloc(arena, sizeof(*value));

	if (value)
		*value = (struct value){.type = type};
	return value;
}

struct value *
value_text(
	struct arena *arena, enum value_type type, const char *text, size_t len)
{
	struct value *value = value_make(arena, type);

	if (!value)
		return NULL;
	value->text = arena_copy(arena, text, len);
	value->len = len;
	return value->text ? value : NULL;
}

struct value *
value_string(struct arena *arena, const char *text)
{
	return value_text(arena, VALUE_STRING, text, strlen(text));
}

struct value *
value_bool(struct arena *arena, bool truth)
{
	struct value *value = value_make(arena, VALUE_BOOL);

	if (value)
		value->truth = truth;
	return value;
}

struct value *
value_int(struct arena *arena, long long number)
{
	char digits[32];
	int len = snprintf(digits, sizeof(digits), "%lld", number);

	return value_text(arena, VALUE_INT, digits, (size_t)len);
}

/* Python's repr: the shortest digits that read back the same. */
struct value *
value_double(struct arena *arena, double number)
{
	char text[64], *e;
	int digits, exponent;

	if (number != number)
		return value_text(arena, VALUE_FLOAT, "nan", 3);
	for (digits = 1; digits < 17; digits++) {
		snprintf(text, sizeof(text), "%.*e", digits - 1, number);
		if (strtod(text, NULL) == number)
			break;
	}
	snprintf(text, sizeof(text), "%.*e", digits - 1, number);
	e = strchr(text, 'e');
	exponent = e ? (int)strtol(e + 1, NULL, 10) : 0;
	if (e && exponent >= -4 && exponent < 16)
		snprintf(text, sizeof(text), "%.*f",
			digits - 1 > exponent ? digits - 1 - exponent : 1,
			number);
	return value_text(arena, VALUE_FLOAT, text, strlen(text));
}

struct value *
value_again(struct arena *arena, const struct value *value)
{
	struct value *copy = value_make(arena, VALUE_NULL);

	if (copy && value) {
		*copy = *value;
		copy->next = NULL;
		copy->key = NULL;
	}
	return copy;
}

bool
value_is_dict(const struct value *value)
{
	return value->type == VALUE_DICT || value->type == VALUE_ORDERED;
}

bool
value_is_container(const struct value *value)
{
	return value->type == VALUE_LIST || value_is_dict(value);
}

bool
value_add(struct value *list, struct value *item)
{
	if (!item)
		return false;
	if (list->last)
		list->last->next = item;
	else
		list->first = item;
	list->last = item;
	list->count++;
	return true;
}

static struct value **
find(struct value *dict, const char *key, size_t len)
{
	struct value **at = &dict->first;

	while (*at &&
		((*at)->key_len != len || memcmp((*at)->key, key, len) != 0))
		at = &(*at)->next;
	return at;
}

bool
value_put_key(
	struct value *dict, const char *key, size_t len, struct value *item)
{
	struct value **at = find(dict, key, len), *old = *at;

	if (!item || (!old && dict->count >= VALUE_KEYS_MAX))
		return false;
	item->key = key;
	item->key_len = len;
	if (!old)
		return value_add(dict, item);
	item->next = old->next;
	*at = item;
	if (dict->last == old)
		dict->last = item;
	return true;
}

bool
value_put(struct value *dict, const char *key, struct value *item)
{
	return value_put_key(dict, key, strlen(key), item);
}

void
value_remove(struct value *dict, const char *key)
{
	struct value **at = find(dict, key, strlen(key)), *v;

	if (!*at)
		return;
	*at = (*at)->next;
	dict->count--;
	dict->last = NULL;
	for (v = dict->first; v; v = v->next)
		dict->last = v;
}

struct value *
value_get(const struct value *dict, const char *key)
{
	struct value *v = dict->first;
	size_t len = strlen(key);

	while (v && (v->key_len != len || memcmp(v->key, key, len) != 0))
		v = v->next;
	return v;
}

bool
value_is_true(const struct value *value)
{
	if (!value)
		return false;
	switch (value->type) {
	case VALUE_NULL:
		return false;
	case VALUE_BOOL:
		return value->truth;
	case VALUE_INT:
		return strcmp(value->text, "0") != 0;
	case VALUE_FLOAT:
		return strtod(value->text, NULL) != 0;
	case VALUE_STRING:
	case VALUE_BYTES:
		return value->len > 0;
	default:
		return value->count > 0;
	}
}

bool
value_is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r') || (c >= 0x1c && c <= 0x1f);
}

size_t
value_blank(const char *text, size_t len)
{
	/* NEL, NBSP, ogham, en quad to hair space, separators, the rest */
	static const char *const wide[] = {"\xc2\x85", "\xc2\xa0",
		"\xe1\x9a\x80", "\xe2\x80\x80", "\xe2\x80\x81", "\xe2\x80\x82",
		"\xe2\x80\x83", "\xe2\x80\x84", "\xe2\x80\x85", "\xe2\x80\x86",
		"\xe2\x80\x87", "\xe2\x80\x88", "\xe2\x80\x89", "\xe2\x80\x8a",
		"\xe2\x80\xa8", "\xe2\x80\xa9", "\xe2\x80\xaf", "\xe2\x81\x9f",
		"\xe3\x80\x80"};
	size_t i, n;

	if (len > 0 && (unsigned char)*text < 0x80)
		return value_is_blank(*text);
	for (i = 0; i < sizeof(wide) / sizeof(wide[0]); i++) {
		n = strlen(wide[i]);
		if (len >= n && memcmp(text, wide[i], n) == 0)
			return n;
	}
	return 0;
}

struct value *
value_read_int(struct arena *arena, const char *text, size_t len)
{
	struct value *value = NULL;
	bool minus, digit = false;
	struct buf digits;
	size_t i;

	for (; len > 0 && value_is_blank(*text); len--)
		text++;
	while (len > 0 && value_is_blank(text[len - 1]))
		len--;
	minus = len > 0 && *text == '-';
	if (minus || (len > 0 && *text == '+'))
		text++, len--;
	buf_init(&digits, len + 2);
	for (i = 0; i < len; i++) {
		if (text[i] >= '0' && text[i] <= '9') {
			digit = true;
			if (digits.len > 0 || text[i] != '0')
				buf_addch(&digits, text[i]);
		} else if (text[i] == '_' && digit) {
			digit = false;
		} else {
			break;
		}
	}
	if (i == len && digit) {
		value = value_make(arena, VALUE_INT);
		minus = minus && digits.len > 0;
		if (digits.len == 0)
			buf_addch(&digits, '0');
	}
	if (value) {
		value->len = digits.len + minus;
		value->text = arena_alloc(arena, value->len + 1);
	}
	if (value && value->text)
		snprintf((char *)value->text, value->len + 1, "%s%s",
			minus ? "-" : "", buf_str(&digits));
	else
		value = NULL;
	buf_release(&digits);
	return value;
}

long long
value_number(const struct value *value)
{
	if (value->type == VALUE_BOOL)
		return value->truth;
	return value->type == VALUE_INT ? strtoll(value->text, NULL, 10) : 0;
}

size_t
value_length(const char *text, size_t len)
{
	size_t at, n, count = 0;

	for (at = 0; at < len; at += n, count++) {
		n = utf8_length(text + at, len - at);
		n = n ? n : 1;
	}
	return count;
}
