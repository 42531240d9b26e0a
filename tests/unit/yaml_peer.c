/*
 * Reads the YAML on standard input, for tests/documents.py to compare: each line
 * is a document, in hexadecimal. Prints a line for each: the value as JSON, after
 * "=", or the problem.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/hex.h"
#include "cmd/awscli/json_dump.h"
#include "cmd/awscli/yaml_reader.h"

enum {
	OUTPUT_MAX = 64 * 1024 * 1024,
};

static void
answer(const char *text, size_t len)
{
	const struct value *value;
	struct buf out;
	struct arena arena;

	arena_init(&arena);
	buf_init(&out, OUTPUT_MAX);
	value = yaml_read(&arena, text, len, &out);
	if (value) {
		buf_clear(&out);
		json_dump_compact(&out, value);
	}
	printf("%s%s\n", value ? "=" : "", buf_shown(&out));
	buf_release(&out);
	arena_release(&arena);
}

int
main(void)
{
	char *line = NULL;
	size_t size = 0, len;

	if (!yaml_is_read())
		return 77;
	while (getline(&line, &size, stdin) > 0) {
		line[strcspn(line, "\n")] = '\0';
		len = strlen(line) / 2;
		if (hex_decode((unsigned char *)line, line, len) != 0)
			return 1;
		answer(line, len);
	}
	free(line);
	return 0;
}
