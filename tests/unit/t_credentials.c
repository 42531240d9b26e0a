/* Credentials and the INI files they stand in. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "aws/credentials.h"
#include "aws/ini.h"

static const char *
get(void *context, const char *name)
{
	const char *const *pair;

	for (pair = context; *pair; pair += 2)
		if (strcmp(pair[0], name) == 0)
			return pair[1];
	return NULL;
}

static int
load(const char *const *variables, const char *profile, struct credentials *out,
	struct err *err)
{
	struct environment e = {get, (void *)(uintptr_t)variables};

	*err = (struct err)ERR_INIT;
	return credentials_load(out, &e, profile, err);
}

static void
test_environment(void **state)
{
	static const char *const full[] = {"AWS_ACCESS_KEY_ID", "A",
		"AWS_SECRET_ACCESS_KEY", "S", "AWS_SESSION_TOKEN", "T", NULL};
	static const char *const half[] = {"AWS_ACCESS_KEY_ID", "A", NULL};
	static const char *const evil[] = {"AWS_ACCESS_KEY_ID", "A",
		"AWS_SECRET_ACCESS_KEY", "hush\n", NULL};
	struct credentials c;
	struct err err;

	(void)state;
	assert_int_equal(load(full, NULL, &c, &err), 0);
	assert_string_equal(c.session_token, "T");
	credentials_release(&c);
	assert_int_equal(load(half, NULL, &c, &err), -1);
	assert_string_equal(err.message,
		"Partial credentials found in env, missing: "
		"AWS_SECRET_ACCESS_KEY");
	assert_int_equal(load(evil, NULL, &c, &err), -1);
	assert_null(strstr(err.message, "hush"));
	assert_int_equal(load(full, "p", &c, &err), -1);
}

static void
test_file(void **state)
{
	char path[] = "/tmp/t_credentials.XXXXXX";
	const char *vars[] = {"AWS_SHARED_CREDENTIALS_FILE", path, "HOME", "/",
		NULL, NULL, NULL};
	static const char text[] =
		"[default]\naws_access_key_id = A\naws_secret_access_key: S\n"
		"[half]\naws_access_key_id=B\n[role]\nrole_arn = x\n";
	struct credentials c;
	struct err err;
	int fd = mkstemp(path);

	(void)state;
	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), strlen(text));
	close(fd);
	assert_int_equal(load(vars, NULL, &c, &err), 0);
	assert_string_equal(c.secret_key, "S");
	assert_null(c.session_token);
	credentials_release(&c);
	assert_int_equal(load(vars, "half", &c, &err), -1);
	assert_non_null(strstr(err.message, "aws_secret_access_key"));
	assert_int_equal(load(vars, "role", &c, &err), -1);
	assert_non_null(strstr(err.message, "role_arn"));
	vars[4] = "AWS_PROFILE";
	vars[5] = "nope";
	assert_int_equal(load(vars, NULL, &c, &err), -1);
	assert_non_null(strstr(err.message, "(nope) could not be found"));
	unlink(path);
	vars[4] = NULL;
	assert_int_equal(load(vars, NULL, &c, &err), -1);
	assert_non_null(strstr(err.message, "Unable to locate credentials"));
}

static void
test_ini(void **state)
{
	static const char good[] =
		"\xef\xbb\xbf# c\r\n[a]\r\nKey\t=  v = w \r\n\r\nn =\r\n  x = 1"
		"\r\n\r\n\ty: 2\r\n; c\r\n[b] tail\nk:";
	static const char *const bad[] = {"k = hush\n", "[a]\nhush\n",
		"[a]\nk=1\nK=hush\n", "[a]\n[a]\n", "[a]\n= hush\n",
		"[a]\nk=\xff\n"};
	struct err err = ERR_INIT;
	struct ini ini;
	size_t i;

	(void)state;
	assert_int_equal(ini_parse(&ini, "f", good, strlen(good), &err), 0);
	assert_string_equal(ini_get(&ini, "a", "key"), "v = w");
	assert_string_equal(ini_get(&ini, "a", "n"), "\nx = 1\n\ny: 2");
	assert_string_equal(ini_get(&ini, "b", "k"), "");
	assert_null(ini_get(&ini, "b", "n"));
	ini_release(&ini);
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		assert_int_equal(
			ini_parse(&ini, "f", bad[i], strlen(bad[i]), &err), -1);
		assert_non_null(strstr(err.message, "f, line "));
		assert_null(strstr(err.message, "hush"));
		ini_release(&ini);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_environment),
		cmocka_unit_test(test_file),
		cmocka_unit_test(test_ini),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
