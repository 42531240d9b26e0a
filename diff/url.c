/* Encodes URLs, cuts them, and finds them in a set. */
#include "diff/url.h"

#include <string.h>

#include "base/utf8.h"

enum {
	ESCAPE = 3, /* characters of a %XX */
};

/* Letters, digits and what RFC 1738 leaves; the doubtful ones are not here. */
static bool
stands_as_it_is(unsigned char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
	       (c >= '0' && c <= '9') ||
	       (c != '\0' && strchr("/$-_.+!(),;:@=&", c));
}

void
url_encode(struct buf *out, const char *raw, size_t len)
{
	static const char digits[] = "0123456789ABCDEF";
	char escape[ESCAPE] = "%";
	size_t i, from = 0;

	for (i = 0; i < len; i++) {
		unsigned char c = (unsigned char)raw[i];

		if (stands_as_it_is(c))
			continue;
		buf_add(out, raw + from, i - from);
		escape[1] = digits[c >> 4];
		escape[2] = digits[c & 15];
		buf_add(out, escape, sizeof(escape));
		from = i + 1;
	}
	buf_add(out, raw + from, len - from);
}

static int
hex_value(char digit)
{
	return digit <= '9' ? digit - '0' : digit - 'A' + 10;
}

/* How long is the UTF-8 character that a byte leads? 0: it leads none. */
static size_t
led_length(unsigned char lead)
{
	if (lead >= 0xc2 && lead <= 0xdf)
		return 2;
	if (lead >= 0xe0 && lead <= 0xef)
		return 3;
	return lead >= 0xf0 && lead <= 0xf4 ? 4 : 0;
}

/*
 * Do `count` bytes begin a longer well-formed character? Where a second byte
 * has a narrower range than 80..BF, that range holds one of its two ends.
 */
static bool
begins_character(const unsigned char *bytes, size_t count)
{
	size_t length = led_length(bytes[0]);
	char low[4], high[4];

	if (length <= count)
		return false;
	memset(low, 0x80, sizeof(low));
	memset(high, 0xbf, sizeof(high));
	memcpy(low, bytes, count);
	memcpy(high, bytes, count);
	return utf8_length(low, length) == length ||
	       utf8_length(high, length) == length;
}

/* How many characters at the end of text[0..len) are an unfinished UTF-8
 * character. */
static size_t
unfinished(const char *text, size_t len)
{
	unsigned char bytes[3];
	size_t count, at;

	for (count = 1; count <= sizeof(bytes); count++) {
		if (len < ESCAPE * count)
			return 0;
		at = len - ESCAPE * count;
		if (text[at] != '%')
			return 0;
		memmove(bytes + 1, bytes, count - 1);
		bytes[0] = (unsigned char)(hex_value(text[at + 1]) * 16 +
					   hex_value(text[at + 2]));
		if (begins_character(bytes, count))
			return ESCAPE * count;
	}
	return 0;
}

size_t
url_cut(const char *text, size_t len)
{
	size_t more;

	if (len >= 1 && text[len - 1] == '%')
		len -= 1;
	else if (len >= 2 && text[len - 2] == '%')
		len -= 2;
	while ((more = unfinished(text, len)) > 0)
		len -= more;
	return len;
}

bool
url_set_forbids(const struct url_set *set, const char *prefix, size_t len)
{
	size_t i, other;

	for (i = 0; i < set->never_widen_count; i++) {
		other = strlen(set->never_widen[i]);
		if (memcmp(set->never_widen[i], prefix,
			    len < other ? len : other) == 0)
			return true;
	}
	return false;
}

/* The first URL at or behind `low` that sorts behind all that begin with the
 * prefix; or, with `before`, that does not sort before them. */
static size_t
find_bound(const struct url_set *set, size_t low, const char *prefix,
	size_t len, bool before)
{
	size_t high = set->count, middle;
	int order;

	while (low < high) {
		middle = low + (high - low) / 2;
		order = strncmp(set->list[middle].text, prefix, len);
		if (order < 0 || (order == 0 && !before))
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

void
url_set_range(const struct url_set *set, const char *prefix, size_t len,
	size_t *from, size_t *to)
{
	*from = find_bound(set, 0, prefix, len, true);
	*to = find_bound(set, *from, prefix, len, false);
}

const struct url *
url_set_find(const struct url_set *set, const char *text)
{
	size_t from, to;

	url_set_range(set, text, strlen(text), &from, &to);
	if (from < to && strcmp(set->list[from].text, text) == 0)
		return &set->list[from];
	return NULL;
}
