/* The text of baselines, and its strict reader. */
#include "manifest/manifest_line.h"
#include "tests/unit/baseline_fixture.h"

/* A baseline that has every part. */
static void
fill_everything(struct baseline *b)
{
	fill_baseline(b, 3, true);
	snprintf(b->horizon_time, sizeof(b->horizon_time), "2026-01-02");
	snprintf(b->horizon, sizeof(b->horizon), "I3");
	snprintf(b->dropped, sizeof(b->dropped), "edgediff-0");
	free(b->prefix);
	b->prefix = strdup("/d\\\n \xff/");
	b->url_forms = strdup("index.html file");
	b->pending.url_forms = strdup("index.html  slash ");
	buf_addstr(&b->more, MORE);
	buf_addstr(&b->pending.more, "other 1\n");
	add_values(b, "x.html");
	add_values(b, "new\n.html");
	b->pending.values.nothing_known = true;
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
	memset(b.dropped, 'd', REFERENCE_MAX);
	memset(b.horizon_time, 'h', sizeof(b.horizon_time) - 1);
	memset(b.horizon, 'i', sizeof(b.horizon) - 1);
	b.prefix = realloc(b.prefix, KEY_MAX + 1);
	assert_non_null(b.prefix);
	memset(b.prefix, '\n', KEY_MAX); /* escaped, it is four times as long */
	b.prefix[0] = b.prefix[KEY_MAX - 1] = '/';
	b.prefix[KEY_MAX] = '\0';
	assert_round_trip(&b);
	baseline_release(&b);
	fill_everything(&b);
	b.left_out = strdup("immutable:%20 skip-added");
	b.pending.left_out = strdup("-");
	b.site = strdup("ab12 fc:/api/* c:");
	b.pending.site = strdup("ab13 c:");
	assert_round_trip(&b);
	free(b.prefix);
	b.prefix = NULL;
	assert_round_trip(&b);
	baseline_forget(&b);
	assert_round_trip(&b);
	baseline_release(&b);
}

static void
everything_text(struct buf *text)
{
	struct baseline b;

	fill_everything(&b);
	write_baseline(&b, text);
	baseline_release(&b);
}

static void
test_every_flipped_bit_is_seen(void **state)
{
	struct buf text;
	size_t i;

	(void)state;
	everything_text(&text);
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
	everything_text(&text);
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

/* The text with `to` in place of the first `from`, and an end that fits. */
static void
replace(struct buf *text, const struct buf *good, const char *from,
	const char *to)
{
	const char *at = strstr(good->data, from);
	size_t end = good->len - (4 + 2 * SHA256_SIZE + 1);

	if (!at)
		fail_msg("%s: nothing to replace", from);
	buf_init(text, 1000000);
	buf_add(text, good->data, (size_t)(at - good->data));
	buf_addstr(text, to);
	at += strlen(from);
	buf_add(text, at, (size_t)(good->data + end - at));
	add_end(text);
}

static void
check_bad_text(const struct bad_text *row, const struct buf *good)
{
	struct err err = ERR_INIT;
	struct baseline b;
	struct buf text;

	replace(&text, good, row->from, row->to);
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

/* The same, for a text that has every part. */
static const struct bad_text bad_headers[] = {
	{"no lineage", "lineage 00112233445566778899aabbccddeeff\n", "",
		"line 13: the header ends without a line 'lineage'"},
	{"no tag", "tag 00112233\n", "",
		"line 13: the header ends without a line 'tag'"},
	{"no serial", "serial 3\n", "",
		"line 13: the header ends without a line 'serial'"},
	{"not accepted", "accepted 2026-01-02T03:04:05.678Z I2J0I21\n", "",
		"line 13: the header ends without a line 'accepted'"},
	{"short tag", "tag 00112233", "tag 0011223", "line 5: a damaged tag"},
	{"long tag", "tag 00112233", "tag 001122334", "line 5: "},
	{"upper-case tag", "tag 00112233", "tag AA112233",
		"line 5: a damaged tag"},
	{"empty prefix", "prefix /d\\x5c\\x0a \xff/", "prefix ",
		"line 3: a damaged prefix"},
	{"no slash first", "prefix /d", "prefix d", "line 3: a damaged prefix"},
	{"no slash last", "\xff/", "\xff", "line 3: a damaged prefix"},
	{"prefix not escaped", "\\x5c", "\\", "line 3: a damaged prefix"},
	{"NUL in the prefix", "\\x5c", "\\x00", "line 3: a damaged prefix"},
	{"control character", "index.html file", "index.html\tfile",
		"line 10: not a name and a value"},
	{"empty urls", "index.html file", "", "line 10: an empty value"},
	{"urls without a value", "urls index.html file", "urls",
		"line 10: a name without a value"},
	{"two urls", "later \n", "urls x\n", "line 12: a second 'urls'"},
	{"two distributions", "later \n", "distribution E3\n",
		"line 12: a second 'distribution'"},
	{"known something", "later \n", "known something\n", "line 12: "},
	{"known little", "later \n", "known little\n",
		"line 12: expected 'known nothing'"},
	{"known nothing twice", "later \nanother-one\n",
		"known nothing\nknown nothing\n", "line 13: a second 'known'"},
	{"half a horizon", "horizon 2026-01-02 I3", "horizon I3",
		"line 8: one value where two are expected"},
	{"three words", "horizon 2026-01-02 I3", "horizon 2026-01-02 I3 x",
		"line 8: "},
	{"empty dropped", "dropped edgediff-0", "dropped ", "line 9: "},
	{"name with a digit", "later \n", "later2 \n",
		"line 12: not a name and a value"},
	{"upper-case name", "later \n", "Later \n",
		"line 12: not a name and a value"},
	{"line without a name", "later \n", " later\n",
		"line 12: not a name and a value"},
	{"CR LF in the header", "later \n", "later \r\n",
		"line 12: ends in CR LF"},
	{"no empty line", "one\n\nvalues", "one\nvalues",
		"line 14: the empty line after the header is missing"},
	{"two empty lines", "one\n\nvalues", "one\n\n\nvalues",
		"line 15: expected 'values '"},
	{"no empty line in the batch", "other 1\n\n<", "other 1\n<",
		"line 27: not a name and a value"},
	{"name of the header in the batch", "other 1\n", "urls x\n",
		"line 26: a second 'urls'"},
	{"one value less", "values 3", "values 2",
		"line 18: not an edgediff manifest"},
	{"one value more", "values 3", "values 4", "line 19: "},
	{"no values", "values 3\n", "", "line 15: expected 'values '"},
	{"value of the manifest", "absent old.html",
		"01020000000000000000000000000000 7 old.html",
		"line 17: a value that the manifest has: old.html"},
	{"value of the pending manifest", "absent new.html",
		"01020000000000000000000000000000 7 new.html",
		"line 35: a value that the manifest has: new.html"},
	{"serial 0, and known",
		"serial 3\naccepted 2026-01-02T03:04:05.678Z I2J0I21\n",
		"serial 0\n",
		"line 13: serial 0, and the header ends without a line 'known "
		"nothing'"},
	{"serial 0, and objects",
		"serial 3\naccepted 2026-01-02T03:04:05.678Z I2J0I21\n",
		"serial 0\nknown nothing\n",
		"line 22: objects above that were accepted, and serial 0"},
};

static void
test_bad_headers_are_refused(void **state)
{
	struct buf text;
	size_t i;

	(void)state;
	everything_text(&text);
	for (i = 0; i < COUNT(bad_headers); i++)
		check_bad_text(&bad_headers[i], &text);
	buf_release(&text);
}

static void
test_lines_in_any_order(void **state)
{
	struct buf text, shuffled;
	struct baseline a, b;

	(void)state;
	everything_text(&text);
	read_well(&a, &text);
	replace(&shuffled, &text, "distribution E2_test-0\n", "");
	buf_release(&text);
	replace(&text, &shuffled, "urls index.html file\n",
		"urls index.html file\ndistribution E2_test-0\n");
	buf_release(&shuffled);
	replace(&shuffled, &text, "urls index.html  slash \nknown nothing\n",
		"known nothing\nurls index.html  slash \n");
	read_well(&b, &shuffled);
	assert_same_baseline(&a, &b);
	assert_string_equal(buf_str(&b.more), MORE);
	baseline_release(&a);
	baseline_release(&b);
	buf_release(&text);
	buf_release(&shuffled);
}

/* Put `count` lines of `len` bytes each, newline included, into the header. */
static void
add_lines(struct buf *text, size_t count, size_t len)
{
	struct buf good, lines;
	struct baseline b;

	fill_baseline(&b, 3, false);
	write_baseline(&b, &good);
	baseline_release(&b);
	buf_init(&lines, 1000000);
	buf_addstr(&lines, "serial 3\n");
	for (; count > 0; count--)
		buf_addf(&lines, "x %0*d\n", (int)len - 3, 7);
	replace(text, &good, "serial 3\n", lines.data);
	buf_release(&good);
	buf_release(&lines);
}

static void
test_limits_of_the_header(void **state)
{
	static const struct {
		size_t count, len;
		const char *message; /* NULL: it is read */
	} rows[] = {
		{MORE_LINES_MAX, 5, NULL},
		{MORE_LINES_MAX + 1, 5,
			"line 71: more than the limit of 64 lines of unknown"},
		{4, MORE_MAX / 4, NULL},
		{5, MORE_MAX / 4,
			"line 11: more than the limit of 262144 bytes of"},
		{1, MANIFEST_LINE_MAX + 1, NULL},
		{1, MANIFEST_LINE_MAX + 2, "line 7: longer than the limit of"},
	};
	struct err err;
	struct baseline b;
	struct buf text;
	size_t i;
	int rc;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		add_lines(&text, rows[i].count, rows[i].len);
		err = (struct err)ERR_INIT;
		baseline_init(&b);
		rc = read_exactly(&b, text.data, text.len, &err);
		if (rc == 0 ? rows[i].message != NULL
			    : !rows[i].message ||
					strncmp(err.message, rows[i].message,
						strlen(rows[i].message)) != 0)
			fail_msg("%zu: %s", i, err.message);
		if (rc == 0) {
			assert_int_equal(
				b.more.len, rows[i].count * rows[i].len);
			assert_round_trip(&b);
		}
		baseline_release(&b);
		buf_release(&text);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_what_is_written_is_read),
		cmocka_unit_test(test_every_flipped_bit_is_seen),
		cmocka_unit_test(test_every_cut_is_seen),
		cmocka_unit_test(test_bad_texts_are_refused),
		cmocka_unit_test(test_bad_headers_are_refused),
		cmocka_unit_test(test_lines_in_any_order),
		cmocka_unit_test(test_limits_of_the_header),
	};

	return cmocka_run_group_tests_name("baseline_text", tests, NULL, NULL);
}
