/* What caches can hold: sets of values, against a naive model, and their text. */
#include "manifest/manifest_seal.h"
#include "manifest/value_sets.h"
#include "manifest/value_sets_parser.h"
#include "manifest/value_sets_text.h"
#include "tests/unit/fixture.h"

enum {
	KEYS = 5,
	CONTENTS = 6, /* 0 is absent */
	UNKNOWN = CONTENTS, /* an unknown object */
	ADDS = 7,
};

/* The contents of a build's keys. */
struct words {
	int content[KEYS];
};

/* What caches can hold, as a set for each key. */
struct model {
	bool anything[KEYS];
	bool has[KEYS][CONTENTS];
};

static unsigned seed = 1;

static unsigned
random_below(unsigned max)
{
	seed = seed * 1103515245u + 12345u;
	return (seed >> 16) % max;
}

static const char *
key_name(int key)
{
	static const char *const names[KEYS] = {"a", "a/b", "a\n", "b", "\xff"};

	return names[key];
}

/* Two sizes for each fingerprint, so that each decides about the order. */
static void
make_content(int content, uint64_t *size, unsigned char *fingerprint)
{
	memset(fingerprint, 0, FINGERPRINT_SIZE);
	*size = 0;
	if (content == UNKNOWN)
		return;
	fingerprint[0] = (unsigned char)(1 + (content - 1) / 2);
	*size = (content - 1) % 2 ? 10 : 9;
}

static void
make_manifest(struct manifest *manifest, const struct words *words)
{
	unsigned char fingerprint[FINGERPRINT_SIZE];
	struct err err = ERR_INIT;
	uint64_t size;
	int i;

	manifest_init(manifest);
	for (i = 0; i < KEYS; i++) {
		if (words->content[i] == 0)
			continue;
		make_content(words->content[i], &size, fingerprint);
		assert_int_equal(
			manifest_add(manifest, key_name(i), strlen(key_name(i)),
				size, fingerprint, &err),
			0);
	}
	assert_int_equal(manifest_seal(manifest, &err), 0);
}

/* An unknown object in one of `rarely` keys. */
static struct words
random_words(unsigned rarely)
{
	struct words words;
	int i;

	for (i = 0; i < KEYS; i++) {
		words.content[i] = (int)random_below(CONTENTS);
		if (random_below(rarely) == 0)
			words.content[i] = UNKNOWN;
	}
	return words;
}

/* Add one build to the model. Returns true if any set grew. */
static bool
model_add(struct model *model, const struct words *words)
{
	bool grew = false;
	int i, j, count, content;

	for (i = 0; i < KEYS; i++) {
		content = words->content[i];
		if (model->anything[i] ||
			(content != UNKNOWN && model->has[i][content]))
			continue;
		grew = true;
		for (count = 1, j = 0; j < CONTENTS; j++)
			count += model->has[i][j];
		model->anything[i] = content == UNKNOWN || count > 3;
		if (content != UNKNOWN)
			model->has[i][content] = true;
	}
	return grew;
}

/* Check one value of the list, and go on to the next. */
static const struct cached_value *
check_value(const struct cached_value *value, int key, int content)
{
	unsigned char fingerprint[FINGERPRINT_SIZE] = {0};
	uint64_t size = 0;

	assert_string_equal(value->object.key, key_name(key));
	assert_int_equal(value->object.key_len, strlen(key_name(key)));
	assert_int_equal(value->absent, content == 0);
	if (content > 0)
		make_content(content, &size, fingerprint);
	assert_true(value->object.size == size);
	assert_memory_equal(
		value->object.fingerprint, fingerprint, FINGERPRINT_SIZE);
	return value + 1;
}

/* The list is the model without the manifest's own values, in order. */
static void
check_sets(const struct value_sets *sets, const struct model *model,
	const struct words *own)
{
	static const int order[KEYS] = {0, 2, 1, 3, 4}; /* by the bytes */
	const struct cached_value *value = sets->list, *before;
	size_t keys = 0;
	int i, j, key;

	for (i = 0; i < KEYS; i++) {
		key = order[i];
		before = value;
		if (own->content[key] == UNKNOWN)
			continue;
		if (model->anything[key])
			value = check_value(value, key, UNKNOWN);
		for (j = 0; !model->anything[key] && j < CONTENTS; j++)
			if (model->has[key][j] && own->content[key] != j)
				value = check_value(value, key, j);
		keys += value != before;
	}
	assert_int_equal(value - sets->list, sets->count);
	assert_int_equal(value_sets_count_keys(sets), keys);
}

static void
write_sets(struct buf *text, const struct value_sets *sets)
{
	struct err err = ERR_INIT;

	buf_init(text, 1 << 20);
	assert_int_equal(value_sets_write(sets, buf_emit, text, &err), 0);
}

/* Read from memory of exactly that size, and check. */
static int
read_sets(struct value_sets *sets, const char *text, size_t len,
	const struct manifest *manifest, struct err *err)
{
	char *copy = malloc(len ? len : 1);
	struct line_reader r = {copy, copy, copy + len, 1};
	int rc;

	assert_non_null(copy);
	memcpy(copy, text, len);
	value_sets_init(sets);
	rc = value_sets_parse(sets, &r, err);
	if (rc == 0)
		assert_ptr_equal(r.at, r.end);
	if (rc == 0)
		rc = value_sets_check(sets, manifest, 2, err);
	free(copy);
	return rc;
}

static void
check_text(const struct value_sets *sets, const struct manifest *manifest,
	const struct model *model, const struct words *own)
{
	struct err err = ERR_INIT;
	struct value_sets back;
	struct buf text;

	write_sets(&text, sets);
	if (read_sets(&back, text.data, text.len, manifest, &err) != 0)
		fail_msg("%s in\n%s", err.message, text.data);
	check_sets(&back, model, own);
	value_sets_release(&back);
	buf_release(&text);
}

static void
check_round(void)
{
	struct words own = random_words(20), words;
	struct manifest manifest, build;
	struct model model = {{false}, {{false}}};
	struct err err = ERR_INIT;
	struct value_sets sets;
	bool changed, grew;
	int i;

	value_sets_init(&sets);
	make_manifest(&manifest, &own);
	model_add(&model, &own);
	for (i = 0; i < ADDS; i++) {
		words = random_words(40);
		make_manifest(&build, &words);
		grew = model_add(&model, &words);
		changed = i % 3 == 0; /* what is true stays true */
		assert_int_equal(value_sets_add(&sets, &manifest, &build,
					 &changed, &err),
			0);
		assert_int_equal(changed, grew || i % 3 == 0);
		check_sets(&sets, &model, &own);
		check_text(&sets, &manifest, &model, &own);
		manifest_release(&build);
	}
	manifest_release(&manifest);
	value_sets_release(&sets);
}

static void
test_sets_are_those_of_a_naive_model(void **state)
{
	int rounds = getenv("EDGEDIFF_SHORT") ? 50 : 5000;

	(void)state;
	while (rounds-- > 0)
		check_round();
}

static void
test_nothing_is_allocated_if_nothing_grows(void **state)
{
	struct words words = {{1, 2, 0, 3, 4}};
	struct manifest manifest;
	struct err err = ERR_INIT;
	struct value_sets sets;
	bool changed = false;

	(void)state;
	value_sets_init(&sets);
	make_manifest(&manifest, &words);
	assert_int_equal(
		value_sets_add(&sets, &manifest, &manifest, &changed, &err), 0);
	assert_false(changed);
	assert_null(sets.list);
	assert_null(sets.keys.blocks);
	manifest_release(&manifest);
}

#define ZEROS "00000000000000000000000000000000"
#define ONES "01000000000000000000000000000000"
#define TWOS "02000000000000000000000000000000"

/* Relative to a manifest with a (1), a/b (2) and b, which is unknown. */
static const struct {
	const char *text, *message; /* NULL: it is read */
} texts[] = {
	{"values 0\n", NULL},
	{"values 2\nabsent a\n" TWOS " 7 a\n", NULL},
	{"values 3\n" ONES " 8 a\nanything a/b\n" ONES " 9 c\n", NULL},
	{"", "line 1: expected 'values '"},
	{"values\n", "line 1: expected 'values '"},
	{"values 01\nabsent a\n", "line 1: not a number"},
	{"values 99999999999999999999\n", "line 1: not a number"},
	{"values 18446744073709551615\nabsent a\n",
		"line 3: the text ends here: it was cut off"},
	{"values 1", "line 1: the text ends here: it was cut off"},
	{"values 1\n", "line 2: the text ends here: it was cut off"},
	{"values 1\nabsent a", "line 2: the text ends here: it was cut off"},
	{"values 1\n\n", "line 2: an empty line"},
	{"values 1\nabsent a\r\n", "line 2: ends in CR LF"},
	{"values 1\nabsent \n", "line 2: an object without a name"},
	{"values 1\nabsent\n", "line 2: does not begin with 32 hex digits"},
	{"values 1\nabsent a\\n\n",
		"line 2: a key that is not escaped correctly"},
	{"values 1\nabsent a//b\n", "line 2: a//b: an empty, . or .."},
	{"values 1\nanything a/../b\n", "line 2: a/../b: an empty, . or .."},
	{"values 1\n" TWOS " a\n", "line 2: no size after the fingerprint"},
	{"values 1\n" TWOS " 07 a\n", "line 2: no size after the fingerprint"},
	{"values 1\n" ZEROS " 0 a\n", "line 2: a fingerprint of zeros"},
	{"values 2\nabsent a/b\nabsent a\n",
		"line 3: values out of order or duplicate: a"},
	{"values 2\nabsent a\nabsent a\n",
		"line 3: values out of order or duplicate: a"},
	{"values 2\n" TWOS " 7 a\n" TWOS " 6 a\n",
		"line 3: values out of order or duplicate: a"},
	{"values 2\n" TWOS " 7 a\n" ONES " 6 a\n",
		"line 3: values out of order or duplicate: a"},
	{"values 2\nabsent a\nanything a\n",
		"line 3: more values than are told apart: a"},
	{"values 2\nanything a\n" TWOS " 6 a\n",
		"line 3: more values than are told apart: a"},
	{"values 3\nabsent a\n" ONES " 8 a\n" TWOS " 9 a\n",
		"line 4: more values than are told apart: a"},
	{"values 1\n" ONES " 7 a\n", "line 2: a value that the manifest has"},
	{"values 2\nabsent a\nabsent c\n",
		"line 3: a value that the manifest has: c"},
	{"values 1\nabsent 0\n", "line 2: a value that the manifest has: 0"},
	{"values 1\nabsent b\n", "line 2: a value that the manifest has: b"},
	{"values 1\nanything b\n", "line 2: a value that the manifest has: b"},
};

static void
make_known_manifest(struct manifest *manifest)
{
	unsigned char fingerprint[FINGERPRINT_SIZE] = {1};
	struct err err = ERR_INIT;

	manifest_init(manifest);
	assert_int_equal(
		manifest_add(manifest, "a", 1, 7, fingerprint, &err), 0);
	fingerprint[0] = 2;
	assert_int_equal(
		manifest_add(manifest, "a/b", 3, 7, fingerprint, &err), 0);
	fingerprint[0] = 0;
	assert_int_equal(
		manifest_add(manifest, "b", 1, 0, fingerprint, &err), 0);
	assert_int_equal(manifest_seal(manifest, &err), 0);
}

static void
test_texts(void **state)
{
	struct manifest manifest;
	struct value_sets sets;
	struct err err;
	size_t i;
	int rc;

	(void)state;
	make_known_manifest(&manifest);
	for (i = 0; i < COUNT(texts); i++) {
		err = (struct err)ERR_INIT;
		rc = read_sets(&sets, texts[i].text, strlen(texts[i].text),
			&manifest, &err);
		value_sets_release(&sets);
		if (rc == 0 ? texts[i].message != NULL
			    : !texts[i].message || err.code != ERR_INPUT ||
					strncmp(err.message, texts[i].message,
						strlen(texts[i].message)) != 0)
			fail_msg("%s%s", texts[i].text,
				rc == 0 ? "was read" : err.message);
	}
	manifest_release(&manifest);
}

static void
test_long_keys(void **state)
{
	static char key[KEY_MAX + 1];
	struct cached_value value = {.absent = false};
	struct manifest manifest;
	struct value_sets sets, back;
	struct err err = ERR_INIT;
	struct buf text;

	(void)state;
	make_known_manifest(&manifest);
	memset(key, '\n', KEY_MAX); /* four bytes each, when escaped */
	value_sets_init(&sets);
	value.object.key = key;
	value.object.key_len = KEY_MAX;
	assert_int_equal(value_sets_append(&sets, &value, &err), 0);
	write_sets(&text, &sets);
	assert_int_equal(
		read_sets(&back, text.data, text.len, &manifest, &err), 0);
	assert_string_equal(back.list[0].object.key, key);
	value_sets_release(&back);
	buf_clear(&text);
	buf_addstr(&text, "values 1\nabsent ");
	while (text.len < 100000)
		buf_addch(&text, 'k');
	buf_addch(&text, '\n');
	assert_int_equal(
		read_sets(&back, text.data, text.len, &manifest, &err), -1);
	assert_non_null(strstr(err.message, "line 2: longer than the limit"));
	value_sets_release(&back);
	value_sets_release(&sets);
	buf_release(&text);
	manifest_release(&manifest);
}

static void
test_many_values(void **state)
{
	struct cached_value value = {.absent = true};
	struct value_sets sets, back;
	struct manifest manifest;
	struct err err = ERR_INIT;
	struct buf text, again;
	char key[16];
	int i;

	(void)state;
	/* each key has an object that is not absent */
	manifest_init(&manifest);
	value_sets_init(&sets);
	for (i = 0; i < 20000; i++) {
		static const unsigned char fingerprint[FINGERPRINT_SIZE] = {1};

		snprintf(key, sizeof(key), "%08d", i);
		assert_int_equal(
			manifest_add(&manifest, key, 8, 1, fingerprint, &err),
			0);
		value.object.key = key;
		value.object.key_len = 8;
		assert_int_equal(value_sets_append(&sets, &value, &err), 0);
	}
	assert_int_equal(manifest_seal(&manifest, &err), 0);
	assert_int_equal(value_sets_count_keys(&sets), 20000);
	write_sets(&text, &sets);
	assert_int_equal(
		read_sets(&back, text.data, text.len, &manifest, &err), 0);
	write_sets(&again, &back);
	assert_string_equal(text.data, again.data);
	buf_release(&again);
	buf_release(&text);
	value_sets_release(&back);
	value_sets_release(&sets);
	manifest_release(&manifest);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sets_are_those_of_a_naive_model),
		cmocka_unit_test(test_nothing_is_allocated_if_nothing_grows),
		cmocka_unit_test(test_texts),
		cmocka_unit_test(test_long_keys),
		cmocka_unit_test(test_many_values),
	};

	return cmocka_run_group_tests_name("value_sets", tests, NULL, NULL);
}
