/* Reads cache policies and legacy cache settings. */
#include "aws/cache_policy.h"

#include <string.h>

#include "base/escape.h"

const struct cache_settings cache_settings_unknown = {
	TTL_UNKNOWN, TTL_UNKNOWN, TTL_UNKNOWN, QUERY_KEY_UNKNOWN};

static const struct managed_policy {
	const char *id, *name;
	struct cache_settings cache;
} managed_policies[] = {
	{"4135ea2d-6df8-44a3-9df3-4b5a84be39ad", "Managed-CachingDisabled",
		{0, 0, 0, QUERY_KEY_NONE}},
	{"658327ea-f89d-4fab-a63d-7e88639e58f6", "Managed-CachingOptimized",
		{1, 86400, 31536000, QUERY_KEY_NONE}},
	{"b2884449-e4de-46a7-ac36-70bc7f1ddd6d",
		"Managed-CachingOptimizedForUncompressedObjects",
		{1, 86400, 31536000, QUERY_KEY_NONE}},
	{"2e54312d-136d-493c-8eb9-b001f22f67d2", "Managed-Amplify",
		{2, 2, 600, QUERY_KEY_ALL}},
	{"08627262-05a9-4f76-9ded-b50ca2e3a84f",
		"Managed-Elemental-MediaPackage",
		{0, 86400, 31536000, QUERY_KEY_SOME}},
};

void
cache_policy_assume(struct cache_policy *out, const char *id)
{
	size_t i;

	*out = (struct cache_policy){.id = id,
		.name = "",
		.etag = "",
		.last_modified = "",
		.source = CACHE_POLICY_UNKNOWN,
		.cache = cache_settings_unknown};
	for (i = 0; i < sizeof(managed_policies) / sizeof(managed_policies[0]);
		i++) {
		if (strcmp(id, managed_policies[i].id) != 0)
			continue;
		out->name = managed_policies[i].name;
		out->source = CACHE_POLICY_MANAGED;
		out->cache = managed_policies[i].cache;
	}
}

static enum query_key
read_query_key(const char *behavior)
{
	if (strcmp(behavior, "none") == 0)
		return QUERY_KEY_NONE;
	if (strcmp(behavior, "whitelist") == 0 ||
		strcmp(behavior, "allExcept") == 0)
		return QUERY_KEY_SOME;
	return strcmp(behavior, "all") == 0 ? QUERY_KEY_ALL : QUERY_KEY_UNKNOWN;
}

static void
read_policy(struct cache_policy *out, struct strict_reader *reader,
	const xmlNode *root, const char *id)
{
	const xmlNode *config = xml_element_child(root, "CachePolicyConfig");
	const xmlNode *key = xml_element_child(
		config, "ParametersInCacheKeyAndForwardedToOrigin");
	struct escaped_name shown;

	if (!xml_element_is(root, "CachePolicy") || !config)
		strict_reader_fail(reader,
			"expected a <CachePolicy> with a "
			"<CachePolicyConfig>, found <%s>",
			escape_show_str(&shown, (const char *)root->name));
	out->id = xml_reader_need(reader, root, "Id");
	if (strcmp(out->id, id) != 0)
		strict_reader_fail(reader, "this is another cache policy, %s",
			escape_show_str(&shown, out->id));
	out->last_modified = xml_reader_text(reader, root, "LastModifiedTime");
	out->name = xml_reader_text(reader, config, "Name");
	out->cache.ttl_min =
		xml_reader_number(reader, config, "MinTTL", TTL_UNKNOWN);
	out->cache.ttl_default =
		xml_reader_number(reader, config, "DefaultTTL", TTL_DEFAULT);
	out->cache.ttl_max =
		xml_reader_number(reader, config, "MaxTTL", TTL_MAX);
	out->cache.query_key = read_query_key(xml_reader_text(reader,
		xml_element_child(key, "QueryStringsConfig"),
		"QueryStringBehavior"));
}

int
cache_policy_read(struct cache_policy *out, struct arena *texts, const char *id,
	const char *body, size_t len, struct err *err)
{
	struct strict_reader reader;
	xmlDoc *doc = xml_document_parse(body, len, err);

	*out = (struct cache_policy){.etag = "", .source = CACHE_POLICY_READ};
	if (!doc)
		return -1;
	strict_reader_init(&reader, texts, ERR_SERVICE);
	read_policy(out, &reader, xmlDocGetRootElement(doc), id);
	xmlFreeDoc(doc);
	return strict_reader_finish(&reader, err);
}

void
cache_settings_read(struct cache_settings *out, struct strict_reader *reader,
	const xmlNode *behavior)
{
	const xmlNode *forwarded =
		xml_element_child(behavior, "ForwardedValues");
	size_t count;

	out->ttl_min =
		xml_reader_number(reader, behavior, "MinTTL", TTL_UNKNOWN);
	out->ttl_default =
		xml_reader_number(reader, behavior, "DefaultTTL", TTL_DEFAULT);
	out->ttl_max = xml_reader_number(reader, behavior, "MaxTTL", TTL_MAX);
	if (!xml_element_child(forwarded, "QueryString"))
		out->query_key = QUERY_KEY_UNKNOWN;
	else if (!xml_reader_bool(reader, forwarded, "QueryString", true))
		out->query_key = QUERY_KEY_NONE;
	else if (xml_reader_list(reader, forwarded, "QueryStringCacheKeys",
			 "Name", SIZE_MAX, &count) &&
		 count > 0)
		out->query_key = QUERY_KEY_SOME;
	else
		out->query_key = QUERY_KEY_ALL;
}
