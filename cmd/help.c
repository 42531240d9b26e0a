/* Prints help. */
#include "cmd/help.h"

#include <stdio.h>

#include "cmd/awscli/awscli_help.h"
#include "cmd/console/wrap.h"
#include "cmd/exit_status_rows.h"
#include "cmd/option_rows.h"

static void
print_options(unsigned bit)
{
	const struct option_row *row;

	for (row = option_rows; row->name; row++) {
		if (!(row->commands & bit))
			continue;
		printf("  %s%s%s\n", row->name, row->value ? " " : "",
			row->value ? row->value : "");
		wrap_print(row->help, 6);
		if (row->fallback)
			printf("      default: %s\n", row->fallback);
	}
}

static void
print_statuses(unsigned bit)
{
	const struct exit_status_row *row;

	printf("\nExit status:\n");
	for (row = exit_status_rows; row->meaning; row++) {
		if (!exit_status_is_of(row, bit))
			continue;
		printf("  %d  ", (int)row->status);
		wrap_rest(row->meaning, 5);
	}
}

void
help_print_commands(void)
{
	const struct command *command;

	printf("usage: edgediff COMMAND [OPTION...]\n"
	       "\n"
	       "Finds what a build changed, and invalidates just that on "
	       "CloudFront,\nexactly once.\n\n");
	for (command = commands; command->name; command++) {
		printf("  %-10s ", command->name);
		wrap_rest(command->summary, 13);
	}
	printf("\nIn place of `aws cloudfront ...`, with its options, output "
	       "and exit statuses:\n");
	awscli_help_list();
	printf("\n");
	wrap_print("OLD, NEW and BUILD are each a folder, an archive (tar or "
		   "zip), a manifest file or a baseline file. "
		   "'edgediff help COMMAND' and the manual page "
		   "edgediff-COMMAND(1) say more about a command.",
		0);
	print_statuses(FOR_INVALIDATE);
}

void
help_print_command(const struct command *command)
{
	const struct example *example;

	printf("usage: edgediff %s%s%s%s\n\n%s\n\n", command->name,
		command->operands[0] ? " " : "", command->operands,
		command->bit ? " [OPTION...]" : "", command->summary);
	wrap_print(command->description, 0);
	if (command->bit)
		printf("\nOptions:\n");
	print_options(command->bit);
	printf("\nExamples:\n");
	for (example = command->examples; example->line; example++) {
		wrap_print(example->what, 2);
		printf("      $ ");
		wrap_lines(example->line, 8, " \\");
	}
	print_statuses(command->bit);
}
