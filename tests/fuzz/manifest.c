/*
 * Manifests: the parser and the stream read the same of them, and what is read is
 * written as it was. A line that is only `end` gets what belongs there.
 */
#include "tests/fuzz/fuzz.h"

#include "manifest/manifest_parser.h"
#include "manifest/manifest_stream.h"
#include "manifest/manifest_text.h"
#include "tests/fuzz/complete.h"

static bool
parse(struct manifest *manifest, const struct buf *text)
{
	char *exact = fuzz_exact(text->data, text->len);
	struct err err = ERR_INIT;
	size_t used = 0;
	int rc;

	manifest_init(manifest);
	rc = manifest_parse(manifest, exact, text->len, 1, &used, &err);
	HOLDS(used <= text->len);
	if (rc != 0)
		fuzz_check_error(&err);
	free(exact);
	return rc == 0 && used == text->len;
}

/* Read objects up to the end, or to the first error; do they equal these? */
static bool
stream(const struct manifest *manifest, int fd)
{
	struct manifest_stream s;
	struct err err = ERR_INIT;
	struct object object;
	bool ended = false;
	size_t count = 0;
	int rc = manifest_stream_begin(&s, fd, "fuzz", &err);

	if (rc == 0)
		rc = manifest_stream_check_whole(&s, &err);
	while (rc == 0 && !ended) {
		rc = manifest_stream_next(&s, &object, &ended, &err);
		if (rc != 0 || ended || !manifest)
			continue;
		HOLDS(count < manifest->count);
		HOLDS(object_compare(&object, &manifest->objects[count]) == 0);
		HOLDS(object_same_content(&object, &manifest->objects[count]));
		count++;
	}
	if (rc == 0 && manifest) {
		HOLDS(count == manifest->count);
		HOLDS(strcmp(s.digits, manifest->hash) == 0);
	}
	if (rc != 0)
		fuzz_check_error(&err);
	manifest_stream_close(&s);
	return rc == 0;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct manifest manifest;
	struct err err = ERR_INIT;
	struct buf text, written;
	bool whole;

	buf_init(&text, FUZZ_TEXT_MAX);
	buf_init(&written, FUZZ_TEXT_MAX);
	complete(&text, data, size);
	whole = parse(&manifest, &text);
	HOLDS(stream(whole ? &manifest : NULL,
		      fuzz_file(text.data, text.len)) == whole);
	if (whole) {
		HOLDS(manifest_write(&manifest, buf_emit, &written, &err) == 0);
		HOLDS(written.len == text.len);
		HOLDS(memcmp(written.data, text.data, text.len) == 0);
	}
	manifest_release(&manifest);
	buf_release(&text);
	buf_release(&written);
	return 0;
}
