/* Finds out that a build lacks a shard. */
#include "diff/missing_part.h"

#include "manifest/key_hash.h"

/* If a part is less likely than this to be empty by chance, it is missing. */
static const double chance_max = 1e-7;

/* The chance that one of `parts` parts of `count` objects is empty, or more. */
static double
chance_of_gap(size_t count, uint32_t parts)
{
	double chance = parts;

	for (; count > 0 && chance > chance_max; count--)
		chance = chance * (parts - 1) / parts;
	return chance;
}

/* The first part of so many that no object is in; 0 if each has one. */
static uint32_t
find_gap(const struct manifest *manifest, uint32_t parts)
{
	bool seen[PARTS_MAX] = {false};
	struct shard shard = {.count = parts};
	uint32_t left = parts;
	uint64_t hash;
	size_t i;

	for (i = 0; i < manifest->count && left > 0; i++) {
		hash = key_hash(
			manifest->objects[i].key, manifest->objects[i].key_len);
		for (shard.index = 1; !shard_has(&shard, hash); shard.index++)
			;
		left -= !seen[shard.index - 1];
		seen[shard.index - 1] = true;
	}
	for (i = 0; left > 0 && seen[i]; i++)
		;
	return left > 0 ? (uint32_t)i + 1 : 0;
}

static bool
has_part(const struct manifest *manifest, const struct shard *shard)
{
	size_t i;

	for (i = 0; i < manifest->count; i++)
		if (shard_has(shard, key_hash(manifest->objects[i].key,
					     manifest->objects[i].key_len)))
			return true;
	return false;
}

bool
missing_part_find(struct shard *missing, const struct manifest *before,
	const struct manifest *after)
{
	struct shard shard = {.count = 2};

	for (; shard.count <= PARTS_MAX; shard.count++) {
		if (chance_of_gap(after->count, shard.count) > chance_max)
			return false; /* nor does it show with more */
		shard.index = find_gap(after, shard.count);
		if (shard.index > 0)
			break;
	}
	*missing = shard;
	return shard.count <= PARTS_MAX &&
	       (!before || before->count == 0 || has_part(before, &shard));
}
