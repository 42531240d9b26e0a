/* Makes, links and finds values. */
#include "cmd/awscli/value.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cmd/awscli/python_text.h"

struct value *
value_new(struct arena *arena, enum value_type type)
{
	struct value *value = arena_alloc(arena, sizeof(*value));

	if (value)
		*value = (struct value){.type = type};
	return value;
}

struct value *
value_new_text(
	struct arena *arena, enum value_type type, const char *text, size_t len)
{
	struct value *value = value_new(arena, type);

	if (!value)
		return NULL;
	value->text = arena_copy(arena, text, len);
	value->len = len;
	return value->text ? value : NULL;
}

struct value *
value_new_string(struct arena *arena, const char *text)
{
	return value_new_text(arena, VALUE_STRING, text, strlen(text));
}

struct value *
value_new_bool(struct arena *arena, bool truth)
{
	struct value *value = value_new(arena, VALUE_BOOL);

	if (value)
		value->truth = truth;
	return value;
}

struct value *
value_new_int(struct arena *arena, long long number)
{
	char digits[32];
	int len = snprintf(digits, sizeof(digits), "%lld", number);

	return value_new_text(arena, VALUE_INT, digits, (size_t)len);
}

/* Python's repr() has the fewest digits that read back as the same number. */
struct value *
value_new_float(struct arena *arena, double number)
{
	char text[64], *e;
	int digits, exponent;

	if (number != number)
		return value_new_text(arena, VALUE_FLOAT, "nan", 3);
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
	return value_new_text(arena, VALUE_FLOAT, text, strlen(text));
}

struct value *
value_copy(struct arena *arena, const struct value *value)
{
	struct value *copy = value_new(arena, VALUE_NULL);

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
value_append(struct value *list, struct value *item)
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
value_set_key(
	struct value *dict, const char *key, size_t len, struct value *item)
{
	struct value **at = find(dict, key, len), *old = *at;

	if (!item || (!old && dict->count >= VALUE_KEYS_MAX))
		return false;
	item->key = key;
	item->key_len = len;
	if (!old)
		return value_append(dict, item);
	item->next = old->next;
	*at = item;
	if (dict->last == old)
		dict->last = item;
	return true;
}

bool
value_set(struct value *dict, const char *key, struct value *item)
{
	return value_set_key(dict, key, strlen(key), item);
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
value_get_key(const struct value *dict, const char *key, size_t len)
{
	struct value *v = dict->first;

	while (v && (v->key_len != len || memcmp(v->key, key, len) != 0))
		v = v->next;
	return v;
}

struct value *
value_get(const struct value *dict, const char *key)
{
	return value_get_key(dict, key, strlen(key));
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

/* The digits of an integer, with underscores between some of them. */
struct int_text {
	const char *digits;
	size_t len;
	bool minus;
};

/* Find them in the text; false if it is no integer. */
static bool
find_digits(struct int_text *out, const char *text, size_t len)
{
	bool digit = false, sign;
	size_t i;

	for (; len > 0 && python_is_space(*text); len--)
		text++;
	while (len > 0 && python_is_space(text[len - 1]))
		len--;
	sign = len > 0 && (*text == '-' || *text == '+');
	*out = (struct int_text){text + sign, len - sign, sign && *text == '-'};
	for (i = 0; i < out->len; i++) {
		if (out->digits[i] >= '0' && out->digits[i] <= '9')
			digit = true;
		else if (out->digits[i] == '_' && digit)
			digit = false;
		else
			return false;
	}
	return digit;
}

bool
value_is_int_text(const char *text, size_t len)
{
	struct int_text found;

	return find_digits(&found, text, len);
}

struct value *
value_parse_int(struct arena *arena, const char *text, size_t len)
{
	struct int_text found;
	struct value *value;
	char *to;
	size_t i;

	if (!find_digits(&found, text, len))
		return NULL;
	value = value_new(arena, VALUE_INT);
	to = arena_alloc(arena, found.len + sizeof("-"));
	if (!value || !to)
		return NULL;
	value->text = to;
	if (found.minus)
		*to++ = '-';
	text = to;
	for (i = 0; i < found.len; i++)
		if (found.digits[i] != '_' &&
			(found.digits[i] != '0' || to > text))
			*to++ = found.digits[i];
	if (to == text) {
		to = (char *)value->text;
		*to++ = '0';
	}
	*to = '\0';
	value->len = (size_t)(to - value->text);
	return value;
}

long long
value_to_integer(const struct value *value)
{
	if (value->type == VALUE_BOOL)
		return value->truth;
	return value->type == VALUE_INT ? strtoll(value->text, NULL, 10) : 0;
}
