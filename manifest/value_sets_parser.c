/* Reads the text of value sets, and checks them against their manifest. */
#include "manifest/value_sets_parser.h"

#include <string.h>

#include "base/escape.h"
#include "manifest/manifest_line.h"

/*
 * Read one line; `line` is a copy of it that may be changed, with room for a
 * NUL.
 */
static int
read_value(char *line, size_t len, size_t number, struct cached_value *value,
	struct err *err)
{
	static const char absent[] = "absent ", anything[] = "anything ";
	size_t word = 0;

	*value = (struct cached_value){.absent = false};
	if (strncmp(line, absent, strlen(absent)) == 0)
		word = strlen(absent);
	else if (strncmp(line, anything, strlen(anything)) == 0)
		word = strlen(anything);
	value->absent = word == strlen(absent);
	if (word > 0)
		return manifest_line_read_key(
			line + word, len - word, number, &value->object, err);
	if (manifest_line_read(line, len, number, &value->object, err) != 0)
		return -1;
	if (!object_is_unknown(&value->object))
		return 0;
	return err_set(err, ERR_INPUT,
		"line %zu: a fingerprint of zeros, which no object has",
		number);
}

/* The last two values are in order, and so few that each says something. */
static int
check_last(const struct value_sets *sets, size_t number, struct err *err)
{
	const struct cached_value *value = &sets->list[sets->count - 1];
	struct escaped_name shown;
	size_t same = 1;
	bool anything = value_is_anything(value);

	if (sets->count >= 2 && value_compare(value - 1, value) >= 0)
		return err_set(err, ERR_INPUT,
			"line %zu: values out of order or duplicate: %s",
			number,
			escape_show(&shown, value->object.key,
				value->object.key_len));
	for (; same < sets->count &&
		object_compare(&(value - same)->object, &value->object) == 0;
		same++)
		anything |= value_is_anything(value - same);
	if (same < (anything ? 2 : VALUES_PER_KEY))
		return 0;
	return err_set(err, ERR_INPUT,
		"line %zu: more values than are told apart: %s", number,
		escape_show(&shown, value->object.key, value->object.key_len));
}

static int
read_line(struct value_sets *sets, struct line_reader *r, struct buf *room,
	struct err *err)
{
	size_t number = r->line, len = 0;
	const char *line = NULL;
	struct cached_value value;

	if (line_reader_take(r, &line, &len, err) != 0)
		return -1;
	buf_clear(room);
	buf_add(room, line, len);
	if (buf_check(room, err) != 0)
		return -1;
	/* an empty line has added nothing, so that there may be no memory */
	if (len == 0)
		return err_set(
			err, ERR_INPUT, "line %zu: an empty line", number);
	if (read_value(room->data, len, number, &value, err) != 0)
		return -1;
	if (value_sets_append(sets, &value, err) != 0)
		return err_context(err, "line %zu", number);
	return check_last(sets, number, err);
}

int
value_sets_parse(
	struct value_sets *sets, struct line_reader *r, struct err *err)
{
	struct buf room;
	uint64_t count;
	int rc;

	if (line_reader_number(r, "values ", &count, err) != 0)
		return -1;
	buf_init(&room, MANIFEST_LINE_MAX);
	for (rc = 0; rc == 0 && count > 0; count--)
		rc = read_line(sets, r, &room, err);
	buf_release(&room);
	return rc;
}

/* Is the value listed for nothing, since the manifest says it? own can be NULL. */
static bool
is_own(const struct cached_value *value, const struct object *own)
{
	if (!own)
		return value->absent;
	return object_is_unknown(own) ||
	       (!value->absent && object_same_content(&value->object, own));
}

int
value_sets_check(const struct value_sets *sets, const struct manifest *manifest,
	size_t first_line, struct err *err)
{
	const struct object *own = manifest->objects;
	const struct object *end = own + manifest->count;
	const struct cached_value *value;
	struct escaped_name shown;
	size_t i;
	int order;

	for (i = 0; i < sets->count; i++) {
		value = &sets->list[i];
		order = 1;
		while (own < end &&
			(order = object_compare(own, &value->object)) < 0)
			own++;
		if (is_own(value, order == 0 ? own : NULL))
			return err_set(err, ERR_INPUT,
				"line %zu: a value that the manifest has: %s",
				first_line + i,
				escape_show(&shown, value->object.key,
					value->object.key_len));
	}
	return 0;
}
