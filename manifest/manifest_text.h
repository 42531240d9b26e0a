/*
 * Writes the text form of a manifest:
 *
 *	edgediff-manifest 1 xxh3-128[ shard <index>/<count>]
 *	<32 hex digits> <size in bytes> <key>
 *	...
 *	end <number of objects> <SHA-256 of every byte before this line>
 *
 * Lines are sorted by the key's bytes (memcmp), without duplicates, and each
 * ends with one newline. Keys are escaped as base/escape.h says. The SHA-256 is
 * the manifest hash: equal builds have equal hashes. The first line of a part of a
 * build says which part (manifest/shard.h) it is.
 */
#ifndef MANIFEST_MANIFEST_TEXT_H
#define MANIFEST_MANIFEST_TEXT_H

#include "base/emit.h"
#include "manifest/manifest.h"

/* Emit the text of a sealed manifest, in pieces. */
int manifest_write(const struct manifest *manifest, emit_fn *emit, void *to,
	struct err *err);

/* Emit only what the hash is computed over: all lines except the end line. */
int manifest_write_objects(const struct manifest *manifest, emit_fn *emit,
	void *to, struct err *err);

#endif
