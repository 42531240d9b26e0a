/*
 * Completes the text of a manifest or a baseline, since nobody guesses a SHA-256: a
 * line that is only `end` becomes the end line of the manifest that has begun, or
 * else of the whole text.
 */
#ifndef FUZZ_COMPLETE_H
#define FUZZ_COMPLETE_H

#include "base/hex.h"
#include "base/sha256.h"
#include "tests/fuzz/fuzz.h"

/* Of the text from there on, in hex. */
static inline void
complete_hash(const struct buf *text, size_t from, char hash[SHA256_HEX_SIZE])
{
	unsigned char digest[SHA256_SIZE];
	struct err err = ERR_INIT;

	HOLDS(sha256_of(buf_str(text) + from, text->len - from, digest, &err) ==
		0);
	hex_encode(hash, digest, sizeof(digest));
}

static inline bool
complete_begins(const char *line, size_t len, const char *wanted)
{
	return len >= strlen(wanted) &&
	       memcmp(line, wanted, strlen(wanted)) == 0;
}

static inline void
complete(struct buf *text, const uint8_t *data, size_t size)
{
	const char *at = (const char *)data, *end = at + size, *next;
	size_t begun = SIZE_MAX, lines = 0, len;
	char hash[SHA256_HEX_SIZE];

	for (; at < end; at = next) {
		next = memchr(at, '\n', (size_t)(end - at));
		next = next ? next + 1 : end;
		len = (size_t)(next - at);
		if (len != 4 || !complete_begins(at, len, "end\n")) {
			lines++;
			if (complete_begins(at, len, "edgediff-manifest ")) {
				begun = text->len;
				lines = 0;
			}
			buf_add(text, at, len);
			continue;
		}
		complete_hash(text, begun == SIZE_MAX ? 0 : begun, hash);
		if (begun == SIZE_MAX)
			buf_addf(text, "end %s\n", hash);
		else
			buf_addf(text, "end %zu %s\n", lines, hash);
		begun = SIZE_MAX;
	}
}

#endif
