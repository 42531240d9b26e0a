/* Writes the batch and reads the service's answers. */
#include "aws/xml.h"

#include <openssl/crypto.h>
#include <stdio.h>
#include <string.h>

#include "aws/document.h"
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
			buf_addstr(out, "&#13;"); /* bare, it is read as LF */
		text += *text != '\0';
	}
}

void
xml_write_batch(struct buf *out, const char *caller_reference,
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
		count += element_is(c, name);
	return count;
}

/* The elements of an <InvalidationBatch>. */
static int
take_batch(struct invalidation *out, const xmlNode *batch, struct err *err)
{
	const xmlNode *list = element_child(
			      element_child(batch, "Paths"), "Items"),
		      *c;
	size_t count = count_children(list, "Path"), i = 0;
	const char **items;

	out->caller_reference = element_text(
		element_child(batch, "CallerReference"), &out->texts);
	items = arena_alloc(&out->texts, (count + 1) * sizeof(*items));
	if (!out->caller_reference || !items)
		return err_memory(err);
	for (c = list ? list->children : NULL; c; c = c->next) {
		if (!element_is(c, "Path"))
			continue;
		items[i] = element_text(c, &out->texts);
		if (!items[i++])
			return err_memory(err);
	}
	out->items = items;
	out->item_count = count;
	return 0;
}

/* One plain word: it goes into lines of text, and into a baseline. */
static bool
is_word(const char *text, size_t longest)
{
	const char *at = text;

	while (*at > ' ' && *at < 0x7f)
		at++;
	return !*at && at > text && (size_t)(at - text) <= longest;
}

static int
take_invalidation(
	struct invalidation *out, const xmlNode *root, struct err *err)
{
	struct escaped_name shown;

	if (!element_is(root, "Invalidation"))
		return err_set(err, ERR_SERVICE,
			"expected <Invalidation>, found <%s>",
			escape_show_str(&shown, (const char *)root->name));
	out->id = element_text(element_child(root, "Id"), &out->texts);
	out->status = element_text(element_child(root, "Status"), &out->texts);
	out->create_time =
		element_text(element_child(root, "CreateTime"), &out->texts);
	if (!out->id || !out->status || !out->create_time)
		return err_memory(err);
	if (!is_word(out->id, INVALIDATION_ID_MAX) ||
		!is_word(out->create_time, CREATE_TIME_MAX) ||
		!is_word(out->status, INVALIDATION_ID_MAX))
		return err_set(err, ERR_SERVICE,
			"<Invalidation> without a usable <Id>, <Status> or "
			"<CreateTime>");
	return take_batch(out, element_child(root, "InvalidationBatch"), err);
}

int
xml_read_invalidation(
	struct invalidation *out, const char *body, size_t len, struct err *err)
{
	xmlDoc *doc;
	int rc;

	*out = (struct invalidation){.id = NULL};
	arena_init(&out->texts);
	doc = document_parse(body, len, err);
	if (!doc)
		return -1;
	rc = take_invalidation(out, xmlDocGetRootElement(doc), err);
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
take_own_batch(struct invalidation *out, const xmlNode *root, struct err *err)
{
	char expected[32];
	const char *quantity;

	if (!element_is(root, "InvalidationBatch"))
		return err_set(
			err, ERR_INPUT, "expected an <InvalidationBatch>");
	if (take_batch(out, root, err) != 0)
		return -1;
	quantity = element_text(
		element_child(element_child(root, "Paths"), "Quantity"),
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
xml_read_batch(
	struct invalidation *out, const char *body, size_t len, struct err *err)
{
	xmlDoc *doc;
	int rc;

	*out = (struct invalidation){.id = "", .status = "", .create_time = ""};
	arena_init(&out->texts);
	doc = document_parse(body, len, err);
	if (!doc && err->code == ERR_SERVICE)
		err->code = ERR_INPUT;
	if (!doc)
		return -1;
	rc = take_own_batch(out, xmlDocGetRootElement(doc), err);
	xmlFreeDoc(doc);
	return rc;
}

static int
take_summaries(
	struct invalidation_list *out, const xmlNode *items, struct err *err)
{
	size_t count = count_children(items, "InvalidationSummary");
	struct invalidation_summary *s;
	const xmlNode *c;

	out->list = arena_alloc(&out->texts, (count + 1) * sizeof(*out->list));
	if (!out->list)
		return err_memory(err);
	for (c = items ? items->children : NULL; c; c = c->next) {
		if (!element_is(c, "InvalidationSummary"))
			continue;
		s = &out->list[out->count++];
		s->id = element_text(element_child(c, "Id"), &out->texts);
		s->status =
			element_text(element_child(c, "Status"), &out->texts);
		s->create_time = element_text(
			element_child(c, "CreateTime"), &out->texts);
		if (!s->id || !s->status || !s->create_time)
			return err_memory(err);
	}
	return 0;
}

static int
take_list(struct invalidation_list *out, const xmlNode *root, struct err *err)
{
	const char *truncated;
	struct escaped_name shown;

	if (!element_is(root, "InvalidationList"))
		return err_set(err, ERR_SERVICE,
			"expected <InvalidationList>, found <%s>",
			escape_show_str(&shown, (const char *)root->name));
	truncated =
		element_text(element_child(root, "IsTruncated"), &out->texts);
	out->next_marker =
		element_text(element_child(root, "NextMarker"), &out->texts);
	if (!truncated || !out->next_marker)
		return err_memory(err);
	out->truncated = strcmp(truncated, "true") == 0;
	if (!out->next_marker[0])
		out->next_marker = NULL;
	if (out->truncated && !out->next_marker)
		return err_set(err, ERR_SERVICE,
			"the list goes on, but has no <NextMarker>");
	return take_summaries(out, element_child(root, "Items"), err);
}

int
xml_read_list(struct invalidation_list *out, const char *body, size_t len,
	struct err *err)
{
	xmlDoc *doc;
	int rc;

	*out = (struct invalidation_list){.list = NULL};
	arena_init(&out->texts);
	doc = document_parse(body, len, err);
	if (!doc)
		return -1;
	rc = take_list(out, xmlDocGetRootElement(doc), err);
	xmlFreeDoc(doc);
	return rc;
}

void
invalidation_list_release(struct invalidation_list *list)
{
	arena_release(&list->texts);
	*list = (struct invalidation_list){.list = NULL};
}

/* libxml2 allows a depth of 256. */
static void
wipe_texts(xmlNode *node)
{
	for (; node; node = node->next) {
		if (node->content)
			OPENSSL_cleanse(node->content,
				strlen((const char *)node->content));
		if (node->type == XML_ELEMENT_NODE)
			wipe_texts(node->children);
	}
}

/* The one text of an element; "" for anything else. */
static const char *
plain_text(const xmlNode *node)
{
	const xmlNode *text = node ? node->children : NULL;

	return text && text->type == XML_TEXT_NODE && !text->next &&
			       text->content
		       ? (const char *)text->content
		       : "";
}

static int
take_credentials(struct credentials *out, const char *operation,
	const xmlNode *root, struct err *err)
{
	const xmlNode *keys;
	char name[64];

	snprintf(name, sizeof(name), "%sResult", operation);
	keys = element_child(element_child(root, name), "Credentials");
	if (!keys)
		return err_set(err, ERR_SERVICE,
			"expected a <%s> with <Credentials>", name);
	if (credentials_set(out, plain_text(element_child(keys, "AccessKeyId")),
		    plain_text(element_child(keys, "SecretAccessKey")),
		    plain_text(element_child(keys, "SessionToken")),
		    err) != 0 ||
		credentials_set_expiry(out,
			plain_text(element_child(keys, "Expiration")),
			err) != 0) {
		if (err->code == ERR_INPUT)
			err->code = ERR_SERVICE;
		return err_context(err, "<Credentials>");
	}
	if (out->session_token)
		return 0;
	return err_set(
		err, ERR_SERVICE, "<Credentials> without a <SessionToken>");
}

int
xml_read_credentials(struct credentials *out, const char *operation,
	const char *body, size_t len, struct err *err)
{
	xmlDoc *doc = document_parse(body, len, err);
	int rc;

	if (!doc)
		return -1;
	rc = take_credentials(out, operation, xmlDocGetRootElement(doc), err);
	wipe_texts(xmlDocGetRootElement(doc));
	xmlFreeDoc(doc);
	return rc;
}

/* What a status is called where the answer does not say (RFC 9110). */
static const char *
reason_of(long status)
{
	switch (status) {
	case 301:
		return "Moved Permanently";
	case 302:
		return "Found";
	case 307:
		return "Temporary Redirect";
	case 400:
		return "Bad Request";
	case 401:
		return "Unauthorized";
	case 403:
		return "Forbidden";
	case 404:
		return "Not Found";
	case 405:
		return "Method Not Allowed";
	case 407:
		return "Proxy Authentication Required";
	case 408:
		return "Request Timeout";
	case 409:
		return "Conflict";
	case 412:
		return "Precondition Failed";
	case 413:
		return "Content Too Large";
	case 429:
		return "Too Many Requests";
	case 500:
		return "Internal Server Error";
	case 501:
		return "Not Implemented";
	case 502:
		return "Bad Gateway";
	case 503:
		return "Service Unavailable";
	case 504:
		return "Gateway Timeout";
	default:
		return "Unexpected answer";
	}
}

/* Trimmed and escaped, cut at a character where it does not fit. */
static void
show_text(char *out, size_t size, const xmlNode *node)
{
	xmlChar *content = node ? xmlNodeGetContent(node) : NULL;
	const char *text = content ? (const char *)content : "";
	struct buf line;
	size_t len;

	text += strspn(text, " \t\r\n");
	for (len = strlen(text); len > 0; len--)
		if (!strchr(" \t\r\n", text[len - 1]))
			break;
	buf_init(&line, size - 1); /* an append that does not fit is none */
	escape_name_utf8(&line, text, len);
	memcpy(out, buf_str(&line), line.len);
	out[line.len] = '\0';
	buf_release(&line);
	xmlFree(content);
}

void
xml_read_error(
	struct service_error *out, long status, const char *body, size_t len)
{
	struct err ignored = ERR_INIT;
	xmlDoc *doc = document_parse(body, len, &ignored);
	xmlNode *root = doc ? xmlDocGetRootElement(doc) : NULL, *id;
	xmlNode *error =
		element_is(root, "Error") ? root : element_child(root, "Error");

	*out = (struct service_error){.code = ""};
	id = element_child(root, "RequestId");
	show_text(out->request_id, sizeof(out->request_id),
		id ? id : element_child(error, "RequestId"));
	show_text(out->code, sizeof(out->code), element_child(error, "Code"));
	show_text(out->message, sizeof(out->message),
		element_child(error, "Message"));
	show_text(out->region, sizeof(out->region),
		element_child(error, "Region"));
	if (!out->code[0]) {
		snprintf(out->code, sizeof(out->code), "%ld", status);
		snprintf(out->message, sizeof(out->message), "%s",
			reason_of(status));
	}
	xmlFreeDoc(doc);
}
