/* Calls CloudFront for a distribution's configuration. */
#include "edge/fetch.h"

#include <string.h>
#include <strings.h>

#include "aws/cloudfront_configuration.h"
#include "base/escape.h"

enum {
	/* Of 100 distributions each; an account has 500 unless it asks. */
	PAGES_MAX = 100,

	FOUND_SHOWN = 8, /* of several distributions that a message names */
};

/* The calls that a reading takes. */
struct fetching {
	struct cloudfront *cf;
	void (*note)(void *context, const char *text);
	void *context;
	struct reading *reading;
};

/* Say what went wrong, and what is assumed. */
static void
say(const struct fetching *f, const struct err *err, const char *assumed)
{
	struct buf text;

	buf_init(&text, sizeof(err->message) + 256);
	buf_addf(&text, "%s; %s", err->message, assumed);
	f->note(f->context, buf_shown(&text));
	buf_release(&text);
}

static bool
is_missing(const struct cloudfront *cf)
{
	return cf->client.status == 404;
}

static int
fetch_policies(const struct fetching *f, struct err *err)
{
	struct reading *reading = f->reading;
	struct cache_policy *policy, read;
	struct err failure;
	bool said = false;
	size_t i;

	if (reading_list_policies(reading, err) != 0)
		return -1;
	for (i = 0; i < reading->policy_count && i < POLICIES_MAX; i++) {
		policy = &reading->policies[i];
		failure = (struct err)ERR_INIT;
		if (cloudfront_get_cache_policy(f->cf, policy->id, &read,
			    &reading->texts, &failure) == 0) {
			*policy = read;
			continue;
		}
		if (failure.code == ERR_MEMORY)
			return err_memory(err);
		if (!said)
			say(f, &failure,
				policy->source == CACHE_POLICY_MANAGED
					? "what AWS documents about this "
					  "policy is taken for it"
					: "its URLs are taken as cached, with "
					  "any query string");
		said = true;
		if (!is_missing(f->cf))
			break;
	}
	return 0;
}

static int
fetch_continuous(const struct fetching *f, struct err *err)
{
	struct reading *reading = f->reading;
	const char *id = reading->distribution.continuous_policy_id;
	struct err failure = ERR_INIT;

	if (!id[0])
		return 0;
	if (cloudfront_get_continuous_deployment_policy(f->cf, id,
		    &reading->continuous, &reading->texts, &failure) == 0) {
		reading->continuous_state = CONTINUOUS_READ;
		return 0;
	}
	reading->continuous_state = CONTINUOUS_UNKNOWN;
	if (failure.code == ERR_MEMORY)
		return err_memory(err);
	say(f, &failure, "there may be a staging distribution");
	return 0;
}

int
fetch_reading(struct reading *reading, struct cloudfront *cf, const char *id,
	void (*note)(void *context, const char *text), void *context,
	struct err *err)
{
	const struct fetching f = {cf, note, context, reading};

	reading_init(reading);
	return cloudfront_get_distribution(cf, id, &reading->distribution,
		       &reading->texts, err) == 0 &&
			       fetch_policies(&f, err) == 0
		       ? fetch_continuous(&f, err)
		       : -1;
}

/* How well a distribution fits; the best wins, if it is the only one. */
enum fit {
	FIT_NO,
	FIT_STAGING,
	FIT_WILDCARD,
	FIT_EXACT,
};

static enum fit
fit_of(const struct distribution_summary *s, const char *alias,
	const char *bucket)
{
	enum fit fit = FIT_NO;
	size_t i;

	if (bucket && distribution_list_has_bucket(s, bucket))
		fit = FIT_EXACT;
	if (alias && strcasecmp(s->domain_name, alias) == 0)
		return FIT_EXACT;
	for (i = 0; alias && i < s->alias_count; i++) {
		if (strcasecmp(s->aliases[i], alias) == 0)
			fit = FIT_EXACT;
		else if (fit == FIT_NO &&
			 distribution_alias_covers(s->aliases[i], alias))
			fit = FIT_WILDCARD;
	}
	return fit != FIT_NO && s->staging ? FIT_STAGING : fit;
}

/* The best so far. */
struct finding {
	enum fit fit;
	const char *id;
	size_t count; /* with this fit */
	struct buf names; /* of the first of them */
};

static void
consider(struct finding *finding, const struct distribution_summary *s,
	enum fit fit)
{
	struct escaped_name shown;

	if (fit == FIT_NO || fit < finding->fit)
		return;
	if (fit > finding->fit) {
		finding->fit = fit;
		finding->count = 0;
		buf_clear(&finding->names);
		finding->id = s->id;
	}
	finding->count++;
	if (finding->count <= FOUND_SHOWN)
		buf_addf(&finding->names, "%s%s",
			finding->count > 1 ? ", " : "",
			escape_show_str(&shown, s->id));
	else if (finding->count == FOUND_SHOWN + 1)
		buf_addstr(&finding->names, ", ...");
}

static int
check_finding(const struct finding *finding, const char *alias,
	const char *bucket, struct err *err)
{
	struct escaped_name shown;
	const char *name = alias ? alias : bucket;

	escape_show_str(&shown, name);
	if (finding->count == 1)
		return 0;
	if (finding->count == 0)
		return err_set(err, ERR_INPUT,
			"no distribution of this account %s %s: check the "
			"name, and --profile",
			alias ? "serves" : "has an origin in bucket",
			shown.text);
	return err_set(err, ERR_INPUT,
		"%zu distributions %s %s: %s: choose one with "
		"--distribution-id",
		finding->count, alias ? "serve" : "have an origin in bucket",
		shown.text, buf_shown(&finding->names));
}

int
fetch_find(const char **id, struct arena *texts, struct cloudfront *cf,
	const char *alias, const char *bucket, struct err *err)
{
	struct finding finding = {.fit = FIT_NO};
	struct distribution_list page = {.next_marker = NULL};
	size_t pages = 0, i;
	int rc;

	buf_init(&finding.names, sizeof(struct escaped_name) * 16);
	do {
		rc = pages++ < PAGES_MAX
			     ? cloudfront_list_distributions(
				       cf, page.next_marker, &page, texts, err)
			     : err_set(err, ERR_SERVICE,
				       "the list of distributions has more "
				       "than %d pages",
				       PAGES_MAX);
		for (i = 0; rc == 0 && i < page.count; i++)
			consider(&finding, &page.list[i],
				fit_of(&page.list[i], alias, bucket));
	} while (rc == 0 && page.next_marker);
	if (rc == 0)
		rc = check_finding(&finding, alias, bucket, err);
	if (rc == 0)
		*id = finding.id;
	buf_release(&finding.names);
	return rc;
}
