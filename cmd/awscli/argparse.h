/*
 * Arguments, as Python's argparse takes them apart: --x v, --x=v, unique
 * prefixes of names, the last of a repeated option wins, options before and
 * behind positionals, and -- in front of what is no option. What a parser
 * does not know is left over for the next one.
 */
#ifndef CMD_AWSCLI_ARGPARSE_H
#define CMD_AWSCLI_ARGPARSE_H

#include <stdbool.h>

#include "base/arena.h"
#include "cmd/awscli/fault.h"

enum arg_kind {
	ARG_FLAG,
	ARG_ONE,
	ARG_MAYBE, /* one value, or none */
	ARG_MANY, /* one or more */
};

struct arg_spec {
	const char *name; /* with its dashes */
	enum arg_kind kind;
	bool required;
	bool whole; /* its value is a whole number */
	const char *fallback; /* of an ARG_MAYBE without a value */
	const char *const *choices; /* ended by NULL; NULL for any */
	const char *value; /* for the help: FILE */
	const char *help; /* NULL: not shown there */
};

struct arg_values {
	const char *const *items; /* borrowed from argv */
	size_t count;
	bool given;
};

struct arg_parser {
	const struct arg_spec *specs;
	size_t count;
	const char *positional; /* its name in messages */
	bool positional_required;
	bool lenient; /* nothing is required */
};

struct arg_result {
	struct arg_values *values; /* of each spec */
	const char *positional; /* NULL where there is none */
	char **left; /* what is not known, in order */
	size_t left_count;
};

/* AWS_WRONG, with the usage in front of what argparse says. */
int arg_parse(struct arg_result *result, struct arena *arena,
	const struct arg_parser *parser, char **args, size_t count,
	struct fault *fault);

/* The values of an option; nothing where it is not given, or not known. */
const struct arg_values *arg_values(const struct arg_parser *parser,
	const struct arg_result *result, const char *name);

/* The last value, or NULL. */
const char *arg_value(const struct arg_parser *parser,
	const struct arg_result *result, const char *name);

/* AWS_WRONG, "usage: ..." and the CLI's form of a message about arguments. */
int arg_error(struct fault *fault, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

#define arg_error(...) (arg_error(__VA_ARGS__), err_failed())

extern const char arg_usage[];

#endif
