/* Reads readings from JSON. */
#include "edge/snapshot_read.h"

#include <string.h>

#include "base/json_tree.h"
#include "edge/snapshot.h"
#include "edge/snapshot_reader.h"
#include "edge/snapshot_words.h"

enum {
	/* Members of each object. */
	SNAPSHOT_MEMBERS = 4,
	DISTRIBUTION_MEMBERS = 15,
	ORIGIN_MEMBERS = 4,
	GROUP_MEMBERS = 2,
	BEHAVIOR_MEMBERS = 10,
	FUNCTION_MEMBERS = 3,
	ERROR_MEMBERS = 4,
	POLICY_MEMBERS = 9,
	CONTINUOUS_MEMBERS = 6, /* one if it was not read */
};

static void
read_cache(struct cache_settings *out, struct strict_reader *reader,
	const cJSON *object)
{
	out->ttl_min = snapshot_reader_number(reader, object, "ttl_min");
	out->ttl_default =
		snapshot_reader_number(reader, object, "ttl_default");
	out->ttl_max = snapshot_reader_number(reader, object, "ttl_max");
	out->query_key = (enum query_key)snapshot_reader_word(
		reader, object, "query_key", snapshot_words_query_key);
}

static void
read_origins(struct distribution *out, struct strict_reader *reader,
	const cJSON *object)
{
	size_t count, i;
	const cJSON *at = snapshot_reader_array(
		reader, object, "origins", ORIGINS_MAX, &count);
	struct origin *origin;

	out->origins =
		strict_reader_alloc(reader, count * sizeof(*out->origins));
	out->origin_count = out->origins ? count : 0;
	for (i = 0; i < out->origin_count; i++, at = at->next) {
		origin = &out->origins[i];
		snapshot_reader_members(reader, at, ORIGIN_MEMBERS);
		origin->id = snapshot_reader_text(reader, at, "id", true);
		origin->domain_name =
			snapshot_reader_text(reader, at, "domain_name", true);
		origin->path = snapshot_reader_text(reader, at, "path", false);
		origin->kind = (enum origin_kind)snapshot_reader_word(
			reader, at, "kind", snapshot_words_origin);
	}
}

static void
read_groups(struct distribution *out, struct strict_reader *reader,
	const cJSON *object)
{
	size_t count, i;
	const cJSON *at = snapshot_reader_array(
		reader, object, "origin_groups", ORIGIN_GROUPS_MAX, &count);

	out->groups = strict_reader_alloc(reader, count * sizeof(*out->groups));
	out->group_count = out->groups ? count : 0;
	for (i = 0; i < out->group_count; i++, at = at->next) {
		snapshot_reader_members(reader, at, GROUP_MEMBERS);
		out->groups[i].id =
			snapshot_reader_text(reader, at, "id", true);
		out->groups[i].members = snapshot_reader_texts(reader, at,
			"members", ORIGIN_GROUP_MEMBERS_MAX,
			&out->groups[i].member_count);
	}
}

static void
read_functions(struct cache_behavior *out, struct strict_reader *reader,
	const cJSON *object)
{
	size_t count, i;
	const cJSON *at = snapshot_reader_array(
		reader, object, "functions", (size_t)2 * FUNCTIONS_MAX, &count);
	struct edge_function *f;

	out->functions =
		strict_reader_alloc(reader, count * sizeof(*out->functions));
	out->function_count = out->functions ? count : 0;
	for (i = 0; i < out->function_count; i++, at = at->next) {
		f = &out->functions[i];
		snapshot_reader_members(reader, at, FUNCTION_MEMBERS);
		f->arn = snapshot_reader_text(reader, at, "arn", true);
		f->event = (enum function_event)snapshot_reader_word(
			reader, at, "event", snapshot_words_event);
		f->lambda = snapshot_reader_bool(reader, at, "lambda");
	}
}

/* Only the last behaviour, the default, has no pattern. */
static const char *
read_pattern(struct strict_reader *reader, const cJSON *object, bool last)
{
	const cJSON *pattern =
		cJSON_GetObjectItemCaseSensitive(object, "path_pattern");
	const char *text;

	if (last) {
		if (!cJSON_IsNull(pattern))
			strict_reader_fail(reader,
				"\"path_pattern\" of the last behaviour is not "
				"null");
		return NULL;
	}
	text = snapshot_reader_text(reader, object, "path_pattern", true);
	if (strlen(text) > PATH_PATTERN_MAX)
		strict_reader_fail(reader,
			"\"path_pattern\" has more than %d bytes",
			PATH_PATTERN_MAX);
	return text;
}

static void
read_behaviors(struct distribution *out, struct strict_reader *reader,
	const cJSON *object)
{
	size_t count, i;
	const cJSON *at = snapshot_reader_array(
		reader, object, "behaviors", BEHAVIORS_MAX + 1, &count);
	struct cache_behavior *b;

	if (count == 0)
		strict_reader_fail(reader, "\"behaviors\" is empty");
	out->behaviors =
		strict_reader_alloc(reader, count * sizeof(*out->behaviors));
	out->behavior_count = out->behaviors ? count : 0;
	for (i = 0; i < out->behavior_count; i++, at = at->next) {
		b = &out->behaviors[i];
		snapshot_reader_members(reader, at, BEHAVIOR_MEMBERS);
		b->path_pattern = read_pattern(reader, at, i + 1 == count);
		b->target = snapshot_reader_text(reader, at, "target", true);
		b->policy_id =
			snapshot_reader_text(reader, at, "policy_id", false);
		read_cache(&b->legacy, reader, at);
		read_functions(b, reader, at);
		b->signed_urls =
			snapshot_reader_bool(reader, at, "signed_urls");
		b->smooth_streaming =
			snapshot_reader_bool(reader, at, "smooth_streaming");
	}
}

static void
read_errors(struct distribution *out, struct strict_reader *reader,
	const cJSON *object)
{
	size_t count, i;
	const cJSON *at = snapshot_reader_array(
		reader, object, "errors", ERROR_RESPONSES_MAX, &count);
	struct error_response *e;

	out->errors = strict_reader_alloc(reader, count * sizeof(*out->errors));
	out->error_count = out->errors ? count : 0;
	for (i = 0; i < out->error_count; i++, at = at->next) {
		e = &out->errors[i];
		snapshot_reader_members(reader, at, ERROR_MEMBERS);
		e->code = snapshot_reader_number(reader, at, "code");
		e->page = snapshot_reader_text(reader, at, "page", false);
		e->response_code = snapshot_reader_text(
			reader, at, "response_code", false);
		e->ttl = snapshot_reader_number(reader, at, "ttl");
		if (e->ttl < 0 || e->code <= 0)
			strict_reader_fail(
				reader, "an error without \"code\" or \"ttl\"");
	}
}

static void
read_distribution(struct distribution *out, struct strict_reader *reader,
	const cJSON *object)
{
	snapshot_reader_members(reader, object, DISTRIBUTION_MEMBERS);
	out->id = snapshot_reader_text(reader, object, "id", true);
	out->etag = snapshot_reader_text(reader, object, "etag", false);
	out->last_modified =
		snapshot_reader_text(reader, object, "last_modified", true);
	out->status = snapshot_reader_text(reader, object, "status", true);
	out->domain_name =
		snapshot_reader_text(reader, object, "domain_name", true);
	out->aliases = snapshot_reader_texts(
		reader, object, "aliases", ALIASES_MAX, &out->alias_count);
	out->default_root_object = snapshot_reader_text(
		reader, object, "default_root_object", false);
	read_origins(out, reader, object);
	read_groups(out, reader, object);
	read_behaviors(out, reader, object);
	read_errors(out, reader, object);
	out->enabled = snapshot_reader_bool(reader, object, "enabled");
	out->staging = snapshot_reader_bool(reader, object, "staging");
	out->continuous_policy_id = snapshot_reader_text(
		reader, object, "continuous_policy_id", false);
	out->connection_mode = (enum connection_mode)snapshot_reader_word(
		reader, object, "connection_mode", snapshot_words_connection);
}

/* They are those that the behaviours name, in the same order. */
static void
read_policies(struct reading *reading, struct strict_reader *reader,
	const cJSON *object)
{
	size_t count, i;
	const cJSON *at = snapshot_reader_array(
		reader, object, "policies", BEHAVIORS_MAX + 1, &count);
	struct cache_policy *p;

	if (reader->err.code != ERR_NONE ||
		reading_list_policies(reading, &reader->err) != 0)
		return;
	if (count != reading->policy_count)
		strict_reader_fail(
			reader, "\"policies\" are not those of the behaviours");
	for (i = 0; reader->err.code == ERR_NONE && i < count;
		i++, at = at->next) {
		p = &reading->policies[i];
		snapshot_reader_members(reader, at, POLICY_MEMBERS);
		if (strcmp(snapshot_reader_text(reader, at, "id", true),
			    p->id) != 0)
			strict_reader_fail(reader,
				"\"policies\" are not those of the "
				"behaviours");
		p->name = snapshot_reader_text(reader, at, "name", false);
		p->etag = snapshot_reader_text(reader, at, "etag", false);
		p->last_modified = snapshot_reader_text(
			reader, at, "last_modified", false);
		p->source = (enum cache_policy_source)snapshot_reader_word(
			reader, at, "source", snapshot_words_source);
		read_cache(&p->cache, reader, at);
	}
}

static void
read_continuous(struct reading *reading, struct strict_reader *reader,
	const cJSON *object)
{
	struct continuous_deployment *c = &reading->continuous;

	reading->continuous_state = (enum continuous_state)snapshot_reader_word(
		reader, object, "state", snapshot_words_continuous);
	if (reading->continuous_state != CONTINUOUS_READ) {
		snapshot_reader_members(reader, object, 1);
		return;
	}
	snapshot_reader_members(reader, object, CONTINUOUS_MEMBERS);
	c->id = snapshot_reader_text(reader, object, "id", true);
	c->etag = snapshot_reader_text(reader, object, "etag", false);
	c->last_modified =
		snapshot_reader_text(reader, object, "last_modified", false);
	c->enabled = snapshot_reader_bool(reader, object, "enabled");
	c->staging = snapshot_reader_texts(reader, object, "staging",
		STAGING_NAMES_MAX, &c->staging_count);
}

/* The format comes first: another one is not to be read at all. */
static void
read_root(struct reading *reading, struct strict_reader *reader,
	const cJSON *root)
{
	if (snapshot_reader_number(reader, root, "format") != SNAPSHOT_FORMAT)
		strict_reader_fail(reader,
			"its format is not %d: save it again with this "
			"version of edgediff",
			SNAPSHOT_FORMAT);
	snapshot_reader_members(reader, root, SNAPSHOT_MEMBERS);
	read_distribution(&reading->distribution, reader,
		snapshot_reader_object(reader, root, "distribution"));
	read_policies(reading, reader, root);
	read_continuous(reading, reader,
		snapshot_reader_object(reader, root, "continuous_deployment"));
}

int
snapshot_read(
	struct reading *reading, const char *text, size_t len, struct err *err)
{
	struct strict_reader reader;
	const char *fault;
	cJSON *root = NULL;

	reading_init(reading);
	strict_reader_init(&reader, &reading->texts, ERR_INPUT);
	if (len <= SNAPSHOT_MAX)
		root = json_tree_parse(text, len, &fault);
	if (!root)
		strict_reader_fail(&reader,
			"expected the JSON that edgediff inspect --save "
			"writes");
	else
		read_root(reading, &reader, root);
	cJSON_Delete(root);
	return strict_reader_finish(&reader, err);
}
