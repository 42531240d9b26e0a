/* Writes lines for a person to standard error. */
#define _DEFAULT_SOURCE /* struct winsize */
#include "cmd/console/log.h"

#include <pthread.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/escape.h"
#include "base/file.h"
#include "base/utf8.h"
#include "cmd/console/actions.h"

enum {
	TEXT_MAX = 2048,
	LOG_LINE_MAX = 16 * TEXT_MAX,

	COLUMNS_USUAL = 80,
	COLUMNS_MAX = 10000,
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static enum log_level least_said = LOG_INFO;
static const char *subject;

/* To the line's start, and all of it away: ECMA-48's EL. */
static const char wipe[] = "\r\033[K";
static atomic_bool drawn, ending;

void
log_set_level(enum log_level least)
{
	least_said = least;
}

void
log_set_subject(const char *name)
{
	subject = name;
}

bool
log_shows(enum log_level level)
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
	const char *force = getenv("CLICOLOR_FORCE");

	if (is_set("NO_COLOR"))
		return false;
	return (force && *force && strcmp(force, "0") != 0) || is_terminal();
}

/* In a step of a workflow no text gives commands: cmd/console/actions.h. */
static void
add_plain(struct buf *out, const char *text, bool step)
{
	static const char command[] = "##[";
	const char *end = text + strlen(text);
	size_t len;

	while (*text) {
		len = utf8_unseen(text, (size_t)(end - text));
		if (step && strncmp(text, command, 3) == 0) {
			buf_add(out, text, 2);
			text += 2;
			len = 1;
		}
		if (len == 0)
			buf_addch(out, *text++);
		for (; len > 0; len--)
			buf_addf(out, "\\x%02x", (unsigned char)*text++);
	}
}

void
log_add_plain(struct buf *out, const char *text)
{
	add_plain(out, text, true);
}

static void
add_prefix(struct buf *out, enum log_level level)
{
	static const char *const colours[] = {
		[LOG_ERROR] = "\033[31m", [LOG_WARNING] = "\033[33m"};

	if (level > LOG_WARNING || !has_colours())
		buf_addstr(out, "edgediff: ");
	else
		buf_addf(out, "%sedgediff:\033[m ", colours[level]);
}

/* An annotation shows that it is a warning, so `text` need not say so. */
static void
annotate(struct buf *out, enum log_level level, const char *about,
	const char *text)
{
	static const char said[] = "warning: ";
	struct buf plain;

	if (level == LOG_WARNING && strncmp(text, said, strlen(said)) == 0)
		text += strlen(said);
	buf_init(&plain, LOG_LINE_MAX / 2);
	add_plain(&plain, about, true);
	add_plain(&plain, text, true);
	actions_annotate(
		out, level == LOG_ERROR ? "error" : "warning", buf_str(&plain));
	buf_release(&plain);
}

/* A line in the place of the one that is drawn. */
static void
put(const struct buf *line)
{
	struct err ignored = ERR_INIT;
	size_t lead = atomic_exchange(&drawn, false) ? 0 : sizeof(wipe) - 1;

	(void)file_write_all(
		STDERR_FILENO, line->data + lead, line->len - lead, &ignored);
}

static void
say(enum log_level level, const char *about, const char *text)
{
	bool step = actions_is_step();
	struct buf line;

	buf_init(&line, LOG_LINE_MAX);
	buf_addstr(&line, wipe);
	add_prefix(&line, level);
	add_plain(&line, about, step);
	add_plain(&line, text, step);
	buf_addch(&line, '\n');
	if (step && level <= LOG_WARNING)
		annotate(&line, level, about, text);
	pthread_mutex_lock(&lock);
	/* one call, so that two processes' lines don't mix */
	if (line.failed)
		fprintf(stderr, "edgediff: %s%s\n", about, text);
	else
		put(&line);
	pthread_mutex_unlock(&lock);
	buf_release(&line);
}

static bool
columns_by_variable(long *out)
{
	const char *text = getenv("COLUMNS");
	char *end;

	if (!text || *text < '0' || *text > '9')
		return false;
	*out = strtol(text, &end, 10);
	return !*end && *out > 0 && *out < COLUMNS_MAX;
}

int
log_columns(void)
{
	struct winsize size;
	long columns = COLUMNS_USUAL;

	if (!log_shows(LOG_INFO) || !is_terminal())
		return 0;
	if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
		columns = size.ws_col;
	else
		columns_by_variable(&columns);
	/* the last one wraps on some, and Ctrl-C shows as ^C */
	return columns > 3 ? (int)columns - 3 : 1;
}

void
log_draw_status(const char *text)
{
	struct err ignored = ERR_INIT;
	struct buf line;

	if (atomic_load(&ending))
		return;
	buf_init(&line, LOG_LINE_MAX);
	buf_addch(&line, '\r');
	buf_addstr(&line, text);
	buf_addstr(&line, wipe + 1);
	pthread_mutex_lock(&lock);
	if (!line.failed) {
		file_write_all(STDERR_FILENO, line.data, line.len, &ignored);
		atomic_store(&drawn, true);
	}
	pthread_mutex_unlock(&lock);
	buf_release(&line);
}

void
log_clear_status(void)
{
	struct err ignored = ERR_INIT;

	pthread_mutex_lock(&lock);
	if (atomic_exchange(&drawn, false))
		file_write_all(STDERR_FILENO, wipe, sizeof(wipe) - 1, &ignored);
	pthread_mutex_unlock(&lock);
}

void
log_clear_status_at_exit(void)
{
	atomic_store(&ending, true);
	if (atomic_load(&drawn) &&
		write(STDERR_FILENO, wipe, sizeof(wipe) - 1) < 0)
		return;
}

static void
format(enum log_level level, const char *fmt, va_list args)
{
	char about[sizeof(struct escaped_name) + 2] = "", text[TEXT_MAX];
	struct escaped_name shown;

	if (!log_shows(level))
		return;
	if (subject)
		snprintf(about, sizeof(about),
			"%s: ", escape_show_str(&shown, subject));
	vsnprintf(text, sizeof(text), fmt, args);
	say(level, about, text);
}

void
log_error(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	format(LOG_ERROR, fmt, args);
	va_end(args);
}

void
log_warning(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	format(LOG_WARNING, fmt, args);
	va_end(args);
}

void
log_info(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	format(LOG_INFO, fmt, args);
	va_end(args);
}

void
log_debug(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	format(LOG_DEBUG, fmt, args);
	va_end(args);
}

void
log_elapsed(long long began, const char *fmt, ...)
{
	long long took = clock_elapsed() - began;
	char what[TEXT_MAX - 32];
	va_list args;

	va_start(args, fmt);
	vsnprintf(what, sizeof(what), fmt, args);
	va_end(args);
	log_debug("%s in %lld.%03lld s", what, took / 1000, took % 1000);
}
