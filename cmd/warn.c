/* Warnings about a diff. */
#include "cmd/warn.h"

#include <ctype.h>
#include <string.h>

#include "base/escape.h"
#include "base/plural.h"
#include "cmd/console/ci.h"
#include "cmd/console/log.h"
#include "diff/left_wildcards.h"
#include "manifest/distribution.h"

enum {
	SMALL_SITE = 8, /* objects; in a smaller site all may change */
};

static void
warn_of_changes(const struct manifest *before, const struct changes *changes,
	const struct url_set *urls)
{
	const struct object *object = urls->immutable_changed;
	struct escaped_name shown;

	if (before->count >= SMALL_SITE &&
		changes->plain_changed == before->count)
		log_warning(
			"warning: %zu of %zu objects changed: does the build "
			"write dates or random names into its files?",
			changes->plain_changed, before->count);
	if (object)
		log_warning("warning: %s changed although --immutable says "
			    "that its name changes with its content%s; the "
			    "edge keeps the old bytes",
			escape_show(&shown, object->key, object->key_len),
			urls->immutable_changed_count > 1 ? " (and others)"
							  : "");
}

static void
warn_of_width(const struct delta *delta)
{
	struct err ignored = ERR_INIT;
	struct buf hint;

	buf_init(&hint, 1024);
	if (hint_make(&hint, delta, &ignored) == 0 && !hint.failed &&
		hint.len > 0)
		log_info("%s", buf_str(&hint));
	buf_release(&hint);
}

static bool
has_key(const struct manifest *manifest, const char *key)
{
	size_t i;

	for (i = 0; i < manifest->count; i++)
		if (strcmp(manifest->objects[i].key, key) == 0)
			return true;
	return false;
}

/* What only a wildcard would cover, and none may. */
static void
warn_of_wildcards(const struct delta *delta)
{
	const struct url_set *urls = &delta->urls;
	const struct object *page = delta->page_left;
	const char *before = left_wildcards_first(delta);
	struct escaped_name shown;

	if (urls->variants_left_count > 0)
		log_warning("warning: %zu stale URL%s, such as %s, may stay "
			    "stale with a query string, which is part of cache "
			    "keys: no wildcard may cover %s, until a run "
			    "that allows it",
			urls->variants_left_count,
			plural_s(urls->variants_left_count),
			urls->variants_left,
			plural(urls->variants_left_count, "it", "them"));
	if (urls->once_left_count > 0)
		log_warning("warning: %zu URL%s, such as %s, may be stale "
			    "since the distribution was changed: there is no "
			    "room for %s until a run that allows %s*",
			urls->once_left_count, plural_s(urls->once_left_count),
			urls->once_left,
			plural(urls->once_left_count, "it", "them"),
			urls->mount);
	if (page)
		log_warning("warning: %s is also an error page, and URLs that "
			    "no build has may keep an old one: only %s* would "
			    "cover them, in a run that allows it",
			escape_show(&shown, page->key, page->key_len),
			urls->mount);
	if (before)
		log_warning(
			"warning: what begins with %s may still be stale "
			"since an earlier deployment: no wildcard may cover "
			"it, until a run that allows it",
			escape_show_str(&shown, before));
}

/* A URL that was asked for before its object was there may have the error. */
static void
warn_of_errors(const struct delta *delta)
{
	const struct url_set *urls = &delta->urls;
	size_t count = 0, i;

	if (!urls->site || !urls->site->keeps_errors)
		return;
	for (i = 0; i < urls->count; i++)
		count += urls->list[i].neutral && !urls->list[i].uncached;
	if (count > 0)
		log_warning(
			"warning: --skip-added leaves %zu URL%s of added "
			"objects: where one was asked for too early, caches "
			"keep the error, for longer than a minute by the "
			"distribution's ErrorCachingMinTTL",
			count, plural_s(count));
}

/* What the site's configuration says about this plan. */
static void
say_site(const struct delta *delta)
{
	const struct url_set *urls = &delta->urls;
	const struct plan *plan = &delta->plan;
	struct escaped_name shown;
	size_t i;

	warn_of_wildcards(delta);
	warn_of_errors(delta);
	for (i = 0; i < plan->count; i++) {
		const char *item = plan->items[i].text;

		if (plan->items[i].foreign == 0)
			continue;
		log_info("%s also invalidates what caches have of another "
			 "origin, by %s%s: --never-widen would forbid it",
			item,
			escape_show_str(&shown, url_set_get_foreign(urls, item,
							strlen(item) - 1, 0)),
			plan->foreign > 1 ? " and others" : "");
		break;
	}
}

/* A name with a typing error would never change. */
static void
warn_of_fallbacks(const struct delta *delta)
{
	const struct url_rules *rules = delta->rules;
	struct escaped_name shown;
	size_t i;

	for (i = 0; i < rules->fallback_count; i++)
		if (!has_key(delta->after, rules->fallback[i]))
			log_warning("warning: --fallback %s: the build has no "
				    "such object",
				escape_show_str(&shown, rules->fallback[i]));
}

/* It is encoded when URLs are made: /a%20b/ becomes /a%2520b/. */
static void
warn_of_prefix(const char *prefix)
{
	struct escaped_name shown;
	const char *at;

	for (at = strchr(prefix, '%'); at; at = strchr(at + 1, '%'))
		if (isxdigit((unsigned char)at[1]) &&
			isxdigit((unsigned char)at[2]))
			break;
	if (at)
		log_warning("warning: --prefix %s: %.3s becomes %%25%.2s in "
			    "URLs: give the prefix without percent-encoding",
			escape_show_str(&shown, prefix), at, at + 1);
}

void
warn_about_distribution(const char *id)
{
	if (!id || !distribution_is_valid(id) ||
		strcspn(id, "abcdefghijklmnopqrstuvwxyz") == strlen(id))
		return;
	log_warning("warning: --distribution-id %s: an ID has capital letters "
		    "and digits, like " DISTRIBUTION_EXAMPLE,
		id);
}

void
warn_about_plan(const struct delta *delta)
{
	warn_of_fallbacks(delta);
	warn_of_prefix(delta->rules->prefix);
	say_site(delta);
	if (!delta->before)
		return;
	warn_of_changes(delta->before, &delta->changes, &delta->urls);
	if (!delta->everything)
		warn_of_width(delta);
}

void
warn_about_first_run(const struct delta *delta, const char *where, bool in_s3)
{
	struct escaped_name shown;

	if (!delta_is_first(delta) || in_s3 || !ci_is_running())
		return;
	log_warning("warning: there is no baseline at %s, so %s: after the "
		    "first deployment keep .edgediff/ between runs, or use "
		    "--baseline s3://BUCKET/KEY",
		escape_show_str(&shown, where),
		delta->plan.count > 0
			? "everything is invalidated"
			: "nothing is invalidated, whatever has changed");
}
