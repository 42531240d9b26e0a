/* Pieces of a text: in order, each once, whatever the number of threads. */
#include "base/pipeline.h"
#include "tests/unit/fixture.h"

enum {
	COUNT = 5000,
	LARGEST = 64,
	FAILS = 3141, /* the piece that cannot be given on, or be made */
};

static void
make_number(const void *from, size_t number, struct buf *piece)
{
	(void)from;
	buf_addf(piece, "%zu\n", number);
}

static void
make_too_large(const void *from, size_t number, struct buf *piece)
{
	size_t i;

	make_number(from, number, piece);
	for (i = 0; number >= FAILS && i < LARGEST; i++)
		buf_addch(piece, 'x');
}

static int
collect(void *to, const void *bytes, size_t len, struct err *err)
{
	(void)err;
	buf_add(to, bytes, len);
	return 0;
}

static int
collect_some(void *to, const void *bytes, size_t len, struct err *err)
{
	if (len >= 5 && memcmp(bytes, "3141\n", 5) == 0)
		return err_set(err, ERR_SYSTEM, "full");
	return collect(to, bytes, len, err);
}

static void
numbers_up_to(struct buf *text, size_t count)
{
	size_t i;

	buf_clear(text);
	for (i = 0; i < count; i++)
		make_number(NULL, i, text);
}

static void
test_in_order(void **state)
{
	static const size_t counts[] = {0, 1, 2, 9, COUNT};
	struct err err = ERR_INIT;
	struct buf want, got;
	size_t i, threads;

	(void)state;
	buf_init(&want, SIZE_MAX / 2);
	buf_init(&got, SIZE_MAX / 2);
	for (i = 0; i < COUNT(counts); i++)
		for (threads = 0; threads <= 9; threads++) {
			struct pipeline pipeline = {.count = counts[i],
				.piece_max = LARGEST,
				.threads = threads,
				.make = make_number,
				.emit = collect,
				.to = &got};

			numbers_up_to(&want, counts[i]);
			buf_clear(&got);
			assert_int_equal(pipeline_run(&pipeline, &err), 0);
			assert_string_equal(buf_str(&got), buf_str(&want));
		}
	buf_release(&want);
	buf_release(&got);
}

/* A failure ends it: nothing after the failed piece is emitted. */
static void
test_first_failure_ends_it(void **state)
{
	struct buf want, got;
	size_t threads;

	(void)state;
	buf_init(&want, SIZE_MAX / 2);
	buf_init(&got, SIZE_MAX / 2);
	numbers_up_to(&want, FAILS);
	for (threads = 1; threads <= 4; threads++) {
		struct err full = ERR_INIT, large = ERR_INIT;
		struct pipeline pipeline = {.count = COUNT,
			.piece_max = LARGEST,
			.threads = threads,
			.make = make_number,
			.emit = collect_some,
			.to = &got};

		buf_clear(&got);
		assert_int_equal(pipeline_run(&pipeline, &full), -1);
		assert_string_equal(full.message, "full");
		assert_string_equal(buf_str(&got), buf_str(&want));
		pipeline.make = make_too_large;
		pipeline.emit = collect;
		buf_clear(&got);
		assert_int_equal(pipeline_run(&pipeline, &large), -1);
		assert_int_equal(large.code, ERR_INPUT);
		assert_string_equal(buf_str(&got), buf_str(&want));
	}
	buf_release(&want);
	buf_release(&got);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_in_order),
		cmocka_unit_test(test_first_failure_ends_it),
	};

	return cmocka_run_group_tests_name("pipeline", tests, NULL, NULL);
}
