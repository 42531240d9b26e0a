/* Parses an expression, by the precedence of its operators. */
#include "cmd/awscli/jmespath_parser.h"

#include <string.h>

#include "cmd/awscli/jmespath_cursor.h"
#include "cmd/awscli/jmespath_index.h"
#include "cmd/awscli/jmespath_lexer.h"
#include "cmd/awscli/value_repr.h"

enum {
	PROJECTION_STOP = 10, /* below this, a token ends a projection */
};

/* How strongly a token binds what is on its left. */
static const int powers[TOKEN_TYPES] = {
	[TOKEN_PIPE] = 1,
	[TOKEN_OR] = 2,
	[TOKEN_AND] = 3,
	[TOKEN_EQ] = 5,
	[TOKEN_GT] = 5,
	[TOKEN_LT] = 5,
	[TOKEN_GE] = 5,
	[TOKEN_LE] = 5,
	[TOKEN_NE] = 5,
	[TOKEN_FLATTEN] = 9,
	[TOKEN_STAR] = 20,
	[TOKEN_FILTER] = 21,
	[TOKEN_DOT] = 40,
	[TOKEN_NOT] = 45,
	[TOKEN_LBRACE] = 50,
	[TOKEN_LBRACKET] = 55,
	[TOKEN_LPAREN] = 60,
};

static struct jmespath_node *parse(struct jmespath_cursor *p, int power);

/* ------------------------------------------------- brackets and braces */

/* [a, b], from behind its bracket. */
static struct jmespath_node *
parse_list(struct jmespath_cursor *p)
{
	struct jmespath_node *list = jmespath_make(p, JMESPATH_LIST);

	for (;;) {
		list = jmespath_add(p, list, list ? parse(p, 0) : NULL);
		if (!list)
			return NULL;
		if (jmespath_is_next(p, TOKEN_RBRACKET))
			break;
		if (!jmespath_match(p, TOKEN_COMMA))
			return NULL;
	}
	jmespath_advance(p);
	return list;
}

/* key: value */
static struct jmespath_node *
parse_member(struct jmespath_cursor *p)
{
	const struct value *name = p->token->value;

	if (!jmespath_is_next(p, TOKEN_QUOTED_NAME) &&
		!jmespath_is_next(p, TOKEN_NAME))
		return jmespath_is_next(p, TOKEN_EOF)
			       ? jmespath_token_fault_end(p->source)
			       : jmespath_fail_expecting(p,
					 "['quoted_identifier', "
					 "'unquoted_identifier']");
	jmespath_advance(p);
	if (!jmespath_match(p, TOKEN_COLON))
		return NULL;
	return jmespath_add(
		p, jmespath_make_named(p, JMESPATH_MEMBER, name), parse(p, 0));
}

/* {k: a, l: b}, from behind its brace. The comma may be left out. */
static struct jmespath_node *
parse_hash(struct jmespath_cursor *p)
{
	struct jmespath_node *hash = jmespath_make(p, JMESPATH_HASH);

	for (;;) {
		hash = jmespath_add(p, hash, hash ? parse_member(p) : NULL);
		if (!hash)
			return NULL;
		if (jmespath_is_next(p, TOKEN_COMMA)) {
			jmespath_advance(p);
		} else if (jmespath_is_next(p, TOKEN_RBRACE)) {
			jmespath_advance(p);
			return hash;
		}
	}
}

/* ----------------------------------------------------------- projections */

/* What may follow a dot. */
static struct jmespath_node *
parse_after_dot(struct jmespath_cursor *p, int power)
{
	switch (p->token->type) {
	case TOKEN_NAME:
	case TOKEN_QUOTED_NAME:
	case TOKEN_STAR:
		return parse(p, power);
	case TOKEN_LBRACKET:
		jmespath_advance(p);
		return parse_list(p);
	case TOKEN_LBRACE:
		jmespath_advance(p);
		return parse_hash(p);
	default:
		return jmespath_fail_expecting(p,
			"['quoted_identifier', "
			"'unquoted_identifier', 'lbracket', "
			"'lbrace']");
	}
}

/* What a projection applies to each element: what follows it, or nothing. */
static struct jmespath_node *
parse_projected(struct jmespath_cursor *p, int power)
{
	if (powers[p->token->type] < PROJECTION_STOP)
		return jmespath_make_current(p);
	if (jmespath_is_next(p, TOKEN_LBRACKET) ||
		jmespath_is_next(p, TOKEN_FILTER))
		return parse(p, power);
	if (!jmespath_is_next(p, TOKEN_DOT))
		return jmespath_fail_token(p, "syntax error", p->token);
	jmespath_advance(p);
	return parse_after_dot(p, power);
}

static struct jmespath_node *
project(struct jmespath_cursor *p, enum jmespath_kind kind,
	struct jmespath_node *of, int power)
{
	return of ? jmespath_make_pair(p, kind, of, parse_projected(p, power))
		  : NULL;
}

static struct jmespath_node *
project_if_slice(struct jmespath_cursor *p, struct jmespath_node *left,
	struct jmespath_node *index)
{
	struct jmespath_node *chain =
		jmespath_make_pair(p, JMESPATH_INDEX_CHAIN, left, index);

	if (!chain || index->kind != JMESPATH_SLICE)
		return chain;
	return project(p, JMESPATH_PROJECTION, chain, powers[TOKEN_STAR]);
}

static struct jmespath_node *
parse_filter(struct jmespath_cursor *p, struct jmespath_node *of)
{
	struct jmespath_node *condition = parse(p, 0), *projected, *filter;

	if (!condition || !jmespath_match(p, TOKEN_RBRACKET))
		return NULL;
	projected = jmespath_is_next(p, TOKEN_FLATTEN)
			    ? jmespath_make_current(p)
			    : parse_projected(p, powers[TOKEN_FILTER]);
	filter = jmespath_make_pair(p, JMESPATH_FILTER, of, projected);
	return jmespath_add(p, filter, condition);
}

static struct jmespath_node *
parse_flatten(struct jmespath_cursor *p, struct jmespath_node *of)
{
	struct jmespath_node *flat =
		jmespath_add(p, jmespath_make(p, JMESPATH_FLATTEN), of);

	return project(p, JMESPATH_PROJECTION, flat, powers[TOKEN_FLATTEN]);
}

/* --------------------------------------------- what begins an expression */

static struct jmespath_node *
begin_name(struct jmespath_cursor *p, const struct jmespath_token *token)
{
	if (token->type == TOKEN_QUOTED_NAME &&
		jmespath_is_next(p, TOKEN_LPAREN)) {
		struct jmespath_token at = *p->token;

		at.start = p->source->text; /* jmespath.py says column 0 */
		return jmespath_fail_token(p,
			"Quoted identifier not allowed for function names.",
			&at);
	}
	return jmespath_make_named(p, JMESPATH_FIELD, token->value);
}

static struct jmespath_node *
begin_star(struct jmespath_cursor *p)
{
	struct jmespath_node *left = jmespath_make_current(p);

	if (left && jmespath_is_next(p, TOKEN_RBRACKET))
		return jmespath_make_pair(p, JMESPATH_VALUE_PROJECTION, left,
			jmespath_make_current(p));
	return project(p, JMESPATH_VALUE_PROJECTION, left, powers[TOKEN_STAR]);
}

static struct jmespath_node *
begin_bracket(struct jmespath_cursor *p)
{
	if (jmespath_index_is_next(p)) {
		struct jmespath_node *index = jmespath_index_parse(p);

		return index ? project_if_slice(
				       p, jmespath_make_current(p), index)
			     : NULL;
	}
	if (jmespath_is_next(p, TOKEN_STAR) &&
		p->token->next->type == TOKEN_RBRACKET) {
		jmespath_advance(p);
		jmespath_advance(p);
		return project(p, JMESPATH_PROJECTION, jmespath_make_current(p),
			powers[TOKEN_STAR]);
	}
	return parse_list(p);
}

static struct jmespath_node *
begin_paren(struct jmespath_cursor *p)
{
	struct jmespath_node *inner = parse(p, 0);

	return inner && jmespath_match(p, TOKEN_RPAREN) ? inner : NULL;
}

static struct jmespath_node *
begin_literal(struct jmespath_cursor *p, const struct value *literal)
{
	struct jmespath_node *node = jmespath_make(p, JMESPATH_LITERAL);

	if (node)
		node->literal = literal;
	return node;
}

static struct jmespath_node *
begin(struct jmespath_cursor *p, const struct jmespath_token *token)
{
	switch (token->type) {
	case TOKEN_LITERAL:
		return begin_literal(p, token->value);
	case TOKEN_NAME:
	case TOKEN_QUOTED_NAME:
		return begin_name(p, token);
	case TOKEN_STAR:
		return begin_star(p);
	case TOKEN_FILTER:
		return parse_filter(p, jmespath_make_current(p));
	case TOKEN_LBRACE:
		return parse_hash(p);
	case TOKEN_LPAREN:
		return begin_paren(p);
	case TOKEN_FLATTEN:
		return parse_flatten(p, jmespath_make_current(p));
	case TOKEN_NOT:
		return jmespath_add(p, jmespath_make(p, JMESPATH_NOT),
			parse(p, powers[TOKEN_NOT]));
	case TOKEN_LBRACKET:
		return begin_bracket(p);
	case TOKEN_CURRENT:
		return jmespath_make_current(p);
	case TOKEN_REFERENCE:
		return jmespath_add(
			p, jmespath_make(p, JMESPATH_REFERENCE), parse(p, 0));
	case TOKEN_EOF:
		return jmespath_token_fault_end(p->source);
	default:
		return jmespath_fail_token(p, "invalid token", token);
	}
}

/* ------------------------------------------ what continues an expression */

static struct jmespath_node *
continue_dot(struct jmespath_cursor *p, struct jmespath_node *left)
{
	struct jmespath_node *right;

	if (jmespath_is_next(p, TOKEN_STAR)) {
		jmespath_advance(p);
		return project(
			p, JMESPATH_VALUE_PROJECTION, left, powers[TOKEN_DOT]);
	}
	right = parse_after_dot(p, powers[TOKEN_DOT]);
	return left->kind == JMESPATH_CHAIN
		       ? jmespath_add(p, left, right)
		       : jmespath_make_pair(p, JMESPATH_CHAIN, left, right);
}

static struct jmespath_node *
continue_bracket(struct jmespath_cursor *p, struct jmespath_node *left)
{
	struct jmespath_node *index;

	if (!jmespath_index_is_next(p))
		return jmespath_match(p, TOKEN_STAR) &&
				       jmespath_match(p, TOKEN_RBRACKET)
			       ? project(p, JMESPATH_PROJECTION, left,
					 powers[TOKEN_STAR])
			       : NULL;
	index = jmespath_index_parse(p);
	if (!index)
		return NULL;
	/* jmespath.py makes no projection of a slice here */
	return left->kind == JMESPATH_INDEX_CHAIN
		       ? jmespath_add(p, left, index)
		       : project_if_slice(p, left, index);
}

/* The arguments of a function, from behind the parenthesis. */
static struct jmespath_node *
continue_call(struct jmespath_cursor *p, const struct jmespath_node *left)
{
	const struct jmespath_token *name = p->token->previous->previous;
	struct jmespath_node *call = jmespath_make(p, JMESPATH_CALL);

	if (left->kind != JMESPATH_FIELD) {
		fault_set(p->source->fault, AWSCLI_PARAM_ERROR,
			"Invalid function name '");
		value_str(&p->source->fault->text, name->value);
		buf_addch(&p->source->fault->text, '\'');
		return jmespath_token_fault(p->source, name);
	}
	if (call) {
		call->text = left->text;
		call->len = left->len;
	}
	while (call && !jmespath_is_next(p, TOKEN_RPAREN)) {
		call = jmespath_add(p, call, parse(p, 0));
		if (call && jmespath_is_next(
				    p, TOKEN_COMMA)) /* it may be left out */
			jmespath_advance(p);
	}
	jmespath_advance(p);
	return call;
}

static struct jmespath_node *
continue_comparison(struct jmespath_cursor *p, struct jmespath_node *left,
	enum jmespath_token_type type)
{
	static const enum jmespath_comparator comparators[TOKEN_TYPES] = {
		[TOKEN_EQ] = JMESPATH_EQ,
		[TOKEN_NE] = JMESPATH_NE,
		[TOKEN_LT] = JMESPATH_LT,
		[TOKEN_LE] = JMESPATH_LE,
		[TOKEN_GT] = JMESPATH_GT,
		[TOKEN_GE] = JMESPATH_GE,
	};
	struct jmespath_node *node = jmespath_make_pair(
		p, JMESPATH_COMPARISON, left, parse(p, powers[type]));

	if (node)
		node->comparator = comparators[type];
	return node;
}

/* At a token that binds what is on its left. */
static struct jmespath_node *
continue_with(struct jmespath_cursor *p, struct jmespath_node *left)
{
	enum jmespath_token_type type = p->token->type;

	if (type == TOKEN_STAR || type == TOKEN_NOT || type == TOKEN_LBRACE)
		return jmespath_fail_token(p, "invalid token", p->token);
	jmespath_advance(p);
	switch (type) {
	case TOKEN_DOT:
		return continue_dot(p, left);
	case TOKEN_PIPE:
		return jmespath_make_pair(
			p, JMESPATH_CHAIN, left, parse(p, powers[TOKEN_PIPE]));
	case TOKEN_OR:
		return jmespath_make_pair(
			p, JMESPATH_OR, left, parse(p, powers[TOKEN_OR]));
	case TOKEN_AND:
		return jmespath_make_pair(
			p, JMESPATH_AND, left, parse(p, powers[TOKEN_AND]));
	case TOKEN_LPAREN:
		return continue_call(p, left);
	case TOKEN_FILTER:
		return parse_filter(p, left);
	case TOKEN_FLATTEN:
		return parse_flatten(p, left);
	case TOKEN_LBRACKET:
		return continue_bracket(p, left);
	default:
		return continue_comparison(p, left, type);
	}
}

/* An expression up to a token that binds no more strongly than `power`. */
static struct jmespath_node *
parse(struct jmespath_cursor *p, int power)
{
	struct jmespath_node *node;

	if (p->depth == JMESPATH_DEPTH_MAX) {
		jmespath_node_fail_deep(p->source->fault);
		return NULL;
	}
	p->depth++;
	node = begin(p, jmespath_advance(p));
	while (node && power < powers[p->token->type])
		node = continue_with(p, node);
	p->depth--;
	return node;
}

struct jmespath_node *
jmespath_parser_parse(const struct jmespath_source *source)
{
	struct jmespath_cursor p = {
		.source = source, .token = jmespath_lexer_split(source)};
	struct jmespath_node *node = p.token ? parse(&p, 0) : NULL;

	if (!node || jmespath_is_next(&p, TOKEN_EOF))
		return node;
	fault_set(source->fault, AWSCLI_PARAM_ERROR, "Unexpected token: ");
	value_str(&source->fault->text, p.token->value);
	return jmespath_token_fault(source, p.token);
}
