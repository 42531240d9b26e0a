/* Manifests: order, the text and its strict reader, limits of keys. */
#include "base/buf.h"
#include "base/hex.h"
#include "manifest/manifest_parser.h"
#include "manifest/manifest_seal.h"
#include "manifest/manifest_text.h"
#include "tests/unit/fixture.h"

#define MAGIC "edgediff-manifest 1 xxh3-128\n"
#define DIGITS "0123456789abcdef0123456789abcdef"

/* Sorted by their bytes. */
static const char *const keys[] = {
	"a\n\\\x7f", "b/index.html", "b0", "\xc3\xa9.css"};

static void
add(struct manifest *m, const char *key, uint64_t size)
{
	unsigned char fingerprint[FINGERPRINT_SIZE];
	struct err err = ERR_INIT;

	memset(fingerprint, key[0], sizeof(fingerprint));
	assert_int_equal(
		manifest_add(m, key, strlen(key), size, fingerprint, &err), 0);
}

static void
write_text(const struct manifest *m, struct buf *text)
{
	struct err err = ERR_INIT;

	buf_init(text, 1000000);
	assert_int_equal(manifest_write(m, buf_emit, text, &err), 0);
}

/* Read from memory of exactly that size, so that no byte after it is seen. */
static int
read_exactly(struct manifest *m, const char *text, size_t len,
	size_t first_line, size_t *used, struct err *err)
{
	char *copy = malloc(len ? len : 1);
	int rc;

	assert_non_null(copy);
	memcpy(copy, text, len);
	rc = manifest_parse(m, copy, len, first_line, used, err);
	free(copy);
	return rc;
}

static void
assert_refused(const char *text, size_t len, const char *what, size_t at)
{
	struct manifest m;
	struct err err = ERR_INIT;
	size_t used;

	manifest_init(&m);
	if (read_exactly(&m, text, len, 1, &used, &err) != -1)
		fail_msg("accepted: %s at byte %zu", what, at);
	assert_int_equal(err.code, ERR_INPUT);
	manifest_release(&m);
}

/* The text of a manifest of the first three keys. */
static void
small_text(struct buf *text)
{
	struct err err = ERR_INIT;
	struct manifest m;

	manifest_init(&m);
	add(&m, keys[0], 0);
	add(&m, keys[1], 12345);
	add(&m, keys[2], UINT64_MAX);
	assert_int_equal(manifest_seal(&m, &err), 0);
	write_text(&m, text);
	manifest_release(&m);
}

static void
test_order_of_adding_is_no_matter(void **state)
{
	static const size_t orders[][COUNT(keys)] = {
		{0, 1, 2, 3}, {3, 2, 1, 0}, {2, 0, 3, 1}, {1, 3, 0, 2}};
	struct err err = ERR_INIT;
	char hash[SHA256_HEX_SIZE];
	struct manifest m;
	struct buf first, text;
	size_t i, j;

	(void)state;
	for (i = 0; i < COUNT(orders); i++) {
		manifest_init(&m);
		for (j = 0; j < COUNT(keys); j++)
			add(&m, keys[orders[i][j]], orders[i][j]);
		assert_int_equal(manifest_seal(&m, &err), 0);
		for (j = 0; j < COUNT(keys); j++)
			assert_string_equal(m.objects[j].key, keys[j]);
		write_text(&m, i == 0 ? &first : &text);
		if (i == 0) {
			memcpy(hash, m.hash, sizeof(hash));
		} else {
			assert_string_equal(m.hash, hash);
			assert_string_equal(buf_str(&text), buf_str(&first));
			buf_release(&text);
		}
		manifest_release(&m);
	}
	buf_release(&first);
}

static void
assert_round_trip(const struct manifest *m)
{
	struct err err = ERR_INIT;
	struct manifest back;
	struct buf text, again;
	size_t used, i;

	write_text(m, &text);
	manifest_init(&back);
	assert_int_equal(
		read_exactly(&back, text.data, text.len, 1, &used, &err), 0);
	assert_int_equal(used, text.len);
	assert_string_equal(back.hash, m->hash);
	assert_int_equal(back.count, m->count);
	for (i = 0; i < m->count; i++) {
		const struct object *a = &m->objects[i], *b = &back.objects[i];

		assert_int_equal(a->key_len, b->key_len);
		assert_string_equal(a->key, b->key);
		assert_true(a->size == b->size);
		assert_memory_equal(
			a->fingerprint, b->fingerprint, FINGERPRINT_SIZE);
	}
	write_text(&back, &again);
	assert_int_equal(again.len, text.len);
	assert_memory_equal(again.data, text.data, text.len);
	manifest_release(&back);
	buf_release(&again);
	buf_release(&text);
}

static void
test_what_is_written_is_read(void **state)
{
	static char longest[KEY_MAX + 1];
	struct err err = ERR_INIT;
	struct manifest m;
	char key[32];
	int i;

	(void)state;
	manifest_init(&m);
	assert_int_equal(manifest_seal(&m, &err), 0);
	assert_round_trip(&m);
	manifest_release(&m);
	for (i = 0; i < 5000; i++) { /* more than one piece of text */
		snprintf(key, sizeof(key), "%d/%d.js", i * 7919 % 5000, i);
		add(&m, key, (uint64_t)i);
	}
	memset(longest, 1, KEY_MAX); /* each byte is escaped */
	add(&m, longest, UINT64_MAX);
	assert_int_equal(manifest_seal(&m, &err), 0);
	assert_round_trip(&m);
	manifest_release(&m);
}

static void
test_every_flipped_bit_is_seen(void **state)
{
	struct buf text;
	size_t i;

	(void)state;
	small_text(&text);
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
	small_text(&text);
	for (i = 0; i < text.len; i++)
		assert_refused(text.data, i, "a cut", i);
	buf_release(&text);
}

/* Append the end line: # stands for the hash, NULL for the right line. */
static void
add_end(struct buf *text, const char *end)
{
	unsigned char digest[SHA256_SIZE];
	struct err err = ERR_INIT;
	char hash[SHA256_HEX_SIZE];
	size_t lines = 0, i;

	assert_int_equal(sha256_of(buf_str(text), text->len, digest, &err), 0);
	hex_encode(hash, digest, sizeof(digest));
	for (i = 0; i < text->len; i++)
		lines += text->data[i] == '\n';
	if (!end)
		buf_addf(text, "end %zu %s\n", lines - 1, hash);
	else
		for (; *end; end++)
			if (*end == '#')
				buf_addstr(text, hash);
			else
				buf_addch(text, *end);
}

static const struct bad_text {
	const char *name, *lines, *end;
	size_t line;
	const char *word;
} bad_texts[] = {
	{"nothing", "", "", 1, "cut"},
	{"bad magic", "edgediff-manifesto 1 xxh3-128\n", NULL, 1,
		"not an edgediff manifest"},
	{"magic of a baseline", "edgediff-baseline 1\n", NULL, 1,
		"not an edgediff manifest"},
	{"other version", "edgediff-manifest 2 xxh3-128\n", NULL, 1,
		"another version"},
	{"other fingerprint", "edgediff-manifest 1 xxh3-64\n", NULL, 1,
		"another version"},
	{"CR LF in the magic", "edgediff-manifest 1 xxh3-128\r\n", NULL, 1,
		"CR LF"},
	{"CR LF", MAGIC DIGITS " 1 a\r\n", NULL, 2, "CR LF"},
	{"CR LF at the end", MAGIC, "end 0 #\r\n", 2, "CR LF"},
	{"upper-case hex", MAGIC "0123456789ABCDEF0123456789abcdef 1 a\n", NULL,
		2, "32 hex digits"},
	{"short hex", MAGIC "0123456789abcdef 1 a\n", NULL, 2, "32 hex digits"},
	{"long hex", MAGIC DIGITS "0 1 a\n", NULL, 2, "32 hex digits"},
	{"empty line", MAGIC "\n", NULL, 2, "32 hex digits"},
	{"leading zero", MAGIC DIGITS " 01 a\n", NULL, 2, "size"},
	{"zero twice", MAGIC DIGITS " 00 a\n", NULL, 2, "size"},
	{"sign", MAGIC DIGITS " +1 a\n", NULL, 2, "size"},
	{"2^64", MAGIC DIGITS " 18446744073709551616 a\n", NULL, 2, "size"},
	{"21 digits", MAGIC DIGITS " 184467440737095516150 a\n", NULL, 2,
		"size"},
	{"two spaces before the size", MAGIC DIGITS "  1 a\n", NULL, 2, "size"},
	{"no size", MAGIC DIGITS " a\n", NULL, 2, "size"},
	{"no key", MAGIC DIGITS " 1\n", NULL, 2, "size"},
	{"tab after the size", MAGIC DIGITS " 1\ta\n", NULL, 2, "size"},
	{"empty key", MAGIC DIGITS " 1 \n", NULL, 2, "without a name"},
	{"control character", MAGIC DIGITS " 1 a\tb\n", NULL, 2, "escaped"},
	{"delete character", MAGIC DIGITS " 1 a\x7f\n", NULL, 2, "escaped"},
	{"upper-case escape", MAGIC DIGITS " 1 \\x0A\n", NULL, 2, "escaped"},
	{"escape of a letter", MAGIC DIGITS " 1 \\x41\n", NULL, 2, "escaped"},
	{"escape of NUL", MAGIC DIGITS " 1 a\\x00\n", NULL, 2, "escaped"},
	{"cut escape", MAGIC DIGITS " 1 a\\x0\n", NULL, 2, "escaped"},
	{"other escape", MAGIC DIGITS " 1 a\\n\n", NULL, 2, "escaped"},
	{"keys out of order",
		MAGIC DIGITS " 1 a\n" DIGITS " 1 c\n" DIGITS " 1 b\n", NULL, 4,
		"order or duplicate: b after c"},
	{"order of the escaped form", /* '\\' is 0x5c, a newline 0x0a */
		MAGIC DIGITS " 1 A\n" DIGITS " 1 \\x0a\n", NULL, 3, "order"},
	{"key twice", MAGIC DIGITS " 1 a\n" DIGITS " 2 a\n", NULL, 3,
		"duplicate: a after a"},
	{"count too small", MAGIC DIGITS " 1 a\n", "end 0 #\n", 3, "number"},
	{"count too large", MAGIC DIGITS " 1 a\n", "end 2 #\n", 3, "number"},
	{"count with a zero", MAGIC DIGITS " 1 a\n", "end 01 #\n", 3, "end"},
	{"no count", MAGIC, "end #\n", 2, "damaged end line"},
	{"two spaces in the end", MAGIC, "end 0  #\n", 2, "damaged end line"},
	{"wrong hash", MAGIC DIGITS " 1 a\n", "end 1 " DIGITS DIGITS "\n", 3,
		"SHA-256"},
	{"short hash", MAGIC, "end 0 " DIGITS "\n", 2, "damaged end line"},
	{"space after the hash", MAGIC, "end 0 # \n", 2, "damaged end line"},
	{"no end", MAGIC DIGITS " 1 a\n", "", 3, "cut"},
	{"end without newline", MAGIC DIGITS " 1 a\n", "end 1 #", 3, "cut"},
};

static void
check_bad_text(const struct bad_text *row, size_t first_line)
{
	struct err err = ERR_INIT;
	struct manifest m;
	struct buf text;
	char line[32];
	size_t used;

	buf_init(&text, 4096);
	buf_addstr(&text, row->lines);
	add_end(&text, row->end);
	manifest_init(&m);
	if (read_exactly(&m, buf_str(&text), text.len, first_line, &used,
		    &err) != -1)
		fail_msg("%s: accepted", row->name);
	snprintf(line, sizeof(line), "line %zu: ", first_line - 1 + row->line);
	if (err.code != ERR_INPUT || !strstr(err.message, row->word) ||
		strncmp(err.message, line, strlen(line)) != 0)
		fail_msg("%s: %d, %s", row->name, (int)err.code, err.message);
	manifest_release(&m);
	buf_release(&text);
}

static void
test_bad_texts_are_refused(void **state)
{
	struct err err = ERR_INIT;
	struct manifest m;
	struct buf text;
	size_t i, used;

	(void)state;
	for (i = 0; i < COUNT(bad_texts); i++) {
		check_bad_text(&bad_texts[i], 1);
		check_bad_text(&bad_texts[i], 12);
	}
	/* And what the rows are made from is accepted if nothing is wrong. */
	buf_init(&text, 4096);
	buf_addstr(&text,
		MAGIC DIGITS " 0 \\x0a\n" DIGITS " 18446744073709551615 a b\n");
	add_end(&text, NULL);
	manifest_init(&m);
	assert_int_equal(
		manifest_parse(&m, text.data, text.len, 1, &used, &err), 0);
	assert_string_equal(m.objects[0].key, "\n");
	assert_string_equal(m.objects[1].key, "a b");
	assert_true(m.objects[1].size == UINT64_MAX);
	manifest_release(&m);
	buf_release(&text);
}

static void
test_keys_have_limits(void **state)
{
	static const unsigned char fingerprint[FINGERPRINT_SIZE];
	static char key[KEY_MAX + 1];
	struct err err = ERR_INIT;
	struct manifest m;

	(void)state;
	memset(key, 'k', sizeof(key));
	manifest_init(&m);
	assert_int_equal(
		manifest_add(&m, key, KEY_MAX, 0, fingerprint, &err), 0);
	assert_int_equal(
		manifest_add(&m, key, KEY_MAX + 1, 0, fingerprint, &err), -1);
	assert_int_equal(err.code, ERR_INPUT);
	assert_non_null(strstr(err.message, "16384"));
	assert_int_equal(manifest_add(&m, "", 0, 0, fingerprint, &err), -1);
	assert_int_equal(err.code, ERR_INPUT);
	assert_int_equal(manifest_add(&m, "a\0b", 3, 0, fingerprint, &err), -1);
	assert_int_equal(err.code, ERR_INPUT);
	assert_non_null(strstr(err.message, "NUL"));
	assert_int_equal(m.count, 1);
	manifest_release(&m);
}

static void
test_used_leaves_what_follows(void **state)
{
	static const char *const tails[] = {
		"", "end 0 x\n", "\n", "more without a newline", MAGIC};
	struct err err = ERR_INIT;
	struct manifest m;
	struct buf text;
	size_t i, len, used;

	(void)state;
	for (i = 0; i < COUNT(tails); i++) {
		small_text(&text);
		len = text.len;
		buf_addstr(&text, tails[i]);
		manifest_init(&m);
		assert_int_equal(
			read_exactly(&m, text.data, text.len, 1, &used, &err),
			0);
		assert_int_equal(used, len);
		assert_int_equal(m.count, 3);
		manifest_release(&m);
		buf_release(&text);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_order_of_adding_is_no_matter),
		cmocka_unit_test(test_what_is_written_is_read),
		cmocka_unit_test(test_every_flipped_bit_is_seen),
		cmocka_unit_test(test_every_cut_is_seen),
		cmocka_unit_test(test_bad_texts_are_refused),
		cmocka_unit_test(test_keys_have_limits),
		cmocka_unit_test(test_used_leaves_what_follows),
	};

	return cmocka_run_group_tests_name("manifest", tests, NULL, NULL);
}
