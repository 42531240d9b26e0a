/* Baselines: what is known before and after a batch. */
#include "manifest/baseline.h"
#include "tests/unit/baseline_fixture.h"

static void
test_advance_takes_what_the_batch_leaves(void **state)
{
	static const uint64_t serials[] = {0, 41};
	char hash[SHA256_HEX_SIZE];
	struct baseline b;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(serials); i++) {
		fill_baseline(&b, serials[i], true);
		memcpy(hash, b.pending.manifest.hash, sizeof(hash));
		add_values(&b, "x.html");
		b.pending.url_forms = strdup("index.html file");
		buf_addstr(&b.more, MORE);
		baseline_advance(&b);
		assert_int_equal(b.serial, serials[i] + 1);
		assert_false(b.has_pending);
		assert_string_equal(b.manifest.hash, hash);
		assert_string_equal(b.manifest.objects[1].key, "new.html");
		assert_int_equal(b.pending.manifest.count, 0);
		assert_int_equal(b.pending.body.len, 0);
		assert_string_equal(b.lineage, LINEAGE);
		assert_string_equal(b.url_forms, "index.html file");
		assert_string_equal(buf_str(&b.more), MORE);
		/* what was seen after the batch was made */
		assert_false(b.values.nothing_known);
		assert_int_equal(b.values.count, 2);
		assert_string_equal(b.values.list[0].object.key, "new.html");
		assert_true(b.values.list[0].absent);
		assert_string_equal(b.values.list[1].object.key, "x.html");
		snprintf(b.create_time, sizeof(b.create_time), "now");
		snprintf(b.invalidation, sizeof(b.invalidation), "I4");
		assert_round_trip(&b);
		baseline_release(&b);
	}
}

static void
test_drop_keeps_what_caches_can_hold(void **state)
{
	static const uint64_t serials[] = {0, 41};
	struct err err = ERR_INIT;
	struct manifest dropped;
	struct baseline b;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(serials); i++) {
		fill_baseline(&b, serials[i], true);
		add_values(&b, "x.html");
		assert_int_equal(
			baseline_drop(&b, i == 0 ? NULL : &dropped, &err), 0);
		assert_false(b.has_pending);
		assert_int_equal(b.serial, serials[i]);
		assert_int_equal(b.values.nothing_known, b.serial == 0);
		assert_string_equal(b.dropped, "edgediff-1-abc");
		/* b\n at serial 0, new.html, x.html, and old.html absent */
		assert_int_equal(b.values.count, 3);
		assert_int_equal(value_sets_count_keys(&b.values), 3);
		assert_round_trip(&b);
		baseline_release(&b);
	}
	assert_string_equal(dropped.objects[1].key, "new.html");
	manifest_release(&dropped);
}

static void
test_a_build_that_is_known_changes_nothing(void **state)
{
	struct err err = ERR_INIT;
	struct baseline b;
	bool changed = false;

	(void)state;
	fill_baseline(&b, 3, true);
	assert_int_equal(
		baseline_add_values(&b, &b.pending.manifest, &changed, &err),
		0);
	assert_false(changed); /* it is what the batch brings */
	assert_int_equal(b.values.count + b.pending.values.count, 0);
	/* M comes back: it is in K, but not in P */
	assert_int_equal(
		baseline_add_values(&b, &b.manifest, &changed, &err), 0);
	assert_true(changed);
	assert_int_equal(b.values.count, 0);
	assert_int_equal(b.pending.values.count, 2);
	baseline_release(&b);
	fill_baseline(&b, 3, false);
	changed = false;
	assert_int_equal(
		baseline_add_values(&b, &b.manifest, &changed, &err), 0);
	assert_false(changed);
	baseline_release(&b);
}

static void
test_forget(void **state)
{
	struct baseline b;

	(void)state;
	fill_baseline(&b, 3, false);
	baseline_forget(&b);
	assert_true(b.values.nothing_known);
	assert_false(b.pending.values.nothing_known);
	baseline_release(&b);
	fill_baseline(&b, 3, true);
	baseline_forget(&b);
	baseline_advance(&b);
	assert_true(b.values.nothing_known);
	baseline_release(&b);
}

static void
test_begin(void **state)
{
	struct err err = ERR_INIT;
	struct baseline b;
	char *prefix = malloc(KEY_MAX + 2);

	(void)state;
	assert_non_null(prefix);
	memset(prefix, '/', KEY_MAX + 1);
	prefix[KEY_MAX + 1] = '\0';
	baseline_init(&b);
	assert_int_equal(baseline_begin(&b, "E1", prefix, &err), -1);
	assert_int_equal(err.code, ERR_INPUT);
	baseline_release(&b);
	assert_int_equal(baseline_begin(&b, "E1", prefix + 1, &err), 0);
	assert_true(b.values.nothing_known);
	memset(b.lineage, 'a', LINEAGE_DIGITS);
	baseline_set_tag(&b);
	assert_string_equal(b.tag, "aaaaaaaa");
	memset(b.lineage, 'b', LINEAGE_DIGITS);
	baseline_set_tag(&b);
	assert_string_equal(b.tag, "aaaaaaaa"); /* kept for its life */
	assert_round_trip(&b);
	baseline_release(&b);
	free(prefix);
}

static void
test_distribution_is_valid(void **state)
{
	static const struct {
		const char *id;
		bool valid;
	} rows[] = {
		{"E1", true},
		{"EDFDVBD6EXAMPLE", true},
		{"a", true},
		{"-_", true},
		{"", false},
		{"E 1", false},
		{"E1\n", false},
		{"E/1", false},
		{"..", false},
		{"E.1", false},
		{"E%31", false},
		{"\xc3\x89", false},
		/* 64 and 65 */
		{"0123456789012345678901234567890123456789"
		 "012345678901234567890123",
			true},
		{"0123456789012345678901234567890123456789"
		 "0123456789012345678901234",
			false},
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++)
		if (distribution_is_valid(rows[i].id) != rows[i].valid)
			fail_msg("'%s'", rows[i].id);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_advance_takes_what_the_batch_leaves),
		cmocka_unit_test(test_drop_keeps_what_caches_can_hold),
		cmocka_unit_test(test_a_build_that_is_known_changes_nothing),
		cmocka_unit_test(test_forget),
		cmocka_unit_test(test_begin),
		cmocka_unit_test(test_distribution_is_valid),
	};

	return cmocka_run_group_tests_name("baseline", tests, NULL, NULL);
}
