/* Names the tokens of an expression, and says which one is wrong. */
#include "cmd/awscli/jmespath_token.h"

#include <ctype.h>
#include <string.h>

#include "cmd/awscli/python_text.h"
#include "cmd/awscli/value_repr.h"

const char *
jmespath_token_name(enum jmespath_token_type type)
{
	static const char *const names[TOKEN_TYPES] = {
		[TOKEN_EOF] = "eof",
		[TOKEN_DOT] = "dot",
		[TOKEN_STAR] = "star",
		[TOKEN_RBRACKET] = "rbracket",
		[TOKEN_COMMA] = "comma",
		[TOKEN_COLON] = "colon",
		[TOKEN_CURRENT] = "current",
		[TOKEN_LPAREN] = "lparen",
		[TOKEN_RPAREN] = "rparen",
		[TOKEN_LBRACE] = "lbrace",
		[TOKEN_RBRACE] = "rbrace",
		[TOKEN_NAME] = "unquoted_identifier",
		[TOKEN_QUOTED_NAME] = "quoted_identifier",
		[TOKEN_FLATTEN] = "flatten",
		[TOKEN_FILTER] = "filter",
		[TOKEN_LBRACKET] = "lbracket",
		[TOKEN_LITERAL] = "literal",
		[TOKEN_NUMBER] = "number",
		[TOKEN_OR] = "or",
		[TOKEN_PIPE] = "pipe",
		[TOKEN_AND] = "and",
		[TOKEN_REFERENCE] = "expref",
		[TOKEN_LE] = "lte",
		[TOKEN_LT] = "lt",
		[TOKEN_GE] = "gte",
		[TOKEN_GT] = "gt",
		[TOKEN_NE] = "ne",
		[TOKEN_NOT] = "not",
		[TOKEN_EQ] = "eq",
	};

	return names[type];
}

/* Append ":", the expression in quotes and a mark below a column of it. */
static void
add_marked(const struct jmespath_source *source, size_t column)
{
	struct buf *out = &source->fault->text;

	buf_addf(out, ":\n\"%s\"\n", source->text);
	for (column++; column > 0; column--)
		buf_addch(out, ' ');
	buf_addch(out, '^');
}

static size_t
column_of(const struct jmespath_source *source, const char *at)
{
	return python_text_length(source->text, (size_t)(at - source->text));
}

void *
jmespath_token_fault(const struct jmespath_source *source,
	const struct jmespath_token *token)
{
	struct buf *out = &source->fault->text;
	size_t column = column_of(source, token->start);
	const char *c;

	buf_addf(out, ": Parse error at column %zu, token \"", column);
	value_str(out, token->value);
	buf_addstr(out, "\" (");
	for (c = jmespath_token_name(token->type); *c; c++)
		buf_addch(out, (char)toupper((unsigned char)*c));
	buf_addstr(out, "), for expression");
	add_marked(source, column);
	return NULL;
}

void *
jmespath_token_fault_end(const struct jmespath_source *source)
{
	fault_set(source->fault, AWSCLI_PARAM_ERROR,
		"Invalid jmespath expression: Incomplete expression");
	add_marked(
		source, python_text_length(source->text, strlen(source->text)));
	return NULL;
}

void *
jmespath_token_fault_bad(
	const struct jmespath_source *source, const char *what, const char *at)
{
	struct buf *out = &source->fault->text;
	size_t column = column_of(source, at);

	fault_set(source->fault, AWSCLI_PARAM_ERROR,
		"Bad jmespath expression: %s:\n%s\n", what, source->text);
	for (; column > 0; column--)
		buf_addch(out, ' ');
	buf_addch(out, '^');
	return NULL;
}
