/* Draws conclusions about a distribution as a whole. */
#include "edge/distribution_rules.h"

#include <inttypes.h>
#include <string.h>

#include "edge/behaviors.h"

static void
doubt_policies(struct concluding *c)
{
	const struct reading *reading = c->reading;
	size_t i;

	for (i = 0; i < reading->policy_count; i++) {
		if (reading->policies[i].source != CACHE_POLICY_UNKNOWN)
			continue;
		c->out->complete = false;
		buf_addstr(&c->text, "nothing is narrowed, and the URLs of "
				     "its behaviours are taken as cached, with "
				     "query strings in their keys");
		buf_addstr(&c->reason, "cache policy ");
		concluding_name(&c->reason, reading->policies[i].id);
		buf_addstr(&c->reason, " could not be read");
		concluding_add(c, "unknown-policy", CONCLUSION_NOTE, NULL);
	}
}

void
distribution_rule_doubts(struct concluding *c)
{
	const struct distribution *d = c->distribution;
	const struct cache_behavior *b;
	size_t i;

	c->out->complete = distribution_is_deployed(d) &&
			   d->connection_mode == CONNECTION_DIRECT;
	if (!distribution_is_deployed(d)) {
		buf_addstr(&c->text, "nothing is narrowed while the last "
				     "change of its configuration is not in "
				     "effect everywhere");
		buf_addstr(&c->reason, "Status is ");
		concluding_name(&c->reason, d->status);
		concluding_add(c, "status", CONCLUSION_NOTE, NULL);
	}
	if (!d->enabled) {
		buf_addstr(&c->text, "no viewer gets anything from it");
		buf_addstr(&c->reason, "Enabled is false");
		concluding_add(c, "disabled", CONCLUSION_WARNING, NULL);
	}
	doubt_policies(c);
	for (i = 0; i < d->behavior_count; i++) {
		b = &d->behaviors[i];
		c->rewrites |= concluding_has_event(b, EVENT_VIEWER_REQUEST) ||
			       concluding_has_event(b, EVENT_UNKNOWN);
		if (!b->policy_id[0] &&
			b->legacy.query_key == QUERY_KEY_UNKNOWN)
			c->out->complete = false;
	}
	c->out->complete &= !c->rewrites;
	for (i = 0; i < d->error_count; i++)
		c->out->keeps_errors |= d->errors[i].ttl > ERROR_TTL_SHORT;
}

void
distribution_rule_mode(struct concluding *c)
{
	switch (c->distribution->connection_mode) {
	case CONNECTION_DIRECT:
		return;
	case CONNECTION_TENANT_ONLY:
		c->out->refused = true;
		buf_addstr(&c->text,
			"it cannot be invalidated as a whole, only each of its "
			"tenants, with edgediff create-invalidation-for-"
			"distribution-tenant");
		buf_addstr(&c->reason, "ConnectionMode is tenant-only");
		concluding_add(c, "tenant-only", CONCLUSION_ERROR, NULL);
		return;
	case CONNECTION_UNKNOWN:
		buf_addstr(&c->text, "nothing is narrowed");
		buf_addstr(&c->reason,
			"edgediff does not know this ConnectionMode");
		concluding_add(c, "connection-mode", CONCLUSION_WARNING, NULL);
	}
}

/* Append the names of staging distributions. */
static void
add_staging(struct buf *out, const struct continuous_deployment *continuous)
{
	size_t i;

	for (i = 0; i < continuous->staging_count; i++) {
		buf_addstr(out, i > 0 ? ", " : "");
		concluding_name(out, continuous->staging[i]);
	}
}

void
distribution_rule_staging(struct concluding *c)
{
	const struct continuous_deployment *continuous =
		&c->reading->continuous;

	if (c->distribution->staging) {
		buf_addstr(&c->text, "its primary distribution shares no cache "
				     "with it, and needs an invalidation of "
				     "its own");
		buf_addstr(&c->reason, "Staging is true");
		concluding_add(c, "is-staging", CONCLUSION_WARNING, NULL);
	}
	if (c->reading->continuous_state == CONTINUOUS_UNKNOWN) {
		buf_addstr(&c->text, "if a staging distribution gets some of "
				     "the viewers, it needs an invalidation of "
				     "its own");
		buf_addstr(&c->reason, "continuous deployment policy ");
		concluding_name(
			&c->reason, c->distribution->continuous_policy_id);
		buf_addstr(&c->reason, " could not be read");
		concluding_add(c, "staging", CONCLUSION_WARNING, NULL);
	}
	if (c->reading->continuous_state != CONTINUOUS_READ ||
		!continuous->enabled)
		return;
	buf_addstr(&c->text, "staging distribution ");
	add_staging(&c->text, continuous);
	buf_addstr(&c->text, " shares no cache with it, and needs an "
			     "invalidation of its own, from a section "
			     "of edgediff.conf");
	buf_addstr(&c->reason, "its continuous deployment policy is on, so "
			       "that some viewers get that one");
	concluding_add(c, "staging", CONCLUSION_WARNING, NULL);
}

/* May a behaviour that / may belong to answer a folder's URL with a page? */
static bool
has_root_index(const struct concluding *c)
{
	const struct distribution *d = c->distribution;
	bool found = false;
	bool *of;
	size_t i;

	of = arena_alloc(&c->out->texts, d->behavior_count);
	if (!of)
		return true;
	memset(of, 0, d->behavior_count);
	behaviors_of_url(d, "/", 1, of);
	for (i = 0; i < d->behavior_count; i++)
		found |= of[i] && c->out->behaviors[i].index_slash;
	return found;
}

void
distribution_rule_root_object(struct concluding *c)
{
	const char *object = c->distribution->default_root_object;
	bool index = !c->out->complete || has_root_index(c);

	if (object[0] == '/')
		object++;
	c->out->root_object = object;
	c->out->root_only = object[0] ? c->out->complete : !index;
	if (object[0]) {
		buf_addstr(&c->text, "/ is one of the URLs of /");
		concluding_name(&c->text, object);
		buf_addstr(&c->reason, "DefaultRootObject is ");
		concluding_name(&c->reason, object);
	} else if (index) {
		buf_addstr(&c->text, "/ is a URL of its folder's index "
				     "document, like that of any folder");
		buf_addstr(&c->reason, "there is no DefaultRootObject");
	} else {
		buf_addstr(&c->text, "/ is no URL of any object");
		buf_addstr(&c->reason, "there is no DefaultRootObject, and the "
				       "origin has no index documents");
	}
	concluding_add(c, "root-object", CONCLUSION_NOTE, NULL);
}

/* Append how to cover those URLs, if the page is below the mount. */
static void
add_option(struct concluding *c, const char *page)
{
	size_t len = strlen(c->prefix);

	if (strncmp(page, c->prefix, len) != 0 || !page[len])
		return;
	buf_addstr(&c->text, ", unless --fallback ");
	concluding_name(&c->text, page + len);
	buf_addstr(&c->text, " covers them");
}

static void
conclude_fallback(struct concluding *c, const struct error_response *e)
{
	struct fallback_page *f = &c->out->fallbacks[c->out->fallback_count++];

	*f = (struct fallback_page){
		.page = e->page,
		.code = e->code,
		.ttl = e->ttl,
		.widens = e->ttl > ERROR_TTL_SHORT,
	};
	if (f->widens) {
		buf_addstr(&c->text, "a stale ");
		concluding_name(&c->text, e->page);
		buf_addstr(&c->text, " has everything below the prefix "
				     "invalidated, as URLs that no build has "
				     "keep the old page");
	} else {
		buf_addstr(&c->text, "URLs that no build has keep an old ");
		concluding_name(&c->text, e->page);
		buf_addstr(&c->text, " as long as its own max-age says");
		add_option(c, e->page);
	}
	buf_addf(&c->reason, "it replaces error %" PRId64, e->code);
	buf_addf(&c->reason, ", and ErrorCachingMinTTL is %" PRId64, e->ttl);
	concluding_add(c, "fallback",
		f->widens ? CONCLUSION_NOTE : CONCLUSION_WARNING, NULL);
}

void
distribution_rule_errors(struct concluding *c)
{
	const struct distribution *d = c->distribution;
	size_t i;

	for (i = 0; i < d->error_count; i++) {
		if (d->errors[i].page[0]) {
			conclude_fallback(c, &d->errors[i]);
			continue;
		}
		if (d->errors[i].ttl <= ERROR_TTL_SHORT)
			continue;
		buf_addstr(&c->text, "a URL that was asked for too early keeps "
				     "the error, so that an added object's is "
				     "invalidated unless --skip-added is "
				     "given");
		buf_addf(&c->reason,
			"ErrorCachingMinTTL of error %" PRId64 " is %" PRId64,
			d->errors[i].code, d->errors[i].ttl);
		concluding_add(c, "error-ttl", CONCLUSION_NOTE, NULL);
	}
}

static bool
is_of_build(const struct concluding *c, const char *origin)
{
	const struct distribution *d = c->distribution;
	const struct origin_group *group;
	size_t i, k;

	for (i = 0; i < d->behavior_count; i++) {
		if (!c->of_build[i])
			continue;
		if (strcmp(d->behaviors[i].target, origin) == 0)
			return true;
		group = distribution_group(d, d->behaviors[i].target);
		for (k = 0; group && k < group->member_count; k++)
			if (strcmp(group->members[k], origin) == 0)
				return true;
	}
	return false;
}

void
distribution_rule_origin_path(struct concluding *c)
{
	const struct distribution *d = c->distribution;
	const struct origin *origin;
	size_t i, len;
	bool wrong;

	for (i = 0; i < d->origin_count; i++) {
		origin = &d->origins[i];
		len = strlen(origin->path);
		if (len == 0 || !is_of_build(c, origin->id))
			continue;
		wrong = strncmp(c->prefix, origin->path, len) == 0 &&
			c->prefix[len] == '/';
		if (wrong) {
			buf_addstr(&c->text, "--prefix ");
			concluding_name(&c->text, c->prefix);
			buf_addstr(&c->text, " looks wrong: viewers do not see "
					     "this part of a key");
		} else {
			buf_addstr(&c->text, "keys in the bucket begin with ");
			concluding_name(&c->text, origin->path + 1);
			buf_addstr(&c->text,
				"/, which is part of no URL and no prefix");
		}
		buf_addstr(&c->reason, "OriginPath of ");
		concluding_name(&c->reason, origin->domain_name);
		buf_addstr(&c->reason, " is ");
		concluding_name(&c->reason, origin->path);
		concluding_add(c, "origin-path",
			wrong ? CONCLUSION_WARNING : CONCLUSION_NOTE, NULL);
	}
}
