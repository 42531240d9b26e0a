/* edgediff help, --help and --version. */
#include <archive.h>
#include <curl/curl.h>
#include <libxml/xmlversion.h>
#include <openssl/crypto.h>
#include <stdio.h>
#include <string.h>
#include <xxhash.h>

#include "base/name.h"
#include "cmd/awscli/awscli.h"
#include "cmd/command.h"
#include "cmd/options.h"
#include "cmd/output.h"
#include "cmd/version.h"

static int
finish(void)
{
	struct err err = ERR_INIT;

	return output_finish(&err) == 0 ? EXIT_DONE : talk_failure(&err);
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
	awscli_list_commands();
	printf("\n"
	       "OLD, NEW and BUILD are each a folder, an archive (tar, zip), "
	       "a manifest\nfile or a baseline file. 'edgediff help COMMAND' "
	       "lists a command's options.\n"
	       "\n"
	       "Exit status: 0 done, or nothing to do; 1 failed, and nothing "
	       "was sent;\n2 usage; 3 a batch is pending: run the same command "
	       "again to finish;\n4 accepted and recorded, but something after "
	       "that failed.\n");
	return finish();
}

int
help_print_command(const struct command *command)
{
	const struct option_row *row;
	char left[64];

	printf("usage: edgediff %s %s%s\n\n%s\n", command->name,
		command->operands, command->bit ? " [OPTION...]" : "",
		command->summary);
	if (command->bit)
		printf("\n");
	for (row = option_rows; row->name; row++) {
		if (!(row->commands & command->bit))
			continue;
		snprintf(left, sizeof(left), "%s%s%s", row->name,
			row->value ? " " : "", row->value ? row->value : "");
		printf("  %s\n      %s\n", left, row->help);
		if (row->fallback)
			printf("      default: %s\n", row->fallback);
	}
	return finish();
}

int
command_help(int argc, char **argv)
{
	const struct command *command;
	struct shown_name shown;

	if (strcmp(argv[0], "--version") == 0)
		return print_version();
	if (argc < 2)
		return print_commands();
	command = command_find(argv[1]);
	if (command && argc == 2)
		return help_print_command(command);
	if ((argc == 2 || argc == 3) &&
		awscli_print_help(argv[1], argc == 3 ? argv[2] : NULL))
		return finish();
	talk("no help on '%s': 'edgediff help' lists the commands",
		name_show_str(&shown, argv[1]));
	return EXIT_USAGE;
}
