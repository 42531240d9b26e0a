/* Reads pages of the list of distributions. */
#include "aws/distribution_list.h"

#include "aws/distribution.h"
#include "base/escape.h"

static void
read_summary(struct distribution_summary *out, struct strict_reader *reader,
	const xmlNode *node)
{
	size_t count, i;
	const xmlNode *at;

	out->id = xml_reader_need(reader, node, "Id");
	out->domain_name = xml_reader_need(reader, node, "DomainName");
	out->staging = xml_reader_bool(reader, node, "Staging", false);
	at = xml_reader_list(
		reader, node, "Aliases", "CNAME", ALIASES_MAX, &count);
	out->aliases = strict_reader_alloc(reader, count * sizeof(char *));
	for (i = 0; out->aliases && i < count; i++) {
		out->aliases[i] = xml_reader_own_text(reader, at);
		at = xml_reader_next(at);
	}
	out->alias_count = out->aliases ? count : 0;
	at = xml_reader_list(
		reader, node, "Origins", "Origin", ORIGINS_MAX, &count);
	out->origins = strict_reader_alloc(reader, count * sizeof(char *));
	for (i = 0; out->origins && i < count; i++) {
		out->origins[i] = xml_reader_need(reader, at, "DomainName");
		at = xml_reader_next(at);
	}
	out->origin_count = out->origins ? count : 0;
}

/* Unlike the lists of a configuration, its Quantity is beside more members. */
static void
read_list(struct distribution_list *out, struct strict_reader *reader,
	const xmlNode *root)
{
	const xmlNode *items = xml_element_child(root, "Items"), *at, *first;
	struct escaped_name shown;
	size_t i;

	if (!xml_element_is(root, "DistributionList"))
		strict_reader_fail(reader,
			"expected a <DistributionList>, found <%s>",
			escape_show_str(&shown, (const char *)root->name));
	first = xml_element_child(items, "DistributionSummary");
	for (at = first; at; at = xml_reader_next(at))
		out->count++;
	if (out->count > DISTRIBUTIONS_PAGE_MAX)
		strict_reader_fail(reader,
			"a page has more than %d distributions",
			DISTRIBUTIONS_PAGE_MAX);
	out->list =
		strict_reader_alloc(reader, out->count * sizeof(*out->list));
	if (!out->list)
		out->count = 0;
	for (at = first, i = 0; i < out->count; i++) {
		read_summary(&out->list[i], reader, at);
		at = xml_reader_next(at);
	}
	if (xml_reader_bool(reader, root, "IsTruncated", false))
		out->next_marker = xml_reader_need(reader, root, "NextMarker");
}

int
distribution_list_read(struct distribution_list *out, struct arena *texts,
	const char *body, size_t len, struct err *err)
{
	struct strict_reader reader;
	xmlDoc *doc = xml_document_parse_secret(body, len, err);

	*out = (struct distribution_list){.list = NULL};
	if (!doc)
		return -1;
	strict_reader_init(&reader, texts, ERR_SERVICE);
	read_list(out, &reader, xmlDocGetRootElement(doc));
	xmlFreeDoc(doc);
	return strict_reader_finish(&reader, err);
}

bool
distribution_list_has_bucket(
	const struct distribution_summary *summary, const char *bucket)
{
	size_t i;

	for (i = 0; i < summary->origin_count; i++)
		if (origin_is_bucket(summary->origins[i], bucket))
			return true;
	return false;
}
