/* Baselines in format 1, which an older edgediff wrote. */
#include "manifest/manifest_text.h"
#include "tests/unit/baseline_fixture.h"

/* The text in format 1, which knows less. */
static void
write_format_1(const struct baseline *b, struct buf *text)
{
	struct err err = ERR_INIT;

	buf_init(text, 1000000);
	buf_addf(text,
		"edgediff-baseline 1\ndistribution %s\nlineage %s\n"
		"serial %llu\n",
		b->distribution, b->lineage, (unsigned long long)b->serial);
	if (b->serial > 0) {
		buf_addf(text, "accepted %s %s\n", b->create_time,
			b->invalidation);
		assert_int_equal(
			manifest_write(&b->manifest, buf_emit, text, &err), 0);
	}
	if (b->has_pending) {
		buf_addf(text, "pending %s %zu\n%s\n", b->pending.reference,
			b->pending.body.len, buf_str(&b->pending.body));
		assert_int_equal(manifest_write(&b->pending.manifest, buf_emit,
					 text, &err),
			0);
	}
	add_end(text);
}

/* Every state; at serial 5 an object is unknown. */
static void
test_format_1_is_read(void **state)
{
	static const uint64_t serials[] = {0, 1, 5};
	static const unsigned char zeros[FINGERPRINT_SIZE];
	struct err err = ERR_INIT;
	struct baseline b, back;
	struct buf text;
	size_t i, cut;

	(void)state;
	for (i = 0; i < 2 * COUNT(serials); i++) {
		fill_baseline(&b, serials[i / 2], i % 2 == 1);
		if (b.serial == 5) {
			manifest_release(&b.manifest);
			assert_int_equal(manifest_add(&b.manifest, "u", 1, 0,
						 zeros, &err),
				0);
			seal_with_key(&b.manifest, "old.html");
		}
		write_format_1(&b, &text);
		read_well(&back, &text);
		assert_null(back.prefix); /* it says nothing about the mount */
		free(b.prefix);
		b.prefix = NULL;
		assert_same_baseline(&b, &back);
		assert_string_equal(back.tag, TAG);
		assert_int_equal(back.values.nothing_known, b.serial == 0);
		assert_round_trip(&back);
		for (cut = 0; cut < text.len; cut++)
			assert_refused(text.data, cut, "a cut", cut);
		baseline_release(&back);
		baseline_release(&b);
		buf_release(&text);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_format_1_is_read),
	};

	return cmocka_run_group_tests_name(
		"baseline_format_1", tests, NULL, NULL);
}
