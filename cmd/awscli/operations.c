/* The table of commands. */
#include "cmd/awscli/operations.h"

#include <string.h>

#include "cmd/awscli/error_format_names.h"
#include "cmd/awscli/output_format_names.h"

#define COUNT(specs) (sizeof(specs) / sizeof((specs)[0]))
#define VERSION "/2020-05-31"

static const char *const colors[] = {"on", "off", "auto", NULL};
static const char *const binary_formats[] = {
	"base64", "raw-in-base64-out", NULL};
static const char *const skeletons[] = {"input", "output", "yaml-input", NULL};

#define FLAG(option, text)                                         \
	{                                                          \
		.name = (option), .kind = ARG_FLAG, .help = (text) \
	}
#define ONE(option, shown, text)                                     \
	{                                                            \
		.name = (option), .kind = ARG_ONE, .value = (shown), \
		.help = (text)                                       \
	}
#define NEEDED(option, shown, text)                                  \
	{                                                            \
		.name = (option), .kind = ARG_ONE, .required = true, \
		.value = (shown), .help = (text)                     \
	}

static const struct arg_spec globals[] = {
	FLAG("--debug", "print requests and responses on standard error"),
	ONE("--endpoint-url", "URL", "use an endpoint other than CloudFront's"),
	FLAG("--no-verify-ssl", "accept any certificate"),
	FLAG("--no-paginate", "print a single page of a list"),
	{.name = "--output",
		.kind = ARG_ONE,
		.choices = output_format_names,
		.value = "json|text|table|yaml|yaml-stream|off",
		.help = "the format of the output (json)"},
	ONE("--query", "JMESPATH",
		"print a part of the output: Invalidation.Id"),
	ONE("--profile", "NAME", "the profile of the AWS configuration"),
	ONE("--region", "NAME", "the region"),
	{.name = "--color", .kind = ARG_ONE, .choices = colors},
	FLAG("--no-sign-request", "send requests without a signature"),
	ONE("--ca-bundle", "FILE", "trust these certificates instead"),
	ONE("--cli-read-timeout", "SECONDS", "time limit, 0 for none (60)"),
	ONE("--cli-connect-timeout", "SECONDS", "time limit, 0 for none (60)"),
	{.name = "--cli-binary-format",
		.kind = ARG_ONE,
		.choices = binary_formats},
	FLAG("--no-cli-pager", "ignored, since no pager is used"),
	FLAG("--cli-auto-prompt", NULL),
	FLAG("--no-cli-auto-prompt", NULL),
	{.name = "--cli-error-format",
		.kind = ARG_ONE,
		.choices = error_format_names,
		.value = "enhanced|legacy|json|yaml|text|table",
		.help = "how errors are shown (enhanced)"},
	/* --v would otherwise print them instead of doing what was asked */
	{.name = "--version",
		.kind = ARG_FLAG,
		.in_full = true,
		.help = "show the versions"},
};

const struct arg_parser operation_global_parser = {
	.specs = globals,
	.count = COUNT(globals),
	.positional = "command",
	.positional_required = true,
};

#define INPUTS                                                 \
	ONE("--cli-input-json", "JSON|file://FILE",            \
		"the whole input; other options override it"), \
		ONE("--cli-input-yaml", NULL, NULL)
#define SKELETON                                                            \
	{                                                                   \
		.name = "--generate-cli-skeleton", .kind = ARG_OPTIONAL,    \
		.fallback = "input", .choices = skeletons,                  \
		.value = "[input|output]",                                  \
		.help = "print an example of the input or the output, and " \
			"send nothing"                                      \
	}
#define BATCH_HELP                                             \
	"the batch, as JSON or Paths={Quantity=1,Items=[/a]}," \
	"CallerReference=x"

static const struct arg_spec create_specs[] = {
	NEEDED("--distribution-id", "ID", "the distribution"),
	ONE("--invalidation-batch", "BATCH|file://FILE", BATCH_HELP),
	{.name = "--paths",
		.kind = ARG_MANY,
		.value = "PATH...",
		.help = "paths, wildcards and #tags, sent as they are with a "
			"new CallerReference; replaces --invalidation-batch"},
	INPUTS,
	SKELETON,
};

static const struct arg_spec tenant_create_specs[] = {
	NEEDED("--id", "ID", "the distribution tenant"),
	NEEDED("--invalidation-batch", "BATCH|file://FILE", BATCH_HELP),
	INPUTS,
	SKELETON,
};

static const struct arg_spec get_specs[] = {
	NEEDED("--distribution-id", "ID", "the distribution"),
	NEEDED("--id", "ID", "the invalidation"),
	INPUTS,
	SKELETON,
};

static const struct arg_spec tenant_get_specs[] = {
	NEEDED("--distribution-tenant-id", "ID", "the distribution tenant"),
	NEEDED("--id", "ID", "the invalidation"),
	INPUTS,
	SKELETON,
};

static const struct arg_spec list_specs[] = {
	NEEDED("--distribution-id", "ID", "the distribution"),
	ONE("--marker", NULL, NULL),
	ONE("--max-items", "N", "stop after N items, with a NextToken"),
	INPUTS,
	ONE("--starting-token", "TOKEN", "continue from a NextToken"),
	ONE("--page-size", "N", "request N items at a time"),
	SKELETON,
};

static const struct arg_spec tenant_list_specs[] = {
	NEEDED("--id", "ID", "the distribution tenant"),
	ONE("--marker", NULL, NULL),
	{.name = "--max-items",
		.kind = ARG_ONE,
		.integer = true,
		.value = "N",
		.help = "stop after N items, with a NextToken"},
	INPUTS,
	ONE("--starting-token", "TOKEN", "continue from a NextToken"),
	{.name = "--page-size",
		.kind = ARG_ONE,
		.integer = true,
		.value = "N",
		.help = "request N items at a time"},
	SKELETON,
};

const struct operation operations[] = {
	{
		.name = "create-invalidation",
		.api = "CreateInvalidation",
		.method = "POST",
		.uri = VERSION "/distribution/{DistributionId}/invalidation",
		.input = &shape_create_input,
		.output = &shape_create_output,
		.payload = "Invalidation",
		.specs = create_specs,
		.spec_count = COUNT(create_specs),
		.summary = "invalidate paths of a distribution",
		.example = "--distribution-id ID --paths /index.html '/a/*'",
	},
	{
		.name = "get-invalidation",
		.api = "GetInvalidation",
		.method = "GET",
		.uri = VERSION
		"/distribution/{DistributionId}/invalidation/{Id}",
		.input = &shape_get_input,
		.output = &shape_get_output,
		.payload = "Invalidation",
		.specs = get_specs,
		.spec_count = COUNT(get_specs),
		.summary = "show an invalidation",
		.example = "--distribution-id ID --id ID",
	},
	{
		.name = "list-invalidations",
		.api = "ListInvalidations",
		.method = "GET",
		.uri = VERSION "/distribution/{DistributionId}/invalidation",
		.input = &shape_list_input,
		.output = &shape_list_output,
		.payload = "InvalidationList",
		.specs = list_specs,
		.spec_count = COUNT(list_specs),
		.paginated = true,
		.has_is_truncated = true,
		.summary = "list a distribution's invalidations",
		.example = "--distribution-id ID",
	},
	{
		.name = "create-invalidation-for-distribution-tenant",
		.api = "CreateInvalidationForDistributionTenant",
		.method = "POST",
		.uri = VERSION "/distribution-tenant/{Id}/invalidation",
		.input = &shape_tenant_create_input,
		.output = &shape_create_output,
		.payload = "Invalidation",
		.specs = tenant_create_specs,
		.spec_count = COUNT(tenant_create_specs),
		.summary = "invalidate paths of a distribution tenant",
		.example = "--id ID --invalidation-batch file://batch.json",
	},
	{
		.name = "get-invalidation-for-distribution-tenant",
		.api = "GetInvalidationForDistributionTenant",
		.method = "GET",
		.uri = VERSION "/distribution-tenant/{DistributionTenantId}"
			       "/invalidation/{Id}",
		.input = &shape_tenant_get_input,
		.output = &shape_get_output,
		.payload = "Invalidation",
		.specs = tenant_get_specs,
		.spec_count = COUNT(tenant_get_specs),
		.summary = "show a tenant's invalidation",
		.example = "--distribution-tenant-id ID --id ID",
	},
	{
		.name = "list-invalidations-for-distribution-tenant",
		.api = "ListInvalidationsForDistributionTenant",
		.method = "GET",
		.uri = VERSION "/distribution-tenant/{Id}/invalidation",
		.input = &shape_tenant_list_input,
		.output = &shape_list_output,
		.payload = "InvalidationList",
		.specs = tenant_list_specs,
		.spec_count = COUNT(tenant_list_specs),
		.paginated = true,
		.summary = "list a tenant's invalidations",
		.example = "--id ID",
	},
	{0},
};

const struct operation operation_waiters[] = {
	{
		.name = "invalidation-completed",
		.api = "GetInvalidation",
		.method = "GET",
		.uri = VERSION
		"/distribution/{DistributionId}/invalidation/{Id}",
		.input = &shape_get_input,
		.output = &shape_get_output,
		.payload = "Invalidation",
		.specs = get_specs,
		.spec_count = COUNT(get_specs),
		.waiter = "InvalidationCompleted",
		.summary = "wait until an invalidation is completed",
		.example = "--distribution-id ID --id ID",
	},
	{
		.name = "invalidation-for-distribution-tenant-completed",
		.api = "GetInvalidationForDistributionTenant",
		.method = "GET",
		.uri = VERSION "/distribution-tenant/{DistributionTenantId}"
			       "/invalidation/{Id}",
		.input = &shape_tenant_get_input,
		.output = &shape_get_output,
		.payload = "Invalidation",
		.specs = tenant_get_specs,
		.spec_count = COUNT(tenant_get_specs),
		.waiter = "InvalidationForDistributionTenantCompleted",
		.summary = "wait until a tenant's invalidation is completed",
		.example = "--distribution-tenant-id ID --id ID",
	},
	{0},
};

const struct operation_status operation_statuses[] = {
	{0, "success"},
	{130, "interrupted by Ctrl-C"},
	{252, "wrong arguments or parameters"},
	{253, "no credentials or region"},
	{254, "CloudFront answered with an error"},
	{255, "any other failure"},
	{0},
};

const struct operation *
operation_find(const struct operation *table, const char *name)
{
	for (; table->name; table++)
		if (strcmp(table->name, name) == 0)
			return table;
	return NULL;
}
