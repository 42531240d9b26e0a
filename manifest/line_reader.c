/* Reads lines, values and numbers from a text in memory. */
#include "manifest/line_reader.h"

#include <string.h>

#include "manifest/manifest_line.h"

int
line_reader_fail(const struct line_reader *r, const char *what, struct err *err)
{
	return err_set(err, ERR_INPUT, "line %zu: %s", r->line, what);
}

bool
line_reader_begins(const struct line_reader *r, const char *word)
{
	size_t len = strlen(word);

	return (size_t)(r->end - r->at) >= len && memcmp(r->at, word, len) == 0;
}

static int
fail_cut(const struct line_reader *r, struct err *err)
{
	return line_reader_fail(r, "the text ends here: it was cut off", err);
}

int
line_reader_take(
	struct line_reader *r, const char **line, size_t *len, struct err *err)
{
	const char *newline = memchr(r->at, '\n', (size_t)(r->end - r->at));

	if (!newline)
		return fail_cut(r, err);
	*line = r->at;
	*len = (size_t)(newline - r->at);
	if (manifest_line_check(*line, *len, r->line, err) != 0)
		return -1;
	r->at = newline + 1;
	r->line++;
	return 0;
}

/* Is it printable ASCII without blanks, so that a terminal may show it? */
static bool
is_word(const char *text, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++)
		if (text[i] <= ' ' || text[i] > '~')
			return false;
	return true;
}

int
line_reader_value(struct line_reader *r, const char *word, char *out,
	size_t max, char stop, struct err *err)
{
	const char *value, *end;
	size_t len;

	if (!line_reader_begins(r, word))
		return err_set(err, ERR_INPUT, "line %zu: expected '%s'",
			r->line, word);
	value = r->at + strlen(word);
	end = memchr(value, stop, (size_t)(r->end - value));
	if (!end)
		return fail_cut(r, err);
	len = (size_t)(end - value);
	if (len == 0 || len > max || !is_word(value, len))
		return err_set(err, ERR_INPUT,
			"line %zu: a damaged value after '%s'", r->line, word);
	memcpy(out, value, len);
	out[len] = '\0';
	r->at = end + 1;
	if (stop == '\n')
		r->line++;
	return 0;
}

int
line_reader_number(
	struct line_reader *r, const char *word, uint64_t *out, struct err *err)
{
	char digits[21];
	size_t i;

	if (line_reader_value(r, word, digits, sizeof(digits) - 1, '\n', err) !=
		0)
		return -1;
	for (*out = 0, i = 0; digits[i]; i++) {
		unsigned digit = (unsigned)(unsigned char)digits[i] - '0';

		if (digit > 9 || (digits[0] == '0' && i > 0) ||
			*out > (UINT64_MAX - digit) / 10) {
			r->line--;
			return line_reader_fail(r, "not a number", err);
		}
		*out = *out * 10 + digit;
	}
	return 0;
}
