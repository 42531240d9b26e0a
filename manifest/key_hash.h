/*
 * The hash of a key, XXH3-64: the same number on every machine. It decides
 * which shard a key belongs to, and in which bucket a stat cache keeps its row.
 */
#ifndef MANIFEST_KEY_HASH_H
#define MANIFEST_KEY_HASH_H

#include <stddef.h>
#include <stdint.h>

uint64_t key_hash(const char *key, size_t len);

#endif
