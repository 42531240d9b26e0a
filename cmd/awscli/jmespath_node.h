/*
 * The tree of a JMESPath expression.
 *
 * The kinds, their children and their order are those of jmespath.py 1.0, the
 * library of the AWS CLI, so that an expression means what it means there. All
 * nodes live in an arena; a node is the child of one other node at most.
 */
#ifndef CMD_AWSCLI_JMESPATH_NODE_H
#define CMD_AWSCLI_JMESPATH_NODE_H

#include "cmd/awscli/fault.h"
#include "cmd/awscli/value.h"

enum {
	/*
	 * Of the tree, and of the calls that parse and evaluate it. Python's
	 * limit of recursion stops the AWS CLI at about 470.
	 */
	JMESPATH_DEPTH_MAX = 500,
};

enum jmespath_kind {
	JMESPATH_CURRENT, /* the value itself: @, or where nothing is written */
	JMESPATH_FIELD, /* `text` is the key */
	JMESPATH_LITERAL, /* `literal` */
	JMESPATH_INDEX, /* `numbers[0]` */
	JMESPATH_SLICE, /* `numbers`: start, stop, step */
	JMESPATH_CHAIN, /* each child is applied to the result of the last: a.b */
	JMESPATH_INDEX_CHAIN, /* a[0], which further brackets are added to */
	JMESPATH_PROJECTION, /* [*]: of what, what is applied to each element */
	JMESPATH_VALUE_PROJECTION, /* the same for *, the members of a dict */
	JMESPATH_FILTER, /* [?c]: of what, what is applied, c */
	JMESPATH_FLATTEN, /* [] */
	JMESPATH_LIST, /* [a, b] */
	JMESPATH_HASH, /* {k: a}: each child is a JMESPATH_MEMBER */
	JMESPATH_MEMBER, /* `text` is the key, its child the value */
	JMESPATH_COMPARISON, /* `comparator` */
	JMESPATH_OR,
	JMESPATH_AND,
	JMESPATH_NOT,
	JMESPATH_CALL, /* of the function `text`; the children are arguments */
	JMESPATH_REFERENCE, /* &a */
};

enum jmespath_comparator {
	JMESPATH_EQ,
	JMESPATH_NE,
	JMESPATH_LT,
	JMESPATH_LE,
	JMESPATH_GT,
	JMESPATH_GE,
};

struct jmespath_node {
	enum jmespath_kind kind;
	int depth; /* 1 if it has no children */
	const char *text;
	size_t len;
	const struct value *literal;
	enum jmespath_comparator comparator;
	long long numbers[3]; /* clamped: no list is as long */
	bool given[3]; /* which of the numbers were written */
	struct jmespath_node *first, *last; /* children */
	struct jmespath_node *next; /* sibling */
};

/* A node without children. Returns NULL if memory runs out. */
struct jmespath_node *jmespath_node_new(
	struct arena *arena, enum jmespath_kind kind, struct fault *fault);

/*
 * Add a child. Returns the parent, or NULL if one of the two is NULL, which a
 * failure has left, or if the tree would be deeper than JMESPATH_DEPTH_MAX.
 */
struct jmespath_node *jmespath_node_add(struct jmespath_node *parent,
	struct jmespath_node *child, struct fault *fault);

/* Set the fault of what is nested too deep. Returns -1. */
int jmespath_node_fail_deep(struct fault *fault);

#endif
