/* Parses XML, and finds elements in it. */
#include "aws/xml_document.h"

#include <libxml/parser.h>
#include <string.h>

#include "aws/http_request.h"
#include "base/escape.h"

static bool
contains(const char *text, size_t len, const char *wanted)
{
	size_t wanted_len = strlen(wanted);
	const char *end = text + len, *p = text;

	while (p && (size_t)(end - p) >= wanted_len) {
		if (memcmp(p, wanted, wanted_len) == 0)
			return true;
		p = memchr(p + 1, wanted[0], (size_t)(end - p) - 1);
	}
	return false;
}

/* The first byte after `close`, or the end. */
static const char *
skip_past(const char *text, const char *end, const char *close)
{
	size_t len = strlen(close);

	for (; (size_t)(end - text) >= len; text++) {
		text = memchr(text, close[0], (size_t)(end - text) - len + 1);
		if (!text)
			break;
		if (memcmp(text, close, len) == 0)
			return text + len;
	}
	return end;
}

/* Skip the tag that begins at `text`, and count its quoted values. */
static const char *
skip_tag(const char *text, const char *end, size_t *values)
{
	*values = 0;
	while (text < end && *text != '>') {
		if (*text == '"' || *text == '\'') {
			const char quote[] = {*text, '\0'};

			text = skip_past(text + 1, end, quote);
			++*values;
		} else {
			text++;
		}
	}
	return text;
}

static bool
starts_with(const char *text, const char *end, const char *wanted)
{
	size_t len = strlen(wanted);

	return (size_t)(end - text) >= len && memcmp(text, wanted, len) == 0;
}

/*
 * Observe the limits before libxml2 sees the document: it compares each
 * attribute of a tag with all others, and makes a node of each tag. In a
 * document that is well-formed so far, this finds the same tags as libxml2,
 * which stops at the first error.
 */
static int
check_limits(const char *body, size_t len, struct err *err)
{
	const char *end = body + len, *at = body;
	size_t tags = 0, values = 0;

	while ((at = memchr(at, '<', (size_t)(end - at)))) {
		if (++tags > XML_TAGS_MAX)
			return err_set(err, ERR_SERVICE,
				"the XML has more than %d tags", XML_TAGS_MAX);
		if (starts_with(at, end, "<!--"))
			at = skip_past(at + 4, end, "-->");
		else if (starts_with(at, end, "<![CDATA["))
			at = skip_past(at + 9, end, "]]>");
		else if (starts_with(at, end, "<?"))
			at = skip_past(at + 2, end, "?>");
		else
			at = skip_tag(at, end, &values);
		if (values > XML_ATTRIBUTES_MAX)
			return err_set(err, ERR_SERVICE,
				"the XML has a tag with more than %d "
				"attributes",
				XML_ATTRIBUTES_MAX);
	}
	return 0;
}

static int
not_well_formed(xmlParserCtxt *context, struct err *err)
{
	const xmlError *last = xmlCtxtGetLastError(context);
	const char *said =
		last && last->message ? last->message : "it has a DTD";
	struct escaped_name shown;

	if (last && last->code == XML_ERR_NO_MEMORY)
		return err_memory(err);
	return err_set(err, ERR_SERVICE, "not well-formed XML, line %d: %s",
		last ? last->line : 0,
		escape_show(&shown, said, strcspn(said, "\n")));
}

/* libxml2 before 2.12 takes what it has read when memory runs out for the whole. */
static bool
is_cut(xmlParserCtxt *context)
{
	const xmlError *last = xmlCtxtGetLastError(context);

	return last && last->code == XML_ERR_NO_MEMORY;
}

xmlDoc *
xml_document_parse(const char *body, size_t len, struct err *err)
{
	xmlParserCtxt *context = NULL;
	xmlDoc *doc = NULL;

	if (len == 0 || len > HTTP_RESPONSE_MAX || memchr(body, '\0', len) ||
		contains(body, len, "<!DOCTYPE")) {
		err_set(err, ERR_SERVICE,
			len == 0 ? "expected XML, found nothing"
				 : "expected plain XML in UTF-8 without a DTD");
		return NULL;
	}
	if (check_limits(body, len, err) != 0)
		return NULL;
	context = xmlNewParserCtxt();
	if (!context) {
		err_memory(err);
		return NULL;
	}
	doc = xmlCtxtReadMemory(context, body, (int)len, NULL, "UTF-8",
		XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING |
			XML_PARSE_NOCDATA);
	if (!doc || doc->intSubset || doc->extSubset || is_cut(context)) {
		not_well_formed(context, err);
		xmlFreeDoc(doc);
		doc = NULL;
	}
	xmlFreeParserCtxt(context);
	return doc;
}

xmlDoc *
xml_document_parse_secret(const char *body, size_t len, struct err *err)
{
	xmlDoc *doc = xml_document_parse(body, len, err);

	/* what follows the number of the line is libxml2's */
	if (!doc && err->code == ERR_SERVICE)
		err->message[strcspn(err->message, ":")] = '\0';
	return doc;
}

bool
xml_element_is(const xmlNode *node, const char *name)
{
	return node && node->type == XML_ELEMENT_NODE &&
	       strcmp((const char *)node->name, name) == 0;
}

xmlNode *
xml_element_child(const xmlNode *node, const char *name)
{
	xmlNode *c = node ? node->children : NULL;

	while (c && !xml_element_is(c, name))
		c = c->next;
	return c;
}

const char *
xml_element_text(const xmlNode *node, struct arena *texts)
{
	xmlChar *content;
	char *copy;

	if (!node || !node->children)
		return "";
	content = xmlNodeGetContent(node);
	if (!content)
		return NULL;
	copy = arena_copy(
		texts, (const char *)content, strlen((const char *)content));
	xmlFree(content);
	return copy;
}
