/* Baselines: their text and its strict reader; the store that keeps them. */
#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/hex.h"
#include "manifest/baseline.h"
#include "manifest/store.h"

#define LINEAGE "00112233445566778899aabbccddeeff"
#define BODY "<InvalidationBatch>\n\nend x\npending y\n</InvalidationBatch>"
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void
seal_with(struct manifest *m, const char *key)
{
	static const unsigned char fingerprint[FINGERPRINT_SIZE] = {1, 2};
	struct err err = ERR_INIT;

	assert_int_equal(
		manifest_add(m, key, strlen(key), 7, fingerprint, &err), 0);
	assert_int_equal(manifest_add(m, "b\n", 2, 9, fingerprint, &err), 0);
	assert_int_equal(manifest_seal(m, &err), 0);
}

static void
fill(struct baseline *b, uint64_t serial, bool pending)
{
	baseline_init(b);
	snprintf(b->distribution, sizeof(b->distribution), "E2_test-0");
	snprintf(b->lineage, sizeof(b->lineage), "%s", LINEAGE);
	b->serial = serial;
	if (serial > 0) {
		snprintf(b->create_time, sizeof(b->create_time),
			"2026-01-02T03:04:05.678Z");
		snprintf(b->invalidation, sizeof(b->invalidation), "I2J0I21");
		seal_with(&b->manifest, "old.html");
	}
	b->has_pending = pending;
	if (pending) {
		snprintf(b->pending.reference, sizeof(b->pending.reference),
			"edgediff-1-abc");
		buf_addstr(&b->pending.body, BODY);
		seal_with(&b->pending.manifest, "new.html");
	}
}

static int
to_buf(void *to, const void *bytes, size_t len, struct err *err)
{
	buf_add(to, bytes, len);
	return buf_check(to, err);
}

static void
write_text(const struct baseline *b, struct buf *text)
{
	struct err err = ERR_INIT;

	buf_init(text, 100000);
	assert_int_equal(baseline_write(b, to_buf, text, &err), 0);
}

/* Read from memory of exactly that size, so that no byte behind it is seen. */
static int
read_exactly(struct baseline *b, const char *text, size_t len, struct err *err)
{
	char *copy = malloc(len ? len : 1);
	int rc;

	assert_non_null(copy);
	memcpy(copy, text, len);
	rc = baseline_read(b, copy, len, err);
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
assert_same(const struct baseline *a, const struct baseline *b)
{
	assert_string_equal(a->distribution, b->distribution);
	assert_string_equal(a->lineage, b->lineage);
	assert_true(a->serial == b->serial);
	assert_string_equal(a->create_time, b->create_time);
	assert_string_equal(a->invalidation, b->invalidation);
	assert_string_equal(a->manifest.hash, b->manifest.hash);
	assert_int_equal(a->manifest.count, b->manifest.count);
	assert_int_equal(a->has_pending, b->has_pending);
	assert_string_equal(a->pending.reference, b->pending.reference);
	assert_string_equal(
		buf_str(&a->pending.body), buf_str(&b->pending.body));
	assert_string_equal(a->pending.manifest.hash, b->pending.manifest.hash);
}

static void
assert_round_trip(const struct baseline *b)
{
	struct err err = ERR_INIT;
	struct baseline back;
	struct buf text, again;

	write_text(b, &text);
	baseline_init(&back);
	if (read_exactly(&back, text.data, text.len, &err) != 0)
		fail_msg("%s", err.message);
	assert_same(b, &back);
	write_text(&back, &again);
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
		fill(&b, serials[i / 2], i % 2 == 1);
		assert_round_trip(&b);
		baseline_release(&b);
	}
	fill(&b, 1, false);
	memcpy(b.create_time, "-", 2);
	memcpy(b.invalidation, "-", 2);
	assert_round_trip(&b);
	baseline_release(&b);
	/* The longest of everything. */
	fill(&b, UINT64_MAX - 1, true);
	memset(b.distribution, 'E', DISTRIBUTION_MAX);
	memset(b.create_time, 't', sizeof(b.create_time) - 1);
	memset(b.invalidation, 'i', sizeof(b.invalidation) - 1);
	memset(b.pending.reference, 'r', REFERENCE_MAX);
	assert_round_trip(&b);
	baseline_release(&b);
}

/* The text of a baseline that has every part. */
static void
full_text(struct buf *text)
{
	struct baseline b;

	fill(&b, 3, true);
	write_text(&b, text);
	baseline_release(&b);
}

static void
test_every_flipped_bit_is_seen(void **state)
{
	struct buf text;
	size_t i;

	(void)state;
	full_text(&text);
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
	full_text(&text);
	for (i = 0; i < text.len; i++)
		assert_refused(text.data, i, "a cut", i);
	buf_release(&text);
}

/* Each puts `to` for the first `from`, under an end line that fits. */
static const struct bad_text {
	const char *name, *from, *to, *message;
} bad_texts[] = {
	{"not a baseline", "edgediff-baseline 1", "edgediff-manifest 1",
		"line 1: not an edgediff baseline"},
	{"other version", "baseline 1", "baseline 2", "another version"},
	{"CR LF", "baseline 1\n", "baseline 1\r\n", "line 1: "},
	{"no distribution", "distribution E2_test-0\n", "",
		"line 2: expected 'distribution '"},
	{"empty distribution", "E2_test-0", "", "line 2: "},
	{"slash in the distribution", "E2_test-0", "E2/test", "distribution"},
	{"space in the distribution", "E2_test-0", "E2 test", "line 2: "},
	{"short lineage", "0011223344", "11223344", "lineage"},
	{"long lineage", "0011223344", "000011223344", "line 3: "},
	{"upper-case lineage", "aabbccddeeff", "AABBCCDDEEFF", "lineage"},
	{"leading zero", "serial 3", "serial 03", "line 4: not a number"},
	{"sign", "serial 3", "serial +3", "line 4: not a number"},
	{"2^64", "serial 3", "serial 18446744073709551616",
		"line 4: not a number"},
	{"serial 0 with a manifest", "serial 3", "serial 0", "line 5: "},
	{"one accepted value", "accepted 2026-01-02T03:04:05.678Z ",
		"accepted ", "line 5: "},
	{"two spaces", "678Z I2J0I21", "678Z  I2J0I21", "line 5: "},
	{"damaged manifest", "old.html", "odd.html", "line 9: "},
	{"no pending line", "pending edgediff-1-abc 57\n", "", "line 10: "},
	{"body too short", "-abc 57\n", "-abc 56\n", "line 11: "},
	{"body too long", "-abc 57\n", "-abc 58\n", "line 11: "},
	{"body past the end", "-abc 57\n", "-abc 18446744073709551615\n",
		"line 11: "},
	{"damaged pending manifest", "new.html", "net.html", "line 19: "},
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
	full_text(&text);
	for (i = 0; i < COUNT(bad_texts); i++)
		check_bad_text(&bad_texts[i], &text);
	buf_addstr(&text, "\n");
	assert_refused(text.data, text.len, "text behind the end", text.len);
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
		fill(&b, serials[i], true);
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

/* A folder of the test's own, entered and then removed. */
static char folder[] = "/tmp/edgediff-baseline.XXXXXX";

static int
enter_folder(void **state)
{
	(void)state;
	memcpy(folder + sizeof(folder) - 7, "XXXXXX", 6);
	return mkdtemp(folder) && chdir(folder) == 0 ? 0 : -1;
}

static int
leave_folder(void **state)
{
	char command[64];

	(void)state;
	snprintf(command, sizeof(command), "rm -rf %s", folder);
	return chdir("/") == 0 && system(command) == 0 ? 0 : -1;
}

static struct store *
open_store(const char *where)
{
	struct err err = ERR_INIT;
	struct store *store;

	if (store_open_file(&store, where, &err) != 0)
		fail_msg("%s", err.message);
	return store;
}

static int
load_from(const char *where, struct baseline *b, bool *found, struct err *err)
{
	struct store *store = open_store(where);
	int rc = store_load(store, b, found, err);

	store_close(store);
	return rc;
}

static void
save(const char *where, uint64_t serial, bool pending)
{
	struct err err = ERR_INIT;
	struct store *store = open_store(where);
	struct baseline b;

	fill(&b, serial, pending);
	if (store_begin(store, &err) != 0 || store_save(store, &b, &err) != 0)
		fail_msg("%s", err.message);
	store_close(store);
	baseline_release(&b);
}

static void
assert_loads(const char *where, uint64_t serial, bool pending)
{
	struct err err = ERR_INIT;
	struct baseline expected, b;
	bool found = false;

	fill(&expected, serial, pending);
	baseline_init(&b);
	if (load_from(where, &b, &found, &err) != 0)
		fail_msg("%s", err.message);
	assert_true(found);
	assert_same(&b, &expected);
	baseline_release(&b);
	baseline_release(&expected);
}

static enum err_code
load_error(const char *where)
{
	struct err err = ERR_INIT;
	struct baseline b;
	bool found = true;

	baseline_init(&b);
	assert_int_equal(load_from(where, &b, &found, &err), -1);
	assert_false(found);
	assert_non_null(strstr(err.message, "the baseline"));
	baseline_release(&b);
	return err.code;
}

static void
put(const char *path, const char *text, size_t len)
{
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	assert_int_equal(fwrite(text, 1, len, f), len);
	assert_int_equal(fclose(f), 0);
}

static void
test_store_keeps_the_last_save(void **state)
{
	struct err err = ERR_INIT;
	struct baseline b;
	bool found = true;

	(void)state;
	baseline_init(&b);
	assert_int_equal(load_from("site", &b, &found, &err), 0);
	assert_false(found);
	found = true;
	assert_int_equal(load_from("no/such/site", &b, &found, &err), 0);
	assert_false(found);
	baseline_release(&b);
	save("site", 0, true);
	assert_loads("site", 0, true);
	save("site", 1, false);
	assert_loads("site", 1, false);
	assert_int_equal(system("test \"$(ls -A | tr '\\n' ' ')\" = "
				"'site site.lock '"),
		0);
}

static void
test_store_makes_folders(void **state)
{
	struct stat st;

	(void)state;
	save("a/b/site", 2, true);
	assert_loads("a/b/site", 2, true);
	assert_int_equal(stat("a/b", &st), 0);
	assert_true(S_ISDIR(st.st_mode));
}

static void
test_store_with_something_in_the_way(void **state)
{
	struct err err = ERR_INIT;
	struct baseline b;
	struct store *store = open_store("file/site");

	(void)state;
	put("file", "x", 1);
	assert_int_equal(store_begin(store, &err), -1);
	store_close(store);
	assert_int_equal(err.code, ERR_SYSTEM);
	assert_non_null(strstr(err.message, "file/site"));
	assert_int_equal(load_error("file/site"), ERR_SYSTEM);
	assert_int_equal(mkdir("folder", 0777), 0);
	assert_int_equal(load_error("folder"), ERR_INPUT);
	/* The folder goes while the store is open. */
	fill(&b, 1, false);
	store = open_store("gone/site");
	assert_int_equal(store_begin(store, &err), 0);
	assert_int_equal(system("rm -r gone"), 0);
	assert_int_equal(store_save(store, &b, &err), -1);
	assert_int_equal(err.code, ERR_SYSTEM);
	assert_int_equal(err.sys_errno, ENOENT);
	store_close(store);
	baseline_release(&b);
}

static void
test_store_that_is_damaged_is_not_none(void **state)
{
	struct buf text;

	(void)state;
	put("site", "", 0);
	assert_int_equal(load_error("site"), ERR_INPUT);
	put("site", "x\n", 2);
	assert_int_equal(load_error("site"), ERR_INPUT);
	full_text(&text);
	put("site", text.data, text.len);
	assert_loads("site", 3, true);
	put("site", text.data, text.len / 2);
	assert_int_equal(load_error("site"), ERR_INPUT);
	text.data[text.len / 2] ^= 1;
	put("site", text.data, text.len);
	assert_int_equal(load_error("site"), ERR_INPUT);
	buf_release(&text);
}

static void
test_store_has_one_writer(void **state)
{
	struct err err = ERR_INIT;
	struct store *store;
	int ready[2], status;
	char byte;
	pid_t child;

	(void)state;
	save("site", 1, false);
	assert_int_equal(pipe(ready), 0);
	child = fork();
	if (child == 0) {
		alarm(60);
		store = open_store("site");
		if (store_begin(store, &err) == 0 &&
			write(ready[1], "x", 1) == 1)
			for (;;)
				pause();
		_exit(1);
	}
	close(ready[1]);
	assert_int_equal(read(ready[0], &byte, 1), 1);
	/* a link to it is no way round */
	assert_int_equal(symlink("site", "link"), 0);
	store = open_store("link");
	assert_int_equal(store_begin(store, &err), -1);
	assert_int_equal(err.code, ERR_BUSY);
	assert_non_null(strstr(err.message, "link"));
	store_close(store);
	assert_loads("site", 1, false); /* which needs no lock */
	kill(child, SIGKILL);
	assert_int_equal(waitpid(child, &status, 0), child);
	save("site", 2, false);
	assert_loads("site", 2, false);
	close(ready[0]);
}

#define IN_FOLDER(test) \
	cmocka_unit_test_setup_teardown(test, enter_folder, leave_folder)

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
		IN_FOLDER(test_store_keeps_the_last_save),
		IN_FOLDER(test_store_makes_folders),
		IN_FOLDER(test_store_with_something_in_the_way),
		IN_FOLDER(test_store_that_is_damaged_is_not_none),
		IN_FOLDER(test_store_has_one_writer),
	};

	return cmocka_run_group_tests_name("baseline", tests, NULL, NULL);
}
