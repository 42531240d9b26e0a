/*
 * XML of any shape: the tree and the reader of elements agree; what is read of it as
 * one of CloudFront's, S3's or STS's documents fails in one line, which for secrets
 * quotes nothing of it.
 */
#include "tests/fuzz/fuzz.h"

#include "aws/distribution_list.h"
#include "aws/invalidation.h"
#include "aws/service_error.h"
#include "aws/sts_credentials.h"
#include "aws/xml_document.h"
#include "aws/xml_tree.h"

static const char secret[] = "wJalrXUtnFEMI";

static const xmlNode *
next_element(const xmlNode *node)
{
	while (node && node->type != XML_ELEMENT_NODE)
		node = node->next;
	return node;
}

static void
compare(const struct xml_element *element, const xmlNode *node,
	struct arena *texts)
{
	const struct xml_element *child = element->first;
	const xmlNode *at = next_element(node->children);
	const char *text = xml_element_text(node, texts);

	HOLDS(xml_element_is(node, element->name));
	HOLDS(strlen(element->text) == element->len);
	HOLDS(text != NULL);
	/* the reader's text includes that of children */
	if (!at)
		HOLDS(strcmp(text, element->text) == 0);
	else
		HOLDS(strncmp(text, element->text, element->len) == 0);
	if (child)
		HOLDS(xml_element_child(node, child->name) == at);
	for (; child && at; child = child->next, at = next_element(at->next)) {
		HOLDS(xml_tree_child(element, child->name) != NULL);
		compare(child, at, texts);
	}
	HOLDS(!child && !at);
}

static void
check_tree(const char *body, size_t len)
{
	struct err err = ERR_INIT, other = ERR_INIT;
	xmlDoc *doc = xml_document_parse(body, len, &err);
	struct xml_element *root = NULL;
	struct arena arena;
	int rc;

	arena_init(&arena);
	rc = xml_tree_read(&root, &arena, body, len, &other);
	HOLDS((rc == 0) == (doc != NULL));
	if (doc) {
		compare(root, xmlDocGetRootElement(doc), &arena);
	} else {
		fuzz_check_error(&err);
		HOLDS(strcmp(err.message, other.message) == 0);
	}
	xmlFreeDoc(doc);
	arena_release(&arena);
}

static void
check_secret(const char *body, size_t len)
{
	struct credentials credentials = {0};
	struct err err = ERR_INIT;

	if (sts_credentials_read(&credentials, "AssumeRole", body, len, &err) ==
		0) {
		HOLDS(credentials.access_key && credentials.secret_key);
	} else {
		fuzz_check_error(&err);
		HOLDS(!strstr(err.message, secret));
	}
	credentials_release(&credentials);
}

static void
check_documents(const char *body, size_t len)
{
	struct err err = ERR_INIT;
	struct distribution_list distributions;
	struct invalidation_list list;
	struct invalidation one;
	struct service_error error;
	struct arena texts;
	size_t i;

	if (invalidation_read(&one, body, len, &err) != 0)
		fuzz_check_error(&err);
	else
		HOLDS(one.id[0] && !strchr(one.id, ' '));
	invalidation_release(&one);
	err = (struct err)ERR_INIT;
	if (invalidation_list_read(&list, body, len, &err) != 0)
		fuzz_check_error(&err);
	for (i = 0; err.code == ERR_NONE && i < list.count; i++)
		HOLDS(list.list[i].id[0] && list.list[i].create_time[0] &&
			!strpbrk(list.list[i].create_time, " \n"));
	invalidation_list_release(&list);
	arena_init(&texts);
	if (distribution_list_read(&distributions, &texts, body, len, &err) !=
		0) {
		fuzz_check_error(&err);
		HOLDS(!strstr(err.message, secret));
	}
	arena_release(&texts);
	HOLDS(service_error_read(&error, 503, body, len, &err) == 0);
	HOLDS(error.code[0] && !strchr(error.message, '\n'));
}

/* A batch is read as it was written. */
static void
check_batch(const char *body, size_t len)
{
	struct err err = ERR_INIT;
	struct invalidation batch;
	struct buf written;

	buf_init(&written, FUZZ_TEXT_MAX);
	if (invalidation_batch_read(&batch, body, len, &err) == 0) {
		invalidation_batch_write(&written, batch.caller_reference,
			batch.items, batch.item_count);
		HOLDS(written.len == len);
		HOLDS(memcmp(written.data, body, len) == 0);
	} else {
		fuzz_check_error(&err);
	}
	invalidation_release(&batch);
	buf_release(&written);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *body = fuzz_exact(data, size);

	check_tree(body, size);
	check_secret(body, size);
	check_documents(body, size);
	check_batch(body, size);
	free(body);
	return 0;
}
