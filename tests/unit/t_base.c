/* Errors, buffers, arenas, names, patterns, files, SHA-256. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <setjmp.h>
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

#include "base/arena.h"
#include "base/atomic_file.h"
#include "base/buf.h"
#include "base/escape.h"
#include "base/file.h"
#include "base/glob.h"
#include "base/sha256.h"
#include "base/utf8.h"

static void
test_err_context_comes_first(void **state)
{
	struct err err = ERR_INIT;

	(void)state;
	errno = ENOENT;
	assert_int_equal(err_system(&err, "cannot open %s", "a"), -1);
	assert_int_equal(err_context(&err, "line %d", 7), -1);
	assert_string_equal(err.message,
		"line 7: cannot open a: No such file or directory");
	assert_int_equal(err.code, ERR_SYSTEM);
	assert_int_equal(err.sys_errno, ENOENT);
}

static void
test_err_is_cut_at_a_character(void **state)
{
	struct err err = ERR_INIT;
	char text[4000];
	size_t i;

	(void)state;
	for (i = 0; i + 2 < sizeof(text); i += 2)
		memcpy(text + i, "\xc3\xa9", 2);
	text[i] = '\0';
	for (i = 0; i < 4; i++) {
		err_set(&err, ERR_INPUT, "%.*s%s", (int)i, "abc", text);
		size_t len = strlen(err.message), at, n;

		assert_true(len < sizeof(err.message));
		assert_string_equal(err.message + len - 3, "...");
		for (at = 0; at < len; at += n) {
			n = utf8_length(err.message + at, len - at);
			assert_true(n > 0);
		}
	}
}

static void
test_buf_sticks_at_its_maximum(void **state)
{
	struct err err = ERR_INIT;
	struct buf buf;

	(void)state;
	buf_init(&buf, 5);
	buf_addstr(&buf, "abc");
	buf_addf(&buf, "%d", 45);
	assert_int_equal(buf_check(&buf, &err), 0);
	assert_string_equal(buf_str(&buf), "abc45");
	buf_addch(&buf, 'x');
	buf_addstr(&buf, "");
	assert_int_equal(buf_check(&buf, &err), -1);
	assert_int_equal(err.code, ERR_INPUT);
	assert_string_equal(buf_str(&buf), "abc45");
	buf_clear(&buf);
	assert_int_equal(buf_check(&buf, &err), 0);
	assert_string_equal(buf_str(&buf), "");
	buf_release(&buf);
}

static void
test_arena_copies_stay_apart(void **state)
{
	struct arena arena;
	char *copies[1000];
	char text[300];
	size_t i;

	(void)state;
	arena_init(&arena);
	for (i = 0; i < 1000; i++) {
		memset(text, (int)('a' + i % 26), sizeof(text));
		copies[i] = arena_copy(&arena, text, i % sizeof(text));
		assert_non_null(copies[i]);
		assert_int_equal(
			(uintptr_t)arena_alloc(&arena, 8) % sizeof(long), 0);
	}
	for (i = 0; i < 1000; i++) {
		assert_int_equal(strlen(copies[i]), i % sizeof(text));
		if (i % sizeof(text))
			assert_int_equal(copies[i][0], 'a' + i % 26);
	}
	assert_non_null(arena_alloc(&arena, 3 * 1024 * 1024));
	arena_release(&arena);
}

static void
test_utf8(void **state)
{
	static const struct {
		const char *bytes;
		size_t length;
	} rows[] = {
		{"a", 1},
		{"\xc3\xa9", 2},
		{"\xe2\x82\xac", 3},
		{"\xf0\x9f\x98\x80", 4},
		{"\xc3", 0},
		{"\xc3(", 0},
		{"\xc0\xaf", 0}, /* over-long */
		{"\xe0\x80\xaf", 0}, /* over-long */
		{"\xed\xa0\x80", 0}, /* a surrogate */
		{"\xf4\x90\x80\x80", 0}, /* past U+10FFFF */
		{"\xff", 0},
		{"\x80", 0},
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_int_equal(
			utf8_length(rows[i].bytes, strlen(rows[i].bytes)),
			rows[i].length);
}

static void
test_name_escape_is_undone(void **state)
{
	struct buf buf;
	char all[255];
	int i;

	(void)state;
	for (i = 0; i < 255; i++)
		all[i] = (char)(i + 1);
	buf_init(&buf, 4096);
	escape_name(&buf, all, sizeof(all));
	assert_null(strchr(buf_str(&buf), '\n'));
	assert_int_equal(escape_undo(buf.data, buf.len), 255);
	assert_memory_equal(buf.data, all, sizeof(all));
	buf_release(&buf);
}

static void
test_name_unescape_is_strict(void **state)
{
	static const char *const wrong[] = {"a\\", "\\x", "\\x4", "\\x41",
		"\\x0A", "\\n", "\\x00", "a\nb", "\x7f", "\\X0a"};
	char text[16];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		snprintf(text, sizeof(text), "%s", wrong[i]);
		assert_int_equal(escape_undo(text, strlen(text)), -1);
	}
}

/* Nothing of a name speaks to a terminal, or turns its line around. */
static void
test_name_is_seen(void **state)
{
	static const char *const rows[][2] = {
		{"a b \xc3\xa9 \xe2\x98\x83", "a b \xc3\xa9 \xe2\x98\x83"},
		{"a\xc2\x9b"
		 "31m",
			"a\\xc2\\x9b31m"},
		{"a\xe2\x80\xae"
		 "b",
			"a\\xe2\\x80\\xaeb"},
		{"a\xef\xbb\xbf", "a\\xef\\xbb\\xbf"},
		{"\xe1\x9e\xb4\xef\xbe\xa0", "\\xe1\\x9e\\xb4\\xef\\xbe\\xa0"},
		{"\xf0\x9d\x85\xb3", "\\xf0\\x9d\\x85\\xb3"},
		{"\x9b"
		 "31m\\",
			"\\x9b31m\\x5c"},
	};
	struct escaped_name shown;
	struct buf text;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		buf_init(&text, 100);
		escape_name_for_ci(&text, rows[i][0], strlen(rows[i][0]));
		assert_string_equal(buf_str(&text), rows[i][1]);
		assert_string_equal(
			escape_show_str(&shown, rows[i][0]), rows[i][1]);
		buf_release(&text);
	}
}

static void
test_name_show_keeps_one_short_line(void **state)
{
	struct escaped_name shown;
	char name[5000];

	(void)state;
	assert_string_equal(
		escape_show_str(&shown, "a\nb\xff"), "a\\x0ab\\xff");
	memset(name, 'n', sizeof(name));
	escape_show(&shown, name, sizeof(name));
	assert_true(strlen(shown.text) < sizeof(shown.text));
	assert_non_null(strstr(shown.text, "n...n"));
}

static void
test_glob(void **state)
{
	static const struct {
		const char *pattern, *key;
		bool matches;
	} rows[] = {
		{"*.map", "a.map", true},
		{"*.map", "js/lib/a.map", true},
		{"*.map", "a.map.js", false},
		{"/*.map", "js/a.map", false},
		{"js/*.map", "js/a.map", true},
		{"js/*.map", "x/js/a.map", false},
		{"js/*.map", "js/x/a.map", false},
		{"**/js/*.map", "x/y/js/a.map", true},
		{"**/js/*.map", "js/a.map", true},
		{"js/**", "js/x/a.map", true},
		{"js/**", "js", false},
		{"js/**/a.map", "js/a.map", true},
		{"js/**/a.map", "js/x/y/a.map", true},
		{"node_modules", "a/node_modules/b/c.js", true},
		{"node_modules/", "node_modules", false},
		{"node_modules/", "node_modules/x", true},
		{"assets/*", "assets/a/b.js", true},
		{"a?c", "abc", true},
		{"a?c",
			"a\xc3\xa9"
			"c",
			true},
		{"a?c",
			"a\xff"
			"c",
			true},
		{"a?c", "a/c", false},
		{"[a-c]x", "bx", true},
		{"[!a-c]x", "bx", false},
		{"[^a-c]x", "dx", true},
		{"[]]x", "]x", true},
		{"[\xc3\xa0-\xc3\xbf]", "\xc3\xa9", true},
		{"\\*", "*", true},
		{"\\*", "a", false},
		{"a\\[b", "a[b", true},
		{"*a*b*c", "xaxbxbxc", true},
		{"*a*b*c", "xaxbxb", false},
		{"*", ".well-known", true},
		{"a.**.b", "a.x.b", true},
	};
	struct err err = ERR_INIT;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_int_equal(glob_check(rows[i].pattern, &err), 0);
		if (glob_match(rows[i].pattern, rows[i].key,
			    strlen(rows[i].key), false) != rows[i].matches)
			fail_msg("'%s' and '%s'", rows[i].pattern, rows[i].key);
	}
	assert_int_equal(glob_check("", &err), -1);
	assert_int_equal(glob_check("a[b", &err), -1);
	assert_int_equal(glob_check("a\\", &err), -1);
	assert_int_equal(glob_check("/", &err), -1);
}

static void
test_sha256_and_hex(void **state)
{
	unsigned char digest[SHA256_SIZE], back[SHA256_SIZE];
	struct err err = ERR_INIT;
	char hex[SHA256_HEX_SIZE];

	(void)state;
	/* FIPS 180-4's example */
	assert_int_equal(sha256_of("abc", 3, digest, &err), 0);
	hex_encode(hex, digest, sizeof(digest));
	assert_string_equal(hex, "ba7816bf8f01cfea414140de5dae2223"
				 "b00361a396177a9cb410ff61f20015ad");
	assert_int_equal(hex_decode(back, hex, sizeof(back)), 0);
	assert_memory_equal(back, digest, sizeof(back));
	assert_int_equal(hex_decode(back, "AB", 1), -1);
	/* RFC 4231, test case 2 */
	assert_int_equal(hmac_sha256("Jefe", 4, "what do ya want for nothing?",
				 28, digest, &err),
		0);
	hex_encode(hex, digest, sizeof(digest));
	assert_string_equal(hex, "5bdcc146bf60754e6a042426089575c7"
				 "5a003f089d2739839dec58b964ec3843");
}

/* A folder of the test's own, entered and then removed. */
static char folder[] = "/tmp/edgediff-base.XXXXXX";

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

static void
replace_by(int begin(struct atomic_file *, const char *, struct err *),
	const char *path, const char *text)
{
	struct atomic_file r;
	struct err err = ERR_INIT;

	assert_int_equal(begin(&r, path, &err), 0);
	assert_int_equal(atomic_file_write(&r, text, strlen(text), &err), 0);
	assert_int_equal(atomic_file_commit(&r, &err), 0);
}

static void
replace(const char *path, const char *text)
{
	replace_by(atomic_file_begin, path, text);
}

static void
assert_content(const char *path, const char *text)
{
	struct err err = ERR_INIT;
	struct buf buf;

	buf_init(&buf, 100);
	assert_int_equal(file_read(path, &buf, &err), 0);
	assert_string_equal(buf_str(&buf), text);
	buf_release(&buf);
}

static void
test_file_is_replaced_whole(void **state)
{
	struct atomic_file r;
	struct err err = ERR_INIT;
	struct stat st;

	(void)state;
	replace("f", "one");
	assert_content("f", "one");
	assert_int_equal(chmod("f", 0640), 0);
	replace("f", "two");
	assert_content("f", "two");
	assert_int_equal(stat("f", &st), 0);
	assert_int_equal(st.st_mode & 0777, 0640);
	assert_int_equal(atomic_file_begin(&r, "f", &err), 0);
	assert_int_equal(atomic_file_write(&r, "three", 5, &err), 0);
	atomic_file_abandon(&r);
	assert_content("f", "two");
	assert_int_equal(system("test \"$(ls -A)\" = f"), 0);
	assert_int_equal(atomic_file_begin(&r, "no/such/f", &err), -1);
	assert_int_equal(err.sys_errno, ENOENT);
}

/* Replace the file again and again, with lines of one number; its status. */
static int
write_often(const char *path, int number)
{
	enum { ROUNDS = 100, LINES = 2000 };
	struct atomic_file r;
	struct err err = ERR_INIT;
	char text[32];
	int i, j, rc = 0;

	snprintf(text, sizeof(text), "%d\n", number);
	for (i = 0; i < ROUNDS && rc == 0; i++) {
		if (atomic_file_begin(&r, path, &err) != 0)
			return 1;
		for (j = 0; j < LINES && rc == 0; j++)
			rc = atomic_file_write(&r, text, strlen(text), &err);
		rc |= atomic_file_commit(&r, &err);
	}
	return rc != 0;
}

/* Several processes at one file: none fails, and each reader sees a whole. */
static void
test_file_is_replaced_by_many(void **state)
{
	enum { WRITERS = 4 };
	struct err err = ERR_INIT;
	int left, status, first, i;
	struct buf buf;
	pid_t pid;

	(void)state;
	replace("many", "0\n0\n");
	for (i = 0; i < WRITERS; i++) {
		pid = fork();
		assert_true(pid >= 0);
		if (pid == 0)
			_exit(write_often("many", i));
	}
	for (left = WRITERS; left > 0;) {
		buf_init(&buf, 10000);
		assert_int_equal(file_read("many", &buf, &err), 0);
		assert_true(buf.len == 4 || buf.len == 4000);
		first = buf_str(&buf)[0];
		assert_int_equal(
			strspn(buf_str(&buf), (char[]){(char)first, '\n', 0}),
			buf.len);
		buf_release(&buf);
		pid = waitpid(-1, &status, WNOHANG);
		if (pid > 0) {
			left--;
			assert_int_equal(status, 0);
		}
	}
	assert_int_equal(system("test \"$(ls -d many*)\" = many"), 0);
}

/* What stands under the temporary's name, and what it leads to. */
static void
test_file_in_the_way(void **state)
{
	struct stat st;

	(void)state;
	replace("victim", "stays");
	assert_int_equal(link("victim", "way.tmp"), 0);
	replace_by(atomic_file_begin_locked, "way", "one");
	assert_int_equal(symlink("victim", "way.tmp"), 0);
	replace_by(atomic_file_begin_locked, "way", "two");
	assert_int_equal(mkfifo("way.tmp", 0600), 0);
	replace_by(atomic_file_begin_locked, "way", "three");
	assert_content("way", "three");
	assert_content("victim", "stays");
	assert_int_equal(lstat("way.tmp", &st), -1);
}

/* Where a file will be, once the folders on the way to it are made. */
static void
test_file_path_to_be(void **state)
{
	static const char *const rows[][2] = {
		{"x", "/x"},
		{"missing/x", "/missing/x"},
		{"./missing//./x", "/missing/x"},
		{"missing/../x", "/x"},
		{"missing/deep/../../there/x", "/there/x"},
		{"link/missing/x", "/there/missing/x"},
	};
	char *here = realpath(".", NULL), *path, wanted[PATH_MAX];
	size_t i;

	(void)state;
	assert_int_equal(mkdir("there", 0777), 0);
	assert_int_equal(symlink("there", "link"), 0);
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		snprintf(wanted, sizeof(wanted), "%s%s", here, rows[i][1]);
		path = file_path_to_be(rows[i][0]);
		assert_string_equal(path, wanted);
		free(path);
	}
	path = file_path_to_be("/no-such-folder/../x");
	assert_string_equal(path, "/x");
	free(path);
	path = file_path_to_be("/no-such-file");
	assert_string_equal(path, "/no-such-file");
	free(path);
	free(here);
}

static void
test_file_link_stays_a_link(void **state)
{
	struct stat st;

	(void)state;
	replace("target", "one");
	assert_int_equal(symlink("target", "link"), 0);
	replace("link", "two");
	assert_int_equal(lstat("link", &st), 0);
	assert_true(S_ISLNK(st.st_mode));
	assert_content("target", "two");
}

static void
test_file_over_the_limit_is_refused(void **state)
{
	struct err err = ERR_INIT;
	struct buf buf;

	(void)state;
	replace("f", "12345");
	buf_init(&buf, 4);
	assert_int_equal(file_read("f", &buf, &err), -1);
	assert_int_equal(err.code, ERR_INPUT);
	assert_int_equal(file_read("missing", &buf, &err), -1);
	assert_int_equal(err.sys_errno, ENOENT);
	buf_release(&buf);
}

static void
test_file_lock_dies_with_its_process(void **state)
{
	struct file_lock lock;
	struct err err = ERR_INIT;
	int ready[2], status;
	char byte;
	pid_t child;

	(void)state;
	assert_int_equal(pipe(ready), 0);
	child = fork();
	if (child == 0) {
		if (file_lock_take(&lock, "l", &err) == 0 &&
			write(ready[1], "x", 1) == 1)
			for (;;)
				pause();
		_exit(1);
	}
	assert_int_equal(read(ready[0], &byte, 1), 1);
	assert_int_equal(file_lock_take(&lock, "l", &err), -1);
	assert_int_equal(err.code, ERR_BUSY);
	kill(child, SIGKILL);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(file_lock_take(&lock, "l", &err), 0);
	file_lock_drop(&lock);
	close(ready[0]);
	close(ready[1]);
}

static void
test_file_make_folders(void **state)
{
	struct err err = ERR_INIT;

	(void)state;
	assert_int_equal(file_make_folders("a/b/c", &err), 0);
	assert_int_equal(file_make_folders("a/b/c", &err), 0);
	replace("f", "");
	assert_int_equal(file_make_folders("f/x", &err), -1);
	assert_int_equal(err.code, ERR_SYSTEM);
}

#define IN_FOLDER(test) \
	cmocka_unit_test_setup_teardown(test, enter_folder, leave_folder)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_err_context_comes_first),
		cmocka_unit_test(test_err_is_cut_at_a_character),
		cmocka_unit_test(test_buf_sticks_at_its_maximum),
		cmocka_unit_test(test_arena_copies_stay_apart),
		cmocka_unit_test(test_utf8),
		cmocka_unit_test(test_name_escape_is_undone),
		cmocka_unit_test(test_name_unescape_is_strict),
		cmocka_unit_test(test_name_is_seen),
		cmocka_unit_test(test_name_show_keeps_one_short_line),
		cmocka_unit_test(test_glob),
		cmocka_unit_test(test_sha256_and_hex),
		IN_FOLDER(test_file_is_replaced_whole),
		IN_FOLDER(test_file_is_replaced_by_many),
		IN_FOLDER(test_file_in_the_way),
		IN_FOLDER(test_file_path_to_be),
		IN_FOLDER(test_file_link_stays_a_link),
		IN_FOLDER(test_file_over_the_limit_is_refused),
		IN_FOLDER(test_file_lock_dies_with_its_process),
		IN_FOLDER(test_file_make_folders),
	};

	return cmocka_run_group_tests_name("base", tests, NULL, NULL);
}
