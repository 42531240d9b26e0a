/*
 * Signs the requests on standard input, for tests/signatures.py to compare: a
 * line each, of tab-separated fields in hexadecimal. Prints Authorization.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "aws/sigv4.h"
#include "base/hex.h"

enum {
	FIELDS_MIN = 12, /* then the headers */
	FIELDS_MAX = 32,
	INPUT_LINE_MAX = 65536,
};

static size_t
split(char *line, char *fields[FIELDS_MAX])
{
	size_t count = 0, len;
	char *at = line, *end;

	line[strcspn(line, "\n")] = '\0';
	while (at && count < FIELDS_MAX) {
		end = strchr(at, '\t');
		if (end)
			*end++ = '\0';
		len = strlen(at) / 2;
		if (hex_decode((unsigned char *)at, at, len) != 0)
			return 0;
		at[len] = '\0';
		fields[count++] = at;
		at = end;
	}
	return count;
}

static int
sign(char **f, size_t count, struct buf *out, struct err *err)
{
	struct credentials keys = {.access_key = f[5],
		.secret_key = f[6],
		.session_token = f[7][0] ? f[7] : NULL};
	struct sigv4_request request = {.method = f[0],
		.host = f[1],
		.path = f[2],
		.query = f[3],
		.region = f[8],
		.service = f[9],
		.s3 = strcmp(f[9], "s3") == 0,
		.body = f[4],
		.body_len = strlen(f[4]),
		.headers = (const char *const *)(f + FIELDS_MIN - 1),
		.header_count = count - FIELDS_MIN + 1};

	return sigv4_sign(out, &request, &keys, strtoll(f[10], NULL, 10), err);
}

int
main(void)
{
	static char line[INPUT_LINE_MAX];
	char *fields[FIELDS_MAX];
	struct err err = ERR_INIT;
	struct buf out;
	const char *p;
	size_t count;

	buf_init(&out, INPUT_LINE_MAX);
	while (fgets(line, sizeof(line), stdin)) {
		count = split(line, fields);
		buf_clear(&out);
		if (count < FIELDS_MIN - 1 ||
			sign(fields, count, &out, &err) != 0) {
			printf("error: %s\n", err.message);
			continue;
		}
		for (p = out.data; strncmp(p, "Authorization: ", 15) != 0;)
			p += strlen(p) + 1;
		puts(p + 15);
	}
	buf_wipe(&out);
	return 0;
}
