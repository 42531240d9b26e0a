/*
 * URLs: a path that is encoded and decoded is the path; what is encoded has no byte
 * that must be; cuts are valid by the definition, and endpoints are split as they
 * are put together.
 */
#include "tests/fuzz/fuzz.h"

#include "aws/url.h"
#include "base/percent.h"
#include "base/utf8.h"
#include "diff/path_pattern.h"
#include "diff/url.h"

enum {
	LENGTH_MAX = 256,
};

static void
check_round_trip(const char *raw, size_t len, const struct buf *url)
{
	char *text = fuzz_string(url->data, url->len);
	size_t i;

	for (i = 0; i < url->len; i++)
		HOLDS(text[i] > ' ' && text[i] < 0x7f &&
			!strchr("<>\"#{}|\\^[]`?*~'", text[i]));
	HOLDS(percent_decode(text, url->len) == len);
	HOLDS(memcmp(text, raw, len) == 0);
	free(text);
}

/* By decoding it: does text that is cut here end within something? */
static bool
is_valid_cut(const char *text, size_t len)
{
	char *raw = fuzz_alloc(len + 4);
	size_t i, n = 0, at, step;
	bool valid = true;
	int fill;

	for (i = 0; i < len && valid; i++) {
		valid = text[i] != '%' || i + 2 < len;
		if (valid && text[i] == '%') {
			raw[n++] = (char)percent_byte(text + i, len - i);
			i += 2;
		} else {
			raw[n++] = text[i];
		}
	}
	for (at = 0; valid && at < n; at += step ? step : 1) {
		step = utf8_length(raw + at, n - at);
		for (fill = 0x80; step == 0 && fill < 0xc0; fill++) {
			memset(raw + n, fill, 4);
			if (utf8_length(raw + at, n - at + 3) > n - at)
				valid = false;
		}
	}
	free(raw);
	return valid;
}

static void
check_cuts(const char *text, size_t len)
{
	size_t longest = 0, i;

	for (i = 0; i <= len && i <= LENGTH_MAX; i++) {
		if (is_valid_cut(text, i))
			longest = i;
		HOLDS(url_cut(text, i) == longest);
	}
}

static void
check_endpoint(const char *text)
{
	struct err err = ERR_INIT;
	struct aws_url url = {0};

	if (aws_url_parse(&url, text, &err) == 0) {
		HOLDS(strncmp(text, url.origin, strlen(url.origin)) == 0);
		HOLDS(url.path_len == 0 || *url.path == '/');
		HOLDS(url.host[0] && !strchr(url.host, '/'));
		HOLDS(!strchr(url.host, '@') && !strchr(text, '?'));
	} else {
		fuzz_check_error(&err);
	}
	aws_url_release(&url);
}

/* A pattern that matches a path is met by each of its beginnings. */
static void
check_pattern(const char *pattern, const char *path, size_t len)
{
	size_t i;

	if (strlen(pattern) >= PATTERN_MAX - 1 || len == 0 || *path != '/' ||
		len > LENGTH_MAX)
		return;
	if (path_pattern_match(pattern, path, len) != PATH_YES)
		return;
	for (i = 1; i <= len; i++)
		HOLDS(path_pattern_meets(pattern, path, i));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_input input = {data, data + size};
	char *text = fuzz_take_text(&input, '\n');
	struct buf url;

	buf_init(&url, FUZZ_TEXT_MAX);
	url_encode(&url, (const char *)data, size);
	if (size > 0)
		check_round_trip((const char *)data, size, &url);
	check_cuts(buf_str(&url), url.len);
	check_endpoint(text);
	buf_clear(&url);
	url_encode(
		&url, (const char *)input.at, (size_t)(input.end - input.at));
	check_pattern(text, buf_str(&url), url.len);
	buf_release(&url);
	free(text);
	return 0;
}
