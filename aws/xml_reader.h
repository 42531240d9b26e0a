/*
 * Reads the elements of a document one by one, in the form in which CloudFront
 * writes configurations: texts, true or false, numbers, and lists
 * (<Aliases><Quantity>1</Quantity><Items><CNAME>...).
 *
 * The first failure sticks: what is read after it is empty, so a caller reads
 * freely and checks once, at the end.
 */
#ifndef AWS_XML_READER_H
#define AWS_XML_READER_H

#include <stdbool.h>
#include <stdint.h>

#include "aws/xml_document.h"

enum {
	/* Bytes of a text; the longest that is of use, an ARN, has 2,048. */
	XML_TEXT_MAX = 4096,
};

struct xml_reader {
	struct arena *texts; /* owns what is read */
	struct err err; /* the first failure */
};

void xml_reader_init(struct xml_reader *reader, struct arena *texts);

/* Returns 0, or -1 with the first failure. */
int xml_reader_finish(const struct xml_reader *reader, struct err *err);

/* Note a failure, unless there was one before. */
void xml_reader_fail(struct xml_reader *reader, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/* `size` bytes of zeros; NULL after a failure. */
void *xml_reader_alloc(struct xml_reader *reader, size_t size);

/*
 * The text of a child: "" if it is missing. xml_reader_need fails if it is
 * missing or empty.
 */
const char *xml_reader_text(
	struct xml_reader *reader, const xmlNode *node, const char *name);
const char *xml_reader_need(
	struct xml_reader *reader, const xmlNode *node, const char *name);

/* The text of this element. */
const char *xml_reader_own_text(struct xml_reader *reader, const xmlNode *node);

/* A child that is true or false; `missing` if there is none. */
bool xml_reader_bool(struct xml_reader *reader, const xmlNode *node,
	const char *name, bool missing);

/* A child that is a whole number, at least 0; `missing` if there is none. */
int64_t xml_reader_number(struct xml_reader *reader, const xmlNode *node,
	const char *name, int64_t missing);

/*
 * The child `name` is a list of elements called `item`. Returns the first of
 * them, or NULL, and sets *count. A missing list is empty. Fails if Quantity is
 * not the number of items, or if that is over `max`.
 */
const xmlNode *xml_reader_list(struct xml_reader *reader, const xmlNode *node,
	const char *name, const char *item, size_t max, size_t *count);

/* The next element with the same name, or NULL. */
const xmlNode *xml_reader_next(const xmlNode *node);

#endif
