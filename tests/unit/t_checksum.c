/* The checksums that S3 keeps: published check values, and any split. */
#include "base/checksum.h"
#include "base/hex.h"
#include "tests/unit/fixture.h"

static void
sum_parts(enum checksum_kind kind, const char *text, size_t first, char *hex)
{
	unsigned char digest[CHECKSUM_SIZE_MAX];
	struct err err = ERR_INIT;
	struct checksum sum;
	size_t len = strlen(text);

	assert_int_equal(checksum_start(&sum, kind, &err), 0);
	assert_int_equal(checksum_add(&sum, text, first, &err), 0);
	assert_int_equal(
		checksum_add(&sum, text + first, len - first, &err), 0);
	assert_int_equal(checksum_finish(&sum, digest, &err), 0);
	checksum_release(&sum);
	hex_encode(hex, digest, checksum_size(kind));
}

/*
 * The CRCs of "123456789" are those of the catalogue, the digests of it are
 * GNU coreutils'.
 */
static void
test_check_values(void **state)
{
	static const struct {
		enum checksum_kind kind;
		const char *name, *hex;
	} rows[] = {
		{CHECKSUM_CRC32, "CRC32", "cbf43926"},
		{CHECKSUM_CRC32C, "CRC32C", "e3069283"},
		{CHECKSUM_CRC64NVME, "CRC64NVME", "ae8b14860a799888"},
		{CHECKSUM_MD5, "MD5", "25f9e794323b453885f5181f1b624d0b"},
		{CHECKSUM_SHA1, "SHA1",
			"f7c3bc1d808e04732adf679965ccc34ca7ae3441"},
		{CHECKSUM_SHA256, "SHA256",
			"15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c33"
			"12448eb225"},
	};
	char hex[2 * CHECKSUM_SIZE_MAX + 1];
	size_t i;

	(void)state;
	assert_int_equal(COUNT(rows), CHECKSUM_KINDS);
	for (i = 0; i < COUNT(rows); i++) {
		sum_parts(rows[i].kind, "123456789", 0, hex);
		assert_string_equal(hex, rows[i].hex);
		assert_string_equal(checksum_name(rows[i].kind), rows[i].name);
	}
}

static void
test_any_split(void **state)
{
	static const char text[] = "The quick brown fox jumps over the lazy "
				   "dog, again and again";
	char whole[2 * CHECKSUM_SIZE_MAX + 1], parts[sizeof(whole)];
	size_t kind, first;

	(void)state;
	for (kind = 0; kind < CHECKSUM_KINDS; kind++) {
		sum_parts((enum checksum_kind)kind, text, 0, whole);
		for (first = 1; first <= strlen(text); first++) {
			sum_parts((enum checksum_kind)kind, text, first, parts);
			assert_string_equal(parts, whole);
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_check_values),
		cmocka_unit_test(test_any_split),
	};

	return cmocka_run_group_tests_name("checksum", tests, NULL, NULL);
}
