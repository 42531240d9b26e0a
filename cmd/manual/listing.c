/* Lists both kinds of commands. */
#include "cmd/manual/listing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cmd/awscli/operations.h"
#include "cmd/commands.h"
#include "cmd/option_rows.h"

static void
too_many(const char *what)
{
	fprintf(stderr, "manual: too many %s; raise the maximum in listing.h\n",
		what);
	exit(1);
}

/* Is it a choice: "a|b|c" in lower case, perhaps in brackets? */
static bool
read_choices(const char *value, char *choices, size_t size)
{
	size_t len = 0;

	if (!strchr(value, '|'))
		return false;
	for (; *value; value++) {
		if (*value == '[' || *value == ']')
			continue;
		if (*value != '|' && *value != '-' &&
			(*value < 'a' || *value > 'z'))
			return false;
		if (len + 1 >= size)
			too_many("choices");
		choices[len++] = *value;
		if (*value == '|')
			choices[len - 1] = ' ';
	}
	choices[len] = '\0';
	return true;
}

static enum listing_value
value_kind(struct listing_option *option)
{
	const char *value = option->value;

	if (!value)
		return LISTING_FLAG;
	if (strcmp(option->name, "--distribution") == 0)
		return LISTING_SECTION;
	if (read_choices(value, option->choices, sizeof(option->choices)))
		return LISTING_CHOICE;
	if (strcmp(value, "FILE") == 0 || strcmp(value, "WHERE") == 0)
		return LISTING_FILE;
	return strcmp(value, "DIR") == 0 ? LISTING_FOLDER : LISTING_TEXT;
}

static void
add_option(struct listing_command *command, const struct listing_option *option)
{
	struct listing_option *added;

	if (command->count == LISTING_OPTIONS_MAX)
		too_many("options");
	added = &command->options[command->count++];
	*added = *option;
	added->kind = value_kind(added);
}

static struct listing_command *
add_command(struct listing *listing)
{
	if (listing->count == LISTING_COMMANDS_MAX)
		too_many("commands");
	return &listing->commands[listing->count++];
}

static const char *
find_letter(const char *name)
{
	const struct option_letter *letter;

	for (letter = option_letters; letter->letter; letter++)
		if (strcmp(letter->name, name) == 0)
			return letter->letter;
	return NULL;
}

static void
add_own(struct listing *listing, const struct command *command)
{
	struct listing_command *added = add_command(listing);
	const struct option_row *row;

	added->name = command->name;
	added->summary = command->summary;
	added->operands = command->operands;
	added->takes_files = command->bit && command->operands[0] != '-';
	for (row = option_rows; row->name; row++)
		if (row->commands & command->bit)
			add_option(added,
				&(struct listing_option){.name = row->name,
					.letter = find_letter(row->name),
					.value = row->value,
					.fallback = row->fallback,
					.help = row->help,
					.repeatable = row->kind == OPTION_LIST,
					.per_run = row->commands & PER_RUN});
}

static void
add_specs(struct listing_command *command, const struct arg_spec *specs,
	size_t count, bool global)
{
	const struct arg_spec *spec;

	for (spec = specs; spec < specs + count; spec++)
		if (spec->help)
			add_option(command,
				&(struct listing_option){.name = spec->name,
					.value = spec->value,
					.help = spec->help,
					.required = spec->required,
					.global = global});
}

static void
add_operations(struct listing *listing, const struct operation *operation,
	const char *group)
{
	struct listing_command *added;

	for (; operation->name; operation++) {
		added = add_command(listing);
		added->group = group;
		added->name = operation->name;
		added->summary = operation->summary;
		added->operands = operation->example;
		added->stand_in = true;
		add_specs(
			added, operation->specs, operation->spec_count, false);
		add_specs(added, operation_global_parser.specs,
			operation_global_parser.count, true);
	}
}

void
listing_make(struct listing *listing)
{
	const struct command *command;

	*listing = (struct listing){0};
	for (command = commands; command->name; command++)
		add_own(listing, command);
	add_operations(listing, operations, NULL);
	add_operations(listing, operation_waiters, "wait");
}

const struct listing_command *
listing_end(const struct listing *listing)
{
	return listing->commands + listing->count;
}

const char *
listing_command_words(
	const struct listing_command *command, char words[LISTING_WORDS_SIZE])
{
	snprintf(words, LISTING_WORDS_SIZE, "%s%s%s",
		command->group ? command->group : "", command->group ? " " : "",
		command->name);
	return words;
}
