/* The forms of URLs: as text, and against lists of URLs. */
#include "diff/build_urls.h"
#include "diff/url_forms.h"
#include "tests/unit/forms_fixture.h"
#include "tests/unit/manifest_fixture.h"

static const struct forms_row {
	const char *options, *document, *text;
} forms_rows[] = {
	{"fs", "index.html", "file,slash index.html"},
	{"fsbc", "index.html", "file,slash,bare,clean index.html"},
	{"b", "a b\n\\.html", "bare a b\\x0a\\x5c.html"},
	{"sc", "\xc3\xa9 ", "slash,clean \xc3\xa9 "},
};

static void
test_text(void **state)
{
	struct err err = ERR_INIT;
	struct url_forms forms;
	struct buf document;
	size_t i;
	char *text;

	(void)state;
	for (i = 0; i < COUNT(forms_rows); i++) {
		forms = read_forms(forms_rows[i].options);
		forms.index_document = forms_rows[i].document;
		text = url_forms_text(&forms, &err);
		assert_string_equal(text, forms_rows[i].text);
		buf_init(&document, 64);
		assert_int_equal(
			url_forms_read(&forms, &document, text, &err), 0);
		assert_string_equal(
			forms.index_document, forms_rows[i].document);
		free(text);
		text = url_forms_text(&forms, &err);
		assert_string_equal(text, forms_rows[i].text);
		free(text);
		buf_release(&document);
	}
}

static void
test_wrong_text(void **state)
{
	static const char *const wrong[] = {"", " ", "file", "file ",
		"slash,file index.html", "file,file index.html",
		"file,,slash index.html", "file,spa index.html",
		"file, index.html", "File index.html", "file a/b",
		"file a\\x2e", "file a\\x0", "file,slash\tindex.html"};
	struct err err = ERR_INIT;
	struct url_forms forms;
	struct buf document;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(wrong); i++) {
		err = (struct err)ERR_INIT;
		buf_init(&document, 64);
		if (url_forms_read(&forms, &document, wrong[i], &err) != -1 ||
			err.code != ERR_INPUT)
			fail_msg("'%s'", wrong[i]);
		buf_release(&document);
	}
}

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

static void
draw_options(char out[8])
{
	static const char letters[] = "fsbcM";
	size_t i, len = 0;

	for (i = 0; letters[i]; i++)
		if (draw(2))
			out[len++] = letters[i];
	out[len] = '\0';
	if (!strpbrk(out, "fsb"))
		memcpy(out, "f", 2);
}

/* Is this a URL of the key, said as a person would list them? */
static bool
is_url_of(const char *options, const char *key, const char *url)
{
	const char *document =
		strchr(options, 'M') ? "main.html" : "index.html";
	const char *slash = strrchr(key, '/');
	const char *name = slash ? slash + 1 : key;
	char path[128] = "", folder[128];

	path[0] = '/';
	memcpy(path + 1, key, strlen(key) + 1);
	memcpy(folder, path, sizeof(folder));
	folder[name - key + 1] = '\0';
	if (strcmp(name, document) == 0) {
		if (strchr(options, 'f') && strcmp(url, path) == 0)
			return true;
		if (strchr(options, 's') && strcmp(url, folder) == 0)
			return true;
		if (!strchr(options, 'b') || strcmp(folder, "/") == 0)
			return false;
		folder[strlen(folder) - 1] = '\0';
		return strcmp(url, folder) == 0;
	}
	if (strcmp(url, path) == 0)
		return true;
	if (!strchr(options, 'c') || strlen(name) <= 5 ||
		strcmp(name + strlen(name) - 5, ".html") != 0)
		return false;
	path[strlen(path) - 5] = '\0';
	return strcmp(url, path) == 0;
}

static const char *const model_keys[] = {"a", "a.html", "a/index.html",
	"a/main.html", "d/.html", "d/main.html", "d/x.html", "index.html",
	"main.html"};
static const char *const model_urls[] = {"/", "/.html", "/a", "/a.html", "/a/",
	"/a/index", "/a/index.html", "/a/main", "/a/main.html", "/d", "/d/",
	"/d/.html", "/d/main", "/d/main.html", "/d/x", "/d/x.html", "/index",
	"/index.html", "/main", "/main.html"};

enum {
	MODEL_KEYS = COUNT(model_keys),
	ROUNDS = 5000,
};

struct model {
	char now[8], deployed[8]; /* options */
	char before[MODEL_KEYS], after[MODEL_KEYS]; /* contents, or 0 */
};

static void
draw_model(struct model *model)
{
	size_t i;

	draw_options(model->now);
	if (draw(4))
		draw_options(model->deployed);
	else
		memcpy(model->deployed, model->now, sizeof(model->now));
	for (i = 0; i < MODEL_KEYS; i++) {
		model->before[i] = "\00012"[draw(3)];
		model->after[i] =
			draw(3) ? model->before[i] : "\00012"[draw(3)];
	}
}

static void
compare_url(const struct model *model, const struct url_set *set,
	const char *text, unsigned round)
{
	const struct url *url = url_set_find(set, text);
	bool there = false, stale = false;
	size_t i;

	for (i = 0; i < MODEL_KEYS; i++) {
		bool now = is_url_of(model->now, model_keys[i], text);
		bool then = is_url_of(model->deployed, model_keys[i], text);

		if ((!model->before[i] && !model->after[i]) || !(now || then))
			continue;
		there = true;
		stale = stale || model->before[i] != model->after[i] ||
			now != then;
	}
	if (!!url != there || (url && url->stale != stale))
		fail_msg("round %u: %s, forms %s after %s", round, text,
			model->now, model->deployed);
}

static void
make_model_manifest(struct manifest *manifest, const char *contents)
{
	struct err err = ERR_INIT;
	size_t i;

	manifest_init(manifest);
	for (i = 0; i < MODEL_KEYS; i++)
		if (contents[i])
			add_object(manifest, model_keys[i], contents[i]);
	assert_int_equal(manifest_seal(manifest, &err), 0);
}

static void
check_round(const struct model *model, unsigned round)
{
	struct url_forms deployed = read_forms(model->deployed);
	struct url_rules rules = {
		.prefix = "/",
		.forms = read_forms(model->now),
		.deployed = &deployed,
	};
	struct manifest before, after;
	struct err err = ERR_INIT;
	struct changes changes;
	struct url_set set;
	size_t i, known = 0;

	make_model_manifest(&before, model->before);
	make_model_manifest(&after, model->after);
	assert_int_equal(
		changes_find(&changes, &before, NULL, &after, &err), 0);
	assert_int_equal(
		build_urls_find(&set, &after, &changes, false, &rules, &err),
		0);
	for (i = 0; i < COUNT(model_urls); i++) {
		compare_url(model, &set, model_urls[i], round);
		known += url_set_find(&set, model_urls[i]) != NULL;
	}
	assert_int_equal(known, set.count); /* there are no others */
	url_set_release(&set);
	changes_release(&changes);
	manifest_release(&before);
	manifest_release(&after);
}

static void
test_against_a_model(void **state)
{
	unsigned rounds = getenv("EDGEDIFF_SHORT") ? ROUNDS / 20 : ROUNDS, i;
	struct model model;

	(void)state;
	for (i = 0; i < rounds; i++) {
		draw_model(&model);
		check_round(&model, i);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_text),
		cmocka_unit_test(test_wrong_text),
		cmocka_unit_test(test_against_a_model),
	};

	return cmocka_run_group_tests_name("url_forms", tests, NULL, NULL);
}
