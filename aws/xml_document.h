/*
 * XML from a service, parsed by libxml2. It must be UTF-8 and have no DTD,
 * because entities defined there can make a small document huge. The DTD is
 * refused before parsing, and so is a NUL: it suggests UTF-16, in which the
 * search for a DTD would find nothing. Limits on tags and attributes keep time
 * and memory in proportion to the size.
 */
#ifndef AWS_XML_DOCUMENT_H
#define AWS_XML_DOCUMENT_H

#include <libxml/tree.h>
#include <stdbool.h>

#include "base/arena.h"
#include "base/err.h"

enum {
	/* Opened, closed, or comments; 3,000 paths have 6,000. */
	XML_TAGS_MAX = 200 * 1000,
	/* In one tag, with namespaces; AWS uses two. */
	XML_ATTRIBUTES_MAX = 32,
};

/*
 * Parse a document, without access to the network. NULL with ERR_SERVICE if
 * it is malformed or exceeds a limit, or with ERR_MEMORY. Free it with xmlFreeDoc.
 */
xmlDoc *xml_document_parse(const char *body, size_t len, struct err *err);

/*
 * The same for a document that holds secrets: an error does not quote it, as
 * libxml2's own words may.
 */
xmlDoc *xml_document_parse_secret(
	const char *body, size_t len, struct err *err);

/*
 * Is the node an element of that name? A NULL node is not. Namespaces are
 * ignored, since they only name the version of the API.
 */
bool xml_element_is(const xmlNode *node, const char *name);

/* The first child element of that name, or NULL. NULL has no children. */
xmlNode *xml_element_child(const xmlNode *node, const char *name);

/*
 * A copy of an element's text in `texts`: "" if the element is NULL or empty.
 * Returns NULL if memory runs out.
 */
const char *xml_element_text(const xmlNode *node, struct arena *texts);

#endif
