/*
 * YAML: what is read is printed as YAML that is read as the same; what is not read
 * has a problem.
 */
#include "tests/fuzz/fuzz.h"

#include "cmd/awscli/yaml_formatter.h"
#include "cmd/awscli/yaml_reader.h"

/* Print a value, which is read again if it is not printed as JSON or as nothing. */
static bool
print(struct buf *out, const struct value *value)
{
	buf_init(out, FUZZ_TEXT_MAX);
	HOLDS(yaml_format(out, value));
	return value_is_container(value) && value->first;
}

static void
check_again(struct arena *arena, const struct value *value)
{
	struct buf text, again, problem;
	const struct value *same;

	if (print(&text, value)) {
		buf_init(&problem, 1024);
		same = yaml_read(arena, text.data, text.len, &problem);
		if (!same)
			fprintf(stderr, "%s\n%s\n", buf_shown(&problem),
				buf_shown(&text));
		HOLDS(same != NULL);
		HOLDS(print(&again, same));
		HOLDS(strcmp(buf_str(&text), buf_str(&again)) == 0);
		buf_release(&again);
		buf_release(&problem);
	}
	buf_release(&text);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = fuzz_exact(data, size);
	struct value *value;
	struct arena arena;
	struct buf problem;

	arena_init(&arena);
	buf_init(&problem, 1024);
	value = yaml_read(&arena, text, size, &problem);
	HOLDS((value != NULL) == (problem.len == 0));
	if (value)
		check_again(&arena, value);
	buf_release(&problem);
	arena_release(&arena);
	free(text);
	return 0;
}
