/* Reads the credentials that STS returns. */
#include "aws/sts_credentials.h"

#include <openssl/crypto.h>
#include <stdio.h>
#include <string.h>

#include "aws/xml_document.h"

/* The recursion is limited: libxml2 allows a depth of 256. */
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

/* The text of a child that contains only text, otherwise ""; not a copy. */
static const char *
child_text(const xmlNode *node, const char *name)
{
	const xmlNode *child = xml_element_child(node, name);
	const xmlNode *text = child ? child->children : NULL;

	return text && text->type == XML_TEXT_NODE && !text->next &&
			       text->content
		       ? (const char *)text->content
		       : "";
}

static int
read_keys(struct credentials *out, const xmlNode *keys, struct err *err)
{
	int rc = credentials_set(out, child_text(keys, "AccessKeyId"),
		child_text(keys, "SecretAccessKey"),
		child_text(keys, "SessionToken"), err);

	if (rc == 0)
		rc = credentials_set_expiry(
			out, child_text(keys, "Expiration"), err);
	if (rc != 0) {
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
sts_credentials_read(struct credentials *out, const char *operation,
	const char *body, size_t len, struct err *err)
{
	xmlDoc *doc = xml_document_parse_secret(body, len, err);
	xmlNode *root = doc ? xmlDocGetRootElement(doc) : NULL;
	const xmlNode *keys;
	char result[64];
	int rc;

	if (!doc)
		return -1;
	snprintf(result, sizeof(result), "%sResult", operation);
	keys = xml_element_child(
		xml_element_child(root, result), "Credentials");
	rc = keys ? read_keys(out, keys, err)
		  : err_set(err, ERR_SERVICE,
			    "expected a <%s> with <Credentials>", result);
	wipe_texts(root);
	xmlFreeDoc(doc);
	return rc;
}
