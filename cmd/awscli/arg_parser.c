/* Parses arguments. */
#include "cmd/awscli/arg_parser.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "cmd/awscli/close_matches.h"
#include "cmd/awscli/value_repr.h"

#undef arg_error

const char arg_usage[] = "usage: edgediff <command> [parameters]\n"
			 "To see help text, you can run:\n"
			 "\n"
			 "  edgediff help\n"
			 "  edgediff help <command>\n";

/* argparse's first pass: what each argument looks like. */
struct arg_token {
	enum {
		TOKEN_VALUE,
		TOKEN_OPTION,
		TOKEN_DASHES, /* the -- after which all are values */
	} kind;
	const struct arg_spec *spec; /* of an option; NULL if it is unknown */
	const char *text; /* after the = of an option, or NULL */
};

struct arg_parse_state {
	const struct arg_parser *parser;
	struct arg_result *result;
	struct arena *arena;
	char **args;
	size_t count;
	struct arg_token *tokens;
	bool positional_taken;
	struct fault *fault;
};

int
arg_error(struct fault *fault, const char *fmt, ...)
{
	char text[8192];
	va_list args;

	va_start(args, fmt);
	vsnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	fault_set(fault, AWSCLI_PARAM_ERROR, "%s", text);
	fault->usage = FAULT_USAGE_AFTER;
	return -1;
}

static bool
is_negative_number(const char *text)
{
	const char *at = text + 1;

	while (isdigit((unsigned char)*at))
		at++;
	if (*at == '.') {
		at++;
		if (!isdigit((unsigned char)*at))
			return false;
		while (isdigit((unsigned char)*at))
			at++;
	}
	return !*at && at > text + 1;
}

bool
arg_spec_fits(const struct arg_spec *spec, const char *name, size_t len)
{
	return strncmp(spec->name, name, len) == 0 &&
	       (!spec->name[len] || !spec->in_full);
}

/*
 * The option with that name, or the only one that it is a prefix of. Sets
 * *ambiguous, and returns NULL, if there are several.
 */
static const struct arg_spec *
find_spec(const struct arg_parser *parser, const char *name, size_t len,
	bool *ambiguous)
{
	const struct arg_spec *found = NULL, *spec;
	size_t i;

	*ambiguous = false;
	for (i = 0; i < parser->count; i++) {
		spec = &parser->specs[i];
		if (!arg_spec_fits(spec, name, len))
			continue;
		if (!spec->name[len]) {
			*ambiguous = false;
			return spec;
		}
		*ambiguous |= found != NULL;
		found = spec;
	}
	return *ambiguous ? NULL : found;
}

static int
fail_ambiguous(struct arg_parse_state *p, const char *arg, size_t len)
{
	const struct arg_parser *parser = p->parser;
	struct buf names;
	size_t i;
	int rc;

	buf_init(&names, 4096);
	for (i = 0; i < parser->count; i++)
		if (arg_spec_fits(&parser->specs[i], arg, len))
			buf_addf(&names, "%s%s", names.len ? ", " : "",
				parser->specs[i].name);
	rc = arg_error(p->fault, "ambiguous option: %s could match %s", arg,
		buf_shown(&names));
	buf_release(&names);
	return rc;
}

static int
classify(struct arg_parse_state *p, size_t i, bool options)
{
	const char *arg = p->args[i], *equals = strchr(arg, '=');
	size_t len = equals ? (size_t)(equals - arg) : strlen(arg);
	struct arg_token *token = &p->tokens[i];
	bool ambiguous;

	*token = (struct arg_token){.kind = TOKEN_VALUE};
	if (!options || arg[0] != '-' || !arg[1])
		return 0;
	if (arg[1] == '-' && len > 2) {
		token->spec = find_spec(p->parser, arg, len, &ambiguous);
		if (ambiguous)
			return fail_ambiguous(p, arg, len);
	}
	if (token->spec)
		token->text = equals ? equals + 1 : NULL;
	else if (is_negative_number(arg) || strchr(arg, ' '))
		return 0;
	token->kind = TOKEN_OPTION;
	return 0;
}

static int
classify_all(struct arg_parse_state *p)
{
	bool options = true;
	size_t i;

	for (i = 0; i < p->count; i++) {
		if (options && strcmp(p->args[i], "--") == 0) {
			p->tokens[i] = (struct arg_token){.kind = TOKEN_DASHES};
			options = false;
		} else if (classify(p, i, options) != 0) {
			return -1;
		}
	}
	return 0;
}

int
arg_fail_choice(struct fault *fault, const char *what, const char *given,
	const char *const *choices, size_t count)
{
	const char *close[CLOSE_MATCHES_MAX];
	size_t found = close_matches(close, given, choices, count), i;

	arg_error(fault, "argument %s: Found invalid choice '%s'\n%s", what,
		given, found > 0 ? "\nMaybe you meant:\n" : "");
	for (i = 0; i < found; i++)
		buf_addf(&fault->text, "\n  * %s", close[i]);
	return -1;
}

static int
check_choice(struct arg_parse_state *p, const struct arg_spec *spec,
	const char *value)
{
	size_t count = 0;

	if (!spec->choices)
		return 0;
	for (; spec->choices[count]; count++)
		if (strcmp(spec->choices[count], value) == 0)
			return 0;
	return arg_fail_choice(
		p->fault, spec->name, value, spec->choices, count);
}

static int
check_integer(struct arg_parse_state *p, const struct arg_spec *spec,
	const char *value)
{
	struct value text = {.type = VALUE_STRING, .text = value};
	struct buf shown;
	int rc;

	text.len = strlen(value);
	if (!spec->integer || value_is_int_text(value, text.len))
		return 0;
	buf_init(&shown, 4096);
	value_repr(&shown, &text);
	rc = arg_error(p->fault, "argument %s: invalid int value: %s",
		spec->name, buf_shown(&shown));
	buf_release(&shown);
	return rc;
}

static int
store(struct arg_parse_state *p, const struct arg_spec *spec,
	const char *const *items, size_t count)
{
	const struct arg_parser *parser = p->parser;
	const char **kept = arena_alloc(p->arena, (count + 1) * sizeof(*kept));
	size_t i;

	if (!kept)
		return fault_no_memory(p->fault);
	for (i = 0; i < count; i++) {
		if (check_integer(p, spec, items[i]) != 0 ||
			check_choice(p, spec, items[i]) != 0)
			return -1;
		kept[i] = items[i];
	}
	p->result->values[spec - parser->specs] = (struct arg_values){
		.items = kept, .count = count, .given = true};
	return 0;
}

static void
leave(struct arg_parse_state *p, char *arg)
{
	p->result->left[p->result->left_count++] = arg;
}

static int
fail_flag_value(struct arg_parse_state *p, const struct arg_token *token)
{
	struct value text = {.type = VALUE_STRING, .text = token->text};
	struct buf shown;
	int rc;

	text.len = strlen(token->text);
	buf_init(&shown, 4096);
	value_repr(&shown, &text);
	rc = arg_error(p->fault, "argument %s: ignored explicit argument %s",
		token->spec->name, buf_shown(&shown));
	buf_release(&shown);
	return rc;
}

/* Take the option at *i and its values. */
static int
take_option(struct arg_parse_state *p, size_t *i)
{
	const struct arg_token *token = &p->tokens[*i];
	const struct arg_spec *spec = token->spec;
	const char *const *values = (const char *const *)&p->args[*i + 1];
	size_t max = spec ? (spec->kind == ARG_MANY ? p->count
						    : spec->kind != ARG_FLAG)
			  : 0;
	size_t n = 0;

	if (!spec) {
		leave(p, p->args[(*i)++]);
		return 0;
	}
	if (token->text) {
		(*i)++;
		return spec->kind == ARG_FLAG ? fail_flag_value(p, token)
					      : store(p, spec, &token->text, 1);
	}
	while (n < max && *i + 1 + n < p->count &&
		p->tokens[*i + 1 + n].kind == TOKEN_VALUE)
		n++;
	*i += 1 + n;
	if (n == 0 && spec->kind == ARG_OPTIONAL)
		return store(p, spec, &spec->fallback, 1);
	if (n == 0 && spec->kind != ARG_FLAG)
		return arg_error(p->fault, "argument %s: expected %s argument",
			spec->name,
			spec->kind == ARG_ONE ? "one" : "at least one");
	return store(p, spec, values, n);
}

/* Take a value that belongs to no option, and a -- on either side. */
static bool
take_positional(struct arg_parse_state *p, size_t *i)
{
	size_t at = *i;

	if (p->positional_taken)
		return false;
	while (at < p->count && p->tokens[at].kind == TOKEN_DASHES)
		at++;
	if (at == p->count || p->tokens[at].kind != TOKEN_VALUE)
		return false;
	p->result->positional = p->args[at++];
	while (at < p->count && p->tokens[at].kind == TOKEN_DASHES)
		at++;
	p->positional_taken = true;
	*i = at;
	return true;
}

static int
check_required(struct arg_parse_state *p)
{
	const struct arg_parser *parser = p->parser;
	struct buf names;
	size_t i;
	int rc = 0;

	buf_init(&names, 4096);
	for (i = 0; i < parser->count; i++)
		if (parser->specs[i].required && !parser->lenient &&
			!p->result->values[i].given)
			buf_addf(&names, "%s%s", names.len ? ", " : "",
				parser->specs[i].name);
	if (parser->positional_required && !p->result->positional)
		buf_addf(&names, "%s%s", names.len ? ", " : "",
			parser->positional);
	if (names.failed)
		rc = fault_no_memory(p->fault);
	else if (names.len > 0)
		rc = arg_error(p->fault,
			"the following arguments are required: %s",
			buf_str(&names));
	buf_release(&names);
	return rc;
}

int
arg_parse(struct arg_result *result, struct arena *arena,
	const struct arg_parser *parser, char **args, size_t count,
	struct fault *fault)
{
	struct arg_parse_state p = {
		.parser = parser,
		.result = result,
		.arena = arena,
		.args = args,
		.count = count,
		.fault = fault,
	};
	struct arg_values *values;
	size_t i = 0;

	*result = (struct arg_result){.positional = NULL};
	p.tokens = arena_alloc(arena, (count + 1) * sizeof(*p.tokens));
	result->left = arena_alloc(arena, (count + 1) * sizeof(char *));
	values = arena_alloc(arena, (parser->count + 1) * sizeof(*values));
	if (!p.tokens || !result->left || !values)
		return fault_no_memory(fault);
	memset(values, 0, (parser->count + 1) * sizeof(*values));
	result->values = values;
	if (classify_all(&p) != 0)
		return -1;
	while (i < count) {
		if (p.tokens[i].kind == TOKEN_OPTION) {
			if (take_option(&p, &i) != 0)
				return -1;
		} else if (!take_positional(&p, &i)) {
			leave(&p, args[i++]);
		}
	}
	return check_required(&p);
}

const struct arg_values *
arg_values(const struct arg_parser *parser, const struct arg_result *result,
	const char *name)
{
	static const struct arg_values none;
	size_t i;

	for (i = 0; i < parser->count; i++)
		if (strcmp(parser->specs[i].name, name) == 0)
			return &result->values[i];
	return &none;
}

const char *
arg_value(const struct arg_parser *parser, const struct arg_result *result,
	const char *name)
{
	const struct arg_values *values = arg_values(parser, result, name);

	return values->count > 0 ? values->items[values->count - 1] : NULL;
}
