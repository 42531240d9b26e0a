/* What looks like something else than the site, and what does not. */
#include "diff/guard.h"
#include "manifest/key_hash.h"
#include "manifest/shard.h"
#include "tests/unit/manifest_fixture.h"

enum { LISTED = 2000 };

/*
 * Builds are words, as in the fixture; FOLDER*N stands for N objects in a
 * folder (. is the top), with content that differs between their names.
 */
struct row {
	const char *name, *before, *after; /* before: NULL if there is none */
	bool deployed;
	const char *want; /* the guards that refuse, and ?those that warn */
};

static const struct row rows[] = {
	{"a site", NULL, ".*30 blog*20 index.html=1", false, ""},
	{"nothing at all", NULL, "", false, "empty"},
	{"one page", NULL, "index.html=1", true, ""},

	/* a lone top folder */
	{"public/", NULL, "public*74", true, "root"},
	{"public/ in another build", "public*74", "public*75", false, "root"},
	{"public/ was deployed", "public*74", "public*75", true, ""},
	{"it was dist/ before", "dist*74", "public*74", true, "root"},
	{"one version follows another", "v1*40 v1/index.html=1",
		"v2*40 v2/index.html=1", true, "?root"},
	{"in another build", "v1*40 v1/index.html=1", "v2*40 v2/index.html=1",
		false, "root"},
	{"a build folder follows a version", "v1*40", "dist*40", true, "root"},
	{"a version follows a build folder", "dist*40", "v1*40 v1/index.html=1",
		true, "root"},
	{"public/ was one of two", "public*74 a=1", "public*74", true, "root"},
	{"a folder with the index", NULL, "docs/index.html=1 docs/a=1", true,
		"root"},
	{"the index further down", NULL, "docs/a=1 docs/b/index.html=1", true,
		"?root"},
	{"in two folders", NULL, "a/b/index.html=1 a/b/c=1", true, "root"},
	{"a folder of assets", NULL, "static*9", true, "?root"},
	{"assets were deployed", "static*9", "static*8", true, ""},
	{"assets in another build", "static*9", "static*8", false, ""},
	{"a name that begins alike", NULL, "public*9 public2*9", true, ""},
	{"a file at the top", NULL, "public*9 robots.txt=1", true, ""},
	{"a folder whose name sorts between", NULL, "a/b=1 a-b=1 a/c=1", true,
		""},

	/* an archive in an archive */
	{"site.zip", NULL, "site.zip=1", true, "archive"},
	{"artifact.tar was deployed", "artifact.tar=1", "artifact.tar=2", true,
		""},
	{"artifact.tar in both", "artifact.tar=1", "artifact.tar=2", false,
		"archive"},
	{"downloads", NULL, "a.zip=1 b.zip=1", true, ""},
	{".zip", NULL, ".zip=1", true, ""},

	/* objects that moved up or down */
	{"the folder above", ".*30 blog*10", "src*9 public*30 public/blog*10",
		true, "moved"},
	{"a small site", ".*20", "src*9 public*20", true, ""},
	{"only half of it", ".*40 a*40", "a*40 public*40", true, ""},
	{"a sub-folder", "blog*34 docs*40", ".*40", true, "moved"},
	{"a changed sub-folder", "blog*60 docs*40", ".*41", true, "moved"},
	{"a small sub-folder", "a=1 b=1 docs/c=3 docs/d=3", "c=3 d=3", true,
		"moved"},
	{"a page of a sub-folder", "a=1 b=1 docs/c=3", "c=3", true, ""},
	{"a copy goes", ".*40 v1*40 v2*40", ".*40", true, ""},
	{"a version follows another", "v1*40", "v2*40 index.html=1", true, ""},
	{"hashed names", ".*9 _next/1*90", ".*9 _next/2*90", true, ""},
	{"a rewrite", ".*90", "a*30 b*30 c*30", true, ""},
	{"all is gone but a page", ".*90", "index.html=1", true, ""},
	{"public/ taken off", "public*60 public/blog*30", ".*60 blog*30", true,
		""},

	{NULL, NULL, NULL, false, NULL},
};

static void
add_many(struct manifest *manifest, const char *folder, int count)
{
	bool top = strcmp(folder, ".") == 0;
	char key[128];
	int i;

	/* a name has one content in all folders, as if it was moved */
	for (i = 0; i < count; i++) {
		snprintf(key, sizeof(key), "%s%sp%03d", top ? "" : folder,
			top ? "" : "/", i);
		add_object(manifest, key, (char)('a' + i % 26));
	}
}

static void
read_build(struct manifest *manifest, const char *words)
{
	struct err err = ERR_INIT;
	char word[64], content;
	int used, count;

	manifest_init(manifest);
	for (; *words; words += used) {
		if (sscanf(words, " %63[^=* ]*%d%n", word, &count, &used) == 2)
			add_many(manifest, word, count);
		else if (sscanf(words, " %63[^=* ]=%c%n", word, &content,
				 &used) == 2)
			add_object(manifest, word, content);
		else
			fail_msg("not a build: %s", words);
	}
	assert_int_equal(manifest_seal(manifest, &err), 0);
}

/* The names of the guards that do not pass; ?NAME if it is a warning. */
static void
ask_all(const struct guard_input *input, char *out, size_t size)
{
	const struct guard *guard;
	enum guard_verdict verdict;
	struct buf text;
	size_t len = 0;

	out[0] = '\0';
	for (guard = guards; guard->name; guard++) {
		buf_init(&text, GUARD_TEXT_MAX);
		verdict = guard_check(guard, input, &text);
		assert_int_equal(verdict != GUARD_PASS, text.len > 0);
		if (verdict != GUARD_PASS)
			len += (size_t)snprintf(out + len, size - len, "%s%s%s",
				len ? " " : "",
				verdict == GUARD_WARN ? "?" : "", guard->name);
		buf_release(&text);
	}
}

enum { HELD = 60 };

/* What caches may hold of an upload that was replaced: other keys. */
static void
make_sets(struct value_sets *sets, struct cached_value list[HELD],
	char keys[HELD][32])
{
	int i;

	*sets = (struct value_sets){.list = list, .count = HELD};
	for (i = 0; i < HELD; i++) {
		snprintf(keys[i], sizeof(keys[i]), "wrong/%02d", i);
		list[i] = (struct cached_value){
			.object = {.key = keys[i], .key_len = 8, .size = 1}};
		list[i].object.fingerprint[0] = 1;
	}
}

/* Only the manifests count, whatever caches may hold beside them. */
static void
compare(const struct manifest *before, const struct manifest *after,
	bool deployed, char *out, size_t size)
{
	struct cached_value list[HELD];
	char keys[HELD][32], alone[256];
	struct err err = ERR_INIT;
	struct value_sets sets;
	struct delta delta;
	const struct guard_input input = {
		.delta = &delta,
		.index_document = "index.html",
		.deployed = deployed,
	};

	assert_int_equal(delta_find(&delta, before, NULL, after, &err), 0);
	ask_all(&input, alone, sizeof(alone));
	delta_release(&delta);
	make_sets(&sets, list, keys);
	assert_int_equal(delta_find(&delta, before, &sets, after, &err), 0);
	ask_all(&input, out, size);
	delta_release(&delta);
	assert_string_equal(out, alone);
}

static void
test_rows(void **state)
{
	struct manifest before, after;
	const struct row *row;
	char got[256];

	(void)state;
	for (row = rows; row->name; row++) {
		read_build(&before, row->before ? row->before : "");
		read_build(&after, row->after);
		compare(row->before ? &before : NULL, &after, row->deployed,
			got, sizeof(got));
		if (strcmp(got, row->want) != 0)
			fail_msg("%s: '%s', wanted '%s'", row->name, got,
				row->want);
		manifest_release(&before);
		manifest_release(&after);
	}
}

/* Posts and the index page, without those of a part. */
static void
read_parts(struct manifest *manifest, int count, const struct shard *without)
{
	struct err err = ERR_INIT;
	char key[64] = "index.html";
	int i;

	manifest_init(manifest);
	for (i = 0; i < count; i++) {
		if (without->count == 0 ||
			!shard_has(without, key_hash(key, strlen(key))))
			add_object(manifest, key, 'a');
		snprintf(key, sizeof(key), "%d.html", i);
	}
	assert_int_equal(manifest_seal(manifest, &err), 0);
}

static void
test_a_part_is_missing(void **state)
{
	static const struct {
		int objects;
		struct shard without;
		const char *want;
	} cases[] = {
		{74, {0, 0}, ""}, {74, {2, 3}, "partial"},
		{74, {1, 2}, "partial"}, {20, {2, 3}, ""}, /* too few to tell */
		{LISTED, {0, 0}, ""}, {LISTED, {40, 64}, "partial"},
		{LISTED, {40, 400}, ""}, /* too small a part to tell */
	};
	struct manifest whole, after;
	char got[256];
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(cases); i++) {
		read_parts(&whole, cases[i].objects, &(struct shard){0, 0});
		read_parts(&after, cases[i].objects, &cases[i].without);
		compare(&whole, &after, true, got, sizeof(got));
		if (strcmp(got, cases[i].want) != 0)
			fail_msg("case %zu: %s", i, got);
		compare(NULL, &after, true, got, sizeof(got));
		if (strcmp(got, cases[i].want) != 0)
			fail_msg("case %zu: %s", i, got);
		/* the last deployment had the same gap */
		compare(&after, &after, true, got, sizeof(got));
		assert_string_equal(got, "");
		manifest_release(&after);
		manifest_release(&whole);
	}
}

/* However many objects there are, none of the parts is empty by chance. */
static void
test_whole_builds_have_all_parts(void **state)
{
	struct manifest whole;
	char got[256];
	int count;

	(void)state;
	for (count = 1; count < 1200; count += 7) {
		read_parts(&whole, count, &(struct shard){0, 0});
		compare(NULL, &whole, true, got, sizeof(got));
		assert_string_equal(got, "");
		manifest_release(&whole);
	}
}

static void
test_lfs_pointers(void **state)
{
	const struct guard *lfs = guard_find("lfs", 3);
	struct guard_input input = {.part = true};
	struct manifest after;
	struct delta delta = {.after = &after};
	struct buf text;

	(void)state;
	input.delta = &delta;
	read_build(&after, "a=1 b=1 c=1");
	buf_init(&text, GUARD_TEXT_MAX);
	assert_int_equal(guard_check(lfs, &input, &text), GUARD_PASS);
	after.objects[1].lfs_pointer = true;
	assert_int_equal(guard_check(lfs, &input, &text), GUARD_WARN);
	assert_non_null(strstr(buf_str(&text), "b is a Git LFS pointer"));
	after.objects[2].lfs_pointer = true;
	buf_clear(&text);
	assert_int_equal(guard_check(lfs, &input, &text), GUARD_WARN);
	assert_non_null(strstr(buf_str(&text), "b and 1 other file are"));
	buf_release(&text);
	manifest_release(&after);
}

static void
test_a_shard_has_only_its_own_guards(void **state)
{
	struct guard_input input = {.part = true};
	struct manifest after;
	struct delta delta = {.after = &after};
	char got[256];

	(void)state;
	input.delta = &delta;
	read_build(&after, "");
	ask_all(&input, got, sizeof(got));
	assert_string_equal(got, "");
	manifest_release(&after);
}

static void
test_names(void **state)
{
	(void)state;
	assert_ptr_equal(guard_find("empty", 5), &guards[0]);
	assert_null(guard_find("empt", 4));
	assert_null(guard_find("", 0));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rows),
		cmocka_unit_test(test_a_part_is_missing),
		cmocka_unit_test(test_whole_builds_have_all_parts),
		cmocka_unit_test(test_lfs_pointers),
		cmocka_unit_test(test_a_shard_has_only_its_own_guards),
		cmocka_unit_test(test_names),
	};

	return cmocka_run_group_tests_name("guard", tests, NULL, NULL);
}
