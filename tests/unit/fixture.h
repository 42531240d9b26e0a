/*
 * What unit tests share: cmocka and the headers that it needs, a folder for
 * each test and files in it, environments, a port on the loopback device.
 */
#ifndef UNIT_FIXTURE_H
#define UNIT_FIXTURE_H

#include <arpa/inet.h>
#include <netinet/in.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
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

/* The value of a name; context is an array of names and values, then NULL. */
static inline const char *
get_variable(void *context, const char *name)
{
	const char *const *pair;

	for (pair = context; *pair; pair += 2)
		if (strcmp(pair[0], name) == 0)
			return pair[1];
	return NULL;
}

/* A socket on a free port, which refuses connections until it listens. */
static inline int
bind_to_loopback(unsigned *port)
{
	struct sockaddr_in a = {.sin_family = AF_INET};
	socklen_t len = sizeof(a);
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	assert_true(fd >= 0);
	assert_int_equal(bind(fd, (struct sockaddr *)&a, sizeof(a)), 0);
	assert_int_equal(getsockname(fd, (struct sockaddr *)&a, &len), 0);
	*port = ntohs(a.sin_port);
	return fd;
}

static inline int
listen_on_loopback(unsigned *port)
{
	int fd = bind_to_loopback(port);

	assert_int_equal(listen(fd, 16), 0);
	return fd;
}

#endif
