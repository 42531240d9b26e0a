/* The URLs of keys: encoding, index documents, doubtful names, cuts. */
#include "diff/build_urls.h"
#include "diff/changes.h"
#include "diff/url.h"
#include "diff/url_rules.h"
#include "diff/url_set.h"
#include "tests/unit/forms_fixture.h"
#include "tests/unit/manifest_fixture.h"

/* Letters of a row's options. */
struct row {
	const char *name;
	const char *options; /* f s b c q e a: as read_options says */
	const char *prefix;
	const char *before, *after; /* keys: words, with =content */
	const char *urls; /* each +stale, =fresh or ?neutral, ~ if not exact */
	const char *error;
};

static const struct row rows[] = {
	{"nothing", "fs", "/", "", "", "", NULL},
	{"one of each kind", "fs", "/", "a=1 b=1 d=1", "a=2 c=1 d=1",
		"+/a +/b +/c =/d", NULL},
	{"an index", "fs", "/", "", "a/index.html=1", "+/a/ +/a/index.html",
		NULL},
	{"the root's index", "fsb", "/", "", "index.html=1", "+/ +/index.html",
		NULL},
	{"not an index", "fs", "/", "", "docs/reindex.html=1",
		"+/docs/reindex.html", NULL},
	{"bare only", "b", "/", "", "a/index.html=1", "+/a", NULL},
	{"no bare root", "b", "/", "", "index.html=1", "", NULL},
	{"bare mount", "fsb", "/docs/", "", "index.html=1",
		"+/docs +/docs/ +/docs/index.html", NULL},
	{"bare mount by wildcard", "bq", "/docs/", "", "index.html=1", "",
		"outside --prefix"},
	{"clean", "fc", "/", "", "a.html=1 .html=1 x/b.html=1",
		"+/.html +/a +/a.html +/x/b +/x/b.html", NULL},
	{"clean, and an index", "fsc", "/", "", "a/index.html=1",
		"+/a/ +/a/index.html", NULL},
	{"shared URL", "fc", "/", "a=1 a.html=1", "a=1 a.html=2",
		"+/a +/a.html", NULL},
	{"skip added", "fsa", "/", "a=1", "a=2 b=1", "+/a ?/b", NULL},
	{"skip added, by a wildcard only", "fsaq", "/", "", "b=1", "~/b@2",
		NULL},
	{"skip added, shared with an unchanged one", "fca", "/", "a=1",
		"a=1 a.html=1", "=/a ?/a.html", NULL},
	{"skip added, shared with a changed one", "fca", "/", "a=1",
		"a=2 a.html=1", "+/a ?/a.html", NULL},
	{"skip added, shared with a removed one", "fca", "/", "a=1", "a.html=1",
		"+/a ?/a.html", NULL},
	{"skip added, immutable", "fsai", "/", "x.imm=1", "x.imm=2 y.imm=1",
		"=/x.imm ?/y.imm", NULL},
	{"immutable", "fsi", "/", "x.imm=1 a=1", "x.imm=2 a=2 y.imm=1",
		"+/a =/x.imm =/y.imm", NULL},
	{"encoded once", "fs", "/", "",
		"%20=1 #a=1 \xc3\xa9=1 a?b=1 []=1 a+b@c,d=1 ;:&$!()=1",
		"+/%23a +/%2520 +/%5B%5D +/%C3%A9 +/;:&$!() +/a%3Fb "
		"+/a+b@c,d",
		NULL},
	{"doubtful, widened", "fs", "/", "", "a~b=1 c'd=1 e*f=1",
		"~/a%7Eb@2 ~/c%27d@2 ~/e%2Af@2", NULL},
	{"doubtful, encoded", "fse", "/", "", "a~b=1 c'd=1 e~*f=1",
		"+/a%7Eb +/c%27d ~/e%7E%2Af@5", NULL},
	{"query strings", "fsq", "/", "", "a=1", "~/a@2", NULL},
	{"no / at the end", "fs", "/docs", "", "", "", "--prefix"},
	{"no path", "fs", "C:/Git/", "", "", "", "like /docs/"},
	{"* in the prefix", "fse", "/a*/", "", "", "", "wildcard"},
	{"~ in the prefix", "fs", "/~me/", "", "", "", "--doubtful encode"},
	{"~ in the prefix, encoded", "fse", "/~me/", "", "a=1", "+/%7Eme/a",
		NULL},
	{"no index URL", "", "/", "", "", "", "--index-urls"},
};

/* The same, after a deployment with other forms. */
static const struct deployed_row {
	struct row row;
	const char *deployed; /* options */
} deployed_rows[] = {
	{{"the same forms", "fsc", "/", "a.html=1 d/index.html=1",
		 "a.html=1 d/index.html=1", "=/a =/a.html =/d/ =/d/index.html",
		 NULL},
		"fsc"},
	{{"clean URLs are new", "fsc", "/", "a.html=1 b=1", "a.html=1 b=1",
		 "+/a =/a.html =/b", NULL},
		"fs"},
	{{"bare is new", "fsb", "/docs/", "index.html=1 d/index.html=1",
		 "index.html=1 d/index.html=1",
		 "+/docs =/docs/ +/docs/d =/docs/d/ =/docs/d/index.html "
		 "=/docs/index.html",
		 NULL},
		"fs"},
	{{"fewer forms", "f", "/", "a.html=1 d/index.html=1",
		 "a.html=1 d/index.html=1",
		 "+/a =/a.html +/d +/d/ =/d/index.html", NULL},
		"fsbc"},
	{{"another index document", "fsb", "/", "d/index.html=1 d/main.html=1",
		 "d/index.html=1 d/main.html=1",
		 "+/d +/d/ =/d/index.html =/d/main.html", NULL},
		"fsM"},
	{{"a new form of an added object", "fsca", "/", "", "a.html=1",
		 "+/a ?/a.html", NULL},
		"fs"},
	{{"a new form of an immutable object", "fci", "/", "x.imm=1 i.html=1",
		 "x.imm=2 i.html=1", "=/i =/i.html =/x.imm", NULL},
		"f"},
};

static const char *const immutable[] = {"*.imm", "i.html"};

static struct url_rules
read_options(const struct row *row)
{
	const char *o = row->options;

	return (struct url_rules){
		.prefix = row->prefix,
		.forms = read_forms(o),
		.query_strings = strchr(o, 'q'),
		.doubtful_encode = strchr(o, 'e'),
		.skip_added = strchr(o, 'a'),
		.immutable = immutable,
		.immutable_count = strchr(o, 'i') ? COUNT(immutable) : 0,
	};
}

static void
write_urls(const struct url_set *set, char *out, size_t size)
{
	size_t i, at = 0;

	out[0] = '\0';
	for (i = 0; i < set->count; i++) {
		const struct url *url = &set->list[i];

		assert_false(url->stale && url->neutral);
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
check_row(const struct row *row, const struct url_forms *deployed)
{
	struct url_rules rules = read_options(row);
	struct manifest before, after;
	struct changes changes;
	struct err err = ERR_INIT;
	struct url_set set;
	char text[512];
	int rc;

	rules.deployed = deployed;
	read_manifest(&before, row->before);
	read_manifest(&after, row->after);
	assert_int_equal(
		changes_find(&changes, &before, NULL, &after, &err), 0);
	rc = build_urls_find(&set, &after, &changes, false, &rules, &err);
	write_urls(&set, text, sizeof(text));
	if (strcmp(text, row->urls) != 0 || (rc != 0) != !!row->error ||
		(rc != 0 && !strstr(err.message, row->error)))
		fail_msg("%s: '%s' %s", row->name, text, err.message);
	assert_int_equal(set.immutable_changed_count,
		row->options[0] && strchr(row->options, 'i') ? 1 : 0);
	url_set_release(&set);
	changes_release(&changes);
	manifest_release(&before);
	manifest_release(&after);
}

static void
test_rows(void **state)
{
	struct url_forms deployed;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++)
		check_row(&rows[i], NULL);
	for (i = 0; i < COUNT(deployed_rows); i++) {
		deployed = read_forms(deployed_rows[i].deployed);
		check_row(&deployed_rows[i].row, &deployed);
	}
}

/* Over 4,000 characters: an error in the new build, a cut in the old one. */
static void
test_long(void **state)
{
	struct url_rules rules = read_options(&rows[0]);
	struct manifest empty, full;
	struct changes changes;
	struct err err = ERR_INIT;
	struct url_set set;
	char key[4001];
	size_t i;

	(void)state;
	for (i = 0; i + 2 < sizeof(key); i += 2)
		memcpy(key + i, "\xc3\xa9", 2);
	key[i] = '\0';
	read_manifest(&empty, "");
	manifest_init(&full);
	add_object(&full, key, '1');
	assert_int_equal(manifest_seal(&full, &err), 0);
	assert_int_equal(changes_find(&changes, &empty, NULL, &full, &err), 0);
	assert_int_equal(
		build_urls_find(&set, &full, &changes, false, &rules, &err),
		-1);
	assert_int_equal(err.code, ERR_INPUT);
	changes_release(&changes);
	assert_int_equal(changes_find(&changes, &full, NULL, &empty, &err), 0);
	assert_int_equal(
		build_urls_find(&set, &empty, &changes, false, &rules, &err),
		0);
	assert_int_equal(set.count, 1);
	assert_false(set.list[0].exact);
	assert_int_equal(set.list[0].cut, 1 + 666 * 6);
	url_set_release(&set);
	changes_release(&changes);
	manifest_release(&empty);
	manifest_release(&full);
}

/* Everything is stale but what is immutable, and nothing is neutral. */
static void
test_everything(void **state)
{
	static const struct row row = {"", "fsai", "/", "", "", "", NULL};
	struct url_rules rules = read_options(&row);
	struct manifest before, after;
	struct changes changes;
	struct err err = ERR_INIT;
	struct url_set set;
	char text[512];

	(void)state;
	read_manifest(&before, "a=1 gone=1 x.imm=1");
	read_manifest(&after, "a=1 new=1 x.imm=1 y.imm=1");
	assert_int_equal(
		changes_find(&changes, &before, NULL, &after, &err), 0);
	assert_int_equal(
		build_urls_find(&set, &after, &changes, true, &rules, &err), 0);
	write_urls(&set, text, sizeof(text));
	assert_string_equal(text, "+/a +/gone +/new =/x.imm =/y.imm");
	url_set_release(&set);
	changes_release(&changes);
	manifest_release(&before);
	manifest_release(&after);
}

static const struct cut_row {
	const char *text;
	size_t len, cut;
} cut_rows[] = {
	{"/abc", 3, 3},
	{"/%20a", 2, 1},
	{"/%20a", 3, 1},
	{"/%20a", 4, 4},
	{"/%C3%A9", 4, 1},
	{"/%C3%A9", 5, 1},
	{"/%C3%A9", 7, 7},
	{"/%E2%82%AC", 7, 1},
	{"/%E2%82%AC", 10, 10},
	{"/%A9", 4, 4},
	{"/%F0%9F%98%80", 10, 1},
	{"/%F0%9F%C3", 10, 1},
	{"/%ED%A0", 7, 7},
	{"/%ED%9F", 7, 1},
	{"/%E0%80", 7, 7},
	{"/%F5", 4, 4},
};

static void
test_cut(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(cut_rows); i++)
		if (url_cut(cut_rows[i].text, cut_rows[i].len) !=
			cut_rows[i].cut)
			fail_msg("%s at %zu: %zu", cut_rows[i].text,
				cut_rows[i].len,
				url_cut(cut_rows[i].text, cut_rows[i].len));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rows),
		cmocka_unit_test(test_long),
		cmocka_unit_test(test_cut),
		cmocka_unit_test(test_everything),
	};

	return cmocka_run_group_tests_name("url", tests, NULL, NULL);
}
