/* Finds the sentence that helps against a wide plan. */
#include "diff/hint.h"

#include <ctype.h>
#include <string.h>

#include "base/name.h"

enum {
	HASH_SHORTEST = 8, /* characters; bundlers write 8 to 32 */
	URLS_FOR_ANOTHER = 100000, /* more: another plan takes too long */
};

/* Is this run of characters what a hash looks like, and not a word? */
static bool
is_hash(const char *text, size_t len)
{
	bool digit = false, upper = false, lower = false;
	size_t i;

	for (i = 0; i < len; i++) {
		digit |= isdigit((unsigned char)text[i]) != 0;
		upper |= isupper((unsigned char)text[i]) != 0;
		lower |= islower((unsigned char)text[i]) != 0;
	}
	return len >= HASH_SHORTEST && (digit || (upper && lower));
}

/* Has the last component a hash behind a . or - (index-BkXz3d9a.js)? */
static bool
has_hashed_name(const struct object *object)
{
	const char *slash = strrchr(object->key, '/');
	const char *at = slash ? slash + 1 : object->key;
	size_t len;

	for (at += strcspn(at, ".-"); *at; at += len) {
		at++;
		len = strcspn(at, ".-");
		if (at[len] && is_hash(at, len))
			return true;
	}
	return false;
}

/* The folder that an object is in, its length; 0 at the top. */
static size_t
folder_length(const struct object *object)
{
	const char *slash = strrchr(object->key, '/');

	return slash ? (size_t)(slash - object->key) : 0;
}

/* A folder of hashed names: changes are sorted, so its own stand together
 * but for those of the folders below it. */
struct folder {
	const char *key;
	size_t len;
	size_t count; /* added and removed objects with hashed names */
};

static const struct object *
hashed_object(const struct change *change)
{
	const struct object *object =
		change->after ? change->after : change->before;

	if (change->kind == CHANGE_CHANGED || !has_hashed_name(object))
		return NULL;
	return folder_length(object) > 0 ? object : NULL;
}

static struct folder
find_best_folder(const struct changes *changes)
{
	struct folder best = {0}, now = {0};
	const struct object *object;
	size_t i, len;

	for (i = 0; i < changes->count; i++) {
		object = hashed_object(&changes->list[i]);
		if (!object)
			continue;
		len = folder_length(object);
		if (!now.key || len != now.len ||
			memcmp(object->key, now.key, len) != 0)
			now = (struct folder){object->key, len, 0};
		now.count++;
		if (now.count > best.count)
			best = now;
	}
	return best;
}

static int
suggest_paths(struct buf *out, const struct plan *plan,
	const struct url_set *urls, const struct plan_limits *limits,
	struct err *err)
{
	struct plan_limits more = *limits;
	struct plan wider;

	more.paths_most = PATHS_MOST;
	if (limits->paths_most == PATHS_MOST || urls->count > URLS_FOR_ANOTHER)
		return 0;
	if (plan_make(&wider, urls, &more, err) != 0)
		return -1;
	if (wider.collateral < plan->collateral)
		buf_addf(out, "; --max-paths %zu would drag %zu", wider.count,
			wider.collateral);
	plan_release(&wider);
	return 0;
}

int
hint_make(struct buf *out, const struct plan *plan, const struct url_set *urls,
	const struct changes *changes, const struct plan_limits *limits,
	struct err *err)
{
	size_t unchanged = urls->count - urls->stale;
	struct folder folder;

	if (unchanged < HINT_FEWEST_URLS || plan->collateral * 2 <= unchanged)
		return 0;
	buf_addf(out, "%zu of %zu unchanged URLs are dragged along",
		plan->collateral, unchanged);
	folder = find_best_folder(changes);
	if (folder.count * 2 < urls->stale)
		return suggest_paths(out, plan, urls, limits, err);
	buf_addf(out,
		"; %zu of the %zu stale URLs are added or removed files with "
		"hashed names: --immutable '",
		folder.count, urls->stale);
	name_escape(out, folder.key, folder.len);
	buf_addf(out, "/*' leaves %zu",
		urls->stale > folder.count ? urls->stale - folder.count : 0);
	return 0;
}
