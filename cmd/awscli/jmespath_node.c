/* Makes the tree of an expression. */
#include "cmd/awscli/jmespath_node.h"

struct jmespath_node *
jmespath_node_new(
	struct arena *arena, enum jmespath_kind kind, struct fault *fault)
{
	struct jmespath_node *node = arena_alloc(arena, sizeof(*node));

	if (node)
		*node = (struct jmespath_node){.kind = kind, .depth = 1};
	else
		fault_no_memory(fault);
	return node;
}

struct jmespath_node *
jmespath_node_add(struct jmespath_node *parent, struct jmespath_node *child,
	struct fault *fault)
{
	if (!parent || !child)
		return NULL;
	if (child->depth >= JMESPATH_DEPTH_MAX) {
		jmespath_node_fail_deep(fault);
		return NULL;
	}
	if (parent->depth <= child->depth)
		parent->depth = child->depth + 1;
	if (parent->last)
		parent->last->next = child;
	else
		parent->first = child;
	parent->last = child;
	return parent;
}

int
jmespath_node_fail_deep(struct fault *fault)
{
	return fault_set(fault, AWSCLI_PARAM_ERROR,
		"Invalid jmespath expression: it is nested more than %d levels "
		"deep",
		JMESPATH_DEPTH_MAX);
}
