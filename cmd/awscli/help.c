/* Explains the commands. */
#include <stdio.h>
#include <string.h>

#include "cmd/awscli/awscli.h"
#include "cmd/awscli/operations.h"

static void
list(const struct operation *table, const char *before)
{
	for (; table->name; table++)
		printf("  %s%s\n      %s\n", before, table->name,
			table->summary);
}

void
awscli_list_commands(void)
{
	list(operations, "");
	list(waits, "wait ");
}

static void
print_specs(const struct arg_spec *specs, size_t count)
{
	const struct arg_spec *spec;

	for (spec = specs; spec < specs + count; spec++) {
		if (!spec->help)
			continue;
		printf("  %s%s%s\n      %s%s\n", spec->name,
			spec->value ? " " : "", spec->value ? spec->value : "",
			spec->help, spec->required ? " (required)" : "");
	}
}

bool
awscli_print_help(const char *name, const char *of_wait)
{
	bool wait = strcmp(name, "wait") == 0;
	const struct operation *operation =
		operation_find(wait ? waits : operations,
			wait ? (of_wait ? of_wait : waits[0].name) : name);

	if (!operation)
		return false;
	printf("usage: edgediff %s%s %s\n\n%s\n\n", wait ? "wait " : "",
		operation->name, operation->example, operation->summary);
	print_specs(operation->specs, operation->spec_count);
	printf("\nA value that is file://FILE is what FILE holds. Everywhere:"
	       "\n\n");
	print_specs(global_parser.specs, global_parser.count);
	printf("\nAs `aws cloudfront` has it. Exit status: 0 done; 252 the "
	       "arguments are wrong;\n253 no credentials or region; 254 "
	       "CloudFront refused it; 255 anything else.\n");
	return true;
}
