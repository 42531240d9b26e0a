/* Judges answers of the edge. */
#include "edge/freshness.h"

#include <string.h>

#include "manifest/again.h"

const char *
freshness_word(enum freshness freshness)
{
	static const char *const words[FRESHNESS_KINDS] = {
		[FRESHNESS_FRESH] = "fresh",
		[FRESHNESS_GONE] = "gone",
		[FRESHNESS_PRIVATE] = "private",
		[FRESHNESS_UNKNOWN] = "unknown",
		[FRESHNESS_ALTERED] = "altered",
		[FRESHNESS_STILL_THERE] = "still there",
		[FRESHNESS_STALE] = "stale",
	};

	return words[freshness];
}

/* The value that has the answer's content, or NULL. */
static const struct sample_value *
find_content(const struct sample_value *list, const struct answer *answer)
{
	for (; list; list = list->next)
		if (!list->absent && list->size == answer->size &&
			memcmp(list->fingerprint, answer->fingerprint,
				FINGERPRINT_SIZE) == 0)
			return list;
	return NULL;
}

static const struct sample_value *
find_absent(const struct sample_value *list)
{
	while (list && !list->absent)
		list = list->next;
	return list;
}

/* S3 says 403 of what is not there to whom may not list the bucket. */
static bool
says_absent(const struct answer *answer)
{
	return answer->status == 403 || answer->status == 404 ||
	       answer->status == 410;
}

/* Take a value that was found, if it was. */
static bool
take(struct sample_value *found, const struct sample_value *value)
{
	if (value)
		*found = *value;
	return value;
}

/*
 * Did an earlier verification find the same? Then an invalidation should have
 * dropped it, and only a hash is left of it.
 */
static bool
is_again(const struct sample *sample, const struct sample_url *url,
	const struct answer *answer, struct sample_value *found)
{
	const bool absent = says_absent(answer);
	const struct sample_value *fresh;
	char entry[AGAIN_DIGITS + 1];
	struct cached_value value = {.absent = absent};

	if (!absent) {
		value.object.size = answer->size;
		memcpy(value.object.fingerprint, answer->fingerprint,
			FINGERPRINT_SIZE);
	}
	for (fresh = url->fresh; sample->again && fresh; fresh = fresh->next) {
		value.object.key = fresh->key;
		again_make(entry, &value);
		if (!again_has(sample->again, entry))
			continue;
		*found = (struct sample_value){.key = fresh->key,
			.absent = absent,
			.size = value.object.size};
		memcpy(found->fingerprint, value.object.fingerprint,
			FINGERPRINT_SIZE);
		return true;
	}
	return false;
}

/* A URL that no object of the new build answers at. */
static enum freshness
judge_removed(const struct sample *sample, const struct sample_url *url,
	const struct answer *answer, struct sample_value *found)
{
	if (says_absent(answer))
		return FRESHNESS_GONE;
	if (answer->status != 200)
		return FRESHNESS_UNKNOWN;
	if (answer->end == ANSWER_LARGER)
		return FRESHNESS_ALTERED;
	if (take(found, find_content(url->old, answer)))
		return found->bucket == BUCKET_GONE ? FRESHNESS_STALE
						    : FRESHNESS_STILL_THERE;
	return find_content(sample->pages, answer) ? FRESHNESS_GONE
						   : FRESHNESS_ALTERED;
}

static enum freshness
judge_present(const struct sample *sample, const struct sample_url *url,
	const struct answer *answer, struct sample_value *found)
{
	const struct sample_value *absent = find_absent(url->old);

	if (says_absent(answer))
		return take(found, absent) ||
				       is_again(sample, url, answer, found)
			       ? FRESHNESS_STALE
			       : FRESHNESS_UNKNOWN;
	if (answer->status != 200)
		return FRESHNESS_UNKNOWN;
	if (answer->end == ANSWER_LARGER)
		return FRESHNESS_ALTERED;
	if (find_content(url->fresh, answer))
		return FRESHNESS_FRESH;
	if (take(found, find_content(url->old, answer)) ||
		is_again(sample, url, answer, found))
		return FRESHNESS_STALE;
	/* before an object was there, a page for errors may have answered */
	return find_content(sample->pages, answer) && take(found, absent)
		       ? FRESHNESS_STALE
		       : FRESHNESS_ALTERED;
}

enum freshness
freshness_judge(const struct sample *sample, const struct sample_url *url,
	const struct answer *answer, struct sample_value *found)
{
	*found = (struct sample_value){.key = NULL};
	if (url->over_budget || answer->end == ANSWER_NONE ||
		answer->end == ANSWER_CUT)
		return FRESHNESS_UNKNOWN;
	if (answer->status == 401 || answer->is_signed)
		return FRESHNESS_PRIVATE;
	return url->fresh ? judge_present(sample, url, answer, found)
			  : judge_removed(sample, url, answer, found);
}

bool
freshness_may_pass(const struct answer *answer)
{
	return answer->end == ANSWER_NONE || answer->end == ANSWER_CUT ||
	       answer->status == 429 || answer->status >= 500;
}
