/* Files that are replaced as a whole, or not at all. */
#include <errno.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "base/atomic_file.h"
#include "tests/unit/fixture.h"

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

/* What has the temporary's name, and what it leads to. */
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

/* Options that name the same file are refused by these names. */
static void
test_file_temporaries_have_known_names(void **state)
{
	struct err err = ERR_INIT;
	struct atomic_file r;
	char name[64];

	(void)state;
	assert_int_equal(atomic_file_begin_locked(&r, "f", &err), 0);
	assert_string_equal(r.temporary, "f" ATOMIC_FILE_TEMPORARY);
	atomic_file_abandon(&r);
	assert_int_equal(atomic_file_begin(&r, "f", &err), 0);
	snprintf(name, sizeof(name), "f.%ld-0" ATOMIC_FILE_TEMPORARY,
		(long)getpid());
	assert_string_equal(r.temporary, name);
	atomic_file_abandon(&r);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		IN_FOLDER(test_file_is_replaced_whole),
		IN_FOLDER(test_file_is_replaced_by_many),
		IN_FOLDER(test_file_in_the_way),
		IN_FOLDER(test_file_link_stays_a_link),
		IN_FOLDER(test_file_temporaries_have_known_names),
	};

	return cmocka_run_group_tests_name("atomic_file", tests, NULL, NULL);
}
