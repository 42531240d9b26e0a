/* Prints a `complete` command for each command and option, for fish. */
#include "cmd/manual/completion_fish.h"

#include <stdio.h>
#include <string.h>

#include "cmd/manual/template.h"

static void
quote(const char *text)
{
	printf("'");
	for (; *text; text++) {
		if (*text == '\'' || *text == '\\')
			printf("\\");
		printf("%c", *text);
	}
	printf("'");
}

static void
print_option(const char *words, const struct listing_option *option)
{
	printf("complete -c edgediff -n '__edgediff_is %s' -l %s", words,
		option->name + 2);
	if (option->letter)
		printf(" -s %s", option->letter + 1);
	switch (option->kind) {
	case LISTING_FLAG:
		break;
	case LISTING_CHOICE:
		printf(" -x -a '%s'", option->choices);
		break;
	case LISTING_FILE:
		printf(" -r -F");
		break;
	case LISTING_FOLDER:
		printf(" -x -a '(__fish_complete_directories "
		       "(commandline -ct))'");
		break;
	case LISTING_SECTION:
		printf(" -x -a '(__edgediff_sections)'");
		break;
	default:
		printf(" -x");
	}
	printf(" -d ");
	quote(option->help);
	printf("\n");
}

static void
print_names(const struct listing *listing, const char *when, bool waits)
{
	const struct listing_command *c;

	for (c = listing->commands; c < listing_end(listing); c++) {
		if ((c->group != NULL) != waits)
			continue;
		printf("complete -c edgediff -n '%s' -a %s -d ", when, c->name);
		quote(c->summary);
		printf("\n");
	}
	if (!waits)
		printf("complete -c edgediff -n '%s' -a wait -d "
		       "'wait for an invalidation'\n",
			when);
}

static bool
print_tables(const void *context, const char *word)
{
	const struct listing *listing = context;
	const struct listing_command *c;
	char words[LISTING_WORDS_SIZE];
	size_t i;

	if (strcmp(word, "tables") != 0)
		return false;
	print_names(listing, "__edgediff_ends", false);
	print_names(listing, "__edgediff_ends help", false);
	print_names(listing, "__edgediff_ends wait", true);
	print_names(listing, "__edgediff_ends help wait", true);
	for (c = listing->commands; c < listing_end(listing); c++) {
		if (c->takes_files)
			printf("complete -c edgediff -n '__edgediff_is %s' "
			       "-F\n",
				c->name);
		for (i = 0; i < c->count; i++)
			print_option(listing_command_words(c, words),
				&c->options[i]);
	}
	return true;
}

bool
completion_fish(const char *source, const struct listing *listing)
{
	return template_fill(source, "#@ ", print_tables, listing);
}
