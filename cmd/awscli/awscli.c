/* Runs a command. */
#include "cmd/awscli/awscli.h"

#include <stdio.h>
#include <string.h>

#include "cmd/awscli/api_call.h"
#include "cmd/awscli/awscli_help.h"
#include "cmd/awscli/paginator.h"
#include "cmd/awscli/parameters.h"
#include "cmd/awscli/session_connect.h"
#include "cmd/awscli/skeleton.h"
#include "cmd/awscli/waiter.h"
#include "cmd/console/output.h"
#include "cmd/console/signals.h"
#include "cmd/console/versions.h"

enum {
	HELP_PRINTED = -2, /* besides 0 and -1; within this file only */
	OPERATIONS_MAX = 32, /* in a table; there are six */
};

/* Does it name a global option, if it is shortened as the AWS CLI allows? */
static bool
is_global(const char *word)
{
	size_t len = strcspn(word, "="), i;

	if (len < 3 || strncmp(word, "--", 2) != 0)
		return false;
	for (i = 0; i < operation_global_parser.count; i++)
		if (arg_spec_fits(&operation_global_parser.specs[i], word, len))
			return true;
	return false;
}

bool
awscli_knows(const char *word)
{
	return is_global(word) || strcmp(word, "cloudfront") == 0 ||
	       strcmp(word, "wait") == 0 || operation_find(operations, word);
}

void
awscli_offer(struct closest *closest)
{
	const struct operation *o;

	for (o = operations; o->name; o++)
		closest_offer(closest, o->name);
	closest_offer(closest, "wait");
}

const char *
awscli_taker(const char *option, size_t len)
{
	const struct operation *o;
	size_t i;

	for (o = operations; o->name; o++)
		for (i = 0; i < o->spec_count; i++)
			if (strlen(o->specs[i].name) == len &&
				memcmp(o->specs[i].name, option, len) == 0)
				return o->name;
	return NULL;
}

/* Take the first positional, and leave the other arguments. */
static int
take_word(struct session *session, const char *name, bool required,
	struct arg_result *left, struct fault *fault)
{
	const struct arg_parser parser = {
		.positional = name, .positional_required = required};

	return arg_parse(left, &session->arena, &parser, left->left,
		left->left_count, fault);
}

static int
fail_unknown(const char *what, const char *given, const struct operation *table,
	struct fault *fault)
{
	const char *names[OPERATIONS_MAX + 1];
	size_t count = 0;

	for (; table[count].name && count < OPERATIONS_MAX; count++)
		names[count] = table[count].name;
	if (table == operations)
		names[count++] = "wait";
	return arg_fail_choice(fault, what, given, names, count);
}

/* Find the operation, and leave its arguments in `rest`. */
static int
find_operation(const struct operation **out, struct session *session,
	struct arg_result *rest, struct fault *fault)
{
	const struct operation *table = operations;
	const char *what = "operation";

	if (strcmp(rest->positional, "cloudfront") == 0 &&
		take_word(session, what, true, rest, fault) != 0)
		return -1;
	if (strcmp(rest->positional, "wait") == 0) {
		table = operation_waiters;
		what = "subcommand";
		if (take_word(session, what, false, rest, fault) != 0)
			return -1;
		if (!rest->positional)
			return fault_set(fault, AWSCLI_PARAM_ERROR,
				"usage: edgediff wait <subcommand> "
				"[parameters]\n"
				"aws: [ERROR]: too few arguments");
	}
	*out = operation_find(table, rest->positional);
	return *out ? 0 : fail_unknown(what, rest->positional, table, fault);
}

/* Does an option provide the input, so that none is required? */
static bool
is_lenient(const struct arg_result *rest)
{
	size_t i;

	for (i = 0; i < rest->left_count; i++) {
		if (strncmp(rest->left[i], "--cli-input-", 12) == 0 &&
			!strchr(rest->left[i], '='))
			return true;
		if (strcmp(rest->left[i], "--generate-cli-skeleton") == 0)
			return i + 1 == rest->left_count ||
			       strcmp(rest->left[i + 1], "output") != 0;
	}
	return false;
}

static int
fail_unknown_options(const struct arg_result *options, struct fault *fault)
{
	size_t i;

	fault_set(fault, AWSCLI_PARAM_ERROR, "Unknown options: ");
	fault->usage = FAULT_USAGE_BEFORE;
	for (i = 0; i < options->left_count; i++)
		buf_addf(&fault->text, "%s%s", i > 0 ? ", " : "",
			options->left[i]);
	if (options->positional)
		buf_addf(&fault->text, "%s%s",
			options->left_count > 0 ? ", " : "",
			options->positional);
	return -1;
}

static int
execute(struct session *session, const struct operation *operation,
	const struct parameters *parameters, struct fault *fault)
{
	struct api_result result;
	const char *skeleton = parameters->skeleton;

	/* the skeleton of an input needs no configuration */
	if (!(skeleton && strcmp(skeleton, "input") == 0) &&
		session_connect(session, fault) != 0)
		return -1;
	if (skeleton)
		return skeleton_print(
			session, operation, skeleton, parameters->all, fault);
	if (operation->waiter)
		return waiter_wait(session, operation, parameters->all, fault);
	if (operation->paginated && parameters->paginate)
		return paginator_print(
			session, operation, parameters->all, fault);
	if (api_call_make(
		    session, operation, parameters->all, &result, fault) != 0)
		return -1;
	if (!result.output)
		return api_call_fault(operation, &result, fault);
	return session_print(session, operation, result.output, fault);
}

static int
run_operation(struct session *session, const struct operation *operation,
	const struct arg_result *rest, struct fault *fault)
{
	const struct arg_parser parser = {
		.specs = operation->specs,
		.count = operation->spec_count,
		.positional = "help",
		.lenient = is_lenient(rest),
	};
	struct parameters parameters = {.paginate = session->paginate};
	struct arg_result options;

	/* the CLI only knows `help`, and rejects --help */
	if (rest->left_count == 1 &&
		(strcmp(rest->left[0], "help") == 0 ||
			strcmp(rest->left[0], "--help") == 0)) {
		awscli_help_print(operation->waiter ? "wait" : operation->name,
			operation->waiter ? operation->name : NULL);
		return HELP_PRINTED;
	}
	if (arg_parse(&options, &session->arena, &parser, rest->left,
		    rest->left_count, fault) != 0)
		return -1;
	if (options.left_count > 0 || options.positional)
		return fail_unknown_options(&options, fault);
	if (parameters_make(&parameters, &session->arena, operation, &parser,
		    &options, &session->system, fault) != 0)
		return -1;
	return execute(session, operation, &parameters, fault);
}

static int
run(struct session *session, int count, char **args, struct fault *fault)
{
	const struct operation *operation = NULL;
	struct arg_result globals = {.values = NULL}, rest;

	if (arg_parse(&globals, &session->arena, &operation_global_parser, args,
		    (size_t)count, fault) != 0) {
		/* argparse shows the version before it checks anything else */
		if (!globals.values || !arg_values(&operation_global_parser,
					       &globals, "--version")
						->given)
			return -1;
	}
	if (arg_values(&operation_global_parser, &globals, "--version")
			->given) {
		versions_print();
		return HELP_PRINTED;
	}
	if (session_open(session, &globals, fault) != 0)
		return -1;
	rest = globals;
	if (find_operation(&operation, session, &rest, fault) != 0)
		return -1;
	return run_operation(session, operation, &rest, fault);
}

/* The CLI prints a newline, and exits as a shell does after SIGINT. */
static int
end_interrupted(void)
{
	fputc('\n', stdout);
	fflush(stdout);
	if (signals_caught_sigint())
		return AWSCLI_INTERRUPTED;
	signals_release(); /* ends the process with the signal */
	return AWSCLI_GENERAL_ERROR;
}

int
awscli_run(int count, char **args)
{
	struct session session = {.connected = false};
	struct err err = ERR_INIT;
	struct fault fault;
	int status = AWSCLI_OK;

	fault_init(&fault);
	arena_init(&session.arena);
	if (run(&session, count, args, &fault) == -1)
		status = fault.status;
	if (status == AWSCLI_OK && output_finish(&err) != 0) {
		fault_from_err(&fault, AWSCLI_GENERAL_ERROR, &err);
		status = AWSCLI_GENERAL_ERROR;
	}
	if (status == AWSCLI_INTERRUPTED)
		status = end_interrupted();
	else if (status != AWSCLI_OK) {
		fflush(stdout);
		session_print_fault(&session, &fault);
	}
	session_release(&session);
	fault_release(&fault);
	return status;
}
