/* Reads a command's arguments according to the table of options. */
#include "cmd/option_parser.h"

#include <ctype.h>
#include <string.h>

#include "base/buf.h"
#include "base/closest.h"
#include "base/escape.h"
#include "cmd/awscli/awscli.h"
#include "cmd/option_rows.h"
#include "cmd/settings.h"

enum { TAKERS_MAX = 1024 }; /* bytes: the names of all commands are 60 */

static const struct option_row *
find_row(const char *arg, size_t len, unsigned bit)
{
	const struct option_row *row;

	for (row = option_rows; row->name; row++)
		if ((row->commands & bit) && strlen(row->name) == len &&
			memcmp(row->name, arg, len) == 0)
			return row;
	return NULL;
}

/* The long name of a one-letter option. */
static const char *
long_name(const char *arg)
{
	const struct option_letter *letter;

	for (letter = option_letters; letter->letter; letter++)
		if (strcmp(arg, letter->letter) == 0)
			return letter->name;
	return arg;
}

/*
 * The commands that take this option, as "plan" or "plan, diff and status".
 * False if there is none.
 */
static bool
list_takers(struct buf *out, const char *name, size_t len)
{
	const struct command *command, *last = NULL;

	for (command = commands; command->name; command++) {
		if (!find_row(name, len, command->bit))
			continue;
		if (last)
			buf_addf(out, "%s%s", out->len > 0 ? ", " : "",
				last->name);
		last = command;
	}
	if (last)
		buf_addf(out, "%s%s", out->len > 0 ? " and " : "", last->name);
	return last;
}

/* Refuse an option that other commands take; 1 if none does. */
static int
refuse_of_others(const struct command *command, const char *arg, size_t len,
	struct err *err)
{
	const char *name = long_name(arg), *stand_in;
	struct escaped_name shown;
	struct buf takers;
	int rc = 1;

	buf_init(&takers, TAKERS_MAX);
	escape_show(&shown, arg, len);
	if (!list_takers(&takers, name, name == arg ? len : strlen(name))) {
		stand_in = awscli_taker(arg, len);
		if (stand_in)
			buf_addstr(&takers, stand_in);
	}
	if (takers.failed || takers.len > 0)
		rc = buf_check(&takers, err);
	if (rc == 0)
		rc = err_set(err, ERR_USAGE,
			"%s has no option %s: it is an option of %s",
			command->name, shown.text, buf_str(&takers));
	buf_release(&takers);
	return rc;
}

static bool
is_word_in(const char *text, const char *word, size_t len)
{
	const char *at;

	for (at = text; *at; at++)
		if ((at == text || !isalnum((unsigned char)at[-1])) &&
			strncmp(at, word, len) == 0 &&
			!isalnum((unsigned char)at[len]))
			return true;
	return false;
}

/* The option in "--allow-root", whose value is a word of its help; or NULL. */
static const struct option_row *
find_joined(const char *arg, size_t len, unsigned bit)
{
	const struct option_row *row;
	size_t name;

	for (row = option_rows; row->name; row++) {
		name = strlen(row->name);
		if ((row->commands & bit) && row->value && name + 1 < len &&
			memcmp(row->name, arg, name) == 0 && arg[name] == '-' &&
			(is_word_in(
				 row->help, arg + name + 1, len - name - 1) ||
				is_word_in(row->value, arg + name + 1,
					len - name - 1)))
			return row;
	}
	return NULL;
}

static int
fail_unknown(const struct command *command, const char *arg, size_t len,
	struct err *err)
{
	const struct option_row *row;
	struct closest closest;
	struct escaped_name shown;
	int rc = refuse_of_others(command, arg, len, err);

	if (rc != 1)
		return rc;
	escape_show(&shown, arg, len);
	row = find_joined(arg, len, command->bit);
	if (row)
		return err_set(err, ERR_USAGE,
			"unknown option %s: did you mean %s %s?", shown.text,
			row->name, shown.text + strlen(row->name) + 1);
	closest_init(&closest, arg, len);
	for (row = option_rows; row->name; row++)
		if (row->commands & command->bit)
			closest_offer(&closest, row->name);
	if (closest.found)
		return err_set(err, ERR_USAGE,
			"unknown option %s: did you mean %s?", shown.text,
			closest.found);
	return err_set(err, ERR_USAGE,
		"unknown option %s: 'edgediff help %s' lists the options of %s",
		shown.text, command->name, command->name);
}

/*
 * Take the value from the next argument, unless that looks like an option: then
 * the value was forgotten, and what may be a mistyped --dry-run must not be
 * lost.
 */
static int
take_next_value(const char **value, const struct option_row *row, unsigned bit,
	int argc, char **argv, int *i, struct err *err)
{
	const char *next = *i + 1 < argc ? argv[*i + 1] : NULL;
	struct escaped_name shown;

	if (!next || find_row(long_name(next), strcspn(next, "="), bit))
		return err_set(err, ERR_USAGE, "%s needs a value: %s %s",
			row->name, row->name, row->value);
	if (strncmp(next, "--", 2) == 0)
		return err_set(err, ERR_USAGE,
			"%s needs a value: %s %s (write %s=%s if that is the "
			"value)",
			row->name, row->name, row->value, row->name,
			escape_show_str(&shown, next));
	*value = next;
	++*i;
	return 0;
}

/* Read the option at argv[*i], and its value from the next argument if needed. */
static int
take_option(struct settings *settings, const struct command *command, int argc,
	char **argv, int *i, struct err *err)
{
	const char *arg = long_name(argv[*i]);
	const char *equals = strchr(arg, '='), *value = NULL;
	size_t len = equals ? (size_t)(equals - arg) : strlen(arg);
	const struct option_row *row = find_row(arg, len, command->bit);

	if (!row)
		return fail_unknown(
			command, argv[*i], strcspn(argv[*i], "="), err);
	if (row->kind == OPTION_FLAG)
		return settings_set(
			settings, row, equals ? equals + 1 : "true", err);
	if (equals)
		value = equals + 1;
	else if (take_next_value(
			 &value, row, command->bit, argc, argv, i, err) != 0)
		return -1;
	return settings_set(settings, row, value, err);
}

int
option_parse(struct settings *settings, const struct command *command, int argc,
	char **argv, const char **operands, int *operand_count, struct err *err)
{
	bool options = true;
	int i;

	*settings = (struct settings){0};
	*operand_count = 0;
	for (i = 1; i < argc; i++) {
		if (options && strcmp(argv[i], "--") == 0)
			options = false;
		else if (!options || argv[i][0] != '-' || !argv[i][1])
			operands[(*operand_count)++] = argv[i];
		else if (take_option(settings, command, argc, argv, &i, err) !=
			 0)
			return -1;
	}
	return 0;
}
