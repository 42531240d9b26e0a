/*
 * An XML document of any shape as a tree of elements, without namespaces,
 * attributes or comments.
 */
#ifndef AWS_XML_TREE_H
#define AWS_XML_TREE_H

#include "base/arena.h"
#include "base/err.h"

struct xml_element {
	const char *name;
	const char *text; /* up to the first child element; may be "" */
	size_t len; /* of the text */
	struct xml_element *first; /* child */
	struct xml_element *next; /* sibling */
};

/*
 * Read a document into the arena, which owns the tree. Fails with ERR_SERVICE
 * if xml_document_parse() refuses it.
 */
int xml_tree_read(struct xml_element **root, struct arena *arena,
	const char *body, size_t len, struct err *err);

/* The first child of that name, or NULL. NULL has no children. */
const struct xml_element *xml_tree_child(
	const struct xml_element *element, const char *name);

#endif
