/* Prints variables and functions for bash, which the source uses. */
#include "cmd/manual/completion_bash.h"

#include <stdio.h>
#include <string.h>

#include "cmd/manual/template.h"

static void
print_names(const struct listing *listing)
{
	const struct listing_command *c;

	printf("_edgediff_commands='");
	for (c = listing->commands; c < listing_end(listing); c++)
		if (!c->group)
			printf("%s ", c->name);
	printf("wait'\n_edgediff_waits='");
	for (c = listing->commands; c < listing_end(listing); c++)
		if (c->group)
			printf("%s ", c->name);
	printf("'\n\n");
}

static void
print_option(const struct listing_option *option)
{
	if (option->letter)
		printf("%s ", option->letter);
	printf("%s ", option->name);
}

static void
print_options(const struct listing *listing)
{
	const struct listing_command *c;
	char words[LISTING_WORDS_SIZE];
	size_t i;

	printf("# The options of command $1.\n"
	       "_edgediff_options()\n{\n\tcase $1 in\n");
	for (c = listing->commands; c < listing_end(listing); c++) {
		if (c->count == 0)
			continue;
		printf("\t'%s')\n\t\techo '", listing_command_words(c, words));
		for (i = 0; i < c->count; i++)
			print_option(&c->options[i]);
		printf("' ;;\n");
	}
	printf("\tesac\n}\n\n");
}

static const char *
value_word(const struct listing_option *option)
{
	switch (option->kind) {
	case LISTING_CHOICE:
		return option->choices;
	case LISTING_FILE:
		return "@file";
	case LISTING_FOLDER:
		return "@folder";
	case LISTING_SECTION:
		return "@section";
	default:
		return "@text";
	}
}

static void
print_values(const struct listing *listing)
{
	const struct listing_command *c;
	char words[LISTING_WORDS_SIZE];
	size_t i;

	printf("# The value of option $2 of command $1: words, @file, "
	       "@folder, @section,\n# @text or nothing.\n"
	       "_edgediff_value()\n{\n\tcase \"$1 $2\" in\n");
	for (c = listing->commands; c < listing_end(listing); c++)
		for (i = 0; i < c->count; i++)
			if (c->options[i].kind != LISTING_FLAG)
				printf("\t'%s %s') echo '%s' ;;\n",
					listing_command_words(c, words),
					c->options[i].name,
					value_word(&c->options[i]));
	printf("\tesac\n}\n");
}

static void
print_commands_with_files(const struct listing *listing)
{
	const struct listing_command *c;

	printf("_edgediff_with_files=' ");
	for (c = listing->commands; c < listing_end(listing); c++)
		if (c->takes_files)
			printf("%s ", c->name);
	printf("'\n\n");
}

static bool
print_tables(const void *listing, const char *word)
{
	if (strcmp(word, "tables") != 0)
		return false;
	print_names(listing);
	print_commands_with_files(listing);
	print_options(listing);
	print_values(listing);
	return true;
}

bool
completion_bash(const char *source, const struct listing *listing)
{
	return template_fill(source, "#@ ", print_tables, listing);
}
