/* Copies a parsed document into a tree. */
#include "aws/xml_tree.h"

#include <string.h>

#include "aws/xml_document.h"

static bool
is_text(const xmlNode *node)
{
	return node->type == XML_TEXT_NODE ||
	       node->type == XML_CDATA_SECTION_NODE;
}

/*
 * Copy the text of a node's children up to the first element to `out`, unless
 * that is NULL. Returns the length of the text.
 */
static size_t
copy_text(const xmlNode *node, char *out)
{
	const xmlNode *c = node->children;
	size_t len = 0, n;

	for (; c && c->type != XML_ELEMENT_NODE; c = c->next) {
		if (!is_text(c) || !c->content)
			continue;
		n = strlen((const char *)c->content);
		if (out)
			memcpy(out + len, c->content, n);
		len += n;
	}
	return len;
}

static struct xml_element *
copy_element(struct arena *arena, const xmlNode *node)
{
	const char *name = (const char *)node->name;
	struct xml_element *element = arena_alloc(arena, sizeof(*element));
	struct xml_element **next;
	const xmlNode *c;
	char *text;

	if (!element)
		return NULL;
	*element = (struct xml_element){.len = copy_text(node, NULL)};
	element->name = arena_copy(arena, name, strlen(name));
	text = arena_alloc(arena, element->len + 1);
	if (!element->name || !text)
		return NULL;
	copy_text(node, text);
	text[element->len] = '\0';
	element->text = text;
	next = &element->first;
	for (c = node->children; c; c = c->next) {
		if (c->type != XML_ELEMENT_NODE)
			continue;
		*next = copy_element(arena, c);
		if (!*next)
			return NULL;
		next = &(*next)->next;
	}
	return element;
}

int
xml_tree_read(struct xml_element **root, struct arena *arena, const char *body,
	size_t len, struct err *err)
{
	xmlDoc *doc = xml_document_parse(body, len, err);
	const xmlNode *top = doc ? xmlDocGetRootElement(doc) : NULL;

	*root = NULL;
	if (!doc)
		return -1;
	if (top)
		*root = copy_element(arena, top);
	xmlFreeDoc(doc);
	return *root ? 0 : err_memory(err);
}

const struct xml_element *
xml_tree_child(const struct xml_element *element, const char *name)
{
	const struct xml_element *c = element ? element->first : NULL;

	while (c && strcmp(c->name, name) != 0)
		c = c->next;
	return c;
}
