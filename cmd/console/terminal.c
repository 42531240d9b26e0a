/* Finds out what the terminals can do. */
#define _DEFAULT_SOURCE /* struct winsize */
#include "cmd/console/terminal.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum {
	COLUMNS_USUAL = 80,
	COLUMNS_MAX = 10000,
};

static bool
is_set(const char *variable)
{
	const char *value = getenv(variable);

	return value && *value;
}

/* Is there a terminal that can rewrite a line? */
static bool
is_usable(void)
{
	const char *kind = getenv("TERM");

	return kind && *kind && strcmp(kind, "dumb") != 0 &&
	       isatty(STDERR_FILENO);
}

bool
terminal_has_colours(void)
{
	const char *force = getenv("CLICOLOR_FORCE");

	if (is_set("NO_COLOR"))
		return false;
	return (force && *force && strcmp(force, "0") != 0) || is_usable();
}

static bool
columns_of_variable(long *out)
{
	const char *text = getenv("COLUMNS");
	char *end;

	if (!text || *text < '0' || *text > '9')
		return false;
	*out = strtol(text, &end, 10);
	return !*end && *out > 0 && *out < COLUMNS_MAX;
}

int
terminal_columns(void)
{
	struct winsize size;
	long columns = COLUMNS_USUAL;

	if (!is_usable())
		return 0;
	if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
		columns = size.ws_col;
	else
		columns_of_variable(&columns);
	return (int)columns;
}

bool
terminal_takes_output(void)
{
	return isatty(STDOUT_FILENO) == 1;
}

int
terminal_output_columns(void)
{
	struct winsize size;

	return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 ? size.ws_col
							    : COLUMNS_USUAL;
}
