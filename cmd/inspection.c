/* Finds out, or recalls, how the distribution caches. */
#include "cmd/inspection.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/escape.h"
#include "cmd/console/log.h"
#include "cmd/settings.h"
#include "diff/site_text.h"
#include "edge/build_behaviors.h"
#include "edge/known_site.h"

static bool
is_mode(const struct site_inspection *inspection, const char *mode)
{
	return strcmp(inspection->source.settings->inspect, mode) == 0;
}

const char *
inspection_file(const struct settings *settings)
{
	const char *value = settings->inspect;

	return value && strcmp(value, "auto") != 0 && strcmp(value, "off") != 0
		       ? value
		       : NULL;
}

int
inspection_check(const struct settings *settings, struct err *err)
{
	if (strcmp(settings->inspect, "off") != 0 ||
		settings->expect_alias.count == 0)
		return 0;
	err_set(err, ERR_USAGE,
		"--expect-alias cannot be checked with --inspect off: leave "
		"one of them out");
	return settings_blame(settings, settings->inspect, err);
}

/* --------------------------------------------------------- what follows */

static int
draw(struct site_inspection *inspection, const struct delta *delta,
	struct err *err)
{
	const struct distribution *d = &inspection->source.reading.distribution;
	struct conclusions_place place = {
		.prefix = inspection->source.settings->prefix};
	bool *of = calloc(d->behavior_count, sizeof(*of));
	int rc;

	if (!of)
		return err_memory(err);
	place.of_build = of;
	rc = build_behaviors_find(
		d, place.prefix, delta->after, &delta->changes, of, err);
	if (rc == 0)
		rc = conclusions_draw(&inspection->conclusions,
			&inspection->source.reading, &place, err);
	free(of);
	return rc;
}

/* Refuse a distribution that no invalidation of ours can be meant for. */
static int
check_certain(const struct site_inspection *inspection, struct err *err)
{
	const struct conclusions *conclusions = &inspection->conclusions;
	const struct distribution *d = &inspection->source.reading.distribution;
	const struct string_list *expected =
		&inspection->source.settings->expect_alias;
	struct escaped_name host, serves;
	size_t i;

	for (i = 0; i < conclusions->count; i++)
		if (conclusions->list[i].level == CONCLUSION_ERROR)
			return err_set(err, ERR_INPUT,
				"distribution %s: %s: %s", d->id,
				conclusions->list[i].text,
				conclusions->list[i].reason);
	for (i = 0; i < expected->count; i++)
		if (!distribution_serves(d, expected->items[i]))
			return err_set(err, ERR_INPUT,
				"distribution %s does not serve %s, but %s%s: "
				"nothing was sent; check --distribution-id, or "
				"--expect-alias",
				d->id,
				escape_show_str(&host, expected->items[i]),
				escape_show_str(&serves,
					d->alias_count > 0 ? d->aliases[0]
							   : d->domain_name),
				d->alias_count > 1 ? " and others" : "");
	return 0;
}

static bool
is_changed(const struct delta *delta, const char *key)
{
	const struct changes *changes = &delta->changes;
	size_t i;

	for (i = 0; i < changes->count; i++)
		if (strcmp(change_object(&changes->list[i])->key, key) == 0)
			return true;
	return false;
}

bool
inspection_is_of_staging(const struct conclusion *conclusion)
{
	return strcmp(conclusion->code, "staging") == 0 ||
	       strcmp(conclusion->code, "is-staging") == 0;
}

/* Where an old error page stays, if this one has changed. */
static void
say_page(const struct site_inspection *inspection, const struct delta *delta,
	const struct site_page *page)
{
	const char *prefix = inspection->source.settings->prefix;
	struct escaped_name shown, mount;

	if (!is_changed(delta, page->key))
		return;
	escape_show_str(&shown, page->key);
	if (!page->widens)
		log_warning("warning: %s is also an error page, and URLs that "
			    "no build has keep the old one as long as its own "
			    "max-age says: --fallback covers them",
			shown.text);
	else if (strcmp(prefix, "/") != 0)
		log_warning("warning: %s is also an error page, and URLs that "
			    "are not below %s keep the old one for %" PRId64
			    " s, or longer if its own max-age says so",
			shown.text, escape_show_str(&mount, prefix), page->ttl);
}

/* Some of what follows is to be seen to by a person. */
static void
say_conclusions(
	const struct site_inspection *inspection, const struct delta *delta)
{
	const struct conclusions *conclusions = &inspection->conclusions;
	const struct site *site = &inspection->site;
	size_t i;

	for (i = 0; i < conclusions->count; i++) {
		const struct conclusion *c = &conclusions->list[i];

		if (c->level == CONCLUSION_WARNING &&
			strcmp(c->code, "fallback") != 0 &&
			!inspection_is_of_staging(c))
			log_warning("warning: %s: %s", c->text, c->reason);
		else
			log_debug("%s: %s", c->text, c->reason);
	}
	for (i = 0; i < site->page_count; i++)
		say_page(inspection, delta, &site->pages[i]);
}

/* An option that is given decides; say which, if there is news. */
static int
apply_options(struct site_inspection *inspection, bool say, struct err *err)
{
	const struct settings *settings = inspection->source.settings;
	const bool index_urls = settings_is_given(settings, "--index-urls");
	const bool query = settings_is_given(settings, "--query-strings");
	const bool pages = settings_is_given(settings, "--fallback");
	const struct known_site_scope scope = {!index_urls, !query, !pages};

	if (say && (index_urls || query || pages))
		log_info("note: options that are given win over what was read "
			 "of the distribution: %s%s%s%s%s",
			index_urls ? "--index-urls" : "",
			index_urls && (query || pages) ? ", " : "",
			query ? "--query-strings" : "",
			query && pages ? ", " : "", pages ? "--fallback" : "");
	return known_site_limit(
		&inspection->site, &inspection->texts, &scope, err);
}

/* What was known at the last deployment. */
static int
recall(struct site_inspection *inspection, const char *kept,
	const struct site **site, struct err *err)
{
	struct err why = ERR_INIT;

	if (!kept)
		return 0;
	if (site_text_read(&inspection->site, &inspection->texts, kept, &why) !=
		0)
		return why.code == ERR_MEMORY ? err_memory(err) : 0;
	if (apply_options(inspection, false, err) != 0)
		return -1;
	inspection->recalled = true;
	*site = &inspection->site;
	return 0;
}

/* While a change spreads, what was before may be anything, unless it was kept. */
static int
doubt(struct site_inspection *inspection, const char *kept, struct err *err)
{
	if (!inspection->site.settling || kept)
		return 0;
	log_info("note: the last change of the distribution is not in effect "
		 "everywhere, and what was before is not known: only wildcards "
		 "cover a URL for now");
	return known_site_doubt(&inspection->site, &inspection->texts, err);
}

static int
conclude(struct site_inspection *inspection, const struct delta *delta,
	const char *kept, const struct site **site, struct err *err)
{
	size_t len = SHA256_HEX_SIZE - 1;
	bool news;

	if (reading_digest(&inspection->source.reading, inspection->digest,
		    err) != 0 ||
		draw(inspection, delta, err) != 0 ||
		check_certain(inspection, err) != 0)
		return -1;
	if (inspection->by_kept)
		return recall(inspection, kept, site, err);
	news = !kept || strncmp(kept, inspection->digest, len) != 0;
	if (known_site_make(&inspection->site, &inspection->texts,
		    &inspection->source.reading.distribution,
		    &inspection->conclusions, inspection->digest,
		    inspection->source.settings->prefix, err) != 0 ||
		doubt(inspection, kept, err) != 0 ||
		apply_options(inspection, news, err) != 0)
		return -1;
	say_conclusions(inspection, delta);
	if (kept && news)
		log_info("the distribution was changed since the last "
			 "deployment: what was read of it then and now both "
			 "hold, this once");
	*site = &inspection->site;
	return 0;
}

/* Say what a run without calls goes by, and what it leaves unchecked. */
static void
say_unasked(const struct site_inspection *inspection, const struct delta *delta,
	const char *kept)
{
	const struct settings *settings = inspection->source.settings;
	struct escaped_name shown;

	if (kept)
		log_info("the distribution is taken as it was read for the "
			 "last deployment");
	else if (settings->dry_run && !delta->everything)
		log_debug("a dry run does not read the distribution, and the "
			  "last deployment did not: the options alone say how "
			  "it caches");
	if (settings->dry_run && settings->expect_alias.count > 0)
		log_info("note: a dry run does not check --expect-alias %s",
			escape_show_str(
				&shown, settings->expect_alias.items[0]));
}

int
inspection_find(struct site_inspection *inspection, const struct delta *delta,
	const char *kept, const struct site **site, struct err *err)
{
	const struct string_list *expected =
		&inspection->source.settings->expect_alias;
	bool changed = delta->everything || delta->changes.count > 0;
	bool ask = changed && inspection->source.cloudfront &&
		   (!inspection->by_kept || expected->count > 0);

	arena_init(&inspection->texts);
	if (is_mode(inspection, "off"))
		return 0;
	if (is_mode(inspection, "auto")) {
		if (ask &&
			inspection_reading_ask(&inspection->source, err) != 0)
			return -1;
		if (changed && !ask)
			say_unasked(inspection, delta, kept);
		if (!ask)
			return recall(inspection, kept, site, err);
	} else if (inspection_reading_load(&inspection->source, err) != 0) {
		return -1;
	}
	return inspection->source.was_read
		       ? conclude(inspection, delta, kept, site, err)
		       : 0;
}

void
inspection_release(struct site_inspection *inspection)
{
	conclusions_release(&inspection->conclusions);
	reading_release(&inspection->source.reading);
	arena_release(&inspection->texts);
}
