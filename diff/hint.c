/* Writes a hint about a wide plan. */
#include "diff/hint.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/glob.h"
#include "base/plural.h"
#include "diff/build_urls.h"
#include "diff/changes.h"
#include "diff/fallback.h"
#include "diff/plan_limits.h"
#include "diff/url_rules.h"
#include "diff/url_set.h"

enum {
	HASH_LENGTH_MIN = 8, /* characters; bundlers write 8 to 32 */
	REPLAN_URLS_MAX = 100000, /* with more, another plan takes too long */
	FOLDER_MAX = 200, /* a hint with a longer name is unreadable */
};

/* Do these characters look like a hash rather than a word? */
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
	return len >= HASH_LENGTH_MIN && lower + upper + digit >= 2;
}

/*
 * Is there a hash after a . or - in the last component (index-BkXz3d9a.js)?
 * Pages are not named like that.
 */
static bool
has_hashed_name(const struct object *object)
{
	const char *slash = strrchr(object->key, '/');
	const char *at = slash ? slash + 1 : object->key;
	size_t len = strlen(at);

	if (len > 5 && strcmp(at + len - 5, ".html") == 0)
		return false;
	for (at += strcspn(at, ".-"); *at; at += len) {
		at++;
		len = strcspn(at, ".-");
		if (at[len] && is_hash(at, len))
			return true;
	}
	return false;
}

/* The length of the object's folder; 0 at the top. */
static size_t
folder_length(const struct object *object)
{
	const char *slash = strrchr(object->key, '/');

	return slash ? (size_t)(slash - object->key) : 0;
}

/*
 * A folder with hashed names. Changes are sorted, so those in the folder are
 * consecutive, except for those in folders below it.
 */
struct hint_folder {
	const char *key;
	size_t len;
	size_t count; /* added and removed objects with hashed names */
};

/* Do the options already keep this change from making a URL stale? */
static bool
is_spared(const struct change *change, const struct object *object,
	const struct url_rules *rules)
{
	return (rules->skip_added && change->kind == CHANGE_ADDED) ||
	       glob_match_any(rules->immutable, rules->immutable_count,
		       object->key, object->key_len, false);
}

static const struct object *
hashed_object(const struct change *change, const struct url_rules *rules)
{
	const struct object *object = change_object(change);

	if (change->kind == CHANGE_CHANGED || !has_hashed_name(object) ||
		is_spared(change, object, rules))
		return NULL;
	return folder_length(object) > 0 ? object : NULL;
}

static struct hint_folder
find_best_folder(const struct changes *changes, const struct url_rules *rules)
{
	struct hint_folder best = {0}, now = {0};
	const struct object *object;
	size_t i, len;

	for (i = 0; i < changes->count; i++) {
		object = hashed_object(&changes->list[i], rules);
		if (!object)
			continue;
		len = folder_length(object);
		if (!now.key || len != now.len ||
			memcmp(object->key, now.key, len) != 0)
			now = (struct hint_folder){object->key, len, 0};
		now.count++;
		if (now.count > best.count)
			best = now;
	}
	return best;
}

/* Can the folder be typed in quotes as a pattern without escapes? */
static bool
is_plain(const struct hint_folder *folder)
{
	size_t i;

	for (i = 0; i < folder->len; i++)
		if (folder->key[i] <= ' ' || folder->key[i] >= 0x7f ||
			strchr("*?[\\'", folder->key[i]))
			return false;
	return folder->len > 0 && folder->len <= FOLDER_MAX;
}

/*
 * Count the stale URLs that remain with one more immutable pattern. If the
 * pattern also hides an object whose content changed, all of them remain.
 */
static int
count_left(size_t *left, const char *pattern, const struct delta *delta,
	struct err *err)
{
	const struct url_rules *rules = delta->rules;
	size_t count = rules->immutable_count;
	struct url_rules more = *rules;
	struct url_set urls;
	const char **globs;
	int rc;

	globs = malloc((count + 1) * sizeof(*globs));
	if (!globs)
		return err_memory(err);
	if (count > 0)
		memcpy(globs, rules->immutable, count * sizeof(*globs));
	globs[count] = pattern;
	more.immutable = globs;
	more.immutable_count = count + 1;
	rc = build_urls_find(&urls, delta->after, &delta->changes,
		delta->everything, &more, err);
	if (rc == 0) {
		*left = urls.stale;
		if (urls.immutable_changed_count >
			delta->urls.immutable_changed_count)
			*left = delta->urls.stale;
		url_set_release(&urls);
	}
	free(globs);
	return rc;
}

/* Set *found if a pattern at least halves the number of stale URLs. */
static int
suggest_immutable(struct buf *out, const struct delta *delta, bool *found,
	struct err *err)
{
	struct hint_folder folder =
		find_best_folder(&delta->changes, delta->rules);
	size_t stale = delta->urls.stale, left = stale;
	struct buf pattern;
	int rc;

	*found = false;
	if (!is_plain(&folder))
		return 0;
	buf_init(&pattern, FOLDER_MAX + 2);
	buf_add(&pattern, folder.key, folder.len);
	buf_addstr(&pattern, "/*");
	rc = buf_check(&pattern, err);
	if (rc == 0)
		rc = count_left(&left, pattern.data, delta, err);
	*found = rc == 0 && left <= stale / 2;
	if (*found)
		buf_addf(out,
			"; %zu of the %zu stale URLs %s added or removed "
			"files, most with hashed names: --immutable '%s' "
			"leaves %zu",
			stale - left, stale, plural(stale - left, "is", "are"),
			pattern.data, left);
	buf_release(&pattern);
	return rc;
}

static int
suggest_paths(struct buf *out, const struct plan *plan,
	const struct url_set *urls, const struct plan_limits *limits,
	struct err *err)
{
	struct plan_limits more = *limits;
	struct plan larger;

	more.paths_max = PATHS_MAX;
	if (limits->paths_max == PATHS_MAX || urls->count > REPLAN_URLS_MAX)
		return 0;
	if (plan_make(&larger, urls, &more, err) != 0)
		return -1;
	if (larger.collateral < plan->collateral)
		buf_addf(out, "; --max-paths %zu would invalidate %zu",
			larger.count, larger.collateral);
	plan_release(&larger);
	return 0;
}

int
hint_make(struct buf *out, const struct delta *delta, struct err *err)
{
	const struct plan *plan = delta_get_plan(delta);
	const struct url_set *urls = &delta->urls;
	size_t unchanged = urls->count - urls->stale - urls->neutral;
	bool found;

	if (delta->fallback) {
		fallback_say(out, delta->fallback, urls);
		return 0;
	}
	if (unchanged < HINT_URLS_MIN || plan->collateral * 2 <= unchanged)
		return 0;
	buf_addf(out, "%zu of %zu unchanged URLs are also invalidated",
		plan->collateral, unchanged);
	if (suggest_immutable(out, delta, &found, err) != 0)
		return -1;
	return found ? 0 : suggest_paths(out, plan, urls, delta->limits, err);
}
