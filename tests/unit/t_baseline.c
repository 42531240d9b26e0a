/* Baselines: their text and its strict reader. */
#include "base/hex.h"
#include "manifest/baseline.h"
#include "manifest/baseline_parser.h"
#include "tests/unit/baseline_fixture.h"

/* Read from memory of exactly that size, so that no byte after it is seen. */
static int
read_exactly(struct baseline *b, const char *text, size_t len, struct err *err)
{
	char *copy = malloc(len ? len : 1);
	int rc;

	assert_non_null(copy);
	memcpy(copy, text, len);
	rc = baseline_parse(b, copy, len, err);
	free(copy);
	return rc;
}

static void
assert_refused(const char *text, size_t len, const char *what, size_t at)
{
	struct baseline b;
	struct err err = ERR_INIT;

	baseline_init(&b);
	if (read_exactly(&b, text, len, &err) != -1)
		fail_msg("accepted: %s at byte %zu", what, at);
	assert_int_equal(err.code, ERR_INPUT);
	assert_int_equal(strncmp(err.message, "line", 4), 0);
	baseline_release(&b);
}

static void
assert_round_trip(const struct baseline *b)
{
	struct err err = ERR_INIT;
	struct baseline back;
	struct buf text, again;

	write_baseline(b, &text);
	baseline_init(&back);
	if (read_exactly(&back, text.data, text.len, &err) != 0)
		fail_msg("%s", err.message);
	assert_same_baseline(b, &back);
	write_baseline(&back, &again);
	assert_string_equal(buf_str(&again), buf_str(&text));
	baseline_release(&back);
	buf_release(&again);
	buf_release(&text);
}

static void
test_what_is_written_is_read(void **state)
{
	static const uint64_t serials[] = {0, 1, 10, UINT64_MAX - 1};
	struct baseline b;
	size_t i;

	(void)state;
	for (i = 0; i < 2 * COUNT(serials); i++) {
		fill_baseline(&b, serials[i / 2], i % 2 == 1);
		assert_round_trip(&b);
		baseline_release(&b);
	}
	fill_baseline(&b, 1, false);
	memcpy(b.create_time, "-", 2);
	memcpy(b.invalidation, "-", 2);
	assert_round_trip(&b);
	baseline_release(&b);
	/* The longest of everything. */
	fill_baseline(&b, UINT64_MAX - 1, true);
	memset(b.distribution, 'E', DISTRIBUTION_MAX);
	memset(b.create_time, 't', sizeof(b.create_time) - 1);
	memset(b.invalidation, 'i', sizeof(b.invalidation) - 1);
	memset(b.pending.reference, 'r', REFERENCE_MAX);
	assert_round_trip(&b);
	baseline_release(&b);
}

static void
test_every_flipped_bit_is_seen(void **state)
{
	struct buf text;
	size_t i;

	(void)state;
	full_baseline_text(&text);
	for (i = 0; i < 8 * text.len; i++) {
		text.data[i / 8] = (char)(text.data[i / 8] ^ 1 << i % 8);
		assert_refused(text.data, text.len, "a flipped bit", i / 8);
		text.data[i / 8] = (char)(text.data[i / 8] ^ 1 << i % 8);
	}
	buf_release(&text);
}

static void
test_every_cut_is_seen(void **state)
{
	struct buf text;
	size_t i;

	(void)state;
	full_baseline_text(&text);
	for (i = 0; i < text.len; i++)
		assert_refused(text.data, i, "a cut", i);
	buf_release(&text);
}

/* Each puts `to` for the first `from`, under an end line that fits. */
static const struct bad_text {
	const char *name, *from, *to, *message;
} bad_texts[] = {
	{"not a baseline", "edgediff-baseline 2", "edgediff-manifest 1",
		"line 1: not an edgediff baseline"},
	{"other version", "baseline 2", "baseline 3",
		"line 1: a baseline of another version: this edgediff reads "
		"versions 1 and 2"},
	{"CR LF", "baseline 2\n", "baseline 2\r\n", "line 1: "},
	{"no distribution", "distribution E2_test-0\n", "",
		"line 7: the header ends without a line 'distribution'"},
	{"empty distribution", "E2_test-0", "", "line 2: "},
	{"slash in the distribution", "E2_test-0", "E2/test", "distribution"},
	{"space in the distribution", "E2_test-0", "E2 test", "line 2: "},
	{"short lineage", "0011223344", "11223344", "line 4: "},
	{"long lineage", "0011223344", "000011223344", "line 4: "},
	{"upper-case lineage", "aabbccddeeff", "AABBCCDDEEFF", "lineage"},
	{"leading zero", "serial 3", "serial 03", "line 6: not a number"},
	{"sign", "serial 3", "serial +3", "line 6: not a number"},
	{"2^64", "serial 3", "serial 18446744073709551616",
		"line 6: not a number"},
	{"serial 0, accepted", "serial 3", "serial 0",
		"line 8: 'accepted' and serial 0"},
	{"one accepted value", "accepted 2026-01-02T03:04:05.678Z ",
		"accepted ", "line 7: one value where two are expected"},
	{"two spaces", "678Z I2J0I21", "678Z  I2J0I21", "line 7: "},
	{"damaged manifest", "old.html", "odd.html", "line 13: "},
	{"no pending line", "pending edgediff-1-abc 57\n", "", "line 14: "},
	{"body too short", "-abc 57\n", "-abc 56\n", "line 16: "},
	{"body too long", "-abc 57\n", "-abc 58\n", "line 16: "},
	{"body past the end", "-abc 57\n", "-abc 18446744073709551615\n",
		"line 16: "},
	{"damaged pending manifest", "new.html", "net.html", "line 25: "},
};

static void
check_bad_text(const struct bad_text *row, const struct buf *good)
{
	unsigned char digest[SHA256_SIZE];
	char hash[SHA256_HEX_SIZE];
	struct err err = ERR_INIT;
	struct baseline b;
	struct buf text;
	const char *at = strstr(good->data, row->from);
	size_t end = good->len - (4 + 2 * SHA256_SIZE + 1);

	if (!at)
		fail_msg("%s: nothing to replace", row->name);
	buf_init(&text, 100000);
	buf_add(&text, good->data, (size_t)(at - good->data));
	buf_addstr(&text, row->to);
	at += strlen(row->from);
	buf_add(&text, at, (size_t)(good->data + end - at));
	assert_int_equal(sha256_of(text.data, text.len, digest, &err), 0);
	hex_encode(hash, digest, sizeof(digest));
	buf_addf(&text, "end %s\n", hash);
	baseline_init(&b);
	if (read_exactly(&b, text.data, text.len, &err) != -1)
		fail_msg("%s: accepted", row->name);
	if (err.code != ERR_INPUT || !strstr(err.message, row->message))
		fail_msg("%s: %d, %s", row->name, (int)err.code, err.message);
	baseline_release(&b);
	buf_release(&text);
}

static void
test_bad_texts_are_refused(void **state)
{
	struct buf text;
	size_t i;

	(void)state;
	full_baseline_text(&text);
	for (i = 0; i < COUNT(bad_texts); i++)
		check_bad_text(&bad_texts[i], &text);
	buf_addstr(&text, "\n");
	assert_refused(text.data, text.len, "text after the end", text.len);
	buf_release(&text);
}

static void
test_advance_takes_the_pending_manifest(void **state)
{
	static const uint64_t serials[] = {0, 41};
	char hash[SHA256_HEX_SIZE];
	struct baseline b;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(serials); i++) {
		fill_baseline(&b, serials[i], true);
		memcpy(hash, b.pending.manifest.hash, sizeof(hash));
		baseline_advance(&b);
		assert_int_equal(b.serial, serials[i] + 1);
		assert_false(b.has_pending);
		assert_string_equal(b.manifest.hash, hash);
		assert_string_equal(b.manifest.objects[1].key, "new.html");
		assert_int_equal(b.pending.manifest.count, 0);
		assert_int_equal(b.pending.body.len, 0);
		assert_string_equal(b.lineage, LINEAGE);
		baseline_release(&b);
	}
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
		cmocka_unit_test(test_what_is_written_is_read),
		cmocka_unit_test(test_every_flipped_bit_is_seen),
		cmocka_unit_test(test_every_cut_is_seen),
		cmocka_unit_test(test_bad_texts_are_refused),
		cmocka_unit_test(test_advance_takes_the_pending_manifest),
		cmocka_unit_test(test_distribution_is_valid),
	};

	return cmocka_run_group_tests_name("baseline", tests, NULL, NULL);
}
