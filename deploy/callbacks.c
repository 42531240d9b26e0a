/* Formats the messages of a deployment. */
#include "deploy/callbacks.h"

#include <stdarg.h>
#include <stdio.h>

enum {
	TEXT_SIZE = 2048, /* an error's message has up to 1,536 */
};

void
callbacks_log(const struct deploy_callbacks *callbacks, enum deploy_level level,
	const char *fmt, ...)
{
	char text[TEXT_SIZE];
	va_list args;

	va_start(args, fmt);
	vsnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	callbacks->log(callbacks->context, level, text);
}

void
callbacks_log_elapsed(const struct deploy_callbacks *callbacks, long long began,
	const char *fmt, ...)
{
	char text[TEXT_SIZE];
	va_list args;

	va_start(args, fmt);
	vsnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	callbacks->log_elapsed(callbacks->context, began, text);
}
