/* Walks over the tokens of an expression, and makes nodes of them. */
#include "cmd/awscli/jmespath_cursor.h"

bool
jmespath_is_next(const struct jmespath_cursor *p, enum jmespath_token_type type)
{
	return p->token->type == type;
}

const struct jmespath_token *
jmespath_advance(struct jmespath_cursor *p)
{
	const struct jmespath_token *token = p->token;

	if (token->next)
		p->token = token->next;
	return token;
}

void *
jmespath_fail_token(const struct jmespath_cursor *p, const char *reason,
	const struct jmespath_token *token)
{
	fault_set(p->source->fault, AWSCLI_PARAM_ERROR, "%s", reason);
	return jmespath_token_fault(p->source, token);
}

void *
jmespath_fail_expecting(const struct jmespath_cursor *p, const char *what)
{
	fault_set(p->source->fault, AWSCLI_PARAM_ERROR,
		"Expecting: %s, got: %s", what,
		jmespath_token_name(p->token->type));
	return jmespath_token_fault(p->source, p->token);
}

/* Take a token that must be there. */
bool
jmespath_match(struct jmespath_cursor *p, enum jmespath_token_type type)
{
	if (!jmespath_is_next(p, type)) {
		if (jmespath_is_next(p, TOKEN_EOF))
			jmespath_token_fault_end(p->source);
		else
			jmespath_fail_expecting(p, jmespath_token_name(type));
		return false;
	}
	jmespath_advance(p);
	return true;
}

struct jmespath_node *
jmespath_make(const struct jmespath_cursor *p, enum jmespath_kind kind)
{
	return jmespath_node_new(p->source->arena, kind, p->source->fault);
}

struct jmespath_node *
jmespath_make_named(const struct jmespath_cursor *p, enum jmespath_kind kind,
	const struct value *name)
{
	struct jmespath_node *node = jmespath_make(p, kind);

	if (node) {
		node->text = name->text;
		node->len = name->len;
	}
	return node;
}

struct jmespath_node *
jmespath_add(const struct jmespath_cursor *p, struct jmespath_node *parent,
	struct jmespath_node *child)
{
	return jmespath_node_add(parent, child, p->source->fault);
}

struct jmespath_node *
jmespath_make_pair(const struct jmespath_cursor *p, enum jmespath_kind kind,
	struct jmespath_node *left, struct jmespath_node *right)
{
	return left && right
		       ? jmespath_add(p,
				 jmespath_add(p, jmespath_make(p, kind), left),
				 right)
		       : NULL;
}

struct jmespath_node *
jmespath_make_current(const struct jmespath_cursor *p)
{
	return jmespath_make(p, JMESPATH_CURRENT);
}
