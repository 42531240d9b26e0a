/* Adds names and texts to Markdown, literally. */
#include "cmd/report/markdown_text.h"

#include <stdbool.h>
#include <string.h>

#include "base/escape.h"

enum {
	/* in bytes, to which a cell adds a backslash for each | */
	SHOWN_NAME_MAX = 160,
};

/* Does a UTF-8 character start at this byte? */
static bool
is_start(const char *text, size_t at)
{
	return ((unsigned char)text[at] & 0xc0) != 0x80;
}

/* Replace the middle of a long name by an ellipsis. */
static void
shorten(struct buf *out, const char *text, size_t len)
{
	size_t head = SHOWN_NAME_MAX / 2, tail = len - SHOWN_NAME_MAX / 2;

	if (len <= SHOWN_NAME_MAX) {
		buf_add(out, text, len);
		return;
	}
	while (!is_start(text, head))
		head--;
	while (tail < len && !is_start(text, tail))
		tail++;
	buf_add(out, text, head);
	buf_addstr(out, "\xe2\x80\xa6");
	buf_add(out, text + tail, len - tail);
}

/* The length of the longest run of backticks. */
static size_t
longest_run(const struct buf *text)
{
	size_t run = 0, longest = 0, i;

	for (i = 0; i < text->len; i++) {
		run = text->data[i] == '`' ? run + 1 : 0;
		longest = run > longest ? run : longest;
	}
	return longest;
}

static void
add_backticks(struct buf *out, size_t count)
{
	for (; count > 0; count--)
		buf_addch(out, '`');
}

void
markdown_add_code(struct buf *out, const char *name, size_t len)
{
	struct buf seen, text;
	size_t longest, i;

	buf_init(&seen, 4 * len);
	buf_init(&text, 4 * SHOWN_NAME_MAX);
	escape_name_for_ci(&seen, name, len);
	if (!seen.failed)
		shorten(&text, buf_str(&seen), seen.len);
	longest = longest_run(&text);
	add_backticks(out, longest + 1);
	if (longest > 0 || (text.len > 0 && text.data[0] == ' '))
		buf_addch(out, ' ');
	for (i = 0; i < text.len; i++) {
		if (text.data[i] == '|')
			buf_addch(out, '\\');
		buf_addch(out, text.data[i]);
	}
	if (longest > 0 || (text.len > 0 && text.data[0] == ' '))
		buf_addch(out, ' ');
	add_backticks(out, longest + 1);
	if (seen.failed || text.failed)
		out->failed = ERR_MEMORY; /* the name is not whole */
	buf_release(&seen);
	buf_release(&text);
}

void
markdown_add_fenced(struct buf *out, const char *text, size_t len)
{
	const char *end = text + len, *line;
	struct buf seen;
	size_t fence;

	if (len == 0)
		return;
	buf_init(&seen, 4 * len);
	for (; (line = memchr(text, '\n', (size_t)(end - text)));
		text = line + 1) {
		escape_name_for_ci(&seen, text, (size_t)(line - text));
		buf_addch(&seen, '\n');
	}
	escape_name_for_ci(&seen, text, (size_t)(end - text));
	fence = longest_run(&seen) < 3 ? 3 : longest_run(&seen) + 1;
	buf_addch(out, '\n');
	add_backticks(out, fence);
	buf_addstr(out, "text\n");
	buf_append(out, &seen);
	buf_addch(out, '\n');
	add_backticks(out, fence);
	buf_addch(out, '\n');
	if (seen.failed)
		out->failed = ERR_MEMORY; /* the text is not whole */
	buf_release(&seen);
}
