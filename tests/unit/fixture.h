/*
 * What unit tests share: cmocka and the headers that it needs, a folder for
 * each test, and files in it.
 */
#ifndef UNIT_FIXTURE_H
#define UNIT_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/file.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* A test in an empty folder, which is removed after it. */
#define IN_FOLDER(test) \
	cmocka_unit_test_setup_teardown(test, enter_folder, leave_folder)

static inline int
enter_folder(void **state)
{
	static char folder[] = "/tmp/edgediff-unit.XXXXXX";

	memcpy(folder + sizeof(folder) - 7, "XXXXXX", 6);
	*state = mkdtemp(folder);
	return *state && chdir(*state) == 0 ? 0 : -1;
}

static inline int
leave_folder(void **state)
{
	char command[64];

	snprintf(command, sizeof(command), "rm -rf %s", (char *)*state);
	return chdir("/") == 0 && system(command) == 0 ? 0 : -1;
}

static inline void
write_bytes(const char *path, const void *bytes, size_t len)
{
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	assert_int_equal(fwrite(bytes, 1, len, file), len);
	assert_int_equal(fclose(file), 0);
}

static inline void
write_file(const char *path, const char *text)
{
	write_bytes(path, text, strlen(text));
}

static inline void
assert_content(const char *path, const char *text)
{
	struct err err = ERR_INIT;
	struct buf buf;

	buf_init(&buf, 1024 * 1024);
	assert_int_equal(file_read(path, &buf, &err), 0);
	assert_string_equal(buf_str(&buf), text);
	buf_release(&buf);
}

#endif
