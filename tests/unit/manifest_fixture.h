/* Manifests from words: a key, = and one character of content. */
#ifndef UNIT_MANIFEST_FIXTURE_H
#define UNIT_MANIFEST_FIXTURE_H

#include "manifest/manifest_seal.h"
#include "tests/unit/fixture.h"

static inline void
add_object(struct manifest *manifest, const char *key, char content)
{
	unsigned char fingerprint[FINGERPRINT_SIZE] = {0};
	struct err err = ERR_INIT;

	fingerprint[0] = (unsigned char)content;
	assert_int_equal(
		manifest_add(manifest, key, strlen(key), 1, fingerprint, &err),
		0);
}

static inline void
read_manifest(struct manifest *manifest, const char *words)
{
	struct err err = ERR_INIT;
	char word[64], content;
	int used;

	manifest_init(manifest);
	for (; sscanf(words, " %63[^=]=%c%n", word, &content, &used) == 2;
		words += used)
		add_object(manifest, word, content);
	assert_int_equal(manifest_seal(manifest, &err), 0);
}

#endif
