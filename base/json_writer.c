/* Writes JSON as a stream. */
#include "base/json_writer.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/escape.h"
#include "base/utf8.h"

void
json_writer_init(
	struct json_writer *json, emit_fn *emit, void *to, unsigned options)
{
	json->emit = emit;
	json->to = to;
	json->options = options;
	json->depth = 0;
	json->empty = true;
	json->has_key = false;
	json->breaks_line = false;
	json->pending_len = 0;
	json->err = (struct err)ERR_INIT;
}

static void
flush(struct json_writer *json)
{
	if (json->err.code == ERR_NONE)
		(void)json->emit(
			json->to, json->pending, json->pending_len, &json->err);
	json->pending_len = 0;
}

static void
add(struct json_writer *json, const char *bytes, size_t len)
{
	size_t room, n;

	while (len > 0) {
		if (json->pending_len == JSON_PENDING_MAX)
			flush(json);
		room = JSON_PENDING_MAX - json->pending_len;
		n = len < room ? len : room;
		memcpy(json->pending + json->pending_len, bytes, n);
		json->pending_len += n;
		bytes += n;
		len -= n;
	}
}

static void
add_char(struct json_writer *json, char c)
{
	add(json, &c, 1);
}

int
json_writer_finish(struct json_writer *json, struct err *err)
{
	assert(json->depth == 0 && !json->empty);
	if (json->options & JSON_INDENTED)
		add_char(json, '\n');
	flush(json);
	if (json->err.code == ERR_NONE)
		return 0;
	*err = json->err;
	return -1;
}

/* Begin the line of an element or of a closing bracket. */
static void
begin_line(struct json_writer *json)
{
	size_t level;

	if (json->options & JSON_INDENTED) {
		add_char(json, '\n');
		for (level = 0; level < json->depth; level++)
			add(json, "    ", 4);
	} else if (json->breaks_line) {
		add_char(json, '\n');
	}
	json->breaks_line = false;
}

static bool
is_in_object(const struct json_writer *json)
{
	return json->depth > 0 && json->in_object[json->depth - 1];
}

/* Write what precedes an array's element or a key: a comma and a new line. */
static void
separate(struct json_writer *json)
{
	if (!json->empty)
		add_char(json, ',');
	json->empty = false;
	if (json->depth > 0)
		begin_line(json);
}

static void
begin_value(struct json_writer *json)
{
	assert(json->depth > 0 || json->empty);
	assert(json->has_key == is_in_object(json));
	if (!json->has_key)
		separate(json);
	json->has_key = false;
}

static void
begin_container(struct json_writer *json, bool object)
{
	begin_value(json);
	assert(json->depth < JSON_DEPTH_MAX);
	json->in_object[json->depth++] = object;
	json->empty = true;
	add_char(json, object ? '{' : '[');
}

static void
end_container(struct json_writer *json, bool object)
{
	assert(json->depth > 0 && is_in_object(json) == object);
	assert(!json->has_key);
	json->depth--;
	if (!json->empty || json->breaks_line)
		begin_line(json);
	json->empty = false;
	add_char(json, object ? '}' : ']');
}

void
json_begin_object(struct json_writer *json)
{
	begin_container(json, true);
}

void
json_end_object(struct json_writer *json)
{
	end_container(json, true);
}

void
json_begin_array(struct json_writer *json)
{
	begin_container(json, false);
}

void
json_end_array(struct json_writer *json)
{
	end_container(json, false);
}

/* The letter of the character's two-byte escape, or 0 if it has none. */
static char
short_escape(const struct json_writer *json, char c)
{
	switch (c) {
	case '"':
	case '\\':
		return c;
	case '\n':
		return 'n';
	case '\r':
		return 'r';
	case '\t':
		return 't';
	case '\b':
		return json->options & JSON_SHORT_ESCAPES ? 'b' : '\0';
	case '\f':
		return json->options & JSON_SHORT_ESCAPES ? 'f' : '\0';
	default:
		return '\0';
	}
}

/* Does text[i] begin one of the control characters U+0080 to U+009F? */
static bool
is_high_control(const char *text, size_t len, size_t i)
{
	return (unsigned char)text[i] == 0xc2 && i + 1 < len &&
	       (unsigned char)text[i + 1] < 0xa0;
}

/* The bytes of the character at text[i] if it is written \uNNNN, else 0. */
static size_t
needs_code_point(
	const struct json_writer *json, const char *text, size_t len, size_t i)
{
	unsigned char c = (unsigned char)text[i];
	bool log = json->options & JSON_SAFE_IN_LOG;

	if (log && is_high_control(text, len, i))
		return 2;
	if (c == '#')
		return log && i > 0 && text[i - 1] == '#';
	if (c == '<')
		return (json->options & JSON_SAFE_IN_SCRIPT) != 0;
	return c < 0x20 || (log && c == 0x7f);
}

static void
add_string(struct json_writer *json, const char *text, size_t len)
{
	size_t plain = 0, i, n; /* text[plain] up to text[i] needs no escape */
	char escape[8], letter;

	add_char(json, '"');
	for (i = 0; i < len; i++) {
		letter = short_escape(json, text[i]);
		n = letter ? 1 : needs_code_point(json, text, len, i);
		if (n == 0)
			continue;
		if (letter)
			snprintf(escape, sizeof(escape), "\\%c", letter);
		else /* the last byte of U+0080 to U+009F is the character */
			snprintf(escape, sizeof(escape), "\\u%04x",
				(unsigned)(unsigned char)text[i + n - 1]);
		add(json, text + plain, i - plain);
		add(json, escape, strlen(escape));
		i += n - 1;
		plain = i + 1;
	}
	add(json, text + plain, len - plain);
	add_char(json, '"');
}

void
json_write_key_len(struct json_writer *json, const char *key, size_t key_len)
{
	assert(is_in_object(json) && !json->has_key);
	separate(json);
	add_string(json, key, key_len);
	add(json, ": ", json->options & JSON_INDENTED ? 2 : 1);
	json->has_key = true;
}

void
json_write_key(struct json_writer *json, const char *key)
{
	json_write_key_len(json, key, strlen(key));
}

void
json_write_string_len(struct json_writer *json, const char *text, size_t len)
{
	begin_value(json);
	add_string(json, text, len);
}

void
json_write_string(struct json_writer *json, const char *text)
{
	json_write_string_len(json, text, strlen(text));
}

void
json_write_buf(struct json_writer *json, const struct buf *text)
{
	if (text->failed && json->err.code == ERR_NONE)
		(void)buf_check(text, &json->err);
	json_write_string_len(json, buf_shown(text), text->len);
}

void
json_write_name(struct json_writer *json, const char *name, size_t len)
{
	struct buf escaped;

	if (utf8_is_valid(name, len)) {
		json_write_string_len(json, name, len);
		return;
	}
	buf_init(&escaped, 4 * len);
	escape_name_utf8(&escaped, name, len);
	json_write_buf(json, &escaped);
	buf_release(&escaped);
}

void
json_write_raw(struct json_writer *json, const char *value, size_t len)
{
	begin_value(json);
	add(json, value, len);
}

void
json_write_uint(struct json_writer *json, uint64_t number)
{
	char digits[24];
	int len = snprintf(digits, sizeof(digits), "%" PRIu64, number);

	json_write_raw(json, digits, (size_t)len);
}

void
json_write_double(struct json_writer *json, double number)
{
	char digits[32];
	int len;

	if (number >= 0 && number < 9007199254740992.0 &&
		(double)(uint64_t)number == number) {
		json_write_uint(json, (uint64_t)number);
		return;
	}
	len = snprintf(digits, sizeof(digits), "%.15g", number);
	json_write_raw(json, digits, (size_t)len);
}

void
json_write_bool(struct json_writer *json, bool truth)
{
	json_write_raw(json, truth ? "true" : "false", truth ? 4 : 5);
}

void
json_write_null(struct json_writer *json)
{
	json_write_raw(json, "null", 4);
}

void
json_break_line(struct json_writer *json)
{
	assert(!json->has_key);
	json->breaks_line = true;
}
