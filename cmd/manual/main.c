/*
 * Makes the manual and the completions from edgediff's tables. The build runs
 * it:
 *
 *	manual SOURCE	prints a page (NAME.1, NAME.5) or a completion
 *			(NAME.bash, NAME.zsh, NAME.fish), filled in
 *	manual --list	prints every command and option, for the tests
 */
#include <stdio.h>
#include <string.h>

#include "cmd/manual/completion_bash.h"
#include "cmd/manual/completion_fish.h"
#include "cmd/manual/completion_zsh.h"
#include "cmd/manual/manual_page.h"

static struct listing listing;

static void
print_list(void)
{
	const struct listing_command *c;
	const struct listing_option *option;
	char words[LISTING_WORDS_SIZE];

	for (c = listing.commands; c < listing.commands + listing.count; c++) {
		printf("%s\t\t%s\n", listing_command_words(c, words),
			c->summary);
		for (option = c->options; option < c->options + c->count;
			option++)
			printf("%s\t%s\t%s\n", words, option->name,
				option->value ? option->value : "");
	}
}

static bool
make(const char *source)
{
	const char *dot = strrchr(source, '.');
	const char *kind = dot ? dot + 1 : "";

	if (strcmp(kind, "bash") == 0)
		return completion_bash(source, &listing);
	if (strcmp(kind, "zsh") == 0)
		return completion_zsh(source, &listing);
	if (strcmp(kind, "fish") == 0)
		return completion_fish(source, &listing);
	return manual_page_print(source, &listing);
}

int
main(int argc, char **argv)
{
	bool good = true;

	if (argc != 2) {
		fprintf(stderr, "usage: manual SOURCE|--list\n");
		return 2;
	}
	listing_make(&listing);
	if (strcmp(argv[1], "--list") == 0)
		print_list();
	else
		good = make(argv[1]);
	return good && fflush(stdout) == 0 && !ferror(stdout) ? 0 : 1;
}
