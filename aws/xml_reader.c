/* Reads texts, numbers and lists from a document's elements. */
#include "aws/xml_reader.h"

#include <string.h>

enum {
	DIGITS_MAX =
		15, /* of a number that a double, as in JSON, holds exactly */
};

const char *
xml_reader_own_text(struct strict_reader *reader, const xmlNode *node)
{
	const char *text;

	if (reader->err.code != ERR_NONE)
		return "";
	text = xml_element_text(node, reader->texts);
	if (!text) {
		(void)err_memory(&reader->err);
		return "";
	}
	if (strlen(text) > XML_TEXT_MAX) {
		strict_reader_fail(reader, "a <%.64s> has more than %d bytes",
			(const char *)node->name, XML_TEXT_MAX);
		return "";
	}
	return text;
}

const char *
xml_reader_text(
	struct strict_reader *reader, const xmlNode *node, const char *name)
{
	return xml_reader_own_text(reader, xml_element_child(node, name));
}

const char *
xml_reader_need(
	struct strict_reader *reader, const xmlNode *node, const char *name)
{
	const char *text = xml_reader_text(reader, node, name);

	if (!text[0])
		strict_reader_fail(reader, "<%.64s> has no <%s>",
			node ? (const char *)node->name : "?", name);
	return text;
}

bool
xml_reader_bool(struct strict_reader *reader, const xmlNode *node,
	const char *name, bool missing)
{
	const char *text = xml_reader_text(reader, node, name);

	if (strcmp(text, "true") == 0)
		return true;
	if (strcmp(text, "false") == 0)
		return false;
	if (xml_element_child(node, name))
		strict_reader_fail(
			reader, "<%s> is neither true nor false", name);
	return missing;
}

int64_t
xml_reader_number(struct strict_reader *reader, const xmlNode *node,
	const char *name, int64_t missing)
{
	const char *text = xml_reader_text(reader, node, name), *at;
	int64_t number = 0;

	if (!xml_element_child(node, name))
		return missing;
	for (at = text; *at >= '0' && *at <= '9' && at - text < DIGITS_MAX;
		at++)
		number = number * 10 + (*at - '0');
	if (*at || at == text)
		strict_reader_fail(reader,
			"<%s> is not a number of at most %d "
			"digits",
			name, DIGITS_MAX);
	return number;
}

const xmlNode *
xml_reader_next(const xmlNode *node)
{
	const xmlNode *next = node->next;

	while (next && !xml_element_is(next, (const char *)node->name))
		next = next->next;
	return next;
}

const xmlNode *
xml_reader_list(struct strict_reader *reader, const xmlNode *node,
	const char *name, const char *item, size_t max, size_t *count)
{
	const xmlNode *list = xml_element_child(node, name), *at;
	const xmlNode *first =
		xml_element_child(xml_element_child(list, "Items"), item);
	int64_t quantity = xml_reader_number(reader, list, "Quantity", -1);

	*count = 0;
	if (!list || reader->err.code != ERR_NONE)
		return NULL;
	for (at = first; at; at = xml_reader_next(at))
		++*count;
	if (*count > max)
		strict_reader_fail(reader, "<%s> has %zu items, more than %zu",
			name, *count, max);
	else if (quantity < 0 || (size_t)quantity != *count)
		strict_reader_fail(reader,
			"the <Quantity> of <%s> is not the number of its "
			"items, %zu",
			name, *count);
	if (reader->err.code == ERR_NONE)
		return first;
	*count = 0;
	return NULL;
}
