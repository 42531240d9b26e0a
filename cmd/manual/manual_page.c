/* Fills in pages. */
#include "cmd/manual/manual_page.h"

#include <stdio.h>
#include <string.h>

#include "cmd/awscli/operations.h"
#include "cmd/commands.h"
#include "cmd/exit_status_rows.h"
#include "cmd/manual/mdoc.h"
#include "cmd/manual/template.h"
#include "cmd/options.h"

struct manual_page {
	const struct listing *listing;
	const struct listing_command *listed; /* the command, or NULL */
	const struct command *command; /* the same, in its own table */
};

static void
print_synopsis(const struct manual_page *page)
{
	mdoc_synopsis(page->listed);
}

static void
print_description(const struct manual_page *page)
{
	mdoc_prose(page->command->description, page->command->operands);
}

static void
print_options(const struct manual_page *page)
{
	mdoc_options(page->listed, false);
}

/* The keys of invalidate, which takes those of all other commands. */
static void
print_keys(const struct manual_page *page)
{
	const struct listing_command *c = page->listing->commands;

	for (; c < listing_end(page->listing); c++)
		if (strcmp(c->name, "invalidate") == 0)
			mdoc_keys(c);
}

static void
print_examples(const struct manual_page *page)
{
	const struct example *example = page->command->examples;

	for (; example->line; example++) {
		if (example != page->command->examples)
			printf(".Pp\n");
		mdoc_prose(example->what, NULL);
		mdoc_example(example->line);
	}
}

static void
print_status(const struct manual_page *page)
{
	unsigned bit = page->command ? page->command->bit : FOR_INVALIDATE;
	const struct exit_status_row *row;
	char number[16];

	printf(".Bl -tag -width Ds\n");
	for (row = exit_status_rows; row->meaning; row++) {
		if (!exit_status_is_of(row, bit))
			continue;
		snprintf(number, sizeof(number), "%d", (int)row->status);
		mdoc_item("", number, row->meaning);
	}
	printf(".El\n");
}

static void
print_commands(const struct manual_page *page)
{
	const struct listing_command *c = page->listing->commands;

	printf(".Bl -tag -width Ds\n");
	for (; c < listing_end(page->listing); c++)
		if (!c->stand_in)
			mdoc_item("Cm", c->name, c->summary);
	printf(".El\n");
}

static void
print_stand_ins(const struct manual_page *page)
{
	const struct listing_command *c = page->listing->commands;
	char words[LISTING_WORDS_SIZE];

	printf(".Bl -tag -width Ds\n");
	for (; c < listing_end(page->listing); c++)
		if (c->stand_in)
			mdoc_item("Cm", listing_command_words(c, words),
				c->summary);
	printf(".El\n");
}

static void
print_stand_in_names(const struct manual_page *page)
{
	const struct operation *o;

	(void)page;
	for (o = operations; o->name; o++)
		printf(".Nm edgediff-%s ,\n", o->name);
	printf(".Nm edgediff-wait\n");
}

static void
print_stand_in_synopsis(const struct manual_page *page)
{
	const struct listing_command *c = page->listing->commands;

	for (; c < listing_end(page->listing); c++)
		if (c->stand_in)
			mdoc_synopsis(c);
}

static void
print_stand_in_options(const struct manual_page *page)
{
	const struct listing_command *c = page->listing->commands, *any = c;
	char words[LISTING_WORDS_SIZE];

	for (; c < listing_end(page->listing); c++) {
		if (!c->stand_in)
			continue;
		any = c;
		printf(".Ss edgediff %s\n", listing_command_words(c, words));
		mdoc_options(c, false);
	}
	printf(".Ss Global options\n");
	mdoc_options(any, true);
}

static void
print_stand_in_status(const struct manual_page *page)
{
	const struct operation_status *row;
	char number[16];

	(void)page;
	printf(".Bl -tag -width Ds\n");
	for (row = operation_statuses; row->meaning; row++) {
		snprintf(number, sizeof(number), "%d", row->status);
		mdoc_item("", number, row->meaning);
	}
	printf(".El\n");
}

static const struct manual_section {
	const char *word;
	void (*print)(const struct manual_page *page);
	bool needs_command;
} sections[] = {
	{"synopsis", print_synopsis, true},
	{"description", print_description, true},
	{"options", print_options, true},
	{"examples", print_examples, true},
	{"status", print_status, false},
	{"keys", print_keys, false},
	{"commands", print_commands, false},
	{"stand-ins", print_stand_ins, false},
	{"stand-in-names", print_stand_in_names, false},
	{"stand-in-synopsis", print_stand_in_synopsis, false},
	{"stand-in-options", print_stand_in_options, false},
	{"stand-in-status", print_stand_in_status, false},
	{0},
};

static bool
print_section(const void *context, const char *word)
{
	const struct manual_page *page = context;
	const struct manual_section *section;

	for (section = sections; section->word; section++)
		if (strcmp(section->word, word) == 0 &&
			(page->command || !section->needs_command)) {
			section->print(page);
			return true;
		}
	return false;
}

/* Find the command of edgediff-COMMAND.1; other pages have none. */
static void
find_command(struct manual_page *page, const char *source)
{
	const char *slash = strrchr(source, '/'), *name;
	size_t i;

	name = slash ? slash + 1 : source;
	if (strncmp(name, "edgediff-", 9) != 0)
		return;
	name += 9;
	for (i = 0; !page->command && commands[i].name; i++)
		if (strncmp(name, commands[i].name, strlen(commands[i].name)) ==
				0 &&
			strcmp(name + strlen(commands[i].name), ".1") == 0) {
			page->command = &commands[i];
			page->listed = &page->listing->commands[i];
		}
}

bool
manual_page_print(const char *source, const struct listing *listing)
{
	struct manual_page page = {.listing = listing};

	find_command(&page, source);
	return template_fill(source, ".\\\"@ ", print_section, &page);
}
