/* Reads the named lines of a baseline's text. */
#include "manifest/baseline_header.h"

#include <stdlib.h>
#include <string.h>

#include "base/escape.h"
#include "base/hex.h"
#include "manifest/again.h"
#include "manifest/manifest_line.h"

/* A name, and how its value is read: r->end is just behind its newline. */
struct header_row {
	const char *name;
	bool required;
	int (*read)(void *to, struct line_reader *r, struct err *err);
};

/* ----------------------------------------------------------------- values */

/* Go back to the line that was just read, for an error. */
static int
fail_last(const struct line_reader *r, const char *what, struct err *err)
{
	return err_set(err, ERR_INPUT, "line %zu: %s", r->line - 1, what);
}

static int
read_two(struct line_reader *r, char *first, size_t first_size, char *second,
	size_t second_size, struct err *err)
{
	if (!memchr(r->at, ' ', (size_t)(r->end - r->at)))
		return line_reader_fail(
			r, "one value where two are expected", err);
	if (line_reader_value(r, "", first, first_size - 1, ' ', err) != 0)
		return -1;
	return line_reader_value(r, "", second, second_size - 1, '\n', err);
}

/* Digits of exactly this number. */
static int
read_digits(struct line_reader *r, char *out, size_t digits, const char *what,
	struct err *err)
{
	unsigned char bytes[LINEAGE_DIGITS / 2];

	if (line_reader_value(r, "", out, digits, '\n', err) != 0)
		return -1;
	if (strlen(out) != digits || hex_decode(bytes, out, digits / 2) != 0)
		return fail_last(r, what, err);
	return 0;
}

/* The rest of the line; the caller frees it. NULL if out of memory. */
static char *
copy_rest(const struct line_reader *r)
{
	size_t len = (size_t)(r->end - r->at) - 1;
	char *copy = malloc(len + 1);

	if (!copy)
		return NULL;
	memcpy(copy, r->at, len); /* no NUL ends the text, as strndup expects */
	copy[len] = '\0';
	return copy;
}

static int
read_distribution(void *to, struct line_reader *r, struct err *err)
{
	struct baseline *b = to;

	if (line_reader_value(
		    r, "", b->distribution, DISTRIBUTION_MAX, '\n', err) != 0)
		return -1;
	return distribution_is_valid(b->distribution)
		       ? 0
		       : fail_last(r, "a damaged distribution", err);
}

static int
read_prefix(void *to, struct line_reader *r, struct err *err)
{
	struct baseline *b = to;
	long len;

	b->prefix = copy_rest(r);
	if (!b->prefix)
		return err_memory(err);
	len = escape_undo(b->prefix, strlen(b->prefix));
	if (len < 1 || len > KEY_MAX || b->prefix[0] != '/' ||
		b->prefix[len - 1] != '/')
		return line_reader_fail(r, "a damaged prefix", err);
	b->prefix[len] = '\0';
	return 0;
}

static int
read_lineage(void *to, struct line_reader *r, struct err *err)
{
	struct baseline *b = to;

	return read_digits(
		r, b->lineage, LINEAGE_DIGITS, "a damaged lineage", err);
}

static int
read_tag(void *to, struct line_reader *r, struct err *err)
{
	struct baseline *b = to;

	return read_digits(r, b->tag, TAG_DIGITS, "a damaged tag", err);
}

static int
read_serial(void *to, struct line_reader *r, struct err *err)
{
	struct baseline *b = to;

	if (line_reader_number(r, "", &b->serial, err) != 0)
		return -1;
	return b->serial < UINT64_MAX
		       ? 0
		       : fail_last(r, "no larger serial is left", err);
}

static int
read_accepted(void *to, struct line_reader *r, struct err *err)
{
	struct baseline *b = to;

	return read_two(r, b->create_time, sizeof(b->create_time),
		b->invalidation, sizeof(b->invalidation), err);
}

static int
read_horizon(void *to, struct line_reader *r, struct err *err)
{
	struct baseline *b = to;

	return read_two(r, b->horizon_time, sizeof(b->horizon_time), b->horizon,
		sizeof(b->horizon), err);
}

static int
read_dropped(void *to, struct line_reader *r, struct err *err)
{
	struct baseline *b = to;

	return line_reader_value(r, "", b->dropped, REFERENCE_MAX, '\n', err);
}

static int
read_text(char **text, const struct line_reader *r, struct err *err)
{
	if (r->end - r->at < 2)
		return line_reader_fail(r, "an empty value", err);
	*text = copy_rest(r);
	return *text ? 0 : err_memory(err);
}

static int
read_known(bool *nothing_known, struct line_reader *r, struct err *err)
{
	char word[sizeof("nothing")];

	if (line_reader_value(r, "", word, sizeof(word) - 1, '\n', err) != 0)
		return -1;
	if (strcmp(word, "nothing") != 0)
		return fail_last(r, "expected 'known nothing'", err);
	*nothing_known = true;
	return 0;
}

static int
read_urls(void *to, struct line_reader *r, struct err *err)
{
	return read_text(&((struct baseline *)to)->url_forms, r, err);
}

static int
read_left_out(void *to, struct line_reader *r, struct err *err)
{
	return read_text(&((struct baseline *)to)->left_out, r, err);
}

static int
read_site(void *to, struct line_reader *r, struct err *err)
{
	return read_text(&((struct baseline *)to)->site, r, err);
}

static int
read_again(void *to, struct line_reader *r, struct err *err)
{
	struct baseline *b = to;

	if (read_text(&b->again, r, err) != 0)
		return -1;
	return again_is_list(b->again)
		       ? 0
		       : line_reader_fail(r, "a damaged 'again'", err);
}

static int
read_nothing(void *to, struct line_reader *r, struct err *err)
{
	return read_known(
		&((struct baseline *)to)->values.nothing_known, r, err);
}

static int
read_pending_urls(void *to, struct line_reader *r, struct err *err)
{
	return read_text(&((struct pending *)to)->url_forms, r, err);
}

static int
read_pending_left_out(void *to, struct line_reader *r, struct err *err)
{
	return read_text(&((struct pending *)to)->left_out, r, err);
}

static int
read_pending_site(void *to, struct line_reader *r, struct err *err)
{
	return read_text(&((struct pending *)to)->site, r, err);
}

static int
read_pending_nothing(void *to, struct line_reader *r, struct err *err)
{
	return read_known(
		&((struct pending *)to)->values.nothing_known, r, err);
}

static const struct header_row rows[] = {
	{"distribution", true, read_distribution},
	{"prefix", false, read_prefix},
	{"lineage", true, read_lineage},
	{"tag", true, read_tag},
	{"serial", true, read_serial},
	{"accepted", false, read_accepted},
	{"horizon", false, read_horizon},
	{"dropped", false, read_dropped},
	{"urls", false, read_urls},
	{"left-out", false, read_left_out},
	{"site", false, read_site},
	{"again", false, read_again},
	{"known", false, read_nothing},
	{NULL, false, NULL},
};

static const struct header_row pending_rows[] = {
	{"urls", false, read_pending_urls},
	{"left-out", false, read_pending_left_out},
	{"site", false, read_pending_site},
	{"known", false, read_pending_nothing},
	{NULL, false, NULL},
};

/* ------------------------------------------------------------------ lines */

/* The lines of one header. */
struct header {
	const struct header_row *rows;
	void *to; /* what the rows read into */
	struct buf *more;
	size_t more_lines;
	unsigned seen; /* a bit for each row */
};

/* Does the name belong to what follows a header? Then its end is missing. */
static bool
is_reserved(const char *name, size_t len)
{
	static const char *const words[] = {"values", "pending", "end"};
	size_t i;

	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (len == strlen(words[i]) && memcmp(name, words[i], len) == 0)
			return true;
	return false;
}

/* A line whose name is not known. */
static int
keep_line(struct header *header, const char *line, size_t len,
	const struct line_reader *r, struct err *err)
{
	if (++header->more_lines > MORE_LINES_MAX)
		return err_set(err, ERR_INPUT,
			"line %zu: more than the limit of %d lines of unknown "
			"names",
			r->line, MORE_LINES_MAX);
	if (len + 1 > header->more->max - header->more->len)
		return err_set(err, ERR_INPUT,
			"line %zu: more than the limit of %d bytes of lines of "
			"unknown names",
			r->line, MORE_MAX);
	buf_add(header->more, line, len + 1); /* with its newline */
	return buf_check(header->more, err);
}

static int
read_row(
	struct header *header, size_t i, struct line_reader *r, struct err *err)
{
	if (header->seen & 1u << i)
		return err_set(err, ERR_INPUT, "line %zu: a second '%s'",
			r->line, header->rows[i].name);
	header->seen |= 1u << i;
	return header->rows[i].read(header->to, r, err);
}

static bool
has_control(const char *line, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++)
		if ((unsigned char)line[i] < ' ' || line[i] == 0x7f)
			return true;
	return false;
}

static int
read_line(struct header *header, const char *line, size_t len, size_t number,
	struct err *err)
{
	struct line_reader r = {line, line, line + len + 1, number};
	size_t name = 0, i;

	while (name < len &&
		((line[name] >= 'a' && line[name] <= 'z') || line[name] == '-'))
		name++;
	if (name == 0 || (name < len && line[name] != ' ') ||
		has_control(line, len))
		return line_reader_fail(&r, "not a name and a value", err);
	if (is_reserved(line, name))
		return line_reader_fail(
			&r, "the empty line after the header is missing", err);
	for (i = 0; header->rows[i].name; i++)
		if (strlen(header->rows[i].name) == name &&
			memcmp(header->rows[i].name, line, name) == 0)
			break;
	if (!header->rows[i].name)
		return keep_line(header, line, len, &r, err);
	if (name == len)
		return line_reader_fail(&r, "a name without a value", err);
	r.at += name + 1;
	return read_row(header, i, &r, err);
}

static int
read_header(struct header *header, struct line_reader *r, struct err *err)
{
	const char *line = NULL;
	size_t len = 0, i;

	for (;;) {
		if (line_reader_take(r, &line, &len, err) != 0)
			return -1;
		if (len == 0)
			break;
		if (read_line(header, line, len, r->line - 1, err) != 0)
			return -1;
	}
	for (i = 0; header->rows[i].name; i++)
		if (header->rows[i].required && !(header->seen & 1u << i))
			return err_set(err, ERR_INPUT,
				"line %zu: the header ends without a line '%s'",
				r->line - 1, header->rows[i].name);
	return 0;
}

int
baseline_header_read(
	struct baseline *baseline, struct line_reader *r, struct err *err)
{
	struct header header = {
		.rows = rows, .to = baseline, .more = &baseline->more};

	if (read_header(&header, r, err) != 0)
		return -1;
	if ((baseline->serial > 0) != (baseline->create_time[0] != '\0'))
		return fail_last(r,
			baseline->serial > 0
				? "the header ends without a line 'accepted'"
				: "'accepted' and serial 0",
			err);
	if (baseline->serial == 0 && !baseline->values.nothing_known)
		return fail_last(r,
			"serial 0, and the header ends without a line 'known "
			"nothing'",
			err);
	return 0;
}

int
baseline_header_read_pending(
	struct pending *pending, struct line_reader *r, struct err *err)
{
	struct header header = {
		.rows = pending_rows, .to = pending, .more = &pending->more};

	return read_header(&header, r, err);
}
