/*
 * JSON: what is read and written, in either form, is read as the same, and can be
 * printed as text and YAML. The same bytes as a page token do no harm.
 */
#include "tests/fuzz/fuzz.h"

#include "cmd/awscli/json.h"
#include "cmd/awscli/json_dump.h"
#include "cmd/awscli/page_token.h"
#include "cmd/awscli/text_formatter.h"
#include "cmd/awscli/yaml_formatter.h"

static void
dump(struct buf *out, const struct value *value)
{
	buf_init(out, FUZZ_TEXT_MAX);
	json_dump_compact(out, value);
	HOLDS(!out->failed);
}

/* Is it the same when it is read from this text? */
static void
check_again(struct arena *arena, const char *text, size_t len,
	const struct buf *expected)
{
	struct value *value;
	struct buf problem, again;

	buf_init(&problem, 1024);
	value = json_read(arena, text, len, true, &problem);
	if (!value)
		fprintf(stderr, "%s\n", buf_shown(&problem));
	HOLDS(value != NULL);
	dump(&again, value);
	HOLDS(again.len == expected->len);
	HOLDS(memcmp(again.data, expected->data, again.len) == 0);
	buf_release(&again);
	buf_release(&problem);
}

static void
check_value(struct arena *arena, const struct value *value)
{
	struct err err = ERR_INIT;
	struct buf text, other;

	dump(&text, value);
	check_again(arena, text.data, text.len, &text);
	buf_init(&other, FUZZ_TEXT_MAX);
	HOLDS(json_dump(buf_emit, &other, value, &err) == 0);
	check_again(arena, other.data, other.len, &text);
	buf_clear(&other);
	HOLDS(text_format(&other, value));
	buf_clear(&other);
	HOLDS(yaml_format(&other, value));
	buf_release(&text);
	buf_release(&other);
}

static void
check_token(struct arena *arena, const char *text, size_t len)
{
	struct value *value = value_new_text(arena, VALUE_STRING, text, len);
	struct page_token token;
	struct fault fault;

	fault_init(&fault);
	if (page_token_decode(&token, arena, value, &fault) == 0)
		HOLDS(value_is_dict(token.keys));
	else
		HOLDS(fault.status == AWSCLI_GENERAL_ERROR);
	fault_release(&fault);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = fuzz_exact(data, size);
	struct arena arena;
	struct buf problem;
	struct value *value;

	arena_init(&arena);
	buf_init(&problem, 1024);
	value = json_read(&arena, text, size, false, &problem);
	HOLDS((value != NULL) == (problem.len == 0));
	if (value)
		check_value(&arena, value);
	check_token(&arena, text, size);
	buf_release(&problem);
	arena_release(&arena);
	free(text);
	return 0;
}
