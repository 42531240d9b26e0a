/* What changed between two manifests. */
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

static void
test_rows(void **state)
{
	size_t i, at;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		struct manifest before, after;
		struct changes changes;
		struct err err = ERR_INIT;
		char text[256] = "";

		read_manifest(&before, rows[i].before);
		read_manifest(&after, rows[i].after);
		assert_int_equal(
			changes_find(&changes, &before, &after, &err), 0);
		for (at = 0; at < changes.count; at++) {
			const struct change *c = &changes.list[at];
			const struct object *o =
				c->after ? c->after : c->before;

			snprintf(text + strlen(text),
				sizeof(text) - strlen(text), "%s%c%s",
				at ? " " : "", "+*-"[c->kind], o -> key);
		}
		if (strcmp(text, rows[i].changes) != 0 ||
			changes.count != changes.added + changes.changed +
						 changes.removed)
			fail_msg("%s: %s", rows[i].name, text);
		changes_release(&changes);
		manifest_release(&before);
		manifest_release(&after);
	}
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
	assert_int_equal(changes_find(&changes, &before, &after, &err), 0);
	assert_int_equal(changes.changed, 1);
	changes_release(&changes);
	manifest_release(&before);
	manifest_release(&after);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rows),
		cmocka_unit_test(test_size_alone_is_a_change),
	};

	return cmocka_run_group_tests_name("changes", tests, NULL, NULL);
}
