/* Keeps what was read of a distribution, and finds things in it. */
#include "edge/reading.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/hex.h"

void
reading_init(struct reading *reading)
{
	*reading = (struct reading){.continuous_state = CONTINUOUS_NONE};
	arena_init(&reading->texts);
}

void
reading_release(struct reading *reading)
{
	arena_release(&reading->texts);
	*reading = (struct reading){.continuous_state = CONTINUOUS_NONE};
}

static int
compare_policies(const void *a, const void *b)
{
	const struct cache_policy *first = a, *second = b;

	return strcmp(first->id, second->id);
}

int
reading_list_policies(struct reading *reading, struct err *err)
{
	const struct distribution *d = &reading->distribution;
	struct cache_policy *list =
		arena_alloc(&reading->texts, d->behavior_count * sizeof(*list));
	size_t count = 0, kept = 0, i;

	if (!list)
		return err_memory(err);
	for (i = 0; i < d->behavior_count; i++)
		if (d->behaviors[i].policy_id[0])
			cache_policy_assume(
				&list[count++], d->behaviors[i].policy_id);
	qsort(list, count, sizeof(*list), compare_policies);
	for (i = 0; i < count; i++)
		if (i == 0 || compare_policies(&list[i], &list[kept - 1]) != 0)
			list[kept++] = list[i];
	reading->policies = list;
	reading->policy_count = kept;
	return 0;
}

const struct cache_policy *
reading_policy(
	const struct reading *reading, const struct cache_behavior *behavior)
{
	const struct cache_policy wanted = {.id = behavior->policy_id};

	if (!behavior->policy_id[0] || reading->policy_count == 0)
		return NULL;
	return bsearch(&wanted, reading->policies, reading->policy_count,
		sizeof(wanted), compare_policies);
}

const struct cache_settings *
reading_cache(
	const struct reading *reading, const struct cache_behavior *behavior)
{
	const struct cache_policy *policy = reading_policy(reading, behavior);

	if (!behavior->policy_id[0])
		return &behavior->legacy;
	return policy ? &policy->cache : &cache_settings_unknown;
}

/* Each text ends in a NUL, so that no two readings give the same bytes. */
static void
add_version(struct buf *out, const char *kind, const char *id, const char *etag,
	const char *last_modified)
{
	const char *const texts[] = {kind, id, etag, last_modified};
	size_t i;

	for (i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		buf_add(out, texts[i], strlen(texts[i]) + 1);
}

int
reading_digest(const struct reading *reading, char out[SHA256_HEX_SIZE],
	struct err *err)
{
	const struct distribution *d = &reading->distribution;
	unsigned char digest[SHA256_SIZE];
	const struct cache_policy *p;
	struct buf text;
	size_t i;
	int rc;

	buf_init(&text, (BEHAVIORS_MAX + 3) * (size_t)(4 * XML_TEXT_MAX));
	add_version(&text, "distribution", d->id, d->etag, d->last_modified);
	for (i = 0; i < reading->policy_count; i++) {
		p = &reading->policies[i];
		add_version(&text, "policy", p->id, p->etag, p->last_modified);
	}
	if (reading->continuous_state == CONTINUOUS_READ)
		add_version(&text, "continuous", reading->continuous.id,
			reading->continuous.etag,
			reading->continuous.last_modified);
	rc = buf_check(&text, err);
	if (rc == 0)
		rc = sha256_of(buf_str(&text), text.len, digest, err);
	if (rc == 0)
		hex_encode(out, digest, sizeof(digest));
	buf_release(&text);
	return rc;
}
