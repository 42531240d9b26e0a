/* JSON documents with secrets, which are overwritten when they are freed. */
#ifndef AWS_SECRET_JSON_H
#define AWS_SECRET_JSON_H

#include <cjson/cJSON.h>

#include "base/err.h"

enum {
	SECRET_JSON_MAX = 64 * 1024, /* bytes; a token has 1 or 2 KiB */
};

/*
 * Parse a document of at most SECRET_JSON_MAX bytes, and nothing after it. The
 * message of ERR_INPUT quotes nothing. cJSON limits the depth to 1,000.
 */
int secret_json_parse(cJSON **out, const char *text, struct err *err);
void secret_json_free(cJSON *tree); /* NULL is allowed */

/*
 * The value of a key, or NULL; if a key occurs twice, the last one counts, as in
 * the SDKs. `tree` may be anything.
 */
const cJSON *secret_json_get(const cJSON *tree, const char *key);

/*
 * Get a string, or NULL if the key is missing or null. Fails with ERR_INPUT if
 * it is anything else.
 */
int secret_json_string(
	const char **out, const cJSON *tree, const char *key, struct err *err);

#endif
