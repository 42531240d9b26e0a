/* What the stand-in makes of an input: a value or a complaint, as text. */
#ifndef UNIT_AWSCLI_FIXTURE_H
#define UNIT_AWSCLI_FIXTURE_H

#include "cmd/awscli/fault.h"
#include "cmd/awscli/json.h"
#include "cmd/awscli/value_repr.h"
#include "tests/unit/fixture.h"

#define WITH_ARENA(test) \
	cmocka_unit_test_setup_teardown(test, set_up, tear_down)

/* Either what is made of an input, or the complaint about it. */
struct row {
	const char *input, *output;
};

static struct arena arena;
static struct fault fault;
static struct buf out;

static inline int
set_up(void **state)
{
	(void)state;
	arena_init(&arena);
	fault_init(&fault);
	buf_init(&out, 1024 * 1024);
	return 0;
}

static inline int
tear_down(void **state)
{
	(void)state;
	arena_release(&arena);
	fault_release(&fault);
	buf_release(&out);
	return 0;
}

static inline void
expect_text(const char *wanted)
{
	assert_string_equal(buf_str(&out), wanted);
	buf_clear(&out);
}

/* The value in Python's words, or what was said instead. */
static inline void
expect_shown(const struct value *value, const char *wanted)
{
	if (value)
		value_repr(&out, value);
	else
		buf_add(&out, buf_str(&fault.text), fault.text.len);
	expect_text(wanted);
}

static inline struct value *
json(const char *text)
{
	return json_read(&arena, text, strlen(text), false, &out);
}

#endif
