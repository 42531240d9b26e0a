/* Makes room for the URLs of a set, and decides about each. */
#include "diff/url_set_builder.h"

#include <stdlib.h>
#include <string.h>

#include "base/glob.h"
#include "base/large.h"

size_t
url_set_builder_find_doubtful(const char *text, const struct url_rules *rules)
{
	const char *at;

	for (at = strchr(text, '%'); at; at = strchr(at + 1, '%'))
		if (memcmp(at, "%2A", 3) == 0 ||
			(!rules->doubtful_encode &&
				(memcmp(at, "%7E", 3) == 0 ||
					memcmp(at, "%27", 3) == 0)))
			return (size_t)(at - text);
	return SIZE_MAX;
}

int
url_set_builder_reserve(
	struct url_set_builder *b, size_t capacity, struct err *err)
{
	struct url_set *set = b->set;
	struct url *list;

	list = large_resize(set->list, b->capacity * sizeof(*list),
		capacity * sizeof(*list));
	if (!list)
		return err_memory(err);
	set->list = list;
	b->capacity = capacity;
	return 0;
}

int
url_set_builder_grow(struct url_set_builder *b, struct err *err)
{
	if (b->set->count >= URLS_MAX)
		return err_set(err, ERR_INPUT,
			"more than %d URLs in the old and the new build",
			URLS_MAX);
	if (b->set->count < b->capacity)
		return 0;
	return url_set_builder_reserve(b, b->capacity + b->capacity / 2, err);
}

/*
 * What the site says about a URL, or was known to say, and whether another origin
 * answered at it before.
 */
static struct site_url
look_up(const struct url_set_builder *b, const struct url *url, bool *moved)
{
	const struct url_rules *rules = b->rules;
	struct site_url found = {.cached = true}, before;

	*moved = false;
	if (rules->site)
		found = site_look_up(rules->site, url->text, url->len);
	if (b->changed_site) {
		before =
			site_look_up(rules->deployed_site, url->text, url->len);
		found.query_strings |= before.query_strings;
		*moved = before.foreign ||
			 (found.origin != 0 && before.origin != 0 &&
				 found.origin != before.origin);
	}
	return found;
}

/* Can a wildcard cover the URL? */
static bool
has_wildcard(const struct url_set *set, const struct url *url)
{
	return url->len >= set->mount_len &&
	       !url_set_forbids(set, url->text, url->cut);
}

bool
url_set_builder_is_immutable(
	const struct url_rules *rules, const struct object *object)
{
	return glob_match_any(rules->immutable, rules->immutable_count,
		object->key, object->key_len, false);
}

void
url_set_builder_mark_stale(const struct url_set_builder *b, struct url *url)
{
	if (url_set_builder_is_immutable(b->rules, b->object))
		return;
	url->stale = true;
	url->neutral = false;
}

void
url_set_builder_mark_once(struct url_set_builder *b, struct url *url)
{
	struct url_set *set = b->set;

	if (!b->rules->changed_only) {
		url_set_builder_mark_stale(b, url);
		return;
	}
	if (url->stale || url_set_builder_is_immutable(b->rules, b->object))
		return;
	if (!set->once_left)
		set->once_left = url->text;
	set->once_left_count++;
}

/* Is / another object's than at the last deployment? */
static bool
has_new_root(const struct url_rules *rules)
{
	const char *root = rules->site ? rules->site->root_object : "";

	return strcmp(root, rules->deployed_site->root_object) != 0;
}

/*
 * Is the URL in no cache? If it was not cached at the last deployment, and nothing
 * was changed since: what was cached before may be kept as long as it then was
 * to be.
 */
static bool
is_never_cached(const struct url_rules *rules, const struct url *url)
{
	return site_is_same(rules->site, rules->deployed_site) &&
	       !site_look_up(rules->deployed_site, url->text, url->len).cached;
}

/* Is this the first deployment that knows it not to be cached? */
static bool
is_newly_uncached(const struct url_rules *rules, const struct url *url)
{
	return (rules->deployed || rules->deployed_site) && !url->neutral;
}

void
url_set_builder_apply_site(struct url_set_builder *b)
{
	struct url_set *set = b->set;
	struct url *url = &set->list[set->count - 1];
	const struct url_rules *rules = b->rules;
	struct site_url found;
	bool moved;

	if (!rules->site && !b->changed_site) {
		url->exact &= !rules->query_strings;
		return;
	}
	found = look_up(b, url, &moved);
	/* caches may have another origin's, or that of another root object */
	if (b->changed_site &&
		(moved || (url->len == 1 && has_new_root(rules))))
		url_set_builder_mark_once(b, url);
	if (!found.cached && is_never_cached(rules, url)) {
		url->uncached = url->neutral = true;
		url->stale = false;
		return;
	}
	if (!found.cached && is_newly_uncached(rules, url))
		url_set_builder_mark_once(b, url);
	if (!url->exact || !(found.query_strings || rules->query_strings))
		return;
	url->exact = !has_wildcard(set, url) ||
		     (rules->exact_only && !rules->query_strings);
	url->variants = url->exact;
	if (!url->exact || !url->stale)
		return;
	if (!set->variants_left)
		set->variants_left = url->text;
	set->variants_left_count++;
}

int
url_set_builder_add_wildcards(struct url_set_builder *b, struct err *err)
{
	const struct url_rules *rules = b->rules;
	struct url_set *set = b->set;
	size_t i, len, cut;

	for (i = 0; i < rules->wildcard_count && !rules->exact_only; i++) {
		const char *text = rules->wildcards[i];
		struct url url = {.stale = true};

		len = strlen(text);
		cut = url_set_builder_find_doubtful(text, rules);
		if (cut > len)
			cut = len;
		if (cut > INVALIDATION_PATH_MAX - 1)
			cut = url_cut(text, INVALIDATION_PATH_MAX - 1);
		url.len = (uint32_t)len;
		url.cut = (uint32_t)cut;
		url.text = text;
		if (!url_set_is_under_mount(set, &url) ||
			!has_wildcard(set, &url))
			continue;
		url.text = arena_copy(&set->texts, text, len);
		if (!url.text)
			return err_memory(err);
		if (url_set_builder_grow(b, err) != 0)
			return -1;
		set->list[set->count++] = url;
	}
	return 0;
}
