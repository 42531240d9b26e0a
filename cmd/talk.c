/* Writes lines for a person to standard error. */
#include "cmd/talk.h"

#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "cmd/host.h"

enum {
	TEXT_LONGEST = 2048,
	LINE_LONGEST = 8 * TEXT_LONGEST,
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static enum talk_level least_said = TALK_NOTE;

void
talk_set_level(enum talk_level least)
{
	least_said = least;
}

bool
talk_says(enum talk_level level)
{
	return level <= least_said;
}

static bool
is_set(const char *variable)
{
	const char *value = getenv(variable);

	return value && *value;
}

/* A terminal on which a line can be coloured and drawn again. */
static bool
is_terminal(void)
{
	const char *kind = getenv("TERM");

	return kind && *kind && strcmp(kind, "dumb") != 0 &&
	       isatty(STDERR_FILENO);
}

/* https://no-color.org, https://bixense.com/clicolors */
static bool
has_colours(void)
{
	if (is_set("NO_COLOR"))
		return false;
	return (is_set("CLICOLOR_FORCE") &&
		       strcmp(getenv("CLICOLOR_FORCE"), "0") != 0) ||
	       is_terminal();
}

/*
 * The length of the character at `text` that moves a terminal's cursor, ends a
 * line somewhere or speaks to the terminal; 0 for any other. C0, DEL and C1
 * (U+0080 to U+009F), U+2028 and U+2029.
 */
static size_t
control_length(const char *text)
{
	const unsigned char *c = (const unsigned char *)text;

	if (c[0] < 0x20 || c[0] == 0x7f)
		return 1;
	if (c[0] == 0xc2 && c[1] >= 0x80 && c[1] < 0xa0)
		return 2;
	if (c[0] == 0xe2 && c[1] == 0x80 && (c[2] == 0xa8 || c[2] == 0xa9))
		return 3;
	return 0;
}

static void
add_plain(struct buf *out, const char *text)
{
	size_t len;

	while (*text) {
		len = control_length(text);
		if (len == 0)
			buf_addch(out, *text++);
		for (; len > 0; len--)
			buf_addf(out, "\\x%02x", (unsigned char)*text++);
	}
}

static void
add_prefix(struct buf *out, enum talk_level level)
{
	static const char *const colours[] = {
		[TALK_ERROR] = "\033[31m", [TALK_WARNING] = "\033[33m"};

	if (level > TALK_WARNING || !has_colours())
		buf_addstr(out, "edgediff: ");
	else
		buf_addf(out, "%sedgediff:\033[m ", colours[level]);
}

static void
say(enum talk_level level, const char *text)
{
	struct err ignored = ERR_INIT;
	struct buf line;

	buf_init(&line, LINE_LONGEST);
	add_prefix(&line, level);
	add_plain(&line, text);
	buf_addch(&line, '\n');
	pthread_mutex_lock(&lock);
	/* one call, so that two processes' lines don't mix */
	if (line.failed)
		fprintf(stderr, "edgediff: %s\n", text);
	else
		(void)file_write_all(
			STDERR_FILENO, line.data, line.len, &ignored);
	pthread_mutex_unlock(&lock);
	buf_release(&line);
}

static void
format(enum talk_level level, const char *fmt, va_list args)
{
	char text[TEXT_LONGEST];

	if (!talk_says(level))
		return;
	vsnprintf(text, sizeof(text), fmt, args);
	say(level, text);
}

void
talk_error(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	format(TALK_ERROR, fmt, args);
	va_end(args);
}

void
talk_warning(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	format(TALK_WARNING, fmt, args);
	va_end(args);
}

void
talk(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	format(TALK_NOTE, fmt, args);
	va_end(args);
}

void
talk_detail(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	format(TALK_DETAIL, fmt, args);
	va_end(args);
}

void
talk_time(long long began, const char *fmt, ...)
{
	long long took = host_elapsed() - began;
	char what[TEXT_LONGEST - 32];
	va_list args;

	va_start(args, fmt);
	vsnprintf(what, sizeof(what), fmt, args);
	va_end(args);
	talk_detail("%s in %lld.%03lld s", what, took / 1000, took % 1000);
}
