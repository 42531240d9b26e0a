/* Other checksums of a build's objects: from folders and archives. */
#include "base/hex.h"
#include "manifest/build.h"
#include "manifest/build_digests.h"
#include "tests/unit/fixture.h"

/* The digests of "one" and of "two", by md5sum and gzip. */
static const char md5_one[] = "f97c5d29941bfb1b2fdab0874906ab82";
static const char crc32_two[] = "11ca8a66";

static void
make_site(void)
{
	assert_int_equal(system("mkdir -p top/site/deep && cd top/site && "
				"printf one >a && printf two >deep/b && "
				"printf three >c && ln -s a link && "
				"head -c 700000 /dev/zero >zeros"),
		0);
}

/* Read the build, and find the digests of objects a (MD5) and deep/b (CRC32). */
static void
find(const char *path, const char *root, const char *key_one,
	struct build_digest list[2], struct manifest *manifest)
{
	struct build_options options = {.root = root, .jobs = 2};
	struct err err = ERR_INIT;
	size_t i;

	memset(list, 0, 2 * sizeof(*list));
	assert_int_equal(build_read(path, &options, manifest, &err), 0);
	for (i = 0; i < manifest->count; i++) {
		const struct object *object = &manifest->objects[i];

		if (strcmp(object->key, key_one) == 0)
			list[0] = (struct build_digest){
				.object = object, .kind = CHECKSUM_MD5};
		if (strcmp(object->key, "deep/b") == 0)
			list[1] = (struct build_digest){
				.object = object, .kind = CHECKSUM_CRC32};
	}
	assert_non_null(list[0].object);
	assert_non_null(list[1].object);
	assert_true(build_digests_are_possible(path));
	assert_int_equal(build_digests_find(path, &options, list, 2, &err), 0);
}

static void
check(const struct build_digest list[2])
{
	char hex[2 * CHECKSUM_SIZE_MAX + 1];
	size_t i;

	for (i = 0; i < 2; i++) {
		assert_true(list[i].found);
		hex_encode(hex, list[i].digest, checksum_size(list[i].kind));
		assert_string_equal(hex,
			list[i].kind == CHECKSUM_MD5 ? md5_one : crc32_two);
	}
}

static void
test_builds_with_bytes(void **state)
{
	static const char *const archives[] = {"tar cf site.tar -C top site",
		"tar czf site.tgz -C top site",
		"cd top && /usr/bin/python3 -m zipfile -c ../site.zip site/"};
	static const char *const paths[] = {"site.tar", "site.tgz", "site.zip"};
	struct build_digest list[2];
	struct manifest manifest;
	size_t i;

	(void)state;
	make_site();
	find("top", "site", "a", list, &manifest);
	check(list);
	manifest_release(&manifest);
	find("top/site", NULL, "link", list, &manifest);
	check(list);
	manifest_release(&manifest);
	for (i = 0; i < COUNT(paths); i++) {
		assert_int_equal(system(archives[i]), 0);
		find(paths[i], "site", "link", list, &manifest);
		check(list);
		manifest_release(&manifest);
	}
}

/* Bytes that have changed since give no digest. */
static void
test_changed_since(void **state)
{
	struct build_options options = {.jobs = 1};
	struct build_digest list[2];
	struct err err = ERR_INIT;
	struct manifest manifest;
	size_t i;

	(void)state;
	make_site();
	find("top/site", NULL, "a", list, &manifest);
	write_bytes("top/site/a", "eno", 3);
	assert_int_equal(unlink("top/site/deep/b"), 0);
	assert_int_equal(
		build_digests_find("top/site", &options, list, 2, &err), 0);
	for (i = 0; i < 2; i++)
		assert_false(list[i].found);
	manifest_release(&manifest);
}

static void
test_builds_without_bytes(void **state)
{
	(void)state;
	write_bytes("m", "edgediff-manifest 1 xxh3-128\n", 29);
	assert_false(build_digests_are_possible("m"));
	assert_false(build_digests_are_possible("-"));
	assert_false(build_digests_are_possible("missing"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		IN_FOLDER(test_builds_with_bytes),
		IN_FOLDER(test_changed_since),
		IN_FOLDER(test_builds_without_bytes),
	};

	return cmocka_run_group_tests_name("build_digests", tests, NULL, NULL);
}
