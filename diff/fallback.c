/* Plans for changed fallback pages. */
#include "diff/fallback.h"

#include <stdlib.h>
#include <string.h>

#include "base/escape.h"

/* Is it a page that widens, by what is or was known of the site? */
static bool
is_page(const struct site *site, const struct object *object)
{
	size_t i;

	for (i = 0; site && i < site->page_count; i++)
		if (site->pages[i].widens &&
			strcmp(site->pages[i].key, object->key) == 0)
			return true;
	return false;
}

static bool
is_fallback(const struct url_rules *rules, const struct object *object)
{
	size_t i;

	for (i = 0; i < rules->fallback_count; i++)
		if (strcmp(rules->fallback[i], object->key) == 0)
			return true;
	return !rules->exact_only &&
	       (is_page(rules->site, object) ||
		       is_page(rules->deployed_site, object));
}

static bool
has_fallbacks(const struct url_rules *rules)
{
	return rules->fallback_count > 0 || rules->site || rules->deployed_site;
}

const struct change *
fallback_find(const struct changes *changes, const struct url_rules *rules)
{
	size_t i;

	for (i = 0; has_fallbacks(rules) && i < changes->count; i++)
		if (is_fallback(rules, change_object(&changes->list[i])))
			return &changes->list[i];
	return NULL;
}

const struct object *
fallback_find_page(const struct manifest *after, const struct changes *changes,
	const struct url_rules *rules)
{
	const struct change *change = fallback_find(changes, rules);
	size_t i;

	if (change)
		return change_object(change);
	for (i = 0; has_fallbacks(rules) && i < after->count; i++)
		if (is_fallback(rules, &after->objects[i]))
			return &after->objects[i];
	return NULL;
}

void
fallback_say(struct buf *out, const struct change *change,
	const struct url_set *urls)
{
	const struct object *object = change_object(change);
	struct escaped_name shown;

	buf_addf(out,
		"%s was %s, and as a %s it answers at URLs that no build "
		"holds, so %s* is needed",
		escape_show(&shown, object->key, object->key_len),
		change_word(change->kind),
		is_page(urls->site, object) ? "custom error page"
					    : "--fallback",
		urls->mount);
}

/* Say what forbids the plan. */
static int
refuse(const struct change *change, const struct url_set *urls,
	const char *option, struct err *err)
{
	struct buf why;

	buf_init(&why, 64 * 1024);
	fallback_say(&why, change, urls);
	if (buf_check(&why, err) == 0)
		err_set(err, ERR_INPUT, "%s, but %s forbids it", buf_str(&why),
			option);
	buf_release(&why);
	return -1;
}

int
fallback_plan(struct plan *plan, const struct change *change,
	const struct url_set *urls, const struct plan_limits *limits,
	struct err *err)
{
	const char **items;
	size_t count = 0, i;
	struct buf wildcard;
	int rc;

	if (url_set_forbids(urls, urls->mount, urls->mount_len))
		return refuse(change, urls, "--never-widen", err);
	if (limits->wildcards_max == 0)
		return refuse(change, urls, "--max-wildcards 0", err);
	items = calloc(urls->count + 1, sizeof(*items));
	buf_init(&wildcard, INVALIDATION_PATH_MAX + 1);
	buf_addf(&wildcard, "%s*", urls->mount);
	/* those outside the mount sort before its wildcard */
	for (i = 0; items && i < urls->count; i++)
		if (urls->list[i].stale &&
			!url_set_is_under_mount(urls, &urls->list[i]))
			items[count++] = urls->list[i].text;
	if (!items)
		rc = err_memory(err);
	else if (count + 1 > limits->paths_max)
		rc = refuse(change, urls, "--max-paths", err);
	else
		rc = buf_check(&wildcard, err);
	if (rc == 0) {
		items[count++] = buf_str(&wildcard);
		rc = plan_measure(plan, urls, items, count, limits, err);
	}
	free(items);
	buf_release(&wildcard);
	return rc;
}
