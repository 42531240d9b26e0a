/* Writes messages to standard error. */
#include "cmd/console/log.h"

#include <pthread.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/escape.h"
#include "base/file.h"
#include "base/utf8.h"
#include "cmd/console/github_actions.h"
#include "cmd/console/terminal.h"

enum {
	TEXT_MAX = 2048,
	LOG_LINE_MAX = 16 * TEXT_MAX,
	PREFIX_SIZE = sizeof(struct escaped_name) + 2,
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static enum log_level threshold = LOG_INFO;
static const char *subject;

/* Go to the start of the line and erase it: ECMA-48's EL. */
static const char erase[] = "\r\033[K";
static atomic_bool is_drawn, is_ending;

void
log_set_level(enum log_level level)
{
	threshold = level;
}

void
log_set_subject(const char *name)
{
	subject = name;
}

bool
log_shows(enum log_level level)
{
	return level <= threshold;
}

/* In a workflow, break up what could be a command: cmd/console/github_actions.h. */
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

	if (level > LOG_WARNING || !terminal_has_colours())
		buf_addstr(out, "edgediff: ");
	else
		buf_addf(out, "%sedgediff:\033[m ", colours[level]);
}

/* An annotation is labelled as a warning, so the text need not say it. */
static const char *
without_label(enum log_level level, const char *text)
{
	static const char label[] = "warning: ";

	return level == LOG_WARNING && strncmp(text, label, strlen(label)) == 0
		       ? text + strlen(label)
		       : text;
}

/* Add the annotation of a text that has nothing to escape. */
static void
annotate(struct buf *out, enum log_level level, const struct buf *plain)
{
	static const char *const kinds[] = {[LOG_ERROR] = "error",
		[LOG_WARNING] = "warning",
		[LOG_INFO] = "notice"};

	github_actions_annotate(out, kinds[level], buf_shown(plain));
}

/* Write a line, in place of the status line if that is drawn. */
static void
put(const struct buf *line)
{
	struct err ignored = ERR_INIT;
	size_t lead = atomic_exchange(&is_drawn, false) ? 0 : sizeof(erase) - 1;

	(void)file_write_all(
		STDERR_FILENO, line->data + lead, line->len - lead, &ignored);
}

static void
add_annotation(struct buf *out, enum log_level level, const char *prefix,
	const char *text)
{
	struct buf plain;

	buf_init(&plain, LOG_LINE_MAX / 2);
	add_plain(&plain, prefix, true);
	add_plain(&plain, without_label(level, text), true);
	annotate(out, level, &plain);
	buf_release(&plain);
}

static void
write_line(enum log_level level, const char *prefix, const char *text,
	bool annotated)
{
	bool step = github_actions_is_step();
	struct buf line;

	buf_init(&line, LOG_LINE_MAX);
	buf_addstr(&line, erase);
	add_prefix(&line, level);
	add_plain(&line, prefix, step);
	add_plain(&line, text, step);
	buf_addch(&line, '\n');
	if (step && annotated && level <= LOG_WARNING)
		add_annotation(&line, level, prefix, text);
	pthread_mutex_lock(&lock);
	/* a single write, so that lines of two processes don't mix */
	if (line.failed)
		fprintf(stderr, "edgediff: %s%s\n", prefix, text);
	else
		put(&line);
	pthread_mutex_unlock(&lock);
	buf_release(&line);
}

int
log_columns(void)
{
	int columns = log_shows(LOG_INFO) ? terminal_columns() : 0;

	/* some terminals wrap after the last column, and show Ctrl-C as ^C */
	return columns == 0 ? 0 : columns > 3 ? columns - 3 : 1;
}

void
log_draw_status(const char *text)
{
	struct err ignored = ERR_INIT;
	struct buf line;

	if (atomic_load(&is_ending))
		return;
	buf_init(&line, LOG_LINE_MAX);
	buf_addch(&line, '\r');
	buf_addstr(&line, text);
	buf_addstr(&line, erase + 1);
	pthread_mutex_lock(&lock);
	if (!line.failed) {
		file_write_all(STDERR_FILENO, line.data, line.len, &ignored);
		atomic_store(&is_drawn, true);
	}
	pthread_mutex_unlock(&lock);
	buf_release(&line);
}

void
log_clear_status(void)
{
	struct err ignored = ERR_INIT;

	pthread_mutex_lock(&lock);
	if (atomic_exchange(&is_drawn, false))
		file_write_all(
			STDERR_FILENO, erase, sizeof(erase) - 1, &ignored);
	pthread_mutex_unlock(&lock);
}

void
log_clear_status_at_exit(void)
{
	atomic_store(&is_ending, true);
	if (atomic_load(&is_drawn) &&
		write(STDERR_FILENO, erase, sizeof(erase) - 1) < 0)
		return;
}

/* What each message begins with in a run that does several things. */
static void
make_prefix(char *out, size_t size)
{
	struct escaped_name shown;

	out[0] = '\0';
	if (subject)
		snprintf(out, size, "%s: ", escape_show_str(&shown, subject));
}

static void
log_at(enum log_level level, bool annotated, const char *fmt, va_list args)
{
	char prefix[PREFIX_SIZE], text[TEXT_MAX];

	if (!log_shows(level))
		return;
	make_prefix(prefix, sizeof(prefix));
	vsnprintf(text, sizeof(text), fmt, args);
	write_line(level, prefix, text, annotated);
}

void
log_part(enum log_level level, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	log_at(level, false, fmt, args);
	va_end(args);
}

void
log_annotate(enum log_level level, const char *const *lines, size_t count)
{
	struct buf plain, line;
	char prefix[PREFIX_SIZE];
	size_t i;

	if (!github_actions_is_step() || !log_shows(level))
		return;
	make_prefix(prefix, sizeof(prefix));
	buf_init(&plain, LOG_LINE_MAX / 2);
	buf_init(&line, LOG_LINE_MAX);
	add_plain(&plain, prefix, true);
	for (i = 0; i < count; i++) {
		if (i > 0)
			buf_addch(&plain, '\n');
		add_plain(&plain, lines[i], true);
	}
	buf_addstr(&line, erase);
	annotate(&line, level, &plain);
	pthread_mutex_lock(&lock);
	if (!line.failed)
		put(&line);
	pthread_mutex_unlock(&lock);
	buf_release(&plain);
	buf_release(&line);
}

void
log_error(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	log_at(LOG_ERROR, true, fmt, args);
	va_end(args);
}

void
log_warning(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	log_at(LOG_WARNING, true, fmt, args);
	va_end(args);
}

void
log_info(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	log_at(LOG_INFO, true, fmt, args);
	va_end(args);
}

void
log_debug(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	log_at(LOG_DEBUG, true, fmt, args);
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
