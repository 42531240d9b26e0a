/*
 * Shorthand: what is parsed and printed is parsed as the same; with the shape of a
 * batch it becomes a value or a fault.
 */
#include "tests/fuzz/fuzz.h"

#include "cmd/awscli/shorthand.h"
#include "cmd/awscli/shorthand_parser.h"
#include "cmd/awscli/value_repr.h"

/* In double quotes; false for a text that they cannot hold. */
static bool
print_text(struct buf *out, const struct value *value)
{
	size_t i;

	if (value->len > 0 && value->text[value->len - 1] == '\\')
		return false;
	buf_addch(out, '"');
	for (i = 0; i < value->len; i++) {
		if (value->text[i] == '\\')
			return false;
		if (value->text[i] == '"')
			buf_addch(out, '\\');
		buf_addch(out, value->text[i]);
	}
	buf_addch(out, '"');
	return true;
}

static bool
print(struct buf *out, const struct value *value, bool top)
{
	const struct value *at;
	bool dict = value_is_dict(value);

	if (!value_is_container(value))
		return print_text(out, value);
	if (!top)
		buf_addch(out, dict ? '{' : '[');
	for (at = value->first; at; at = at->next) {
		if (at != value->first)
			buf_addch(out, ',');
		if (dict) {
			buf_add(out, at->key, at->key_len);
			buf_addch(out, '=');
		}
		if (!print(out, at, false))
			return false;
	}
	if (!top)
		buf_addch(out, dict ? '}' : ']');
	return true;
}

static struct value *
parse(struct arena *arena, const char *text, size_t len,
	struct shorthand_parser *parser)
{
	static struct fault unused; /* set for files only, and none is named */

	*parser = (struct shorthand_parser){
		.arena = arena,
		.text = text,
		.end = text + len,
		.at = text,
		.fault = &unused,
	};
	return shorthand_parse(parser);
}

/* May it name a file, which would be read? With escapes it may, too. */
static bool
names_file(const char *text, size_t size)
{
	size_t i;

	for (i = 0; i + 3 <= size; i++)
		if (memcmp(text + i, "://", 3) == 0)
			return true;
	return false;
}

static void
check_again(struct arena *arena, const struct value *value)
{
	struct shorthand_parser parser;
	struct buf printed, first, second;
	struct value *again;

	buf_init(&printed, FUZZ_TEXT_MAX);
	buf_init(&first, FUZZ_TEXT_MAX);
	buf_init(&second, FUZZ_TEXT_MAX);
	if (print(&printed, value, true)) {
		again = parse(arena, printed.data, printed.len, &parser);
		if (!again)
			fprintf(stderr, "%s\n", buf_shown(&printed));
		HOLDS(again != NULL);
		value_repr(&first, value);
		value_repr(&second, again);
		HOLDS(strcmp(buf_str(&first), buf_str(&second)) == 0);
	}
	buf_release(&printed);
	buf_release(&first);
	buf_release(&second);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = fuzz_exact(data, size);
	struct shorthand_parser parser;
	struct fault fault;
	struct value *value;
	struct arena arena;

	if (names_file(text, size)) {
		free(text);
		return 0;
	}
	arena_init(&arena);
	fault_init(&fault);
	value = parse(&arena, text, size, &parser);
	if (value)
		check_again(&arena, value);
	else
		HOLDS(parser.expected || parser.duplicate_key ||
			parser.too_deep);
	if (!shorthand_read(
		    &arena, text, size, &shape_batch, "--batch", &fault))
		HOLDS(fault.status != AWSCLI_OK);
	fault_release(&fault);
	arena_release(&arena);
	free(text);
	return 0;
}
