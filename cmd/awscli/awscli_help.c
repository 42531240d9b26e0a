/* Prints the help. */
#include "cmd/awscli/awscli_help.h"

#include <stdio.h>
#include <string.h>

#include "cmd/awscli/operations.h"
#include "cmd/console/wrap.h"

static void
list_operations(const struct operation *table, const char *prefix)
{
	for (; table->name; table++)
		printf("  %s%s\n      %s\n", prefix, table->name,
			table->summary);
}

void
awscli_help_list(void)
{
	list_operations(operations, "");
	list_operations(operation_waiters, "wait ");
}

static void
print_specs(const struct arg_spec *specs, size_t count)
{
	const struct arg_spec *spec;

	for (spec = specs; spec < specs + count; spec++) {
		if (!spec->help)
			continue;
		printf("  %s%s%s\n", spec->name, spec->value ? " " : "",
			spec->value ? spec->value : "");
		wrap_print(spec->help, 6);
		if (spec->required)
			printf("      (required)\n");
	}
}

bool
awscli_help_print(const char *name, const char *waiter)
{
	bool wait = strcmp(name, "wait") == 0;
	const struct operation *operation;
	const struct operation_status *row;
	int column;

	if (strncmp(name, "wait ", 5) == 0 && !waiter) {
		wait = true;
		waiter = name + 5;
	}
	operation = operation_find(wait ? operation_waiters : operations,
		wait ? (waiter ? waiter : operation_waiters[0].name) : name);
	if (!operation)
		return false;
	column = printf(
		"usage: edgediff %s%s", wait ? "wait " : "", operation->name);
	if (column + 1 + (int)strlen(operation->example) > WRAP_WIDTH)
		printf("\n      ");
	printf(" %s\n\n%s\n\nOptions:\n", operation->example,
		operation->summary);
	print_specs(operation->specs, operation->spec_count);
	printf("\nThe value file://FILE stands for the content of FILE. Global "
	       "options:\n");
	print_specs(
		operation_global_parser.specs, operation_global_parser.count);
	printf("\nExit statuses, as for `aws cloudfront`:\n");
	for (row = operation_statuses; row->meaning; row++) {
		printf("  %-3d  ", row->status);
		wrap_rest(row->meaning, 7);
	}
	return true;
}
