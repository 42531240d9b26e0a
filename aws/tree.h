/*
 * An XML answer of any shape as a tree of elements, without namespaces,
 * attributes and comments.
 */
#ifndef AWS_TREE_H
#define AWS_TREE_H

#include "base/arena.h"
#include "base/err.h"

struct element {
	const char *name;
	const char *text; /* up to the first child: "" where there is none */
	size_t len;
	struct element *first, *next;
};

/*
 * Read a document into the arena. ERR_SERVICE where it is none that
 * aws/document.h takes.
 */
int tree_read(struct element **root, struct arena *arena, const char *body,
	size_t len, struct err *err);

/* The first child of that name, or NULL; of NULL too. */
const struct element *tree_child(
	const struct element *element, const char *name);

#endif
