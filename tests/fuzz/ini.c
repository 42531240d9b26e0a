/*
 * INI files, in both forms: entries that are printed are read as the same. An error
 * names the line and quotes nothing.
 */
#include "tests/fuzz/fuzz.h"

#include "base/ini.h"

static const char secret[] = "wJalrXUtnFEMI";

/* A value, whose further lines are indented. */
static void
print_value(struct buf *out, const char *value)
{
	for (; *value; value++) {
		buf_addch(out, *value);
		if (*value == '\n')
			buf_addch(out, '\t');
	}
	buf_addch(out, '\n');
}

static void
print(struct buf *out, const struct ini *ini)
{
	const struct ini_entry *e = ini->entries;
	const char *section = "";

	/* a key that begins with a byte order mark is not that of the text */
	if (ini->count > 0)
		buf_addch(out, '\n');
	for (; e < ini->entries + ini->count; e++) {
		/* [DEFAULT] can come again, without an entry of its own */
		if (strcmp(section, e->section) != 0)
			buf_addf(out, "[%s]\n", e->section);
		section = e->section;
		if (e->key) {
			buf_addf(out, "%s=", e->key);
			print_value(out, e->value);
		}
	}
}

static void
check_same(const struct ini *a, const struct ini *b)
{
	size_t i;

	HOLDS(a->count == b->count);
	for (i = 0; i < a->count; i++) {
		const struct ini_entry *x = &a->entries[i];
		const struct ini_entry *y = &b->entries[i];

		HOLDS(strcmp(x->section, y->section) == 0);
		HOLDS(!x->key == !y->key);
		HOLDS(!x->key || strcmp(x->key, y->key) == 0);
		HOLDS(!x->key || strcmp(x->value, y->value) == 0);
	}
}

static void
check_lookups(const struct ini *ini)
{
	struct buf nested;
	struct err err = ERR_INIT;
	size_t i;

	buf_init(&nested, INI_MAX);
	if (ini_check_nested(ini, "fuzz", &err) != 0)
		fuzz_check_error(&err);
	for (i = 0; i < ini->count; i++) {
		const struct ini_entry *e = &ini->entries[i];

		if (!e->key) {
			HOLDS(ini_has_section(ini, e->section) ||
				strcmp(e->section, "DEFAULT") == 0);
			continue;
		}
		HOLDS(ini_get(ini, e->section, e->key) != NULL);
		if (ini_is_nested(e->value) &&
			ini_get_nested(&nested, e->value, "a"))
			HOLDS(!nested.failed);
	}
	buf_release(&nested);
}

static void
try_form(enum ini_form form, const char *text, size_t len)
{
	struct err err = ERR_INIT;
	struct ini ini, again;
	struct buf printed;

	buf_init(&printed, FUZZ_TEXT_MAX);
	if (ini_parse(&ini, form, "fuzz", text, len, &err) != 0) {
		fuzz_check_error(&err);
		HOLDS(!strstr(err.message, secret));
	} else {
		check_lookups(&ini);
		print(&printed, &ini);
		if (printed.len > INI_MAX || printed.len == 0)
			goto out;
		if (ini_parse(&again, form, "fuzz", printed.data, printed.len,
			    &err) != 0)
			fprintf(stderr, "%s\n%s\n", err.message, printed.data);
		HOLDS(err.code == ERR_NONE);
		check_same(&ini, &again);
		ini_release(&again);
	}
out:
	ini_release(&ini);
	buf_release(&printed);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = fuzz_exact(data, size);

	try_form(INI_AWS, text, size);
	try_form(INI_PLAIN, text, size);
	free(text);
	return 0;
}
