/* What changed between two manifests, and from what caches can hold. */
#include "diff/changes.h"
#include "tests/unit/manifest_fixture.h"

/* Objects are words: a key, = and one character of content. */
static const struct row {
	const char *name, *before, *after, *changes;
} rows[] = {
	{"both empty", "", "", ""},
	{"equal", "a=1 b=2", "a=1 b=2", ""},
	{"all added", "", "b=1 a=1", "+a +b"},
	{"all removed", "a=1 b=1", "", "-a -b"},
	{"one of each", "a=1 b=1 d=1", "a=2 c=1 d=1", "*a -b +c"},
	{"a key that begins another", "a=1 ab=1", "a/b=1 ab=2", "-a +a/b *ab"},
	{"bytes above 0x7f sort last", "z=1 \xc3\xa9=1", "z=2", "*z -\xc3\xa9"},
};

/* The same, with what else caches can hold: - is absent, ? is anything. */
static const struct set_row {
	struct row row;
	const char *sets; /* sorted */
} set_rows[] = {
	{{"another content in caches", "a=1 b=1", "a=1 b=1", "*a"}, "a=2"},
	{{"the new content announced", "a=1", "a=2 b=1", "*a +b"}, "a=2 b=1"},
	{{"an announced addition is one", "", "a=1", "+a"}, "a=1"},
	{{"back to what was deployed", "a=1", "a=1", "+a"}, "a=-"},
	{{"removed, and removed before", "a=1", "", "-a"}, "a=-"},
	{{"removed: only caches know it", "", "", "-a -c"}, "a=1 b=- c=?"},
	{{"anything", "a=1 c=1", "a=1 b=1", "*a *b -c"}, "a=? b=? c=?"},
	{{"between the manifests' keys", "b=1 d=1", "b=1 d=1", "-a -c -e"},
		"a=1 c=1 e=1"},
	{{"several values of one key", "a=1", "a=2", "*a"}, "a=- a=2 a=3"},
	{{"values that begin others", "ab=1", "a/b=1", "-a +a/b -ab"}, "a=2"},
};

enum { VALUES = 64 };

/* The sets borrow the words' keys, which are kept in `keys`. */
static void
read_sets(struct value_sets *sets, struct cached_value list[VALUES],
	char keys[VALUES][64], const char *words)
{
	char content;
	int used;

	*sets = (struct value_sets){.list = list};
	for (; words && sscanf(words, " %63[^=]=%c%n", keys[sets->count],
				&content, &used) == 2;
		words += used) {
		struct cached_value *value = &list[sets->count];

		*value = (struct cached_value){.absent = content == '-'};
		value->object.key = keys[sets->count++];
		value->object.key_len = (uint32_t)strlen(value->object.key);
		if (content == '-' || content == '?')
			continue;
		value->object.size = 1;
		value->object.fingerprint[0] = (unsigned char)content;
	}
}

static void
check_row(const struct row *row, const char *set_words)
{
	struct manifest before, after;
	struct cached_value list[VALUES];
	struct value_sets sets;
	struct changes changes;
	struct err err = ERR_INIT;
	char text[256] = "", keys[VALUES][64];
	size_t at;

	read_manifest(&before, row->before);
	read_manifest(&after, row->after);
	read_sets(&sets, list, keys, set_words);
	assert_int_equal(changes_find(&changes, &before,
				 set_words ? &sets : NULL, &after, &err),
		0);
	for (at = 0; at < changes.count; at++) {
		const struct change *c = &changes.list[at];
		const struct object *o = c->after ? c->after : c->before;

		snprintf(text + strlen(text), sizeof(text) - strlen(text),
			"%s%c%s", at ? " " : "", "+*-"[c->kind], o -> key);
	}
	if (strcmp(text, row->changes) != 0 ||
		changes.count !=
			changes.added + changes.changed + changes.removed)
		fail_msg("%s: %s", row->name, text);
	changes_release(&changes);
	manifest_release(&before);
	manifest_release(&after);
}

static void
test_rows(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++)
		check_row(&rows[i], NULL);
	for (i = 0; i < COUNT(rows); i++)
		check_row(&rows[i], "");
	for (i = 0; i < COUNT(set_rows); i++)
		check_row(&set_rows[i].row, set_rows[i].sets);
}

static void
test_size_alone_is_a_change(void **state)
{
	unsigned char fingerprint[FINGERPRINT_SIZE] = {0};
	struct manifest before, after;
	struct changes changes;
	struct err err = ERR_INIT;

	(void)state;
	manifest_init(&before);
	manifest_init(&after);
	manifest_add(&before, "a", 1, 1, fingerprint, &err);
	manifest_add(&after, "a", 1, 2, fingerprint, &err);
	assert_int_equal(manifest_seal(&before, &err), 0);
	assert_int_equal(manifest_seal(&after, &err), 0);
	assert_int_equal(
		changes_find(&changes, &before, NULL, &after, &err), 0);
	assert_int_equal(changes.changed, 1);
	changes_release(&changes);
	manifest_release(&before);
	manifest_release(&after);
}

/* ------------------------------------------------ against a naive model */

enum {
	KEYS = 6,
	CONTENTS = 4, /* '0' to '3' */
	ABSENT = CONTENTS, /* a bit in a mask of values, as contents are */
	ANYTHING,
	ROUNDS = 20000,
};

static const char *const model_keys[KEYS] = {"a", "a-", "a/b", "ab", "b", "c"};

/* What caches can hold under each key, and the new build: one bit. */
struct model {
	unsigned before[KEYS], values[KEYS], after[KEYS];
};

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
draw_model(struct model *model)
{
	unsigned some = draw(3);
	size_t i;

	for (i = 0; i < KEYS; i++) {
		model->before[i] = 1u << draw(CONTENTS + 1);
		model->after[i] =
			draw(2) ? model->before[i] : 1u << draw(CONTENTS + 1);
		model->values[i] =
			draw(3) < some ? draw(1u << (ABSENT + 1)) : 0;
		if (some && !draw(12))
			model->values[i] = 1u << ANYTHING;
		model->values[i] &= ~model->before[i];
	}
}

/* The key's change: a letter, or 0. */
static char
model_change(const struct model *model, size_t key)
{
	unsigned held = model->before[key] | model->values[key];
	unsigned content = held & ~(1u << ABSENT);

	if (model->after[key] == 1u << ABSENT)
		return content ? '-' : 0;
	if (content & ~model->after[key])
		return '*';
	return held & 1u << ABSENT ? '+' : 0;
}

static void
make_model_manifest(struct manifest *manifest, const unsigned masks[KEYS])
{
	struct err err = ERR_INIT;
	size_t i;
	int bit;

	manifest_init(manifest);
	for (i = 0; i < KEYS; i++)
		for (bit = 0; bit < CONTENTS; bit++)
			if (masks[i] == 1u << bit)
				add_object(manifest, model_keys[i],
					(char)('0' + bit));
	assert_int_equal(manifest_seal(manifest, &err), 0);
}

/* The words of the sets, absent first. */
static void
write_values(const struct model *model, char *out, size_t size)
{
	static const char letters[] = "-0123?";
	static const int bits[] = {ABSENT, 0, 1, 2, 3, ANYTHING};
	size_t i, at = 0, bit;

	out[0] = '\0';
	for (i = 0; i < KEYS; i++)
		for (bit = 0; bit < COUNT(bits); bit++)
			if (model->values[i] & 1u << bits[bit])
				at += (size_t)snprintf(out + at, size - at,
					" %s=%c", model_keys[i], letters[bit]);
}

/* Is `before` a value that caches can hold, and not the new content? */
static bool
is_possible_before(
	const struct model *model, size_t key, const struct change *change)
{
	const struct object *object = change->before;
	unsigned bit = object_is_unknown(object)
			       ? ANYTHING
			       : (unsigned)object->fingerprint[0] - '0';
	unsigned own = model->before[key] & ~(1u << ABSENT);

	if (own && own != model->after[key])
		return own == 1u << bit;
	return (model->values[key] & ~model->after[key] & 1u << bit) != 0;
}

static void
compare_with_model(const struct model *model, const struct changes *changes,
	unsigned round)
{
	const struct change *change = changes->list;
	const struct change *end = change ? change + changes->count : change;
	size_t i, plain[2] = {0, 0};

	for (i = 0; i < KEYS; i++) {
		char letter = model_change(model, i);
		bool had = model->before[i] != 1u << ABSENT;
		const struct object *object;

		plain[0] += had && model->after[i] != 1u << ABSENT &&
			    model->before[i] != model->after[i];
		plain[1] += had && model->after[i] == 1u << ABSENT;
		if (!letter)
			continue;
		if (change == end)
			fail_msg("round %u: %s missing", round, model_keys[i]);
		object = change->after ? change->after : change->before;
		if (strcmp(object->key, model_keys[i]) != 0 ||
			"+*-"[change->kind] != letter ||
			!change->before != (letter == '+') ||
			!change->after != (letter == '-'))
			fail_msg("round %u: %s", round, model_keys[i]);
		if (change->before && !is_possible_before(model, i, change))
			fail_msg("round %u: %s before", round, model_keys[i]);
		change++;
	}
	if (change != end || plain[0] != changes->plain_changed ||
		plain[1] != changes->plain_removed ||
		changes->count !=
			changes->added + changes->changed + changes->removed)
		fail_msg("round %u: counts", round);
}

static void
test_against_a_model(void **state)
{
	unsigned rounds = getenv("EDGEDIFF_SHORT") ? ROUNDS / 20 : ROUNDS, i;

	(void)state;
	for (i = 0; i < rounds; i++) {
		char words[512], keys[VALUES][64];
		struct cached_value list[VALUES];
		struct manifest before, after;
		struct err err = ERR_INIT;
		struct value_sets sets;
		struct changes changes;
		struct model model;

		draw_model(&model);
		make_model_manifest(&before, model.before);
		make_model_manifest(&after, model.after);
		write_values(&model, words, sizeof(words));
		read_sets(&sets, list, keys, words);
		assert_int_equal(
			changes_find(&changes, &before, &sets, &after, &err),
			0);
		compare_with_model(&model, &changes, i);
		changes_release(&changes);
		manifest_release(&before);
		manifest_release(&after);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rows),
		cmocka_unit_test(test_size_alone_is_a_change),
		cmocka_unit_test(test_against_a_model),
	};

	return cmocka_run_group_tests_name("changes", tests, NULL, NULL);
}
