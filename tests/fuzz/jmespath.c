/*
 * JMESPath: an expression that compiles does so in parentheses, and gives the same
 * there; what it gives can be printed, and is read from JSON as the same. The input
 * is an expression, a NUL, and a document.
 */
#include "tests/fuzz/fuzz.h"

#include "cmd/awscli/jmespath.h"
#include "cmd/awscli/json.h"
#include "cmd/awscli/json_dump.h"
#include "cmd/awscli/table_formatter.h"
#include "cmd/awscli/text_formatter.h"
#include "cmd/awscli/yaml_formatter.h"

/* Append the result as JSON; false, with the fault, if there is none. */
static bool
search(struct arena *arena, const char *expression, const struct value *value,
	struct buf *out, struct fault *fault)
{
	const struct jmespath_node *node =
		jmespath_compile(arena, expression, fault);
	const struct value *result =
		node ? jmespath_search(arena, node, value, fault) : NULL;

	HOLDS((result != NULL) == (fault->status == AWSCLI_OK));
	HOLDS(result || fault->text.len > 0);
	if (result)
		json_dump_compact(out, result);
	return result != NULL;
}

static void
check_printing(struct arena *arena, const struct buf *text)
{
	struct buf problem, out;
	struct fault fault;
	struct value *value;

	buf_init(&problem, 1024);
	buf_init(&out, FUZZ_TEXT_MAX);
	fault_init(&fault);
	value = json_read(arena, text->data, text->len, false, &problem);
	HOLDS(value != NULL);
	HOLDS(text_format(&out, value));
	buf_clear(&out);
	HOLDS(yaml_format(&out, value));
	buf_clear(&out);
	if (table_format(&out, arena, "T", value, 40, true, &fault) != 0)
		HOLDS(fault.text.len > 0);
	buf_clear(&out);
	json_dump_compact(&out, value);
	HOLDS(out.len == text->len);
	HOLDS(memcmp(out.data, text->data, out.len) == 0);
	buf_release(&problem);
	buf_release(&out);
	fault_release(&fault);
}

static void
check(struct arena *arena, const char *expression, const struct value *value)
{
	struct buf inside, out, again;
	struct fault fault, other;

	buf_init(&inside, FUZZ_TEXT_MAX);
	buf_init(&out, FUZZ_TEXT_MAX);
	buf_init(&again, FUZZ_TEXT_MAX);
	fault_init(&fault);
	fault_init(&other);
	buf_addf(&inside, "(%s)", expression);
	if (search(arena, expression, value, &out, &fault)) {
		if (!search(arena, buf_str(&inside), value, &again, &other))
			HOLDS(strstr(buf_str(&other.text), "deep"));
		else
			HOLDS(strcmp(buf_str(&out), buf_str(&again)) == 0);
		check_printing(arena, &out);
	}
	fault_release(&fault);
	fault_release(&other);
	buf_release(&inside);
	buf_release(&out);
	buf_release(&again);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_input input = {data, data + size};
	char *expression = fuzz_take_text(&input, '\0');
	struct buf problem;
	struct value *value;
	struct arena arena;

	arena_init(&arena);
	buf_init(&problem, 1024);
	value = json_read(&arena, (const char *)input.at,
		(size_t)(input.end - input.at), false, &problem);
	if (!value)
		value = value_new(&arena, VALUE_NULL);
	check(&arena, expression, value);
	buf_release(&problem);
	arena_release(&arena);
	free(expression);
	return 0;
}
