/* Finds and reads the token. */
#include "aws/sso_token.h"

#include <errno.h>
#include <openssl/evp.h>
#include <string.h>

#include "aws/credentials.h"
#include "aws/metadata.h"
#include "aws/secret_json.h"
#include "base/file.h"
#include "base/hex.h"

enum {
	PATH_BYTES_MAX = 4096, /* PATH_MAX */
	SHA1_SIZE = 20,
};

/* The file is named by the SHA-1 of what the token is for. */
static int
find_file(struct buf *path, const struct environment *environment,
	const char *name, struct err *err)
{
	const char *home = environment_get(environment, "HOME");
	unsigned char digest[EVP_MAX_MD_SIZE];
	char hex[2 * SHA1_SIZE + 1];
	unsigned int len = 0;

	if (!home)
		return 1;
	if (EVP_Digest(name, strlen(name), digest, &len, EVP_sha1(), NULL) !=
			1 ||
		len != SHA1_SIZE)
		return err_set(err, ERR_INPUT,
			"OpenSSL has no SHA-1, which names the files of "
			"aws sso login");
	hex_encode(hex, digest, SHA1_SIZE);
	buf_addf(path, "%s/.aws/sso/cache/%s.json", home, hex);
	return buf_check(path, err);
}

static int
read_expiry(int64_t *expiry, const char *text, struct err *err)
{
	struct credentials times = {.access_key = NULL};
	size_t len = strlen(text);
	char own[64];

	*expiry = 0;
	if (len >= sizeof(own))
		return err_set(err, ERR_INPUT, "expiresAt is not a time");
	memcpy(own, text, len + 1);
	/* older versions of the AWS CLI wrote UTC instead of Z */
	if (len > 3 && strcmp(own + len - 3, "UTC") == 0)
		memcpy(own + len - 3, "Z", 2);
	if (credentials_set_expiry(&times, own, err) != 0)
		return err_set(err, ERR_INPUT, "expiresAt is not a time");
	*expiry = times.expiry;
	return 0;
}

static int
read_token(
	struct buf *token, int64_t *expiry, const cJSON *tree, struct err *err)
{
	const char *text, *time;

	if (!cJSON_IsObject(tree))
		return err_set(err, ERR_INPUT, "expected a JSON object");
	if (secret_json_string(&text, tree, "accessToken", err) != 0 ||
		secret_json_string(&time, tree, "expiresAt", err) != 0)
		return -1;
	if (!text || !text[0] || !time)
		return err_set(err, ERR_INPUT, "it has no %s",
			text && text[0] ? "expiresAt" : "accessToken");
	if (strlen(text) > SSO_TOKEN_MAX || !metadata_is_header_value(text))
		return err_set(err, ERR_INPUT,
			"the accessToken can't be sent in a header");
	if (read_expiry(expiry, time, err) != 0)
		return -1;
	buf_addstr(token, text);
	return buf_check(token, err);
}

static int
read_file(struct buf *token, int64_t *expiry, const char *path, struct err *err)
{
	cJSON *tree = NULL;
	struct buf text;
	int rc;

	buf_init(&text, CREDENTIALS_MAX);
	buf_reserve(&text, CREDENTIALS_MAX); /* growing leaves copies */
	rc = file_read(path, &text, err);
	if (rc != 0) {
		rc = err->code == ERR_SYSTEM && err->sys_errno == ENOENT ? 1
									 : -1;
		goto out;
	}
	if (strlen(buf_str(&text)) != text.len)
		rc = err_set(err, ERR_INPUT, "not text");
	if (rc == 0)
		rc = secret_json_parse(&tree, buf_str(&text), err);
	if (rc == 0)
		rc = read_token(token, expiry, tree, err);
	if (rc != 0)
		err_context(err, "%s", path);
out:
	secret_json_free(tree);
	buf_wipe(&text);
	return rc;
}

int
sso_token_read(struct buf *token, int64_t *expiry,
	const struct environment *environment, const char *name,
	struct err *err)
{
	struct buf path;
	int rc;

	*expiry = 0;
	buf_reserve(token, SSO_TOKEN_MAX);
	buf_init(&path, PATH_BYTES_MAX);
	rc = find_file(&path, environment, name, err);
	if (rc == 0)
		rc = read_file(token, expiry, buf_str(&path), err);
	buf_release(&path);
	return rc;
}
