/*
 * Reads the elements of a document one by one, in the form in which CloudFront
 * writes configurations: texts, true or false, numbers, and lists
 * (<Aliases><Quantity>1</Quantity><Items><CNAME>...). The first failure sticks, in
 * the strict reader.
 */
#ifndef AWS_XML_READER_H
#define AWS_XML_READER_H

#include <stdbool.h>
#include <stdint.h>

#include "aws/xml_document.h"
#include "base/strict_reader.h"

enum {
	/* Bytes of a text; the longest that is of use, an ARN, has 2,048. */
	XML_TEXT_MAX = 4096,
};

/*
 * The text of a child: "" if it is missing. xml_reader_need fails if it is
 * missing or empty.
 */
const char *xml_reader_text(
	struct strict_reader *reader, const xmlNode *node, const char *name);
const char *xml_reader_need(
	struct strict_reader *reader, const xmlNode *node, const char *name);

/* The text of this element. */
const char *xml_reader_own_text(
	struct strict_reader *reader, const xmlNode *node);

/* A child that is true or false; `missing` if there is none. */
bool xml_reader_bool(struct strict_reader *reader, const xmlNode *node,
	const char *name, bool missing);

/* A child that is a whole number, at least 0; `missing` if there is none. */
int64_t xml_reader_number(struct strict_reader *reader, const xmlNode *node,
	const char *name, int64_t missing);

/*
 * The child `name` is a list of elements called `item`. Returns the first of
 * them, or NULL, and sets *count. A missing list is empty. Fails if Quantity is
 * not the number of items, or if that is over `max`.
 */
const xmlNode *xml_reader_list(struct strict_reader *reader,
	const xmlNode *node, const char *name, const char *item, size_t max,
	size_t *count);

/* The next element with the same name, or NULL. */
const xmlNode *xml_reader_next(const xmlNode *node);

#endif
