/* Reads a distribution's configuration from XML. */
#include "aws/distribution.h"

#include <string.h>
#include <strings.h>

#include "base/escape.h"

static void
read_aliases(struct distribution *out, struct strict_reader *reader,
	const xmlNode *config)
{
	size_t count, i;
	const xmlNode *at = xml_reader_list(
		reader, config, "Aliases", "CNAME", ALIASES_MAX, &count);

	out->aliases = strict_reader_alloc(reader, count * sizeof(char *));
	for (i = 0; out->aliases && i < count; i++) {
		out->aliases[i] = xml_reader_own_text(reader, at);
		at = xml_reader_next(at);
	}
	out->alias_count = out->aliases ? count : 0;
}

static void
read_origin(
	struct origin *out, struct strict_reader *reader, const xmlNode *node)
{
	out->id = xml_reader_need(reader, node, "Id");
	out->domain_name = xml_reader_need(reader, node, "DomainName");
	out->path = xml_reader_text(reader, node, "OriginPath");
	out->kind = origin_kind_of(out->domain_name,
		xml_element_child(node, "S3OriginConfig") != NULL,
		xml_element_child(node, "CustomOriginConfig") != NULL ||
			xml_element_child(node, "VpcOriginConfig") != NULL);
}

static void
read_origins(struct distribution *out, struct strict_reader *reader,
	const xmlNode *config)
{
	size_t count, i;
	const xmlNode *at = xml_reader_list(
		reader, config, "Origins", "Origin", ORIGINS_MAX, &count);

	out->origins =
		strict_reader_alloc(reader, count * sizeof(*out->origins));
	for (i = 0; out->origins && i < count; i++) {
		read_origin(&out->origins[i], reader, at);
		at = xml_reader_next(at);
	}
	out->origin_count = out->origins ? count : 0;
}

static void
read_group(struct origin_group *out, struct strict_reader *reader,
	const xmlNode *node)
{
	size_t count, i;
	const xmlNode *at = xml_reader_list(reader, node, "Members",
		"OriginGroupMember", ORIGIN_GROUP_MEMBERS_MAX, &count);

	out->id = xml_reader_need(reader, node, "Id");
	out->members = strict_reader_alloc(reader, count * sizeof(char *));
	for (i = 0; out->members && i < count; i++) {
		out->members[i] = xml_reader_need(reader, at, "OriginId");
		at = xml_reader_next(at);
	}
	out->member_count = out->members ? count : 0;
}

static void
read_groups(struct distribution *out, struct strict_reader *reader,
	const xmlNode *config)
{
	size_t count, i;
	const xmlNode *at = xml_reader_list(reader, config, "OriginGroups",
		"OriginGroup", ORIGIN_GROUPS_MAX, &count);

	out->groups = strict_reader_alloc(reader, count * sizeof(*out->groups));
	for (i = 0; out->groups && i < count; i++) {
		read_group(&out->groups[i], reader, at);
		at = xml_reader_next(at);
	}
	out->group_count = out->groups ? count : 0;
}

static enum function_event
event_of(const char *text)
{
	static const struct {
		const char *text;
		enum function_event event;
	} events[] = {{"viewer-request", EVENT_VIEWER_REQUEST},
		{"viewer-response", EVENT_VIEWER_RESPONSE},
		{"origin-request", EVENT_ORIGIN_REQUEST},
		{"origin-response", EVENT_ORIGIN_RESPONSE}};
	size_t i;

	for (i = 0; i < sizeof(events) / sizeof(events[0]); i++)
		if (strcmp(text, events[i].text) == 0)
			return events[i].event;
	return EVENT_UNKNOWN;
}

/* Functions of both kinds, one list after the other. */
static void
read_functions(struct cache_behavior *out, struct strict_reader *reader,
	const xmlNode *node)
{
	size_t plain, lambda, i;
	const xmlNode *at =
		xml_reader_list(reader, node, "FunctionAssociations",
			"FunctionAssociation", FUNCTIONS_MAX, &plain);
	const xmlNode *at_lambda =
		xml_reader_list(reader, node, "LambdaFunctionAssociations",
			"LambdaFunctionAssociation", FUNCTIONS_MAX, &lambda);
	struct edge_function *f;

	out->functions = strict_reader_alloc(
		reader, (plain + lambda) * sizeof(*out->functions));
	for (i = 0; out->functions && i < plain + lambda; i++) {
		f = &out->functions[i];
		f->lambda = i >= plain;
		if (i == plain)
			at = at_lambda;
		f->arn = xml_reader_need(reader, at,
			f->lambda ? "LambdaFunctionARN" : "FunctionARN");
		f->event = event_of(xml_reader_text(reader, at, "EventType"));
		at = xml_reader_next(at);
	}
	out->function_count = out->functions ? plain + lambda : 0;
}

static bool
is_enabled(struct strict_reader *reader, const xmlNode *node, const char *name)
{
	const xmlNode *child = xml_element_child(node, name);

	/* one without Enabled may well be meant */
	return child && xml_reader_bool(reader, child, "Enabled", true);
}

static void
read_behavior(struct cache_behavior *out, struct strict_reader *reader,
	const xmlNode *node)
{
	out->target = xml_reader_need(reader, node, "TargetOriginId");
	out->policy_id = xml_reader_text(reader, node, "CachePolicyId");
	if (out->policy_id[0])
		out->legacy = cache_settings_unknown;
	else
		cache_settings_read(&out->legacy, reader, node);
	read_functions(out, reader, node);
	out->signed_urls = is_enabled(reader, node, "TrustedSigners") ||
			   is_enabled(reader, node, "TrustedKeyGroups");
	out->smooth_streaming =
		xml_reader_bool(reader, node, "SmoothStreaming", false);
}

static void
read_behaviors(struct distribution *out, struct strict_reader *reader,
	const xmlNode *config)
{
	size_t count, i;
	const xmlNode *at = xml_reader_list(reader, config, "CacheBehaviors",
		"CacheBehavior", BEHAVIORS_MAX, &count);
	const xmlNode *last = xml_element_child(config, "DefaultCacheBehavior");
	struct cache_behavior *behaviors;

	if (!last)
		strict_reader_fail(reader, "no <DefaultCacheBehavior>");
	behaviors =
		strict_reader_alloc(reader, (count + 1) * sizeof(*behaviors));
	if (!behaviors)
		return;
	for (i = 0; i < count; i++) {
		behaviors[i].path_pattern =
			xml_reader_need(reader, at, "PathPattern");
		if (strlen(behaviors[i].path_pattern) > PATH_PATTERN_MAX)
			strict_reader_fail(reader,
				"a <PathPattern> has more than %d characters",
				PATH_PATTERN_MAX);
		read_behavior(&behaviors[i], reader, at);
		at = xml_reader_next(at);
	}
	read_behavior(&behaviors[count], reader, last);
	out->behaviors = behaviors;
	out->behavior_count = count + 1;
}

static void
read_errors(struct distribution *out, struct strict_reader *reader,
	const xmlNode *config)
{
	size_t count, i;
	const xmlNode *at =
		xml_reader_list(reader, config, "CustomErrorResponses",
			"CustomErrorResponse", ERROR_RESPONSES_MAX, &count);
	struct error_response *e;

	out->errors = strict_reader_alloc(reader, count * sizeof(*out->errors));
	for (i = 0; out->errors && i < count; i++) {
		e = &out->errors[i];
		e->code = xml_reader_number(reader, at, "ErrorCode", 0);
		if (e->code == 0)
			strict_reader_fail(reader, "an error page without an "
						   "<ErrorCode>");
		e->page = xml_reader_text(reader, at, "ResponsePagePath");
		e->response_code = xml_reader_text(reader, at, "ResponseCode");
		e->ttl = xml_reader_number(
			reader, at, "ErrorCachingMinTTL", ERROR_TTL_DEFAULT);
		at = xml_reader_next(at);
	}
	out->error_count = out->errors ? count : 0;
}

static enum connection_mode
connection_mode_of(const char *text)
{
	if (!text[0] || strcmp(text, "direct") == 0)
		return CONNECTION_DIRECT;
	return strcmp(text, "tenant-only") == 0 ? CONNECTION_TENANT_ONLY
						: CONNECTION_UNKNOWN;
}

static void
read_config(struct distribution *out, struct strict_reader *reader,
	const xmlNode *config)
{
	read_aliases(out, reader, config);
	out->default_root_object =
		xml_reader_text(reader, config, "DefaultRootObject");
	read_origins(out, reader, config);
	read_groups(out, reader, config);
	read_behaviors(out, reader, config);
	read_errors(out, reader, config);
	out->enabled = xml_reader_bool(reader, config, "Enabled", true);
	out->staging = xml_reader_bool(reader, config, "Staging", false);
	out->continuous_policy_id =
		xml_reader_text(reader, config, "ContinuousDeploymentPolicyId");
	out->connection_mode = connection_mode_of(
		xml_reader_text(reader, config, "ConnectionMode"));
}

static void
read_root(struct distribution *out, struct strict_reader *reader,
	const xmlNode *root)
{
	const xmlNode *config = xml_element_child(root, "DistributionConfig");
	struct escaped_name shown;

	if (!xml_element_is(root, "Distribution") || !config)
		strict_reader_fail(reader,
			"expected a <Distribution> with a "
			"<DistributionConfig>, found <%s>",
			escape_show_str(&shown, (const char *)root->name));
	out->id = xml_reader_need(reader, root, "Id");
	out->etag = "";
	out->last_modified = xml_reader_need(reader, root, "LastModifiedTime");
	out->status = xml_reader_need(reader, root, "Status");
	out->domain_name = xml_reader_need(reader, root, "DomainName");
	read_config(out, reader, config);
}

int
distribution_read(struct distribution *out, struct arena *texts,
	const char *body, size_t len, struct err *err)
{
	struct strict_reader reader;
	xmlDoc *doc = xml_document_parse_secret(body, len, err);

	*out = (struct distribution){.id = NULL};
	if (!doc)
		return -1;
	strict_reader_init(&reader, texts, ERR_SERVICE);
	read_root(out, &reader, xmlDocGetRootElement(doc));
	xmlFreeDoc(doc);
	return strict_reader_finish(&reader, err);
}

const struct origin *
distribution_origin(const struct distribution *distribution, const char *id)
{
	size_t i;

	for (i = 0; i < distribution->origin_count; i++)
		if (strcmp(distribution->origins[i].id, id) == 0)
			return &distribution->origins[i];
	return NULL;
}

const struct origin_group *
distribution_group(const struct distribution *distribution, const char *id)
{
	size_t i;

	for (i = 0; i < distribution->group_count; i++)
		if (strcmp(distribution->groups[i].id, id) == 0)
			return &distribution->groups[i];
	return NULL;
}

bool
distribution_is_deployed(const struct distribution *distribution)
{
	return strcmp(distribution->status, "Deployed") == 0;
}

bool
distribution_alias_covers(const char *alias, const char *host)
{
	const char *rest = strchr(host, '.');

	if (alias[0] == '*' && alias[1] == '.')
		return rest && rest > host && strcasecmp(alias + 1, rest) == 0;
	return strcasecmp(alias, host) == 0;
}

bool
distribution_serves(const struct distribution *distribution, const char *host)
{
	size_t i;

	for (i = 0; i < distribution->alias_count; i++)
		if (distribution_alias_covers(distribution->aliases[i], host))
			return true;
	return strcasecmp(distribution->domain_name, host) == 0;
}
