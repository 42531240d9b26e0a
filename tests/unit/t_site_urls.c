/* The URLs of keys by what is known of the site, and that as text. */
#include "diff/build_urls.h"
#include "diff/changes.h"
#include "diff/delta.h"
#include "diff/fallback.h"
#include "diff/left_out.h"
#include "diff/site_text.h"
#include "tests/unit/forms_fixture.h"
#include "tests/unit/manifest_fixture.h"

struct row {
	const char *name;
	const char *options; /* f s b c q: as read_forms says, q and a */
	const char *prefix;
	const char *site, *deployed; /* text forms; NULL: nothing is known */
	const char *before, *after; /* keys: words, with =content */
	const char *urls; /* each +stale, =fresh or ?neutral, ~ if not exact */
	size_t variants_left;
};

static const struct row rows[] = {
	{"nothing known", "fs", "/", NULL, NULL, "", "index.html=1",
		"+/ +/index.html", 0},

	{"an index by its own URL only", "f", "/", "1 index-urls c:", NULL, "",
		"index.html=1 a/index.html=1", "+/a/index.html +/index.html",
		0},
	{"slash and bare", "f", "/", "1 index-urls csb:", NULL, "",
		"index.html=1 a/index.html=1",
		"+/ +/a +/a/ +/a/index.html +/index.html", 0},
	{"slash in one behaviour", "f", "/", "1 index-urls cs:/a/* c:", NULL,
		"", "a/index.html=1 b/index.html=1",
		"+/a/ +/a/index.html +/b/index.html", 0},
	{"a redirect to another origin's folder", "f", "/",
		"1 index-urls cs@0000000a:/a/* cs@0000000b:", NULL, "",
		"a/index.html=1 b/index.html=1",
		"+/a +/a/ +/a/index.html +/b/ +/b/index.html", 0},
	{"options win", "fb", "/", "1 csb:", NULL, "", "a/index.html=1",
		"+/a +/a/index.html", 0},

	{"a root object", "f", "/", "1 root:index.html index-urls c:", NULL, "",
		"index.html=1 a/index.html=1", "+/ +/a/index.html +/index.html",
		0},
	{"an encoded root object", "f", "/",
		"1 root:x/m%25C2%25A0.txt root-only index-urls cs:", NULL, "",
		"x/m\xc2\xa0.txt=1", "+/ +/x/m%C2%A0.txt", 0},
	{"a root object in a folder", "f", "/",
		"1 root:x/main.txt root-only index-urls cs:", NULL, "",
		"index.html=1 x/main.txt=1", "+/ +/index.html +/x/main.txt", 0},
	{"no root object", "f", "/", "1 root-only index-urls cs:", NULL, "",
		"index.html=1 x/index.html=1",
		"+/index.html +/x/ "
		"+/x/index.html",
		0},
	{"a root object beside the option", "fs", "/", "1 root:x.html c:", NULL,
		"", "index.html=1 x.html=1", "+/ +/index.html +/x.html", 0},
	{"a root object below a mount", "fs", "/docs/", "1 root:docs/a.html c:",
		NULL, "", "a.html=1", "+/ +/docs/a.html", 0},
	{"a root object elsewhere", "fs", "/docs/", "1 root:a.html c:", NULL,
		"", "a.html=1", "+/docs/a.html", 0},

	{"skip added", "fsa", "/", "1 c:", NULL, "", "a=1", "?/a", 0},
	{"skip added, although errors are kept", "fsa", "/",
		"1 keeps-errors c:", NULL, "", "a=1", "?/a", 0},

	{"query strings in one behaviour", "fs", "/", "1 cq:/q/* c:", NULL, "",
		"q/a=1 r/a=1", "~/q/a@4 +/r/a", 0},
	{"query strings outside the mount", "fsb", "/docs/", "1 cq:", NULL, "",
		"index.html=1", "+/docs ~/docs/@6 ~/docs/index.html@16", 1},
	{"query strings by option, outside the mount", "fsbq", "/docs/",
		"1 c:", NULL, "", "index.html=1",
		"+/docs ~/docs/@6 ~/docs/index.html@16", 1},

	{"never cached, but not for long", "fs", "/", "1 -:/a/* c:", NULL,
		"a/x=1 b=1", "a/x=2 b=2", "+/a/x +/b", 0},
	{"never cached, and another configuration before", "fs", "/",
		"2 -:/a/* c:", "1 -:/a/* c:", "a/x=1 a/y=1 b=1",
		"a/x=2 a/y=1 b=1", "+/a/x +/a/y =/b", 0},
	{"never cached, but it was", "fs", "/", "1 -:/a/* c:", "1 c:",
		"a/x=1 a/y=1 b=1", "a/x=1 a/y=1 b=1", "+/a/x +/a/y =/b", 0},
	{"never cached, and an added object", "fsa", "/", "1 -:/a/* c:", "1 c:",
		"a/x=1", "a/x=1 a/y=1", "+/a/x ?/a/y", 0},
	{"never cached, and nothing has changed", "fs", "/",
		"1 -:/a/* c:", "1 -:/a/* c:", "a/x=1 b=1 a/y=1",
		"a/x=2 b=2 a/y=1", "?/a/x ?/a/y +/b", 0},
	{"never cached, and not known any more", "fs", "/", NULL, "1 -:", "a=1",
		"a=2", "+/a", 0},

	{"the forms before and now", "f", "/",
		"2 index-urls c:", "1 index-urls csb:", "a/index.html=1",
		"a/index.html=2", "+/a +/a/ +/a/index.html", 0},
	{"new forms of an unchanged object", "f", "/",
		"2 index-urls csb:", "1 index-urls c:", "a/index.html=1",
		"a/index.html=1", "+/a +/a/ =/a/index.html", 0},
	{"a new root object", "f", "/", "2 root:b c:", "1 root:a c:", "a=1 b=1",
		"a=1 b=1", "+/ =/a =/b", 0},
	{"another origin's before", "f", "/", "2 c:", "1 fc:/x/* c:",
		"a=1 x/a=1", "a=1 x/a=1", "=/a +/x/a", 0},
	{"another origin of the build's before", "f", "/",
		"2 c@0000000a:/x/* c@0000000b:",
		"1 c@0000000b:/x/* c@0000000b:", "a=1 x/a=1", "a=1 x/a=1",
		"=/a +/x/a", 0},
	{"the same origins in other behaviours", "f", "/",
		"2 c@0000000a:/x/* c@0000000b:",
		"1 c@0000000a:/x/a c@0000000b:", "a=1 x/a=1", "a=1 x/a=1",
		"=/a =/x/a", 0},
	{"an origin that was not known", "f", "/",
		"2 c@0000000a:", "1 c:", "a=1", "a=1", "=/a", 0},
	{"a form that is gone", "f", "/", "2 index-urls c:", "1 index-urls cs:",
		"a/index.html=1", "a/index.html=1", "+/a/ =/a/index.html", 0},
	{"query strings before", "f", "/", "2 c:", "1 cq:", "a=1", "a=2",
		"~/a@2", 0},
	{"query strings before, and not known any more", "f", "/", NULL,
		"1 cq:", "a=1", "a=2", "~/a@2", 0},
};

static void
write_urls(const struct url_set *set, char *out, size_t size)
{
	size_t i, at = 0;

	out[0] = '\0';
	for (i = 0; i < set->count; i++) {
		const struct url *url = &set->list[i];

		at += (size_t)snprintf(out + at, size - at, "%s%c%s",
			i ? " " : "",
			!url->exact    ? '~'
			: url->stale   ? '+'
			: url->neutral ? '?'
				       : '=',
			url->text);
		if (!url->exact)
			at += (size_t)snprintf(
				out + at, size - at, "@%u", url->cut);
	}
}

static void
read_site(struct site *site, struct arena *texts, const char *text)
{
	struct err err = ERR_INIT;
	char *again;

	if (site_text_read(site, texts, text, &err) != 0)
		fail_msg("%s: %s", text, err.message);
	again = site_text(site, &err);
	assert_string_equal(again, text);
	free(again);
}

static void
check_row(const struct row *row)
{
	struct manifest before, after;
	struct err err = ERR_INIT;
	struct changes changes;
	struct url_set set;
	struct site site, deployed_site;
	struct url_forms deployed = read_forms("f");
	struct arena texts;
	struct url_rules rules = {
		.prefix = row->prefix,
		.forms = read_forms(row->options),
		.query_strings = strchr(row->options, 'q'),
		.skip_added = strchr(row->options, 'a'),
	};
	char urls[1024];

	arena_init(&texts);
	if (row->site) {
		read_site(&site, &texts, row->site);
		rules.site = &site;
	}
	if (row->deployed) {
		read_site(&deployed_site, &texts, row->deployed);
		rules.deployed_site = &deployed_site;
		rules.deployed = &deployed;
	}
	read_manifest(&before, row->before);
	read_manifest(&after, row->after);
	assert_int_equal(
		changes_find(&changes, &before, NULL, &after, &err), 0);
	if (build_urls_find(&set, &after, &changes, false, &rules, &err) != 0)
		fail_msg("%s: %s", row->name, err.message);
	write_urls(&set, urls, sizeof(urls));
	if (strcmp(urls, row->urls) != 0 ||
		set.variants_left_count != row->variants_left)
		fail_msg("%s: '%s', %zu left", row->name, urls,
			set.variants_left_count);
	url_set_release(&set);
	changes_release(&changes);
	manifest_release(&before);
	manifest_release(&after);
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

static void
test_text(void **state)
{
	static const char *const wrong[] = {
		"",
		"1",
		"1 c:/a/*",
		"1 c: c:",
		"1 cf:",
		"1 :",
		"1  c:",
		"1 index-urls root:a c:",
		"1 root: c:",
		"1 page:x:w:a c:",
		"1 page:1 c:",
		"1 c:/%61 c:",
		"1 x:",
		"1 c@a:",
		"1 c@00000000:",
		"1 c@0000000A:",
	};
	struct err err = ERR_INIT;
	struct arena texts;
	struct site site;
	size_t i;

	(void)state;
	arena_init(&texts);
	for (i = 0; i < COUNT(wrong); i++)
		if (site_text_read(&site, &texts, wrong[i], &err) == 0)
			fail_msg("'%s'", wrong[i]);
	read_site(&site, &texts,
		"ab12 root:x%20y root-only index-urls keeps-errors "
		"page:300:w:404.html "
		"page:10:-:a%3Ab fcq@00c0ffee:/api/* -:*.jpg "
		"sb:/%25C3%25A9?%20 cq:");
	assert_string_equal(site.digest, "ab12");
	assert_string_equal(site.root_object, "x y");
	assert_int_equal(site.page_count, 2);
	assert_int_equal(site.pages[0].ttl, 300);
	assert_true(site.pages[0].widens && !site.pages[1].widens);
	assert_string_equal(site.pages[1].key, "a:b");
	assert_int_equal(site.count, 4);
	assert_int_equal(site.behaviors[0].origin, 0xc0ffee);
	assert_string_equal(site.behaviors[2].pattern, "/%C3%A9? ");
	assert_null(site.behaviors[3].pattern);
	assert_true(site.behaviors[3].query_strings);
	arena_release(&texts);
}

/* If no wildcard is left for query strings, those are. */
static void
test_no_wildcard(void **state)
{
	static const struct plan_limits limits = {9, 0, 1000000, 1000};
	struct url_rules rules = {.prefix = "/", .forms = read_forms("f")};
	struct manifest before, after;
	struct err err = ERR_INIT;
	struct arena texts;
	struct delta delta;
	struct site site;

	(void)state;
	arena_init(&texts);
	read_site(&site, &texts, "1 cq:/q/* c:");
	rules.site = &site;
	read_manifest(&before, "a=1 q/a=1 q/b=1");
	read_manifest(&after, "a=2 q/a=2 q/b=1");
	assert_int_equal(delta_find(&delta, &before, NULL, &after, &err), 0);
	assert_int_equal(delta_plan(&delta, &rules, &limits, &err), 0);
	assert_int_equal(delta.plan.count, 2);
	assert_string_equal(delta.plan.items[1].text, "/q/a");
	assert_int_equal(delta.urls.variants_left_count, 1);
	assert_string_equal(delta.urls.variants_left, "/q/a");
	delta_release(&delta);
	manifest_release(&before);
	manifest_release(&after);
	arena_release(&texts);
}

static const char *
plan_first(const char *site_text, const char *deployed, char out[64])
{
	static const struct plan_limits limits = {9, 1, 1000000, 1000};
	struct url_rules rules = {.prefix = "/", .forms = read_forms("f")};
	struct manifest before, after;
	struct err err = ERR_INIT;
	struct site site, deployed_site;
	struct arena texts;
	struct delta delta;

	arena_init(&texts);
	read_site(&site, &texts, site_text);
	rules.site = &site;
	if (deployed) {
		read_site(&deployed_site, &texts, deployed);
		rules.deployed_site = &deployed_site;
	}
	read_manifest(&before, "a=1 404.html=1 b=1");
	read_manifest(&after, "a=1 404.html=2 b=1");
	assert_int_equal(delta_find(&delta, &before, NULL, &after, &err), 0);
	assert_int_equal(delta_plan(&delta, &rules, &limits, &err), 0);
	snprintf(out, 64, "%s", delta.plan.items[0].text);
	delta_release(&delta);
	manifest_release(&before);
	manifest_release(&after);
	arena_release(&texts);
	return out;
}

/* A page that is kept for long is a fallback page, and so is one that was. */
static void
test_pages(void **state)
{
	char out[64];

	(void)state;
	assert_string_equal(
		plan_first("1 page:300:w:404.html c:", NULL, out), "/*");
	assert_string_equal(
		plan_first("1 page:10:-:404.html c:", NULL, out), "/404.html");
	assert_string_equal(
		plan_first("2 c:", "1 page:300:w:404.html c:", out), "/*");
}

/* What query strings and pages a deployment covered. */
static void
test_left_out(void **state)
{
	struct url_rules rules = {.prefix = "/", .forms = read_forms("f")};
	struct err err = ERR_INIT;
	struct arena texts;
	struct site site;
	char *text;

	(void)state;
	arena_init(&texts);
	read_site(&site, &texts,
		"1 page:300:w:404.html page:1:-:x fq:/api/* cq:/q/* -:/u cq:");
	rules.site = &site;
	text = left_out_text(&rules, NULL, &err);
	assert_string_equal(text, "query-strings:/q/%2A uncached:/u "
				  "query-strings: fallback:404.html");
	assert_null(left_out_compare(text, text));
	assert_non_null(left_out_compare(text, "-")); /* uncached:/u */
	assert_null(left_out_compare("query-strings fallback:404.html", text));
	assert_non_null(left_out_compare("-", text));
	assert_non_null(left_out_compare("uncached:/a", "-"));
	assert_null(left_out_compare("-", "uncached:/a"));
	assert_non_null(left_out_compare("fallback:404.html", text));
	assert_non_null(left_out_compare("query-strings", text));
	assert_non_null(left_out_compare(text, "query-strings"));
	free(text);
	arena_release(&texts);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rows),
		cmocka_unit_test(test_text),
		cmocka_unit_test(test_no_wildcard),
		cmocka_unit_test(test_pages),
		cmocka_unit_test(test_left_out),
	};

	return cmocka_run_group_tests_name("site_urls", tests, NULL, NULL);
}
