/*
 * A command line's arguments, parsed as Python's argparse parses them: --x v,
 * --x=v, unique prefixes of option names, the last of a repeated option wins,
 * options before and after positionals, and -- before arguments that only look
 * like options. Arguments that a parser doesn't know are left for the next one.
 */
#ifndef CMD_AWSCLI_ARG_PARSER_H
#define CMD_AWSCLI_ARG_PARSER_H

#include <stdbool.h>

#include "base/arena.h"
#include "cmd/awscli/fault.h"

/* How many values an option takes. */
enum arg_kind {
	ARG_FLAG,
	ARG_ONE,
	ARG_OPTIONAL, /* one, or none */
	ARG_MANY, /* one or more */
};

struct arg_spec {
	const char *name; /* with its dashes */
	enum arg_kind kind;
	bool required;
	bool in_full; /* it has no prefixes, unlike argparse's */
	bool integer; /* the value has to be an integer */
	const char *fallback; /* the value of an ARG_OPTIONAL without one */
	const char *const *choices; /* ended by NULL; NULL allows anything */
	const char *value; /* what the help calls it: FILE */
	const char *help; /* NULL hides the option from the help */
};

struct arg_values {
	const char *const *items; /* borrowed from argv */
	size_t count;
	bool given;
};

struct arg_parser {
	const struct arg_spec *specs;
	size_t count;
	const char *positional; /* what messages call it */
	bool positional_required;
	bool lenient; /* no option is required */
};

struct arg_result {
	struct arg_values *values; /* one for each spec, in their order */
	const char *positional; /* NULL if it is missing */
	char **left; /* the unknown arguments, in order */
	size_t left_count;
};

/*
 * Parse `count` arguments. The result lives in the arena and borrows from
 * `args`; on failure it may be incomplete. Fails with AWSCLI_PARAM_ERROR:
 * argparse's message, followed by the usage.
 */
int arg_parse(struct arg_result *result, struct arena *arena,
	const struct arg_parser *parser, char **args, size_t count,
	struct fault *fault);

/* Is this the option's name, or a prefix that it may be given by? */
bool arg_spec_fits(const struct arg_spec *spec, const char *name, size_t len);

/* The values of an option; empty if it is not given, or unknown. */
const struct arg_values *arg_values(const struct arg_parser *parser,
	const struct arg_result *result, const char *name);

/* The last value of an option, or NULL. */
const char *arg_value(const struct arg_parser *parser,
	const struct arg_result *result, const char *name);

/*
 * Set AWSCLI_PARAM_ERROR with a message that the usage follows, the form in
 * which the AWS CLI rejects arguments. Returns -1.
 */
int arg_error(struct fault *fault, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

#define arg_error(...) (arg_error(__VA_ARGS__), err_failed())

/* The same for a value that is not among the choices, with those close to it. */
int arg_fail_choice(struct fault *fault, const char *what, const char *given,
	const char *const *choices, size_t count);

/* The usage that comes with such messages. */
extern const char arg_usage[];

#endif
