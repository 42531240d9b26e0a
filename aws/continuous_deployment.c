/* Reads continuous deployment policies. */
#include "aws/continuous_deployment.h"

#include <string.h>

#include "base/escape.h"

static void
read_names(struct continuous_deployment *out, struct strict_reader *reader,
	const xmlNode *config)
{
	size_t count, i;
	const xmlNode *at =
		xml_reader_list(reader, config, "StagingDistributionDnsNames",
			"DnsName", STAGING_NAMES_MAX, &count);

	out->staging = strict_reader_alloc(reader, count * sizeof(char *));
	for (i = 0; out->staging && i < count; i++) {
		out->staging[i] = xml_reader_own_text(reader, at);
		at = xml_reader_next(at);
	}
	out->staging_count = out->staging ? count : 0;
}

static void
read_policy(struct continuous_deployment *out, struct strict_reader *reader,
	const xmlNode *root, const char *id)
{
	const xmlNode *config =
		xml_element_child(root, "ContinuousDeploymentPolicyConfig");
	struct escaped_name shown;

	if (!xml_element_is(root, "ContinuousDeploymentPolicy") || !config)
		strict_reader_fail(reader,
			"expected a <ContinuousDeploymentPolicy> with a "
			"<ContinuousDeploymentPolicyConfig>, found <%s>",
			escape_show_str(&shown, (const char *)root->name));
	out->id = xml_reader_need(reader, root, "Id");
	if (strcmp(out->id, id) != 0)
		strict_reader_fail(reader,
			"this is another continuous deployment policy, %s",
			escape_show_str(&shown, out->id));
	out->etag = "";
	out->last_modified = xml_reader_text(reader, root, "LastModifiedTime");
	out->enabled = xml_reader_bool(reader, config, "Enabled", true);
	read_names(out, reader, config);
}

int
continuous_deployment_read(struct continuous_deployment *out,
	struct arena *texts, const char *id, const char *body, size_t len,
	struct err *err)
{
	struct strict_reader reader;
	xmlDoc *doc = xml_document_parse_secret(body, len, err);

	*out = (struct continuous_deployment){.id = NULL};
	if (!doc)
		return -1;
	strict_reader_init(&reader, texts, ERR_SERVICE);
	read_policy(out, &reader, xmlDocGetRootElement(doc), id);
	xmlFreeDoc(doc);
	return strict_reader_finish(&reader, err);
}
