/* The file that a baseline is kept in: saves, damage, one writer. */
#include <errno.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "deploy/store_file.h"
#include "manifest/baseline_text.h"
#include "tests/unit/baseline_fixture.h"

static struct store *
open_store(const char *where)
{
	struct err err = ERR_INIT;
	struct store *store;

	if (store_file_open(&store, where, &err) != 0)
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

/* Begin and load, as before a save. */
static struct store *
begin_store(const char *where)
{
	struct err err = ERR_INIT;
	struct store *store = open_store(where);
	struct baseline b;
	bool found;

	baseline_init(&b);
	if (store_begin(store, &err) != 0 ||
		store_load(store, &b, &found, &err) != 0)
		fail_msg("%s", err.message);
	baseline_release(&b);
	return store;
}

static int
save_to(struct store *store, uint64_t serial, bool pending, struct err *err)
{
	struct baseline b;
	int rc;

	fill_baseline(&b, serial, pending);
	rc = store_save(store, &b, err);
	baseline_release(&b);
	return rc;
}

static void
save(const char *where, uint64_t serial, bool pending)
{
	struct err err = ERR_INIT;
	struct store *store = begin_store(where);

	if (save_to(store, serial, pending, &err) != 0)
		fail_msg("%s", err.message);
	store_close(store);
}

static void
assert_loads(const char *where, uint64_t serial, bool pending)
{
	struct err err = ERR_INIT;
	struct baseline expected, b;
	bool found = false;

	fill_baseline(&expected, serial, pending);
	baseline_init(&b);
	if (load_from(where, &b, &found, &err) != 0)
		fail_msg("%s", err.message);
	assert_true(found);
	assert_same_baseline(&b, &expected);
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
	write_bytes("file", "x", 1);
	assert_int_equal(store_begin(store, &err), -1);
	store_close(store);
	assert_int_equal(err.code, ERR_SYSTEM);
	assert_non_null(strstr(err.message, "file/site"));
	assert_int_equal(load_error("file/site"), ERR_SYSTEM);
	assert_int_equal(mkdir("folder", 0777), 0);
	assert_int_equal(load_error("folder"), ERR_INPUT);
	/* The folder goes while the store is open. */
	fill_baseline(&b, 1, false);
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
	write_bytes("site", "", 0);
	assert_int_equal(load_error("site"), ERR_INPUT);
	write_bytes("site", "x\n", 2);
	assert_int_equal(load_error("site"), ERR_INPUT);
	full_baseline_text(&text);
	write_bytes("site", text.data, text.len);
	assert_loads("site", 3, true);
	write_bytes("site", text.data, text.len / 2);
	assert_int_equal(load_error("site"), ERR_INPUT);
	text.data[text.len / 2] ^= 1;
	write_bytes("site", text.data, text.len);
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

/* As a host does whose locks do not reach this one. */
static void
replace(const char *path, uint64_t serial, bool pending)
{
	struct err err = ERR_INIT;
	struct buf text;
	struct baseline b;

	buf_init(&text, BASELINE_MAX);
	fill_baseline(&b, serial, pending);
	assert_int_equal(baseline_write(&b, buf_emit, &text, &err), 0);
	write_bytes(path, text.data, text.len);
	buf_release(&text);
	baseline_release(&b);
}

/* Neither bytes nor files are left by a save that another has overtaken. */
static void
assert_overtaken(struct store *store)
{
	struct err err = ERR_INIT;

	assert_int_equal(store_compare(store, &err), -1);
	assert_int_equal(err.code, ERR_BUSY);
	err.code = ERR_NONE;
	assert_int_equal(save_to(store, 9, true, &err), -1);
	assert_int_equal(err.code, ERR_BUSY);
	assert_non_null(strstr(err.message, "another deployment has changed"));
	assert_int_equal(access("site.tmp", F_OK), -1);
}

static void
test_store_replaces_only_what_it_loaded(void **state)
{
	struct err err = ERR_INIT;
	struct store *store;

	(void)state;
	store = begin_store("site"); /* there is none; it appears */
	write_bytes("site", "", 0);
	assert_overtaken(store);
	replace("site", 1, false);
	assert_overtaken(store);
	assert_loads("site", 1, false);
	store_close(store);
	store = begin_store("site");
	replace("site", 2, false); /* as long as the other */
	assert_overtaken(store);
	assert_loads("site", 2, false);
	replace("site", 1, true);
	assert_overtaken(store);
	replace("site", 1, false); /* as it was */
	assert_int_equal(store_compare(store, &err), 0);
	assert_int_equal(save_to(store, 2, true, &err), 0);
	assert_int_equal(store_compare(store, &err), 0);
	assert_int_equal(save_to(store, 3, false, &err), 0);
	assert_loads("site", 3, false);
	assert_int_equal(unlink("site"), 0);
	assert_overtaken(store);
	assert_int_equal(access("site", F_OK), -1);
	store_close(store);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		IN_FOLDER(test_store_keeps_the_last_save),
		IN_FOLDER(test_store_makes_folders),
		IN_FOLDER(test_store_with_something_in_the_way),
		IN_FOLDER(test_store_that_is_damaged_is_not_none),
		IN_FOLDER(test_store_has_one_writer),
		IN_FOLDER(test_store_replaces_only_what_it_loaded),
	};

	return cmocka_run_group_tests_name("store", tests, NULL, NULL);
}
