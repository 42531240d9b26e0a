/* SHA-256, HMAC and hexadecimal digits: published examples. */
#include "base/hex.h"
#include "base/sha256.h"
#include "tests/unit/fixture.h"

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
	assert_int_equal(sha256_hmac("Jefe", 4, "what do ya want for nothing?",
				 28, digest, &err),
		0);
	hex_encode(hex, digest, sizeof(digest));
	assert_string_equal(hex, "5bdcc146bf60754e6a042426089575c7"
				 "5a003f089d2739839dec58b964ec3843");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sha256_and_hex),
	};

	return cmocka_run_group_tests_name("sha256", tests, NULL, NULL);
}
