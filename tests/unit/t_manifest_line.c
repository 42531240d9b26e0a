/* The first line of a manifest: what it says about the part, read strictly. */
#include "base/buf.h"
#include "manifest/manifest_line.h"
#include "tests/unit/fixture.h"

#define WHOLE "edgediff-manifest 1 xxh3-128"

static void
test_written_and_read(void **state)
{
	static const struct {
		struct shard shard, read;
		const char *text;
	} rows[] = {
		{{0, 0}, {0, 0}, WHOLE "\n"},
		{{1, 1}, {0, 0}, WHOLE "\n"},
		{{1, 2}, {1, 2}, WHOLE " shard 1/2\n"},
		{{10, 10}, {10, 10}, WHOLE " shard 10/10\n"},
		{{SHARDS_MAX, SHARDS_MAX}, {SHARDS_MAX, SHARDS_MAX},
			WHOLE " shard 100000/100000\n"},
	};
	struct err err = ERR_INIT;
	struct shard shard;
	struct buf text;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		buf_init(&text, 100);
		manifest_line_write_first(&text, &rows[i].shard);
		assert_string_equal(buf_str(&text), rows[i].text);
		shard = (struct shard){9, 9};
		assert_int_equal(manifest_line_read_first(text.data,
					 text.len - 1, 1, &shard, &err),
			0);
		assert_int_equal(shard.index, rows[i].read.index);
		assert_int_equal(shard.count, rows[i].read.count);
		assert_int_equal(manifest_line_check_whole(&shard, 1, &err),
			shard.count > 0 ? -1 : 0);
		buf_release(&text);
	}
}

static void
test_refused(void **state)
{
	static const struct {
		const char *line, *said;
	} rows[] = {
		{"", "not an edgediff manifest"},
		{"edgediff-manifest", "not an edgediff manifest"},
		{"edgediff-manifest 2 xxh3-128", "another version"},
		{WHOLE " ", "another version"},
		{WHOLE " shard", "another version"},
		{WHOLE " part 1/2", "another version"},
		{WHOLE " shard ", "damaged part number"},
		{WHOLE " shard 1", "damaged part number"},
		{WHOLE " shard 1/", "damaged part number"},
		{WHOLE " shard /2", "damaged part number"},
		{WHOLE " shard 0/2", "damaged part number"},
		{WHOLE " shard 3/2", "damaged part number"},
		{WHOLE " shard 1/0", "damaged part number"},
		{WHOLE " shard 1/1", "damaged part number"},
		{WHOLE " shard 01/2", "damaged part number"},
		{WHOLE " shard 1/02", "damaged part number"},
		{WHOLE " shard 1/2 ", "damaged part number"},
		{WHOLE " shard 1 /2", "damaged part number"},
		{WHOLE " shard 1/2/3", "damaged part number"},
		{WHOLE " shard -1/2", "damaged part number"},
		{WHOLE " shard 1/100001", "damaged part number"},
		{WHOLE " shard 4294967297/4294967298", "damaged part number"},
		{WHOLE " shard 1/18446744073709551617", "damaged part number"},
	};
	struct shard shard;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		struct err err = ERR_INIT;
		size_t len = strlen(rows[i].line);
		char *line = malloc(len ? len : 1);

		/* exactly as large, so that no byte after it is seen */
		assert_non_null(line);
		memcpy(line, rows[i].line, len);
		if (manifest_line_read_first(line, len, 7, &shard, &err) !=
				-1 ||
			err.code != ERR_INPUT ||
			strncmp(err.message, "line 7: ", 8) != 0 ||
			!strstr(err.message, rows[i].said))
			fail_msg("'%s': %s", rows[i].line, err.message);
		free(line);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_written_and_read),
		cmocka_unit_test(test_refused),
	};

	return cmocka_run_group_tests_name("manifest_line", tests, NULL, NULL);
}
