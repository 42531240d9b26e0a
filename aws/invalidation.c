/* Writes batches, and reads what CloudFront returns. */
#include "aws/invalidation.h"

#include <stdio.h>
#include <string.h>

#include "aws/xml_document.h"
#include "base/escape.h"

#define NAMESPACE "http://cloudfront.amazonaws.com/doc/2020-05-31/"

static void
add_text(struct buf *out, const char *text)
{
	size_t plain;

	while (*text) {
		plain = strcspn(text, "&<>\r");
		buf_add(out, text, plain);
		text += plain;
		if (*text == '&')
			buf_addstr(out, "&amp;");
		else if (*text == '<')
			buf_addstr(out, "&lt;");
		else if (*text == '>')
			buf_addstr(out, "&gt;");
		else if (*text == '\r')
			buf_addstr(out, "&#13;"); /* else it is read as LF */
		text += *text != '\0';
	}
}

void
invalidation_batch_write(struct buf *out, const char *caller_reference,
	const char *const *items, size_t count)
{
	size_t i;

	buf_addstr(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
			"<InvalidationBatch xmlns=\"" NAMESPACE "\">");
	buf_addf(out, "<Paths><Quantity>%zu</Quantity><Items>", count);
	for (i = 0; i < count; i++) {
		buf_addstr(out, "<Path>");
		add_text(out, items[i]);
		buf_addstr(out, "</Path>");
	}
	buf_addstr(out, "</Items></Paths><CallerReference>");
	add_text(out, caller_reference);
	buf_addstr(out, "</CallerReference></InvalidationBatch>");
}

static size_t
count_children(const xmlNode *node, const char *name)
{
	const xmlNode *c = node ? node->children : NULL;
	size_t count = 0;

	for (; c; c = c->next)
		count += xml_element_is(c, name);
	return count;
}

/* Read the children of an <InvalidationBatch>. */
static int
read_batch(struct invalidation *out, const xmlNode *batch, struct err *err)
{
	const xmlNode *list = xml_element_child(
			      xml_element_child(batch, "Paths"), "Items"),
		      *c;
	size_t count = count_children(list, "Path"), i = 0;
	const char **items;

	out->caller_reference = xml_element_text(
		xml_element_child(batch, "CallerReference"), &out->texts);
	items = arena_alloc(&out->texts, (count + 1) * sizeof(*items));
	if (!out->caller_reference || !items)
		return err_memory(err);
	for (c = list ? list->children : NULL; c; c = c->next) {
		if (!xml_element_is(c, "Path"))
			continue;
		items[i] = xml_element_text(c, &out->texts);
		if (!items[i++])
			return err_memory(err);
	}
	out->items = items;
	out->item_count = count;
	return 0;
}

/*
 * Is this printable ASCII without spaces, which can be part of a line of text?
 */
static bool
is_word(const char *text, size_t max)
{
	const char *at = text;

	while (*at > ' ' && *at < 0x7f)
		at++;
	return !*at && at > text && (size_t)(at - text) <= max;
}

static bool
are_words(const char *id, const char *status, const char *create_time)
{
	return is_word(id, INVALIDATION_ID_MAX) &&
	       is_word(status, INVALIDATION_ID_MAX) &&
	       is_word(create_time, CREATE_TIME_MAX);
}

static int
read_elements(struct invalidation *out, const xmlNode *root, struct err *err)
{
	struct escaped_name shown;

	if (!xml_element_is(root, "Invalidation"))
		return err_set(err, ERR_SERVICE,
			"expected <Invalidation>, found <%s>",
			escape_show_str(&shown, (const char *)root->name));
	out->id = xml_element_text(xml_element_child(root, "Id"), &out->texts);
	out->status = xml_element_text(
		xml_element_child(root, "Status"), &out->texts);
	out->create_time = xml_element_text(
		xml_element_child(root, "CreateTime"), &out->texts);
	if (!out->id || !out->status || !out->create_time)
		return err_memory(err);
	if (!are_words(out->id, out->status, out->create_time))
		return err_set(err, ERR_SERVICE,
			"<Invalidation> without a usable <Id>, <Status> or "
			"<CreateTime>");
	return read_batch(
		out, xml_element_child(root, "InvalidationBatch"), err);
}

int
invalidation_read(
	struct invalidation *out, const char *body, size_t len, struct err *err)
{
	xmlDoc *doc;
	int rc;

	*out = (struct invalidation){.id = NULL};
	arena_init(&out->texts);
	doc = xml_document_parse(body, len, err);
	if (!doc)
		return -1;
	rc = read_elements(out, xmlDocGetRootElement(doc), err);
	xmlFreeDoc(doc);
	return rc;
}

void
invalidation_release(struct invalidation *invalidation)
{
	arena_release(&invalidation->texts);
	*invalidation = (struct invalidation){.id = NULL};
}

static int
read_own_batch(struct invalidation *out, const xmlNode *root, struct err *err)
{
	char expected[32];
	const char *quantity;

	if (!xml_element_is(root, "InvalidationBatch"))
		return err_set(
			err, ERR_INPUT, "expected an <InvalidationBatch>");
	if (read_batch(out, root, err) != 0)
		return -1;
	quantity = xml_element_text(
		xml_element_child(xml_element_child(root, "Paths"), "Quantity"),
		&out->texts);
	if (!quantity)
		return err_memory(err);
	snprintf(expected, sizeof(expected), "%zu", out->item_count);
	if (strcmp(quantity, expected) != 0)
		return err_set(err, ERR_INPUT,
			"<Quantity> is not the number of paths, %s", expected);
	if (!out->caller_reference[0])
		return err_set(err, ERR_INPUT, "no <CallerReference>");
	return 0;
}

int
invalidation_batch_read(
	struct invalidation *out, const char *body, size_t len, struct err *err)
{
	xmlDoc *doc;
	int rc;

	*out = (struct invalidation){.id = "", .status = "", .create_time = ""};
	arena_init(&out->texts);
	doc = xml_document_parse(body, len, err);
	if (!doc && err->code == ERR_SERVICE)
		err->code = ERR_INPUT;
	if (!doc)
		return -1;
	rc = read_own_batch(out, xmlDocGetRootElement(doc), err);
	xmlFreeDoc(doc);
	return rc;
}

static int
read_summaries(
	struct invalidation_list *out, const xmlNode *items, struct err *err)
{
	size_t count = count_children(items, "InvalidationSummary");
	struct invalidation_summary *s;
	const xmlNode *c;

	out->list = arena_alloc(&out->texts, (count + 1) * sizeof(*out->list));
	if (!out->list)
		return err_memory(err);
	for (c = items ? items->children : NULL; c; c = c->next) {
		if (!xml_element_is(c, "InvalidationSummary"))
			continue;
		s = &out->list[out->count++];
		s->id = xml_element_text(
			xml_element_child(c, "Id"), &out->texts);
		s->status = xml_element_text(
			xml_element_child(c, "Status"), &out->texts);
		s->create_time = xml_element_text(
			xml_element_child(c, "CreateTime"), &out->texts);
		if (!s->id || !s->status || !s->create_time)
			return err_memory(err);
		if (!are_words(s->id, s->status, s->create_time))
			return err_set(err, ERR_SERVICE,
				"<InvalidationSummary> without a usable <Id>, "
				"<Status> or <CreateTime>");
	}
	return 0;
}

static int
read_list(struct invalidation_list *out, const xmlNode *root, struct err *err)
{
	const char *truncated;
	struct escaped_name shown;

	if (!xml_element_is(root, "InvalidationList"))
		return err_set(err, ERR_SERVICE,
			"expected <InvalidationList>, found <%s>",
			escape_show_str(&shown, (const char *)root->name));
	truncated = xml_element_text(
		xml_element_child(root, "IsTruncated"), &out->texts);
	out->next_marker = xml_element_text(
		xml_element_child(root, "NextMarker"), &out->texts);
	if (!truncated || !out->next_marker)
		return err_memory(err);
	out->truncated = strcmp(truncated, "true") == 0;
	if (!out->next_marker[0])
		out->next_marker = NULL;
	if (out->truncated && !out->next_marker)
		return err_set(err, ERR_SERVICE,
			"the list goes on, but has no <NextMarker>");
	return read_summaries(out, xml_element_child(root, "Items"), err);
}

int
invalidation_list_read(struct invalidation_list *out, const char *body,
	size_t len, struct err *err)
{
	xmlDoc *doc;
	int rc;

	*out = (struct invalidation_list){.list = NULL};
	arena_init(&out->texts);
	doc = xml_document_parse(body, len, err);
	if (!doc)
		return -1;
	rc = read_list(out, xmlDocGetRootElement(doc), err);
	xmlFreeDoc(doc);
	return rc;
}

void
invalidation_list_release(struct invalidation_list *list)
{
	arena_release(&list->texts);
	*list = (struct invalidation_list){.list = NULL};
}
