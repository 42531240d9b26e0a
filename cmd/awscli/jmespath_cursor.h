/*
 * The place in the tokens of a JMESPath expression up to which it is parsed,
 * and the nodes that are made there.
 *
 * What returns a pointer returns NULL on failure, with the fault of the source.
 * A node that is passed on may be NULL for that reason; then so is the result.
 */
#ifndef CMD_AWSCLI_JMESPATH_CURSOR_H
#define CMD_AWSCLI_JMESPATH_CURSOR_H

#include "cmd/awscli/jmespath_node.h"
#include "cmd/awscli/jmespath_token.h"

struct jmespath_cursor {
	const struct jmespath_source *source;
	const struct jmespath_token *token; /* the next one */
	int depth; /* calls of the parser within each other */
};

bool jmespath_is_next(
	const struct jmespath_cursor *p, enum jmespath_token_type type);

/* Take the next token; the last one stays. */
const struct jmespath_token *jmespath_advance(struct jmespath_cursor *p);

/* Take a token of this type, or fail. */
bool jmespath_match(struct jmespath_cursor *p, enum jmespath_token_type type);

void *jmespath_fail_token(const struct jmespath_cursor *p, const char *reason,
	const struct jmespath_token *token);

/* Fail at the next token: `what` should be there. */
void *jmespath_fail_expecting(
	const struct jmespath_cursor *p, const char *what);

struct jmespath_node *jmespath_make(
	const struct jmespath_cursor *p, enum jmespath_kind kind);
struct jmespath_node *jmespath_make_named(const struct jmespath_cursor *p,
	enum jmespath_kind kind, const struct value *name);
struct jmespath_node *jmespath_make_current(const struct jmespath_cursor *p);
struct jmespath_node *jmespath_make_pair(const struct jmespath_cursor *p,
	enum jmespath_kind kind, struct jmespath_node *left,
	struct jmespath_node *right);

/* Add a child to a node, and return the node. */
struct jmespath_node *jmespath_add(const struct jmespath_cursor *p,
	struct jmespath_node *parent, struct jmespath_node *child);

#endif
