/*
 * XML from a service, by libxml2: UTF-8, no entities, no network, and no DTD,
 * which is refused unread: entities defined in one make a small document huge.
 * (A NUL means UTF-16 or worse, where the look for the DTD would miss it.)
 */
#ifndef AWS_DOCUMENT_H
#define AWS_DOCUMENT_H

#include <libxml/tree.h>
#include <stdbool.h>

#include "base/arena.h"
#include "base/err.h"

/* NULL with `err` set, or the document, which xmlFreeDoc frees. */
xmlDoc *document_parse(const char *body, size_t len, struct err *err);

/* Namespaces are not compared: they name the API's version only. */
bool element_is(const xmlNode *node, const char *name);

/* The first child of that name; NULL of NULL. */
xmlNode *element_child(const xmlNode *node, const char *name);

/* The text of an element, "" where it is absent; NULL: no memory. */
const char *element_text(const xmlNode *node, struct arena *texts);

#endif
