/* The state of a reader whose first failure sticks. */
#include "base/strict_reader.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void
strict_reader_init(
	struct strict_reader *reader, struct arena *texts, enum err_code code)
{
	*reader = (struct strict_reader){.texts = texts, .code = code};
}

int
strict_reader_finish(const struct strict_reader *reader, struct err *err)
{
	if (reader->err.code == ERR_NONE)
		return 0;
	*err = reader->err;
	return -1;
}

void
strict_reader_fail(struct strict_reader *reader, const char *fmt, ...)
{
	char text[sizeof(reader->err.message)];
	va_list args;

	if (reader->err.code != ERR_NONE)
		return;
	va_start(args, fmt);
	vsnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	(void)err_set(&reader->err, reader->code, "%s", text);
}

void *
strict_reader_alloc(struct strict_reader *reader, size_t size)
{
	void *memory;

	if (reader->err.code != ERR_NONE)
		return NULL;
	memory = arena_alloc(reader->texts, size > 0 ? size : 1);
	if (memory)
		memset(memory, 0, size);
	else
		(void)err_memory(&reader->err);
	return memory;
}
