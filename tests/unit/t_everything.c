/* Plans for the case that nothing is known about the edge. */
#include "diff/delta.h"
#include "tests/unit/manifest_fixture.h"

struct row {
	const char *name;
	const char *before; /* NULL: there never was a deployment */
	const char *after;
	const char *set_key; /* a key that only the sets know, or NULL */
	const char *never; /* never widen this */
	size_t paths, wildcards;
	const char *options; /* b bare, a skip added, i immutable, f fallback */
	const char *items;
	const char *error; /* part of its message */
};

static const struct row rows[] = {
	{"a first deployment", NULL, "a=1 b=1", NULL, NULL, 9, 9, "", "/d/*",
		NULL},
	{"an unchanged build", "a=1 b=1", "a=1 b=1", NULL, NULL, 9, 9, "",
		"/d/*", NULL},
	{"with what is outside the mount", "index.html=1", "index.html=1", NULL,
		NULL, 9, 9, "b", "/d /d/*", NULL},
	{"one path is not enough for both", "index.html=1", "index.html=1",
		NULL, NULL, 1, 9, "b", "",
		"--max-paths forbids /d/*, which would cover them all: "},
	{"no wildcard: what is known", "a=1 gone=1", "a=1 b=1", "held", NULL, 9,
		0, "", "/d/a /d/b /d/gone /d/held", NULL},
	{"never widen: what is known", "api/a=1 b1=1 b2=1 gone=1",
		"api/a=1 b1=1 b2=1", "b3", "/d/api/", 3, 9, "",
		"/d/api/a /d/b* /d/gone", NULL},
	{"a first one, too", NULL, "api/a=1 b=1", NULL, "/d/api/", 9, 9, "",
		"/d/api/a /d/b", NULL},
	{"an added one is not neutral", "a=1", "a=1 b=1", NULL, "/d/x/", 9, 0,
		"a", "/d/a /d/b", NULL},
	{"but for immutable ones", "a=1 x.imm=1", "a=1 x.imm=1 y.imm=1", NULL,
		"/d/x/", 9, 0, "i", "/d/a", NULL},
	{"all are immutable", "x.imm=1", "x.imm=1", NULL, NULL, 9, 0, "i", "",
		NULL},
	{"too many paths", "a=1 b=1 c=1", "a=1 b=1 c=1", NULL, NULL, 2, 0, "",
		"",
		"--max-wildcards 0 forbids /d/*, which would cover them all: "
		"3 stale URLs need 3 items, over --max-paths 2, with "
		"--max-wildcards 0: allow 1 more path or 1 more wildcard"},
	{"too many below a forbidden prefix", "p/a=1 p/b=1", "p/a=1 p/b=1",
		NULL, "/d/p/", 1, 3, "", "",
		"--never-widen forbids /d/*, which would cover them all: "},
	{"a fallback page", "f.html=1", "f.html=1", NULL, NULL, 9, 9, "f",
		"/d/*", NULL},
	{"a fallback page that needs the wildcard", "f.html=1", "f.html=1",
		NULL, NULL, 9, 0, "f", "",
		"f.html as a --fallback answers at URLs that no build holds"},
	{"a removed fallback page", "f.html=1", "a=1", NULL, "/d/a/", 9, 9, "f",
		"", "so /d/* is needed, but --never-widen forbids it"},
	{"a fallback that no build has", "a=1", "a=1", NULL, NULL, 9, 0, "f",
		"/d/a", NULL},
};

static const char *const immutable[] = {"*.imm"};
static const char *const fallback[] = {"f.html"};

static struct url_rules
rules_of(const struct row *row)
{
	return (struct url_rules){
		.prefix = "/d/",
		.forms = {.index_document = "index.html",
			.index_slash = true,
			.index_bare = strchr(row->options, 'b')},
		.skip_added = strchr(row->options, 'a'),
		.immutable = immutable,
		.immutable_count = !!strchr(row->options, 'i'),
		.fallback = fallback,
		.fallback_count = !!strchr(row->options, 'f'),
		.never_widen = &row->never,
		.never_widen_count = !!row->never,
	};
}

static void
write_items(const struct plan *plan, char *out, size_t size)
{
	size_t i, at = 0;

	out[0] = '\0';
	for (i = 0; i < plan->count; i++)
		at += (size_t)snprintf(out + at, size - at, "%s%s",
			i ? " " : "", plan->items[i].text);
}

static void
check_row(const struct row *row)
{
	struct cached_value held = {.object = {.key = row->set_key, .size = 1}};
	const struct value_sets sets = {
		.list = &held, .count = !!row->set_key, .nothing_known = true};
	const struct url_rules rules = rules_of(row);
	const struct plan_limits limits = {
		row->paths, row->wildcards, COST_UNIT, 0};
	struct manifest before, after;
	struct err err = ERR_INIT;
	struct delta delta;
	char text[512] = "";
	int rc;

	held.object.fingerprint[0] = 1;
	held.object.key_len = row->set_key ? (uint32_t)strlen(row->set_key) : 0;
	read_manifest(&before, row->before ? row->before : "");
	read_manifest(&after, row->after);
	assert_int_equal(delta_find(&delta, row->before ? &before : NULL,
				 row->before ? &sets : NULL, &after, &err),
		0);
	assert_true(delta.everything);
	rc = delta_plan(&delta, &rules, &limits, &err);
	write_items(&delta.plan, text, sizeof(text));
	if (strcmp(text, row->items) != 0 || (rc != 0) != !!row->error ||
		(rc != 0 && (err.code != ERR_INPUT ||
				    !strstr(err.message, row->error))))
		fail_msg("%s: '%s' %s", row->name, text, err.message);
	delta_release(&delta);
	manifest_release(&before);
	manifest_release(&after);
}

static void
test_rows(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++)
		check_row(&rows[i]);
}

/* Why nothing is known: what the caller says, or what can be said anyway. */
static void
test_reasons(void **state)
{
	struct manifest before;
	struct delta delta = {.everything = true};

	(void)state;
	manifest_init(&before);
	assert_true(delta_is_first(&delta));
	assert_string_equal(delta_say_unknown(&delta), "there is no baseline");
	delta.unknown_because = "it was not accepted";
	assert_false(delta_is_first(&delta));
	assert_string_equal(delta_say_unknown(&delta), "it was not accepted");
	delta = (struct delta){.everything = true, .before = &before};
	assert_false(delta_is_first(&delta));
	assert_string_equal(
		delta_say_unknown(&delta), "an earlier run has recorded that");
}

/* ------------------------------------------------ against a naive model */

enum {
	KEYS = 12,
	ROUNDS = 3000,
};

static const char *const model_keys[KEYS] = {"a", "a/b", "a/c", "a/d/e",
	"a/d/f", "b", "b1", "b2", "c/a", "c/b", "d", "e/f/g/h"};
static const char *const model_never[] = {
	"/d/", "/d/a/", "/d/a/d/", "/d/b", "/d/c/a", "/d/x/", "/x/"};

static uint64_t model_state = 1;

/* xorshift64*: the same cases everywhere. */
static unsigned
draw(unsigned below)
{
	model_state ^= model_state >> 12;
	model_state ^= model_state << 25;
	model_state ^= model_state >> 27;
	return (unsigned)((model_state * 0x2545f4914f6cdd1d) >> 33) % below;
}

static bool
is_covered(const struct plan *plan, const char *key)
{
	char url[64];
	size_t i, len;

	snprintf(url, sizeof(url), "/d/%s", key);
	for (i = 0; i < plan->count; i++) {
		len = strlen(plan->items[i].text);
		if (strcmp(plan->items[i].text, url) == 0 ||
			(plan->items[i].wildcard && strncmp(plan->items[i].text,
							    url, len - 1) == 0))
			return true;
	}
	return false;
}

/* A build of some keys; returns which, as bits. */
static unsigned
draw_build(struct manifest *manifest)
{
	unsigned keys = draw(1u << KEYS);
	struct err err = ERR_INIT;
	size_t i;

	manifest_init(manifest);
	for (i = 0; i < KEYS; i++)
		if (keys & 1u << i)
			add_object(
				manifest, model_keys[i], (char)('1' + draw(2)));
	assert_int_equal(manifest_seal(manifest, &err), 0);
	return keys;
}

/* Every key that anything knows is covered, if there is a plan. */
static bool
check_round(unsigned round)
{
	struct row row = {.options = "", .never = model_never[draw(7)]};
	const struct url_rules rules = rules_of(&row);
	const struct plan_limits limits = {
		1 + draw(KEYS), draw(4), draw(2) * COST_UNIT, 0};
	unsigned held = draw(KEYS), known, i;
	struct cached_value value = {
		.object = {.key = model_keys[held],
			.key_len = (uint32_t)strlen(model_keys[held])}};
	const struct value_sets sets = {
		.list = &value, .count = draw(2), .nothing_known = true};
	struct manifest before, after;
	struct err err = ERR_INIT;
	struct delta delta;
	bool planned;

	known = draw_build(&before) | draw_build(&after);
	known |= sets.count ? 1u << held : 0;
	assert_int_equal(delta_find(&delta, &before, &sets, &after, &err), 0);
	planned = delta_plan(&delta, &rules, &limits, &err) == 0;
	if (!planned && err.code != ERR_INPUT)
		fail_msg("round %u: %s", round, err.message);
	for (i = 0; planned && i < KEYS; i++)
		if (known & 1u << i && !is_covered(&delta.plan, model_keys[i]))
			fail_msg("round %u: %s", round, model_keys[i]);
	delta_release(&delta);
	manifest_release(&before);
	manifest_release(&after);
	return planned;
}

static void
test_against_a_model(void **state)
{
	unsigned rounds = getenv("EDGEDIFF_SHORT") ? ROUNDS / 20 : ROUNDS;
	unsigned planned = 0, i;

	(void)state;
	for (i = 0; i < rounds; i++)
		planned += check_round(i);
	assert_in_range(planned, rounds / 4, rounds - 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rows),
		cmocka_unit_test(test_reasons),
		cmocka_unit_test(test_against_a_model),
	};

	return cmocka_run_group_tests_name("everything", tests, NULL, NULL);
}
