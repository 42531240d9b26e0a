/*
 * Applies the queries on standard input, for tests/queries.py to compare: each
 * line is an expression and a JSON document, in hexadecimal, with a tab between
 * them. Prints the exit status that the stand-in would have, and in hexadecimal
 * the error, or the result as JSON, as text, as a table for a terminal of 80
 * columns and as one with colours for one of 20, as YAML and for yaml-stream.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/hex.h"
#include "cmd/awscli/jmespath.h"
#include "cmd/awscli/json.h"
#include "cmd/awscli/json_dump.h"
#include "cmd/awscli/table_formatter.h"
#include "cmd/awscli/text_formatter.h"
#include "cmd/awscli/yaml_formatter.h"

enum {
	OUTPUT_MAX = 64 * 1024 * 1024,
};

/* Decode a field in place, and end it with a NUL. */
static size_t
decode(char *field)
{
	size_t len = strlen(field) / 2;

	if (hex_decode((unsigned char *)field, field, len) != 0)
		return 0;
	field[len] = '\0';
	return len;
}

static void
print_hex(const struct buf *text)
{
	size_t i;

	putchar('\t');
	for (i = 0; i < text->len; i++)
		printf("%02x", (unsigned char)text->data[i]);
}

/* A column for what a formatter makes, or for what it complains about. */
static void
print_column(struct buf *out, bool ok, const struct fault *fault)
{
	print_hex(ok ? out : &fault->text);
	buf_clear(out);
}

static void
print_result(
	const struct value *result, struct arena *arena, struct fault *fault)
{
	struct buf out;
	bool ok;

	buf_init(&out, OUTPUT_MAX);
	json_dump_compact(&out, result);
	printf("%d", AWSCLI_OK);
	print_column(&out, true, fault);
	print_column(&out, text_format(&out, result), fault);
	ok = table_format(&out, arena, "Title", result, 80, false, fault) == 0;
	print_column(&out, ok, fault);
	ok = table_format(&out, arena, "Title", result, 20, true, fault) == 0;
	print_column(&out, ok, fault);
	print_column(&out, yaml_format(&out, result), fault);
	print_column(&out, yaml_format_item(&out, result), fault);
	putchar('\n');
	buf_release(&out);
}

static void
answer(const char *expression, const char *document, size_t len)
{
	const struct jmespath_node *node;
	const struct value *value, *result = NULL;
	struct buf problem;
	struct fault fault;
	struct arena arena;

	arena_init(&arena);
	fault_init(&fault);
	buf_init(&problem, 1024);
	value = json_read(&arena, document, len, false, &problem);
	node = jmespath_compile(&arena, expression, &fault);
	if (node && value)
		result = jmespath_search(&arena, node, value, &fault);
	if (result) {
		print_result(result, &arena, &fault);
	} else {
		printf("%d", fault.status);
		print_hex(value ? &fault.text : &problem);
		putchar('\n');
	}
	buf_release(&problem);
	fault_release(&fault);
	arena_release(&arena);
}

int
main(void)
{
	char *line = NULL, *document;
	size_t size = 0;

	while (getline(&line, &size, stdin) > 0) {
		line[strcspn(line, "\n")] = '\0';
		document = strchr(line, '\t');
		if (!document)
			break;
		*document++ = '\0';
		decode(line);
		answer(line, document, decode(document));
	}
	free(line);
	return 0;
}
