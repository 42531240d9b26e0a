/* Prints a call of _arguments for each command, for zsh. */
#include "cmd/manual/completion_zsh.h"

#include <stdio.h>
#include <string.h>

#include "cmd/manual/template.h"

/* Escape text inside single quotes, also for _arguments and _describe. */
static void
quote(const char *text)
{
	for (; *text; text++)
		if (*text == '\'')
			printf("'\\''");
		else if (strchr("[]:\\", *text))
			printf("\\%c", *text);
		else
			printf("%c", *text);
}

static void
print_action(const struct listing_option *option)
{
	switch (option->kind) {
	case LISTING_CHOICE:
		printf("(%s)", option->choices);
		break;
	case LISTING_FILE:
		printf("_files");
		break;
	case LISTING_FOLDER:
		printf("_files -/");
		break;
	case LISTING_SECTION:
		printf("_edgediff_sections");
		break;
	default:
		printf(" ");
	}
}

static void
print_option(const struct listing_option *option)
{
	printf(" \\\n\t\t\t'");
	if (option->letter)
		printf("(%s %s)'{%s,%s}'[", option->letter, option->name,
			option->letter, option->name);
	else
		printf("%s%s%s[", option->repeatable ? "*" : "", option->name,
			option->kind == LISTING_FLAG ? "" : "=");
	quote(option->help);
	printf("]");
	if (option->kind != LISTING_FLAG) {
		printf(":");
		quote(option->value);
		printf(":");
		print_action(option);
	}
	printf("'");
}

static void
print_command(const struct listing_command *command)
{
	size_t i;

	printf("\t%s)\n\t\t_arguments -S", command->name);
	for (i = 0; i < command->count; i++)
		print_option(&command->options[i]);
	if (command->takes_files)
		printf(" \\\n\t\t\t'*:%s:_files'", command->operands);
	else if (strcmp(command->name, "help") == 0)
		printf(" \\\n\t\t\t'1:command:_edgediff_commands'");
	printf("\n\t\t;;\n");
}

static void
print_descriptions(const struct listing *listing, const char *name, bool waits)
{
	const struct listing_command *c;

	printf("_edgediff_%s()\n{\n\tlocal -a words=(", name);
	for (c = listing->commands; c < listing_end(listing); c++) {
		if ((c->group != NULL) != waits)
			continue;
		printf("\n\t\t'%s:", c->name);
		quote(c->summary);
		printf("'");
	}
	if (!waits)
		printf("\n\t\t'wait:wait for an invalidation'");
	printf("\n\t)\n\t_describe -t %s command words\n}\n\n", name);
}

static bool
print_tables(const void *context, const char *word)
{
	const struct listing *listing = context;
	const struct listing_command *c;

	if (strcmp(word, "tables") != 0)
		return false;
	print_descriptions(listing, "commands", false);
	print_descriptions(listing, "waits", true);
	printf("_edgediff_options()\n{\n\tcase $1 in\n");
	for (c = listing->commands; c < listing_end(listing); c++)
		print_command(c);
	printf("\tesac\n}\n");
	return true;
}

bool
completion_zsh(const char *source, const struct listing *listing)
{
	return template_fill(source, "#@ ", print_tables, listing);
}
