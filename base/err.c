/* Writes, extends and cuts error messages. */
#include "base/err.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Define the functions, not the macros. */
#undef err_set
#undef err_system
#undef err_memory
#undef err_context

/*
 * If the `wanted` bytes that vsnprintf asked for did not fit, end the text in
 * "..." instead of in the middle of a character.
 */
static void
cut_at_character(char *text, size_t size, int wanted)
{
	size_t end;

	if (wanted >= 0 && (size_t)wanted < size)
		return;
	end = size - sizeof("...");
	while (end > 0 && ((unsigned char)text[end] & 0xc0) == 0x80)
		end--;
	memcpy(text + end, "...", sizeof("..."));
}

int
err_set(struct err *err, enum err_code code, const char *fmt, ...)
{
	va_list args;
	int wanted;

	err->code = code;
	err->sys_errno = 0;
	va_start(args, fmt);
	wanted = vsnprintf(err->message, sizeof(err->message), fmt, args);
	va_end(args);
	cut_at_character(err->message, sizeof(err->message), wanted);
	return -1;
}

int
err_system(struct err *err, const char *fmt, ...)
{
	int saved = errno;
	char what[1024];
	char reason[256];
	va_list args;
	int wanted;

	va_start(args, fmt);
	wanted = vsnprintf(what, sizeof(what), fmt, args);
	va_end(args);
	cut_at_character(what, sizeof(what), wanted);
	if (strerror_r(saved, reason, sizeof(reason)) != 0)
		snprintf(reason, sizeof(reason), "error %d", saved);
	err_set(err, ERR_SYSTEM, "%s: %s", what, reason);
	err->sys_errno = saved;
	return -1;
}

int
err_memory(struct err *err)
{
	return err_set(err, ERR_MEMORY, "out of memory");
}

int
err_context(struct err *err, const char *fmt, ...)
{
	char fact[512];
	char message[sizeof(err->message)];
	va_list args;
	int wanted;

	va_start(args, fmt);
	wanted = vsnprintf(fact, sizeof(fact), fmt, args);
	va_end(args);
	cut_at_character(fact, sizeof(fact), wanted);
	memcpy(message, err->message, sizeof(message));
	wanted = snprintf(
		err->message, sizeof(err->message), "%s: %s", fact, message);
	cut_at_character(err->message, sizeof(err->message), wanted);
	return -1;
}
