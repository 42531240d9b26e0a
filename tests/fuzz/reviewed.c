/*
 * Reviewed files: one that is accepted, written as a dry run writes it, is read as the
 * same, and one whose items changed order, too.
 */
#include "tests/fuzz/fuzz.h"

#include "base/json_writer.h"
#include "deploy/reviewed.h"

static int
read_text(struct reviewed *reviewed, const char *text, size_t len,
	struct err *err)
{
	int fd = fuzz_file(text, len), rc;
	char path[32];

	rc = reviewed_read(reviewed, fuzz_path(fd, path), "E1", err);
	reviewed->path = NULL;
	close(fd);
	return rc;
}

/* The same batch as JSON, its items from the last to the first. */
static void
write_text(struct buf *out, const struct reviewed *reviewed)
{
	struct json_writer json;
	struct err err = ERR_INIT;
	size_t i;

	json_writer_init(&json, buf_emit, out, JSON_INDENTED);
	json_begin_object(&json);
	json_write_key(&json, "DistributionId");
	json_write_string(&json, "E1");
	json_write_key(&json, "InvalidationBatch");
	json_begin_object(&json);
	json_write_key(&json, "Paths");
	json_begin_object(&json);
	json_write_key(&json, "Quantity");
	json_write_uint(&json, reviewed->count);
	json_write_key(&json, "Items");
	json_begin_array(&json);
	for (i = reviewed->count; i-- > 0;)
		json_write_string(&json, reviewed->items[i]);
	json_end_array(&json);
	json_end_object(&json);
	json_write_key(&json, "CallerReference");
	json_write_string(&json, reviewed->reference);
	json_end_object(&json);
	json_end_object(&json);
	HOLDS(json_writer_finish(&json, &err) == 0);
}

static bool
is_plain(const char *text)
{
	for (; *text; text++)
		if (*text < ' ' || *text > '~')
			return false;
	return true;
}

static void
check_again(const struct reviewed *reviewed)
{
	struct reviewed again;
	struct err err = ERR_INIT;
	struct buf text;
	size_t i;

	for (i = 0; i < reviewed->count; i++) {
		HOLDS(reviewed->items[i][0] == '/');
		HOLDS(i == 0 ||
			strcmp(reviewed->items[i - 1], reviewed->items[i]) < 0);
		if (!is_plain(reviewed->items[i]))
			return;
	}
	if (!is_plain(reviewed->reference))
		return;
	buf_init(&text, FUZZ_TEXT_MAX);
	write_text(&text, reviewed);
	HOLDS(read_text(&again, text.data, text.len, &err) == 0);
	HOLDS(again.count == reviewed->count);
	HOLDS(strcmp(again.reference, reviewed->reference) == 0);
	for (i = 0; i < again.count; i++)
		HOLDS(strcmp(again.items[i], reviewed->items[i]) == 0);
	reviewed_release(&again);
	buf_release(&text);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct reviewed reviewed;
	struct err err = ERR_INIT;

	if (read_text(&reviewed, (const char *)data, size, &err) == 0)
		check_again(&reviewed);
	else
		fuzz_check_error(&err);
	reviewed_release(&reviewed);
	return 0;
}
