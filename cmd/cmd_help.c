/* edgediff help, --help and --version. */
#include <archive.h>
#include <curl/curl.h>
#include <libxml/xmlversion.h>
#include <openssl/crypto.h>
#include <stdio.h>
#include <string.h>
#include <xxhash.h>

#include "base/escape.h"
#include "cmd/awscli/awscli_help.h"
#include "cmd/command.h"
#include "cmd/console/output.h"
#include "cmd/console/wrap.h"
#include "cmd/options.h"
#include "cmd/version.h"

static int
finish(void)
{
	struct err err = ERR_INIT;

	return output_finish(&err) == 0 ? EXIT_DONE : log_failure(&err);
}

static int
print_version(void)
{
	unsigned xxh = XXH_versionNumber();

	printf("edgediff %s\n", EDGEDIFF_VERSION);
	printf("libcurl %s\n", curl_version_info(CURLVERSION_NOW)->version);
	printf("%s\n", OpenSSL_version(OPENSSL_VERSION));
	printf("xxHash %u.%u.%u\n", xxh / 10000, xxh / 100 % 100, xxh % 100);
	printf("cJSON %s\n", cJSON_Version());
	printf("libxml2 %s\n", LIBXML_DOTTED_VERSION);
	printf("%s\n", archive_version_string());
	return finish();
}

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
print_statuses(const struct command *command)
{
	const struct exit_row *row;

	printf("\nExit status:\n");
	for (row = exit_rows; row->meaning; row++) {
		if (!exit_row_is_of(row, command))
			continue;
		printf("  %d  ", (int)row->status);
		wrap_rest(row->meaning, 5);
	}
}

static int
print_commands(void)
{
	const struct command *command;

	printf("usage: edgediff COMMAND [OPTION...]\n"
	       "\n"
	       "Finds what a build changed, and invalidates just that on "
	       "CloudFront,\nexactly once.\n\n");
	for (command = commands; command->name; command++)
		printf("  %-10s %s\n", command->name, command->summary);
	printf("\nIn place of `aws cloudfront ...`, with its options, output "
	       "and exit statuses:\n");
	awscli_help_list();
	printf("\n");
	wrap_print("OLD, NEW and BUILD are each a folder, an archive (tar or "
		   "zip), a manifest file or a baseline file. "
		   "'edgediff help COMMAND' tells more about a command, and "
		   "so does its page of the manual, edgediff-COMMAND(1).",
		0);
	print_statuses(NULL);
	return finish();
}

int
help_print_command(const struct command *command)
{
	const struct example *example;

	printf("usage: edgediff %s %s%s\n\n%s\n\n", command->name,
		command->operands, command->bit ? " [OPTION...]" : "",
		command->summary);
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
	print_statuses(command);
	return finish();
}

int
command_help(int argc, char **argv)
{
	const struct command *command;
	struct escaped_name shown;

	if (strcmp(argv[0], "--version") == 0)
		return print_version();
	if (argc < 2)
		return print_commands();
	command = command_find(argv[1]);
	if (command && argc == 2)
		return help_print_command(command);
	if ((argc == 2 || argc == 3) &&
		awscli_help_print(argv[1], argc == 3 ? argv[2] : NULL))
		return finish();
	log_error("no help on '%s': 'edgediff help' lists the commands",
		escape_show_str(&shown, argv[1]));
	return EXIT_USAGE;
}
