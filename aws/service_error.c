/* Reads a service's error. */
#include "aws/service_error.h"

#include <stdio.h>
#include <string.h>

#include "aws/http_status.h"
#include "aws/xml_document.h"
#include "base/escape.h"

/* Copy an element's text, trimmed, escaped and cut between characters. */
static int
copy_text(char *out, size_t size, const xmlNode *node, struct err *err)
{
	xmlChar *content = node ? xmlNodeGetContent(node) : NULL;
	const char *text = content ? (const char *)content : "";
	struct buf line;
	size_t len;
	int rc;

	if (node && !content)
		return err_memory(err);
	text += strspn(text, " \t\r\n");
	for (len = strlen(text); len > 0; len--)
		if (!strchr(" \t\r\n", text[len - 1]))
			break;
	buf_init(&line, size - 1); /* what does not fit is not appended */
	escape_name_utf8(&line, text, len);
	snprintf(out, size, "%s", buf_shown(&line));
	rc = line.failed == ERR_MEMORY ? err_memory(err) : 0;
	buf_release(&line);
	xmlFree(content);
	return rc;
}

static void
set_from_status(struct service_error *out, long status)
{
	const char *reason = http_status_reason(status);

	snprintf(out->code, sizeof(out->code), "%ld", status);
	snprintf(out->message, sizeof(out->message), "%s",
		reason[0] ? reason : "unexpected status");
}

int
service_error_read(struct service_error *out, long status, const char *body,
	size_t len, struct err *err)
{
	struct err reading = ERR_INIT;
	xmlDoc *doc = xml_document_parse(body, len, &reading);
	xmlNode *root = doc ? xmlDocGetRootElement(doc) : NULL, *id;
	xmlNode *error = xml_element_is(root, "Error")
				 ? root
				 : xml_element_child(root, "Error");
	int rc;

	*out = (struct service_error){.code = ""};
	if (reading.code == ERR_MEMORY)
		return err_memory(err);
	id = xml_element_child(root, "RequestId");
	if (!id)
		id = xml_element_child(error, "RequestId");
	rc = copy_text(out->request_id, sizeof(out->request_id), id, err);
	rc |= copy_text(out->code, sizeof(out->code),
		xml_element_child(error, "Code"), err);
	rc |= copy_text(out->message, sizeof(out->message),
		xml_element_child(error, "Message"), err);
	rc |= copy_text(out->region, sizeof(out->region),
		xml_element_child(error, "Region"), err);
	if (!out->code[0])
		set_from_status(out, status);
	xmlFreeDoc(doc);
	return rc;
}
