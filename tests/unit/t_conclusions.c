/* What follows from a configuration: each rule, from the reading to the site. */
#include "diff/site_text.h"
#include "edge/conclusions.h"
#include "edge/known_site.h"
#include "tests/unit/fixture.h"

struct row {
	const char *name;

	/* of the distribution */
	const char *root_object, *status;
	bool tenant_only, odd_mode;
	bool staging, continuous; /* with a policy that is on */

	/* of the default behaviour; its origin is the build's */
	enum origin_kind kind;
	const char *origin_path;
	const char *function; /* r viewer request, o origin request, p origin
				 response, v viewer response, ? another */
	enum query_key query;
	bool uncached, unread; /* MaxTTL 0; a policy that could not be read */
	bool signed_urls, smooth_streaming;

	/* a behaviour of /api/ to another origin than the build's */
	const char *other; /* NULL: none; c cached, u not */

	const char *page; /* of error 404 */
	int64_t ttl;
	const char *prefix;

	const char *codes; /* of the conclusions, but for levels of a note:
			      w:code is a warning, e:code an error */
	const char *site; /* without digest and origins */
};

/* A line's end: what does not matter in most rows. */
#define REST CACHED(ORIGIN_S3, QUERY_KEY_NONE)
#define CACHED(of, strings) .kind = (of), .query = (strings)
#define INDEX .root_object = "index.html"

static const struct row rows[] = {
	/* DefaultRootObject: / is one of its URLs, and only then */
	{"root object", REST, INDEX, .codes = "index-urls root-object",
		.site = "root:index.html root-only index-urls c:"},
	{"root object with a slash", REST, .root_object = "/x/main.html",
		.codes = "index-urls root-object",
		.site = "root:x/main.html root-only index-urls c:"},
	{"no root object", REST, .codes = "index-urls root-object",
		.site = "root-only index-urls c:"},
	{"no root object, but a website endpoint",
		CACHED(ORIGIN_WEBSITE, QUERY_KEY_NONE),
		.codes = "index-urls root-object", .site = "index-urls cs:"},

	/* the kind of the origin, and functions */
	{"website endpoint", CACHED(ORIGIN_WEBSITE, QUERY_KEY_NONE), INDEX,
		.codes = "index-urls root-object",
		.site = "root:index.html root-only index-urls cs:"},
	{"custom origin", CACHED(ORIGIN_CUSTOM, QUERY_KEY_NONE), INDEX,
		.codes = "index-urls root-object",
		.site = "root:index.html root-only index-urls cs:"},
	{"function at viewer request", REST, INDEX, .function = "r",
		.codes = "function index-urls root-object",
		.site = "root:index.html index-urls csb:"},
	{"function at origin request", REST, INDEX, .function = "o",
		.codes = "index-urls root-object",
		.site = "root:index.html root-only index-urls csb:"},
	{"function at origin response", REST, INDEX, .function = "p",
		.codes = "index-urls root-object",
		.site = "root:index.html root-only index-urls cs:"},
	{"function at viewer response", REST, INDEX, .function = "v",
		.codes = "index-urls root-object",
		.site = "root:index.html root-only index-urls c:"},
	{"function at an unknown event", REST, INDEX, .function = "?",
		.codes = "function index-urls root-object",
		.site = "root:index.html index-urls csb:"},
	{"Lambda@Edge at viewer request", REST, INDEX, .function = "R",
		.codes = "w:function index-urls root-object",
		.site = "root:index.html index-urls csb:"},

	/* another origin */
	{"another origin, cached", REST, INDEX, .other = "c",
		.codes = "foreign-origin index-urls root-object",
		.site = "root:index.html root-only index-urls fcsb:/api/* c:"},
	{"another origin, not cached", REST, INDEX, .other = "u",
		.codes = "foreign-origin index-urls root-object",
		.site = "root:index.html root-only index-urls fsb:/api/* c:"},
	{"the build is what the other origin has", REST, INDEX, .other = "c",
		.prefix = "/api/",
		.codes = "foreign-origin index-urls root-object",
		.site = "root:index.html root-only index-urls cs:/api/* fcsb:"},

	/* query strings */
	{"query strings", CACHED(ORIGIN_S3, QUERY_KEY_ALL), INDEX,
		.codes = "index-urls root-object query-strings",
		.site = "root:index.html root-only index-urls cq:"},
	{"some query strings", CACHED(ORIGIN_S3, QUERY_KEY_SOME), INDEX,
		.codes = "index-urls root-object query-strings",
		.site = "root:index.html root-only index-urls cq:"},
	{"perhaps query strings", CACHED(ORIGIN_S3, QUERY_KEY_UNKNOWN), INDEX,
		.codes = "index-urls root-object query-strings",
		.site = "root:index.html index-urls cqs:"},

	/* never cached, if nothing is in doubt */
	{"MaxTTL 0", REST, INDEX, .uncached = true,
		.codes = "uncached index-urls root-object",
		.site = "root:index.html root-only index-urls -:"},
	{"MaxTTL 0, but a function", REST, INDEX, .uncached = true,
		.function = "r", .codes = "function index-urls root-object",
		.site = "root:index.html index-urls csb:"},
	{"MaxTTL 0, but in progress", REST, INDEX, .uncached = true,
		.status = "InProgress",
		.codes = "status index-urls root-object",
		.site = "root:index.html index-urls cs:"},
	{"MaxTTL 0, but errors are kept", REST, INDEX, .uncached = true,
		.ttl = 61, .codes = "index-urls root-object error-ttl",
		.site = "root:index.html root-only index-urls keeps-errors c:"},
	{"MaxTTL 0, but an error page may say max-age", REST, INDEX,
		.uncached = true, .page = "/404.html", .ttl = 0,
		.codes = "index-urls root-object w:fallback",
		.site = "root:index.html root-only index-urls "
			"page:0:-:404.html c:"},

	/* error pages: up to a minute, and longer */
	{"an error page for a moment", REST, INDEX, .page = "/404.html",
		.ttl = 60, .codes = "index-urls root-object w:fallback",
		.site = "root:index.html root-only index-urls "
			"page:60:-:404.html c:"},
	{"an error page for longer", REST, INDEX, .page = "/404.html",
		.ttl = 61, .codes = "index-urls root-object fallback",
		.site = "root:index.html root-only index-urls keeps-errors "
			"page:61:w:404.html c:"},
	{"an error page elsewhere", REST, INDEX, .page = "/404.html", .ttl = 61,
		.prefix = "/docs/", .codes = "index-urls root-object fallback",
		.site = "root:index.html root-only index-urls keeps-errors c:"},
	{"an error for longer", REST, INDEX, .ttl = 61,
		.codes = "index-urls root-object error-ttl",
		.site = "root:index.html root-only index-urls keeps-errors c:"},
	{"an error for longer, where /a redirects to /a/",
		CACHED(ORIGIN_WEBSITE, QUERY_KEY_NONE), INDEX, .ttl = 61,
		.codes = "index-urls root-object error-ttl",
		.site = "root:index.html root-only index-urls keeps-errors "
			"csb:"},
	{"an error page, where /a redirects to /a/",
		CACHED(ORIGIN_WEBSITE, QUERY_KEY_NONE), INDEX,
		.page = "/404.html", .ttl = 10,
		.codes = "index-urls root-object w:fallback",
		.site = "root:index.html root-only index-urls "
			"page:10:-:404.html csb:"},
	{"an error for a moment", REST, INDEX, .ttl = 60,
		.codes = "index-urls root-object",
		.site = "root:index.html root-only index-urls c:"},

	/* OriginPath */
	{"an origin path", REST, INDEX, .origin_path = "/public",
		.codes = "index-urls root-object origin-path",
		.site = "root:index.html root-only index-urls c:"},
	{"a prefix that cannot be right", REST, INDEX, .origin_path = "/public",
		.prefix = "/public/",
		.codes = "index-urls root-object w:origin-path",
		.site = "root:index.html root-only index-urls c:"},
	{"a prefix that only begins alike", REST, INDEX,
		.origin_path = "/public", .prefix = "/publications/",
		.codes = "index-urls root-object origin-path",
		.site = "root:index.html root-only index-urls c:"},

	/* what is only said */
	{"signed URLs", REST, INDEX, .signed_urls = true,
		.codes = "index-urls root-object signed-urls",
		.site = "root:index.html root-only index-urls c:"},
	{"Smooth Streaming", REST, INDEX, .smooth_streaming = true,
		.codes = "index-urls root-object w:smooth-streaming",
		.site = "root:index.html root-only index-urls c:"},
	{"a staging distribution", REST, INDEX, .continuous = true,
		.codes = "w:staging index-urls root-object",
		.site = "root:index.html root-only index-urls c:"},
	{"is one", REST, INDEX, .staging = true,
		.codes = "w:is-staging index-urls root-object",
		.site = "root:index.html root-only index-urls c:"},

	/* certain, and in doubt */
	{"tenant-only", REST, INDEX, .tenant_only = true,
		.codes = "e:tenant-only index-urls root-object",
		.site = "root:index.html index-urls cs:"},
	{"an unknown mode", REST, INDEX, .odd_mode = true,
		.codes = "w:connection-mode index-urls root-object",
		.site = "root:index.html index-urls cs:"},
	{"in progress", REST, INDEX, .status = "InProgress",
		.codes = "status index-urls root-object",
		.site = "root:index.html index-urls cs:"},
	{"a policy that was not read", REST, INDEX, .unread = true,
		.codes = "unknown-policy index-urls root-object query-strings",
		.site = "root:index.html index-urls cqs:"},
};

/* What a row describes, as GetDistribution would say it. */
struct described {
	struct reading reading;
	struct cache_behavior behaviors[2];
	struct origin origins[2];
	struct edge_function function;
	struct error_response error;
	const char *staging;
};

static enum function_event
event_of(char letter)
{
	switch (letter) {
	case 'r':
	case 'R':
		return EVENT_VIEWER_REQUEST;
	case 'o':
		return EVENT_ORIGIN_REQUEST;
	case 'p':
		return EVENT_ORIGIN_RESPONSE;
	case 'v':
		return EVENT_VIEWER_RESPONSE;
	default:
		return EVENT_UNKNOWN;
	}
}

static void
describe_behaviors(struct described *out, const struct row *row)
{
	struct distribution *d = &out->reading.distribution;
	struct cache_behavior *last;

	out->origins[0] = (struct origin){"site", "site.example.com",
		row->origin_path ? row->origin_path : "", row->kind};
	out->origins[1] =
		(struct origin){"api", "api.example.net", "", ORIGIN_CUSTOM};
	if (row->other)
		out->behaviors[d->behavior_count++] = (struct cache_behavior){
			.path_pattern = "/api/*",
			.target = "api",
			.policy_id = "",
			.legacy = {0, *row->other == 'c', *row->other == 'c',
				QUERY_KEY_NONE},
		};
	last = &out->behaviors[d->behavior_count++];
	*last = (struct cache_behavior){
		.target = "site",
		.policy_id = row->unread ? "gone" : "",
		.legacy = {0, !row->uncached, !row->uncached, row->query},
		.signed_urls = row->signed_urls,
		.smooth_streaming = row->smooth_streaming,
	};
	if (row->function) {
		out->function = (struct edge_function){
			"f", event_of(*row->function), *row->function == 'R'};
		last->functions = &out->function;
		last->function_count = 1;
	}
	d->behaviors = out->behaviors;
}

static void
describe(struct described *out, const struct row *row)
{
	struct distribution *d = &out->reading.distribution;
	struct err err = ERR_INIT;

	*out = (struct described){.staging = "d9.cloudfront.net"};
	reading_init(&out->reading);
	*d = (struct distribution){
		.id = "E1",
		.etag = "E",
		.last_modified = "",
		.status = row->status ? row->status : "Deployed",
		.domain_name = "d1.cloudfront.net",
		.default_root_object = row->root_object ? row->root_object : "",
		.origins = out->origins,
		.origin_count = 2,
		.errors = &out->error,
		.error_count = 1,
		.enabled = true,
		.staging = row->staging,
		.continuous_policy_id = row->continuous ? "c" : "",
		.connection_mode = row->odd_mode      ? CONNECTION_UNKNOWN
				   : row->tenant_only ? CONNECTION_TENANT_ONLY
						      : CONNECTION_DIRECT,
	};
	describe_behaviors(out, row);
	out->error = (struct error_response){
		404, row->page ? row->page : "", "200", row->ttl};
	if (row->continuous) {
		out->reading.continuous_state = CONTINUOUS_READ;
		out->reading.continuous = (struct continuous_deployment){
			.id = "c",
			.enabled = true,
			.staging = &out->staging,
			.staging_count = 1,
		};
	}
	assert_int_equal(reading_list_policies(&out->reading, &err), 0);
}

static void
write_codes(char *out, size_t size, const struct conclusions *conclusions)
{
	static const char *const marks[] = {"", "w:", "e:"};
	const struct conclusion *c;
	size_t i, at = 0;

	*out = '\0';
	for (i = 0; i < conclusions->count; i++) {
		c = &conclusions->list[i];
		at += (size_t)snprintf(out + at, size - at, "%s%s%s",
			i ? " " : "", marks[c->level], c->code);
		assert_true(*c->text && *c->reason);
	}
}

/* The text of the site, without its digest and the origins' numbers. */
static void
write_site(char *out, size_t size, const struct site *site)
{
	struct err err = ERR_INIT;
	char *text = site_text(site, &err);
	const char *at = strchr(text, ' ');
	size_t n = 0;

	for (at++; *at && n + 1 < size; at++)
		if (*at == '@')
			at += 8; /* digits */
		else
			out[n++] = *at;
	out[n] = '\0';
	free(text);
}

static void
check_row(const struct row *row)
{
	const struct conclusions_place place = {
		.prefix = row->prefix ? row->prefix : "/"};
	struct conclusions conclusions;
	struct described described;
	char codes[256], text[256];
	struct err err = ERR_INIT;
	struct arena texts;
	struct site site;

	arena_init(&texts);
	describe(&described, row);
	assert_int_equal(conclusions_draw(&conclusions, &described.reading,
				 &place, &err),
		0);
	assert_int_equal(
		known_site_make(&site, &texts, &described.reading.distribution,
			&conclusions, "0", place.prefix, &err),
		0);
	write_codes(codes, sizeof(codes), &conclusions);
	write_site(text, sizeof(text), &site);
	if (strcmp(codes, row->codes) != 0 || strcmp(text, row->site) != 0)
		fail_msg("%s: '%s', '%s'", row->name, codes, text);
	conclusions_release(&conclusions);
	reading_release(&described.reading);
	arena_release(&texts);
}

static void
test_rows(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++)
		check_row(&rows[i]);
}

/* What options decide is left out of the site. */
static void
test_options_decide(void **state)
{
	static const struct {
		struct known_site_scope scope;
		const char *site;
	} cases[] = {
		{{true, true, true}, "root:index.html root-only index-urls "
				     "keeps-errors page:61:w:404.html cqs:"},
		{{false, true, true}, "root:index.html keeps-errors "
				      "page:61:w:404.html cq:"},
		{{true, false, true}, "root:index.html root-only index-urls "
				      "keeps-errors page:61:w:404.html cs:"},
		{{true, true, false}, "root:index.html root-only index-urls "
				      "keeps-errors cqs:"},
	};
	const struct site_page page = {"404.html", 61, true};
	const struct site_behavior behavior = {
		.cached = true, .query_strings = true, .index_slash = true};
	struct err err = ERR_INIT;
	struct arena texts;
	struct site site;
	char text[256];
	size_t i;

	(void)state;
	arena_init(&texts);
	for (i = 0; i < COUNT(cases); i++) {
		site = (struct site){.digest = "0",
			.behaviors = &behavior,
			.count = 1,
			.root_object = "index.html",
			.root_only = true,
			.index_urls = true,
			.keeps_errors = true,
			.pages = &page,
			.page_count = 1};
		assert_int_equal(
			known_site_limit(&site, &texts, &cases[i].scope, &err),
			0);
		write_site(text, sizeof(text), &site);
		assert_string_equal(text, cases[i].site);
	}
	arena_release(&texts);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rows),
		cmocka_unit_test(test_options_decide),
	};

	return cmocka_run_group_tests_name("conclusions", tests, NULL, NULL);
}
