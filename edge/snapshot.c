/* Writes readings as JSON. */
#include "edge/snapshot.h"

#include "base/json_writer.h"
#include "edge/snapshot_words.h"

static void
put_text(struct json_writer *json, const char *name, const char *text)
{
	json_write_key(json, name);
	json_write_string(json, text);
}

static void
put_bool(struct json_writer *json, const char *name, bool truth)
{
	json_write_key(json, name);
	json_write_bool(json, truth);
}

/* A number of seconds, or another one that is not negative; else null. */
static void
put_number(struct json_writer *json, const char *name, int64_t number)
{
	json_write_key(json, name);
	if (number < 0)
		json_write_null(json);
	else
		json_write_uint(json, (uint64_t)number);
}

static void
put_texts(struct json_writer *json, const char *name, const char *const *texts,
	size_t count)
{
	size_t i;

	json_write_key(json, name);
	json_begin_array(json);
	for (i = 0; i < count; i++)
		json_write_string(json, texts[i]);
	json_end_array(json);
}

static void
put_cache(struct json_writer *json, const struct cache_settings *cache)
{
	put_number(json, "ttl_min", cache->ttl_min);
	put_number(json, "ttl_default", cache->ttl_default);
	put_number(json, "ttl_max", cache->ttl_max);
	put_text(json, "query_key", snapshot_words_query_key[cache->query_key]);
}

static void
put_origins(struct json_writer *json, const struct distribution *d)
{
	size_t i;

	json_write_key(json, "origins");
	json_begin_array(json);
	for (i = 0; i < d->origin_count; i++) {
		const struct origin *origin = &d->origins[i];

		json_begin_object(json);
		put_text(json, "id", origin->id);
		put_text(json, "domain_name", origin->domain_name);
		put_text(json, "path", origin->path);
		put_text(json, "kind", snapshot_words_origin[origin->kind]);
		json_end_object(json);
	}
	json_end_array(json);
	json_write_key(json, "origin_groups");
	json_begin_array(json);
	for (i = 0; i < d->group_count; i++) {
		json_begin_object(json);
		put_text(json, "id", d->groups[i].id);
		put_texts(json, "members", d->groups[i].members,
			d->groups[i].member_count);
		json_end_object(json);
	}
	json_end_array(json);
}

static void
put_behavior(struct json_writer *json, const struct cache_behavior *b)
{
	size_t i;

	json_begin_object(json);
	json_write_key(json, "path_pattern");
	if (b->path_pattern)
		json_write_string(json, b->path_pattern);
	else
		json_write_null(json);
	put_text(json, "target", b->target);
	put_text(json, "policy_id", b->policy_id);
	put_cache(json, &b->legacy);
	json_write_key(json, "functions");
	json_begin_array(json);
	for (i = 0; i < b->function_count; i++) {
		json_begin_object(json);
		put_text(json, "arn", b->functions[i].arn);
		put_text(json, "event",
			snapshot_words_event[b->functions[i].event]);
		put_bool(json, "lambda", b->functions[i].lambda);
		json_end_object(json);
	}
	json_end_array(json);
	put_bool(json, "signed_urls", b->signed_urls);
	put_bool(json, "smooth_streaming", b->smooth_streaming);
	json_end_object(json);
}

static void
put_errors(struct json_writer *json, const struct distribution *d)
{
	size_t i;

	json_write_key(json, "errors");
	json_begin_array(json);
	for (i = 0; i < d->error_count; i++) {
		json_begin_object(json);
		put_number(json, "code", d->errors[i].code);
		put_text(json, "page", d->errors[i].page);
		put_text(json, "response_code", d->errors[i].response_code);
		put_number(json, "ttl", d->errors[i].ttl);
		json_end_object(json);
	}
	json_end_array(json);
}

static void
put_distribution(struct json_writer *json, const struct distribution *d)
{
	size_t i;

	json_write_key(json, "distribution");
	json_begin_object(json);
	put_text(json, "id", d->id);
	put_text(json, "etag", d->etag);
	put_text(json, "last_modified", d->last_modified);
	put_text(json, "status", d->status);
	put_text(json, "domain_name", d->domain_name);
	put_texts(json, "aliases", d->aliases, d->alias_count);
	put_text(json, "default_root_object", d->default_root_object);
	put_origins(json, d);
	json_write_key(json, "behaviors");
	json_begin_array(json);
	for (i = 0; i < d->behavior_count; i++)
		put_behavior(json, &d->behaviors[i]);
	json_end_array(json);
	put_errors(json, d);
	put_bool(json, "enabled", d->enabled);
	put_bool(json, "staging", d->staging);
	put_text(json, "continuous_policy_id", d->continuous_policy_id);
	put_text(json, "connection_mode",
		snapshot_words_connection[d->connection_mode]);
	json_end_object(json);
}

static void
put_policies(struct json_writer *json, const struct reading *reading)
{
	size_t i;

	json_write_key(json, "policies");
	json_begin_array(json);
	for (i = 0; i < reading->policy_count; i++) {
		const struct cache_policy *p = &reading->policies[i];

		json_begin_object(json);
		put_text(json, "id", p->id);
		put_text(json, "name", p->name);
		put_text(json, "etag", p->etag);
		put_text(json, "last_modified", p->last_modified);
		put_text(json, "source", snapshot_words_source[p->source]);
		put_cache(json, &p->cache);
		json_end_object(json);
	}
	json_end_array(json);
}

/* Members but for the state are there only if it was read. */
static void
put_continuous(struct json_writer *json, const struct reading *reading)
{
	const struct continuous_deployment *c = &reading->continuous;

	json_write_key(json, "continuous_deployment");
	json_begin_object(json);
	put_text(json, "state",
		snapshot_words_continuous[reading->continuous_state]);
	if (reading->continuous_state == CONTINUOUS_READ) {
		put_text(json, "id", c->id);
		put_text(json, "etag", c->etag);
		put_text(json, "last_modified", c->last_modified);
		put_bool(json, "enabled", c->enabled);
		put_texts(json, "staging", c->staging, c->staging_count);
	}
	json_end_object(json);
}

int
snapshot_write(struct buf *out, const struct reading *reading, struct err *err)
{
	struct json_writer json;

	json_writer_init(&json, buf_emit, out, JSON_INDENTED);
	json_begin_object(&json);
	json_write_key(&json, "format");
	json_write_uint(&json, SNAPSHOT_FORMAT);
	put_distribution(&json, &reading->distribution);
	put_policies(&json, reading);
	put_continuous(&json, reading);
	json_end_object(&json);
	return json_writer_finish(&json, err);
}
