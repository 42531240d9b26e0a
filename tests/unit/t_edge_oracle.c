/*
 * Random distributions and random builds against a model of one cache, which
 * knows what CloudFront documents and nothing of conclusions or plans: after each
 * deployment, does a viewer get anything but the build? And is there a cheaper plan
 * (tests/unit/cheapest_cover.h)? Arguments: how many sequences of deployments
 * (3000), and their seed (1).
 *
 * Left out, because docs/planning.md says that they are not covered: errors that
 * are kept for at most a minute; after a change of the configuration what caches
 * have of errors, of URLs that no build held by then, and what a function of
 * another origin's behaviour had kept for a URL of the build; a change before the
 * last one is in effect everywhere; and while limits forbid wildcards, what
 * warnings and the baseline name as left.
 */
#include "deploy/transition.h"
#include "diff/left_out.h"
#include "diff/left_wildcards.h"
#include "diff/site_text.h"
#include "edge/build_behaviors.h"
#include "edge/known_site.h"
#include "tests/unit/cheapest_cover.h"
#include "tests/unit/manifest_fixture.h"

enum {
	BEHAVIORS = 4, /* the default included */
	STEPS = 6, /* deployments of a sequence */
	ROOM = 64,
	SHORT = 60, /* seconds */
	ENOUGH = 1000, /* sequences in which everything happens */
	ERROR = '#', /* instead of content */
	FOREIGN = 'F',
	REDIRECT = '>',
};

static const char *const keys[] = {
	"404.html", "a", "a/index.html", "a/x", "api/x", "b", "index.html"};
static const char *const paths[] = {"/", "/404.html", "/a", "/a/",
	"/a/index.html", "/a/x", "/api/x", "/b", "/index.html", "/zz", "/a/zz",
	"/api/zz"};
static const char *const patterns[] = {
	"/a/*", "api/*", "*.html", "/a/index.html", "/?", "/b*", "/a*", "/"};

enum { KEYS = COUNT(keys), URLS = COUNT(paths) * 2 };

/* ------------------------------------------------------------ the truth */

enum origin_of { REST, WEBSITE, OTHER };

struct behavior {
	const char *pattern; /* NULL for the default */
	enum origin_of origin;
	bool cached, query, function, readable;
};

struct config {
	struct behavior behaviors[BEHAVIORS];
	size_t count;
	const char *root, *page; /* or "" */
	long page_ttl, error_ttl;
	bool deployed;
	int epoch; /* counts changes */
};

struct answer {
	char content;
	bool error;
	long ttl; /* of an error */
};

struct entry {
	struct answer answer;
	int epoch; /* of the configuration when it was stored */
	bool strange; /* from another origin, by a function (is_strange) */
	bool used;
};

static struct world {
	struct config config;
	struct config older; /* by which some go until that is deployed */
	char bucket[KEYS]; /* content, or 0 */
	char deployed[KEYS]; /* that of the last deployment */
	struct config deployed_config; /* and what it found */
	bool held[COUNT(paths)]; /* see note_held */
	struct entry cache[URLS]; /* by the key's path, and whether it has ?q */
} w;

/* What was compared with the cheapest plan, and how often it was wrong. */
static struct {
	unsigned long plans, blind, merged, left;
} seen;

static uint64_t random_state = 1;
static unsigned long sequences = 3000;

static size_t
draw(size_t below)
{
	random_state ^= random_state >> 12;
	random_state ^= random_state << 25;
	random_state ^= random_state >> 27;
	return (size_t)((random_state * 0x2545f4914f6cdd1d) >> 33) % below;
}

static bool
matches(const char *pattern, const char *path)
{
	if (*pattern == '*')
		return matches(pattern + 1, path) ||
		       (*path && matches(pattern, path + 1));
	if (!*path || !*pattern)
		return !*path && !*pattern;
	return (*pattern == '?' || *pattern == *path) &&
	       matches(pattern + 1, path + 1);
}

static const struct behavior *
behavior_of(const char *path)
{
	const struct behavior *b = w.config.behaviors;

	for (; b->pattern; b++)
		if (matches(b->pattern + (b->pattern[0] == '/'), path + 1))
			return b;
	return b;
}

static char
content_of(const char *key)
{
	size_t i;

	for (i = 0; i < KEYS; i++)
		if (strcmp(keys[i], key) == 0)
			return w.bucket[i];
	return 0;
}

/* The build's two origins do not answer with the same bytes. */
static char
of_origin(enum origin_of origin, char content)
{
	return (char)(origin == WEBSITE && content ? content + 'a' - '1'
						   : content);
}

/* What the origin answers; 0 for 404. */
static char
fetch(enum origin_of origin, const char *path)
{
	char key[ROOM];
	size_t len = strlen(path);

	if (origin == OTHER)
		return FOREIGN;
	if (origin == WEBSITE && path[len - 1] == '/') {
		snprintf(key, sizeof(key), "%sindex.html", path + 1);
		return of_origin(origin, content_of(key));
	}
	if (content_of(path + 1))
		return of_origin(origin, content_of(path + 1));
	snprintf(key, sizeof(key), "%s/index.html", path + 1);
	return origin == WEBSITE && content_of(key) ? REDIRECT : 0;
}

/* What a function at viewer request makes of a path. */
static const char *
rewritten(const struct behavior *b, const char *path, char out[ROOM])
{
	bool folder = b->function && path[strlen(path) - 1] == '/';

	snprintf(out, ROOM, "%s%s", path, folder ? "index.html" : "");
	return out;
}

/* The answer without a cache. */
static struct answer
ask_origin(const char *path)
{
	const struct behavior *b = behavior_of(path);
	const struct config *c = &w.config;
	struct answer answer = {.error = false};
	char made[ROOM];

	rewritten(b, path, made);
	if (strcmp(made, "/") == 0 && c->root[0])
		snprintf(made, sizeof(made), "/%s", c->root);
	answer.content = fetch(b->origin, made);
	if (answer.content)
		return answer;
	answer.error = true;
	answer.ttl = c->page[0] ? c->page_ttl : c->error_ttl;
	if (c->page[0])
		answer.content = fetch(behavior_of(c->page)->origin, c->page);
	if (!answer.content)
		answer.content = ERROR;
	return answer;
}

/* The place of a request in the cache, or NULL for a path without one. */
static struct entry *
entry_of(const char *path, bool query)
{
	const struct behavior *b = behavior_of(path);
	char made[ROOM];
	size_t i;

	rewritten(b, path, made);
	for (i = 0; i < COUNT(paths); i++)
		if (strcmp(paths[i], made) == 0)
			return &w.cache[2 * i + (query && b->query)];
	return NULL;
}

/*
 * What a viewer sees of an answer to a path, after following a redirect to the
 * folder.
 */
static char
seen_of(struct answer answer, const char *path)
{
	char folder[ROOM];

	if (answer.content != REDIRECT)
		return answer.content;
	snprintf(folder, sizeof(folder), "%s/", path);
	return ask_origin(folder).content;
}

/*
 * Is this what is to be seen at a path? A function may make one key of several
 * paths; then it depends on who asks first which of their answers is kept.
 */
static bool
is_right(const struct entry *entry, const char *path)
{
	size_t i;

	for (i = 0; i < URLS; i++)
		if (entry_of(paths[i / 2], i % 2) == entry &&
			seen_of(ask_origin(paths[i / 2]), paths[i / 2]) ==
				seen_of(entry->answer, path))
			return true;
	return false;
}

/* Does a function make a key of it at which another origin answers? */
static bool
is_strange(const char *path)
{
	const struct behavior *b = behavior_of(path);
	char made[ROOM];

	return behavior_of(rewritten(b, path, made))->origin != b->origin;
}

/* A viewer asks; the answer is kept if it may be. */
static void
view_now(const char *path, bool query)
{
	struct entry *entry = entry_of(path, query);
	struct answer answer = ask_origin(path);

	if (!entry || entry->used)
		return;
	if (behavior_of(path)->cached || answer.error)
		*entry = (struct entry){
			answer, w.config.epoch, is_strange(path), true};
}

/* The same, where the edge may still go by the older configuration. */
static void
view(const char *path, bool query)
{
	const struct config now = w.config;

	if (!now.deployed && w.older.count > 0 && draw(2))
		w.config = w.older;
	view_now(path, query);
	w.config = now;
}

static void
fill(void)
{
	size_t i;

	for (i = 0; i < URLS; i++)
		if (draw(2))
			view(paths[i / 2], i % 2);
}

static void
invalidate(const char *item)
{
	size_t len = strlen(item), i;
	char key[ROOM];

	for (i = 0; i < URLS; i++) {
		snprintf(key, sizeof(key), "%s%s", paths[i / 2],
			i % 2 ? "?q" : "");
		if (item[len - 1] == '*' ? strncmp(item, key, len - 1) == 0
					 : strcmp(item, key) == 0)
			w.cache[i].used = false;
	}
}

/* Does a build hold a URL: has it this key, or does one of its pages answer? */
static bool
is_held(const char *path, const struct config *config, const char *bucket)
{
	const struct world now = w;
	struct answer answer;
	bool has_key;

	if (config->count == 0)
		return false; /* there was none before */
	w.config = *config;
	memcpy(w.bucket, bucket, sizeof(w.bucket));
	has_key = content_of(path + 1);
	answer = ask_origin(path);
	w = now;
	return has_key || (!answer.error && answer.content != FOREIGN &&
				  answer.content != REDIRECT);
}

/*
 * Note which URLs builds hold, as of the deployment that finds a configuration
 * changed, and where there are caches, since.
 */
static void
note_held(void)
{
	const bool changed = w.deployed_config.epoch != w.config.epoch;
	size_t i;

	for (i = 0; i < COUNT(paths); i++) {
		const char *path = paths[i];

		if (changed)
			w.held[i] =
				is_held(path, &w.deployed_config, w.deployed) ||
				is_held(path, &w.deployed_config, w.bucket) ||
				is_held(path, &w.config, w.deployed);
		if (changed || behavior_of(path)->cached)
			w.held[i] |= is_held(path, &w.config, w.bucket);
	}
	if (w.config.deployed || w.deployed_config.count == 0)
		w.deployed_config = w.config;
	memcpy(w.deployed, w.bucket, sizeof(w.deployed));
}

/* Was the URL held whose key this is? */
static bool
was_held(const struct entry *entry)
{
	return w.held[(entry - w.cache) / 2];
}

/* Is what a viewer gets wrong, and should be right? */
static bool
is_stale(const char *path, bool query)
{
	const struct entry *entry = entry_of(path, query);

	if (!entry || !entry->used || is_right(entry, path))
		return false;
	if (entry->answer.error && entry->answer.ttl <= SHORT)
		return false;
	return entry->epoch == w.config.epoch ||
	       (!entry->answer.error && !entry->strange && was_held(entry));
}

/* ------------------------------------------------- what edgediff makes of it */

static const char *const targets[] = {"rest", "website", "other"};

static void
draw_config(void)
{
	static const char *const roots[] = {"", "index.html", "404.html"};
	static const char *const pages[] = {"", "", "/404.html", "/index.html"};
	struct config *c = &w.config;
	int epoch = c->epoch;
	size_t i;

	w.older = *c;
	*c = (struct config){.epoch = epoch + 1};
	c->count = 1 + draw(BEHAVIORS);
	for (i = 0; i < c->count; i++)
		c->behaviors[i] = (struct behavior){
			.pattern = i + 1 < c->count
					   ? patterns[draw(COUNT(patterns))]
					   : NULL,
			.origin = (enum origin_of)(
				i + 1 < c->count ? draw(3) : draw(2)),
			.cached = draw(4),
			.query = !draw(4),
			.function = !draw(8),
			.readable = draw(12),
		};
	c->root = roots[draw(COUNT(roots))];
	c->page = pages[draw(COUNT(pages))];
	c->page_ttl = draw(2) ? 0 : 300;
	c->error_ttl = draw(4) ? 10 : 300;
	c->deployed = draw(6);
}

/* As GetDistribution would say it. */
struct described {
	struct reading reading;
	struct cache_behavior behaviors[BEHAVIORS];
	struct origin origins[COUNT(targets)];
	struct edge_function function;
	struct error_response error;
};

static void
describe(struct described *out)
{
	const struct config *c = &w.config;
	struct distribution *d = &out->reading.distribution;
	struct err err = ERR_INIT;
	size_t i;

	*out = (struct described){
		.function = {"f", EVENT_VIEWER_REQUEST, false}};
	reading_init(&out->reading);
	for (i = 0; i < COUNT(targets); i++)
		out->origins[i] = (struct origin){targets[i], targets[i], "",
			i == REST      ? ORIGIN_S3
			: i == WEBSITE ? ORIGIN_WEBSITE
				       : ORIGIN_CUSTOM};
	for (i = 0; i < c->count; i++) {
		const struct behavior *b = &c->behaviors[i];

		out->behaviors[i] = (struct cache_behavior){
			.path_pattern = b->pattern,
			.target = targets[b->origin],
			.policy_id = b->readable ? "" : "unknown",
			.legacy = {0, b->cached ? 100 : 0, b->cached ? 100 : 0,
				b->query ? QUERY_KEY_ALL : QUERY_KEY_NONE},
			.functions = &out->function,
			.function_count = b->function,
		};
	}
	out->error = (struct error_response){
		404, c->page, "200", c->page[0] ? c->page_ttl : c->error_ttl};
	*d = (struct distribution){
		.id = "E1",
		.etag = "E",
		.last_modified = "",
		.status = c->deployed ? "Deployed" : "InProgress",
		.domain_name = "d.cloudfront.net",
		.default_root_object = c->root,
		.origins = out->origins,
		.origin_count = COUNT(targets),
		.behaviors = out->behaviors,
		.behavior_count = c->count,
		.errors = &out->error,
		.error_count = 1,
		.enabled = true,
		.continuous_policy_id = "",
		.connection_mode = CONNECTION_DIRECT,
	};
	assert_int_equal(reading_list_policies(&out->reading, &err), 0);
}

static void
read_bucket(struct manifest *build)
{
	struct err err = ERR_INIT;
	size_t i;

	manifest_init(build);
	for (i = 0; i < KEYS; i++)
		if (w.bucket[i])
			add_object(build, keys[i], w.bucket[i]);
	assert_int_equal(manifest_seal(build, &err), 0);
}

static void
report(unsigned long number, int step, const char *path, bool query,
	const struct plan *plan, const struct site *site)
{
	struct err err = ERR_INIT;
	char *text = site_text(site, &err);
	size_t i;

	for (i = 0; i < w.config.count; i++)
		print_error("behaviour %s: %s%s%s%s\n",
			w.config.behaviors[i].pattern
				? w.config.behaviors[i].pattern
				: "default",
			targets[w.config.behaviors[i].origin],
			w.config.behaviors[i].cached ? " cached" : "",
			w.config.behaviors[i].query ? " query" : "",
			w.config.behaviors[i].function ? " function" : "");
	for (i = 0; i < plan->count; i++)
		print_error("item %s\n", plan->items[i].text);
	print_error("site %s\n", text);
	free(text);
	fail_msg("sequence %lu, step %d: %s%s has %c, not %c", number, step,
		path, query ? "?q" : "", entry_of(path, query)->answer.content,
		ask_origin(path).content);
}

/* Keep what the next deployment has to know, as deploy/carry_out.c does. */
static void
keep(struct baseline *baseline, const struct url_rules *rules,
	const struct delta *delta)
{
	struct err err = ERR_INIT;

	free(baseline->url_forms);
	free(baseline->left_out);
	baseline->url_forms = url_forms_text(&rules->forms, &err);
	baseline->left_out = left_out_text(rules, delta, &err);
	if (!rules->site->settling || !baseline->site) {
		free(baseline->site);
		baseline->site = site_text(rules->site, &err);
	}
	baseline->serial++;
	assert_non_null(baseline->site);
}

/* Did the deployment say that it leaves this, because no wildcard is allowed? */
static bool
is_left(const struct baseline *baseline,
	const struct transition_options *options, const char *path, bool query)
{
	struct err err = ERR_INIT;
	struct arena texts;
	const char *const *list;
	bool found = false;
	size_t count, i;

	if (options->limits.wildcards_max > 1 &&
		options->rules.never_widen_count == 0)
		return false;
	/* an exact path covers the rest: what has an object */
	if (!query && !ask_origin(path).error && !is_strange(path) &&
		!entry_of(path, query)->strange)
		return false;
	arena_init(&texts);
	assert_int_equal(left_wildcards_read(&list, &count, &texts,
				 baseline->left_out, &err),
		0);
	for (i = 0; i < count; i++)
		found |= strncmp(list[i], path, strlen(list[i])) == 0;
	arena_release(&texts);
	seen.left += found;
	return found;
}

/*
 * Is there a cheaper plan? And is that noticed of one that is blind for other
 * origins, and of one that takes several behaviours that a wildcard meets for one?
 */
static void
check_cost(const struct delta *delta, unsigned long number, int step)
{
	struct plan_limits blind = *delta->limits;
	struct err err = ERR_INIT;
	struct plan plan, measured;
	const char **texts;
	uint64_t least;

	if (delta->everything || delta->fallback)
		return;
	least = cheapest_cover(&delta->urls, delta->limits, SIZE_MAX);
	if (least == 0)
		return;
	seen.plans++;
	seen.merged += cheapest_cover(&delta->urls, delta->limits, 1) != least;
	if (delta->plan.cost != least)
		fail_msg("sequence %lu, step %d: a plan costs %lu, not %lu",
			number, step, (unsigned long)delta->plan.cost,
			(unsigned long)least);
	blind.foreign_cost = 0;
	assert_int_equal(plan_make(&plan, &delta->urls, &blind, &err), 0);
	texts = plan_texts(&plan);
	assert_int_equal(plan_measure(&measured, &delta->urls, texts,
				 plan.count, delta->limits, &err),
		0);
	assert_true(measured.cost >= least);
	seen.blind += measured.cost != least;
	free(texts);
	plan_release(&measured);
	plan_release(&plan);
}

static void
deploy(struct baseline *baseline, unsigned long number, int step)
{
	static const size_t wildcards[] = {15, 15, 15, 15, 15, 1, 0};
	static const char *const never_widen[] = {"/api/"};
	struct transition_options options = {
		.rules = {.prefix = "/",
			.forms = {.index_document = "index.html",
				.index_file = true,
				.index_slash = true},
			.never_widen = never_widen,
			.never_widen_count = !draw(6)},
		.limits = {100, wildcards[draw(COUNT(wildcards))],
			draw(3) * COST_UNIT / 2, 1 + (uint32_t)draw(3)},
	};
	const struct conclusions_place place = {
		.prefix = "/", .of_build = (bool[BEHAVIORS]){false}};
	bool *of = (bool *)place.of_build;
	struct conclusions conclusions;
	struct described described;
	struct err err = ERR_INIT;
	struct transition t;
	struct manifest build;
	struct arena texts;
	struct site site;
	char digest[ROOM];
	size_t i;

	arena_init(&texts);
	read_bucket(&build);
	describe(&described);
	snprintf(digest, sizeof(digest), "e%d", w.config.epoch);
	assert_int_equal(transition_find(&t,
				 baseline->serial ? &baseline->manifest : NULL,
				 NULL, &build, &err),
		0);
	assert_int_equal(build_behaviors_find(&described.reading.distribution,
				 "/", &build, &t.delta.changes, of, &err),
		0);
	assert_int_equal(conclusions_draw(&conclusions, &described.reading,
				 &place, &err),
		0);
	assert_int_equal(
		known_site_make(&site, &texts, &described.reading.distribution,
			&conclusions, digest, "/", &err),
		0);
	if (site.settling && !baseline->site)
		assert_int_equal(known_site_doubt(&site, &texts, &err), 0);
	url_rules_take_site(&options.rules, &site);
	if (transition_plan(&t, &options, baseline, 1, &err) != 0)
		fail_msg("sequence %lu: %s", number, err.message);
	for (i = 0; i < t.delta.plan.count; i++)
		invalidate(t.delta.plan.items[i].text);
	note_held();
	keep(baseline, &options.rules, &t.delta);
	for (i = 0; i < URLS; i++)
		if (is_stale(paths[i / 2], i % 2) &&
			!is_left(baseline, &options, paths[i / 2], i % 2))
			report(number, step, paths[i / 2], i % 2, &t.delta.plan,
				&site);
	check_cost(&t.delta, number, step);
	transition_release(&t);
	manifest_release(&baseline->manifest);
	baseline->manifest = build;
	conclusions_release(&conclusions);
	reading_release(&described.reading);
	arena_release(&texts);
}

static void
run_sequence(unsigned long number)
{
	struct baseline baseline;
	size_t i;
	int step;

	memset(&w, 0, sizeof(w));
	baseline_init(&baseline);
	memcpy(baseline.tag, "01234567", sizeof("01234567"));
	for (step = 0; step < STEPS; step++) {
		if (step == 0 || (w.config.deployed && !draw(4)))
			draw_config();
		else if (draw(2)) /* it is in effect everywhere */
			w.config.deployed = true;
		fill();
		for (i = 0; i < KEYS; i++)
			if (!draw(step == 0 ? 1 : 4))
				w.bucket[i] =
					(char)(draw(4) ? '1' + draw(3) : 0);
		fill();
		deploy(&baseline, number, step);
	}
	baseline_release(&baseline);
}

static void
test_random(void **state)
{
	unsigned long i;

	(void)state;
	if (getenv("EDGEDIFF_SHORT"))
		sequences /= 20;
	for (i = 0; i < sequences; i++)
		run_sequence(i);
	print_message(
		"%lu plans compared; one blind for other origins costs "
		"more in %lu, one that merges them in %lu; %lu times a URL "
		"stays stale as said\n",
		seen.plans, seen.blind, seen.merged, seen.left);
	/* the comparison can fail, and so can the words of what is left */
	if (sequences >= ENOUGH)
		assert_true(seen.plans > 0 && seen.blind > 0 &&
			    seen.merged > 0 && seen.left > 0);
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_random),
	};

	if (argc > 1)
		sequences = strtoul(argv[1], NULL, 10);
	if (argc > 2)
		random_state = strtoull(argv[2], NULL, 10);
	if (random_state == 0)
		random_state = 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
