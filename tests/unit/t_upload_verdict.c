/* The verdict on a key of the bucket: a row for each case. */
#include "deploy/upload_verdict.h"
#include "tests/unit/fixture.h"

/* What S3 says; the object has 3 bytes and the fingerprint 1, 1, ... */
static const struct s3_object fingerprint_equal = {
	.size = 3,
	.has_xxhash128 = true,
	.xxhash128 = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1},
};
static const struct s3_object fingerprint_differs = {
	.size = 3,
	.has_xxhash128 = true,
	.xxhash128 = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2},
};
static const struct s3_object fingerprint_encoded = {
	.size = 3, .has_xxhash128 = true, .encoded = true};
static const struct s3_object equal_though_encoded = {
	.size = 3,
	.has_xxhash128 = true,
	.xxhash128 = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1},
	.encoded = true,
};
static const struct s3_object checksum = {.size = 3, .has_checksum = true};
static const struct s3_object checksum_encoded = {
	.size = 3, .has_checksum = true, .encoded = true};
static const struct s3_object longer = {.size = 4, .has_checksum = true};
static const struct s3_object longer_encoded = {.size = 4, .encoded = true};
static const struct s3_object longer_parts = {.size = 4, .composite = true};
static const struct s3_object encoded = {.size = 3, .encoded = true};
static const struct s3_object parts = {.size = 3, .composite = true};
static const struct s3_object secret = {.size = 3, .encrypted = true};
static const struct s3_object nothing = {.size = 3};

static const struct {
	const char *what;
	enum upload_answer answer;
	const struct s3_object *found;
	enum upload_digest digest;
	enum upload_verdict verdict;
	enum upload_reason reason;
} rows[] = {
	{"no key", UPLOAD_ABSENT, NULL, UPLOAD_DIGEST_WANTED, UPLOAD_MISSING,
		UPLOAD_REASON_NONE},
	{"403", UPLOAD_REFUSED, NULL, UPLOAD_DIGEST_WANTED, UPLOAD_UNKNOWN,
		UPLOAD_FORBIDDEN},
	{"XXHASH128 equal", UPLOAD_FOUND, &fingerprint_equal,
		UPLOAD_DIGEST_WANTED, UPLOAD_NEW, UPLOAD_REASON_NONE},
	{"XXHASH128 differs", UPLOAD_FOUND, &fingerprint_differs,
		UPLOAD_DIGEST_WANTED, UPLOAD_OLD, UPLOAD_REASON_NONE},
	{"XXHASH128 differs, encoded", UPLOAD_FOUND, &fingerprint_encoded,
		UPLOAD_DIGEST_WANTED, UPLOAD_UNKNOWN, UPLOAD_ENCODED},
	{"XXHASH128 equal, encoded", UPLOAD_FOUND, &equal_though_encoded,
		UPLOAD_DIGEST_WANTED, UPLOAD_NEW, UPLOAD_REASON_NONE},
	{"a checksum, not computed yet", UPLOAD_FOUND, &checksum,
		UPLOAD_DIGEST_WANTED, UPLOAD_UNDECIDED, UPLOAD_REASON_NONE},
	{"a checksum equal", UPLOAD_FOUND, &checksum, UPLOAD_DIGEST_EQUAL,
		UPLOAD_NEW, UPLOAD_REASON_NONE},
	{"a checksum differs", UPLOAD_FOUND, &checksum, UPLOAD_DIGEST_DIFFERENT,
		UPLOAD_OLD, UPLOAD_REASON_NONE},
	{"a checksum, a manifest", UPLOAD_FOUND, &checksum, UPLOAD_DIGEST_NONE,
		UPLOAD_UNKNOWN, UPLOAD_NO_BYTES},
	{"a checksum, the file has changed", UPLOAD_FOUND, &checksum,
		UPLOAD_DIGEST_LOST, UPLOAD_UNKNOWN, UPLOAD_BYTES_CHANGED},
	{"a checksum equal, encoded", UPLOAD_FOUND, &checksum_encoded,
		UPLOAD_DIGEST_EQUAL, UPLOAD_NEW, UPLOAD_REASON_NONE},
	{"a checksum differs, encoded", UPLOAD_FOUND, &checksum_encoded,
		UPLOAD_DIGEST_DIFFERENT, UPLOAD_UNKNOWN, UPLOAD_ENCODED},
	{"another size", UPLOAD_FOUND, &longer, UPLOAD_DIGEST_WANTED,
		UPLOAD_OLD, UPLOAD_REASON_NONE},
	{"another size, encoded", UPLOAD_FOUND, &longer_encoded,
		UPLOAD_DIGEST_WANTED, UPLOAD_UNKNOWN, UPLOAD_ENCODED},
	{"another size, in parts", UPLOAD_FOUND, &longer_parts,
		UPLOAD_DIGEST_WANTED, UPLOAD_OLD, UPLOAD_REASON_NONE},
	{"equal size, encoded", UPLOAD_FOUND, &encoded, UPLOAD_DIGEST_WANTED,
		UPLOAD_UNKNOWN, UPLOAD_ENCODED},
	{"equal size, in parts", UPLOAD_FOUND, &parts, UPLOAD_DIGEST_WANTED,
		UPLOAD_UNKNOWN, UPLOAD_COMPOSITE},
	{"equal size, KMS", UPLOAD_FOUND, &secret, UPLOAD_DIGEST_WANTED,
		UPLOAD_UNKNOWN, UPLOAD_ENCRYPTED},
	{"equal size alone", UPLOAD_FOUND, &nothing, UPLOAD_DIGEST_WANTED,
		UPLOAD_UNKNOWN, UPLOAD_EQUAL_SIZE},
};

static void
test_every_row(void **state)
{
	struct object object = {.key = "k", .key_len = 1, .size = 3};
	enum upload_verdict verdict;
	enum upload_reason reason;
	size_t i;

	(void)state;
	memset(object.fingerprint, 1, sizeof(object.fingerprint));
	for (i = 0; i < COUNT(rows); i++) {
		verdict = upload_verdict_of(&object, rows[i].answer,
			rows[i].found, rows[i].digest, &reason);
		if (verdict != rows[i].verdict || reason != rows[i].reason)
			fail_msg("%s: %s, reason %d", rows[i].what,
				upload_verdict_word(verdict), (int)reason);
		assert_true((verdict == UPLOAD_UNKNOWN) ==
			    (upload_verdict_reason(reason)[0] != '\0'));
	}
}

static void
test_keys_of_s3(void **state)
{
	char key[S3_KEY_MAX + 2];

	(void)state;
	assert_true(upload_verdict_is_key("a/\xc3\xa4"));
	assert_false(upload_verdict_is_key("a/\xe4"));
	memset(key, 'a', sizeof(key));
	key[S3_KEY_MAX] = '\0';
	assert_true(upload_verdict_is_key(key));
	key[S3_KEY_MAX] = 'a';
	key[S3_KEY_MAX + 1] = '\0';
	assert_false(upload_verdict_is_key(key));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_row),
		cmocka_unit_test(test_keys_of_s3),
	};

	return cmocka_run_group_tests_name("upload_verdict", tests, NULL, NULL);
}
