/* Draws conclusions about behaviours. */
#include "edge/behavior_rules.h"

#include <string.h>

#include "diff/path_pattern.h"

/* Append "the default behaviour", or a pattern. */
static void
add_name(struct buf *out, const struct cache_behavior *behavior)
{
	if (behavior->path_pattern)
		concluding_name(out, behavior->path_pattern);
	else
		buf_addstr(out, "the default behaviour");
}

/* Append " (cache policy NAME)". */
static void
add_policy(struct concluding *c, const struct cache_behavior *behavior)
{
	const struct cache_policy *policy =
		reading_policy(c->reading, behavior);

	if (!policy)
		return;
	buf_addstr(&c->reason, " (cache policy ");
	concluding_name(
		&c->reason, policy->name[0] ? policy->name : policy->id);
	buf_addch(&c->reason, ')');
}

static const struct behavior_rules *
rules_of(const struct concluding *c, size_t i)
{
	return &c->out->behaviors[i];
}

/* Are these the same origin, by ID or by what they say? */
static bool
is_same_target(const struct distribution *d, const char *a, const char *b)
{
	const struct origin *first = distribution_origin(d, a);
	const struct origin *second = distribution_origin(d, b);

	if (strcmp(a, b) == 0)
		return true;
	return first && second && origin_is_same(first, second);
}

static bool
is_foreign(const struct concluding *c, const struct cache_behavior *behavior)
{
	const struct distribution *d = c->distribution;
	size_t i;

	for (i = 0; i < d->behavior_count; i++)
		if (c->of_build[i] && is_same_target(d, d->behaviors[i].target,
					      behavior->target))
			return false;
	return true;
}

/*
 * Can a URL have an error for longer than ErrorCachingMinTTL? An error page is kept
 * under each URL that it answers for, and for as long as its own max-age says
 * ("How CloudFront processes and caches HTTP 4xx and 5xx status codes from your
 * origin").
 */
static bool
has_error_page(const struct distribution *d)
{
	size_t i;

	for (i = 0; i < d->error_count; i++)
		if (*d->errors[i].page)
			return true;
	return false;
}

void
behavior_rule_cached(struct concluding *c)
{
	const struct distribution *d = c->distribution;
	bool in_doubt =
		!c->out->complete || c->out->keeps_errors || has_error_page(d);
	const struct cache_settings *cache;
	struct behavior_rules *rules;
	size_t i;

	for (i = 0; i < d->behavior_count; i++) {
		rules = &c->out->behaviors[i];
		cache = reading_cache(c->reading, &d->behaviors[i]);
		rules->foreign = is_foreign(c, &d->behaviors[i]);
		rules->cached =
			in_doubt || cache->ttl_max != 0 || cache->ttl_min != 0;
		if (rules->cached || rules->foreign)
			continue;
		buf_addstr(&c->text, "the URLs of ");
		add_name(&c->text, &d->behaviors[i]);
		buf_addstr(&c->text, " are never stale, and cost nothing, if "
				     "the reading before says so, too");
		buf_addstr(&c->reason, "MaxTTL is 0");
		add_policy(c, &d->behaviors[i]);
		concluding_add(
			c, "uncached", CONCLUSION_NOTE, &d->behaviors[i]);
	}
}

/* Append the host of an origin, or the ID of a group. */
static void
add_target(struct buf *out, const struct distribution *d, const char *target)
{
	const struct origin *origin = distribution_origin(d, target);

	if (!origin)
		buf_addstr(out, "the group ");
	concluding_name(out, origin ? origin->domain_name : target);
}

void
behavior_rule_foreign(struct concluding *c)
{
	const struct distribution *d = c->distribution;
	const struct cache_behavior *b;
	size_t i;

	for (i = 0; i < d->behavior_count; i++) {
		b = &d->behaviors[i];
		if (!rules_of(c, i)->foreign)
			continue;
		if (!rules_of(c, i)->cached) {
			buf_addstr(&c->text, "a wildcard that meets ");
			add_name(&c->text, b);
			buf_addstr(&c->text, " costs nothing more, as nothing "
					     "there is cached");
		} else if (!b->path_pattern ||
			   path_pattern_is_anywhere(b->path_pattern)) {
			buf_addstr(&c->text,
				"any wildcard may also invalidate URLs of ");
			add_name(&c->text, b);
		} else {
			buf_addstr(&c->text, "a wildcard that meets ");
			add_name(&c->text, b);
			buf_addstr(&c->text, " costs more, since it also "
					     "invalidates what is there");
		}
		buf_addstr(&c->reason, "it goes to another origin than the "
				       "build, ");
		add_target(&c->reason, c->distribution, b->target);
		concluding_add(c, "foreign-origin", CONCLUSION_NOTE, b);
	}
}

void
behavior_rule_functions(struct concluding *c)
{
	const struct distribution *d = c->distribution;
	const struct edge_function *f;
	size_t i, k;

	for (i = 0; i < d->behavior_count; i++) {
		for (k = 0; k < d->behaviors[i].function_count; k++) {
			f = &d->behaviors[i].functions[k];
			if (f->event != EVENT_VIEWER_REQUEST &&
				f->event != EVENT_UNKNOWN)
				continue;
			buf_addstr(
				&c->text, "nothing is narrowed, as URLs of ");
			add_name(&c->text, &d->behaviors[i]);
			buf_addstr(&c->text, " may be rewritten before the "
					     "cache is looked up");
			concluding_name(&c->reason, f->arn);
			buf_addstr(&c->reason,
				f->event == EVENT_UNKNOWN
					? " runs at an event that edgediff "
					  "does not know"
					: " runs at viewer-request");
			concluding_add(c, "function",
				f->lambda ? CONCLUSION_WARNING
					  : CONCLUSION_NOTE,
				&d->behaviors[i]);
			break; /* one is enough */
		}
	}
}

/* The least S3-like kind among the origins of a target. */
static enum origin_kind
kind_of_target(const struct distribution *d, const char *target)
{
	const struct origin_group *group = distribution_group(d, target);
	const struct origin *origin = distribution_origin(d, target);
	enum origin_kind kind = ORIGIN_S3;
	size_t i;

	if (origin && !group)
		return origin->kind;
	if (!group || origin || group->member_count == 0)
		return ORIGIN_CUSTOM;
	for (i = 0; i < group->member_count; i++) {
		origin = distribution_origin(d, group->members[i]);
		if (!origin || origin->kind == ORIGIN_CUSTOM)
			return ORIGIN_CUSTOM;
		if (origin->kind == ORIGIN_WEBSITE)
			kind = ORIGIN_WEBSITE;
	}
	return kind;
}

static bool
changes_requests(const struct cache_behavior *b)
{
	return concluding_has_event(b, EVENT_VIEWER_REQUEST) ||
	       concluding_has_event(b, EVENT_ORIGIN_REQUEST) ||
	       concluding_has_event(b, EVENT_UNKNOWN);
}

/*
 * May /a redirect to /a/, as website endpoints and many servers do, and keep an
 * error of the time before a/index.html was there?
 */
static bool
keeps_errors_for_redirects(const struct concluding *c, enum origin_kind kind)
{
	return kind != ORIGIN_S3 &&
	       (c->out->keeps_errors || has_error_page(c->distribution));
}

/* Why the index document of a folder may answer at other URLs than its own. */
static const char *
why_index_urls(const struct concluding *c, const struct cache_behavior *b,
	enum origin_kind kind)
{
	if (changes_requests(b))
		return ", and a function may change requests to it";
	if (concluding_has_event(b, EVENT_ORIGIN_RESPONSE))
		return ", and a function may change its responses";
	if (keeps_errors_for_redirects(c, kind))
		return ", which may redirect a folder's URL without a slash, "
		       "and an older error may be kept there";
	if (kind == ORIGIN_WEBSITE)
		return ", a website endpoint, which has an index document in "
		       "every folder";
	if (kind == ORIGIN_CUSTOM)
		return ", which may answer a folder's URL with its index "
		       "document";
	if (!c->out->complete)
		return ", S3's REST endpoint, but the configuration is in "
		       "doubt";
	return NULL;
}

static void
conclude_index_urls(struct concluding *c, size_t i)
{
	const struct cache_behavior *b = &c->distribution->behaviors[i];
	enum origin_kind kind = kind_of_target(c->distribution, b->target);
	struct behavior_rules *rules = &c->out->behaviors[i];
	const char *why = why_index_urls(c, b, kind);

	rules->index_slash = why != NULL;
	rules->index_bare =
		changes_requests(b) || keeps_errors_for_redirects(c, kind);
	buf_addf(&c->text, "--index-urls file%s%s for ",
		rules->index_slash ? ",slash" : "",
		rules->index_bare ? ",bare" : "");
	add_name(&c->text, b);
	buf_addstr(&c->reason, "its origin is ");
	add_target(&c->reason, c->distribution, b->target);
	buf_addstr(&c->reason,
		why ? why
		    : ", S3's REST endpoint, which has no index documents, and "
		      "no function changes that");
	concluding_add(c, "index-urls", CONCLUSION_NOTE, b);
}

void
behavior_rule_index_urls(struct concluding *c)
{
	size_t i;

	for (i = 0; i < c->distribution->behavior_count; i++) {
		c->out->behaviors[i].index_slash = true;
		c->out->behaviors[i].index_bare = true;
		if (!rules_of(c, i)->foreign)
			conclude_index_urls(c, i);
	}
}

static enum query_key
query_key_of(const struct concluding *c, size_t i)
{
	return reading_cache(c->reading, &c->distribution->behaviors[i])
		->query_key;
}

void
behavior_rule_query_strings(struct concluding *c)
{
	const struct distribution *d = c->distribution;
	bool somewhere = false;
	size_t i;

	for (i = 0; i < d->behavior_count; i++)
		somewhere |= query_key_of(c, i) != QUERY_KEY_NONE;
	for (i = 0; i < d->behavior_count; i++) {
		enum query_key key = query_key_of(c, i);

		c->out->behaviors[i].query_strings =
			key != QUERY_KEY_NONE || (c->rewrites && somewhere);
		if (!rules_of(c, i)->query_strings || rules_of(c, i)->foreign)
			continue;
		buf_addstr(&c->text, "only wildcards cover the URLs of ");
		add_name(&c->text, &d->behaviors[i]);
		buf_addstr(&c->reason,
			key == QUERY_KEY_UNKNOWN
				? "its keys may have query strings"
			: key == QUERY_KEY_NONE
				? "another behaviour's keys have query "
				  "strings, and a function may rewrite its "
				  "URLs to these"
				: "its keys have query strings");
		add_policy(c, &d->behaviors[i]);
		concluding_add(
			c, "query-strings", CONCLUSION_NOTE, &d->behaviors[i]);
	}
}

void
behavior_rule_signed(struct concluding *c)
{
	const struct distribution *d = c->distribution;
	size_t i;

	for (i = 0; i < d->behavior_count; i++) {
		if (!d->behaviors[i].signed_urls || rules_of(c, i)->foreign)
			continue;
		buf_addstr(&c->text, "nobody can look at the URLs of ");
		add_name(&c->text, &d->behaviors[i]);
		buf_addstr(&c->text, " without a signed URL or cookie");
		buf_addstr(&c->reason, "it has trusted signers or key groups");
		concluding_add(
			c, "signed-urls", CONCLUSION_NOTE, &d->behaviors[i]);
	}
}

void
behavior_rule_smooth_streaming(struct concluding *c)
{
	const struct distribution *d = c->distribution;
	size_t i;

	for (i = 0; i < d->behavior_count; i++) {
		if (!d->behaviors[i].smooth_streaming ||
			rules_of(c, i)->foreign)
			continue;
		buf_addstr(
			&c->text, "media in the Smooth Streaming format in ");
		add_name(&c->text, &d->behaviors[i]);
		buf_addstr(&c->text, " cannot be invalidated");
		buf_addstr(&c->reason, "SmoothStreaming is true");
		concluding_add(c, "smooth-streaming", CONCLUSION_WARNING,
			&d->behaviors[i]);
	}
}
