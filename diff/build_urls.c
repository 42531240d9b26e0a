/* Finds the URLs at which the objects of two builds are served. */
#include "diff/build_urls.h"

#include <assert.h>
#include <string.h>

#include "base/escape.h"
#include "diff/site_urls.h"
#include "diff/url_set_builder.h"

/*
 * Add the URL that consists of the first `len` characters of the object's path.
 */
static int
add_url(struct url_set_builder *b, size_t len, struct err *err)
{
	struct url_set *set = b->set;
	size_t cut = len < b->doubtful ? len : b->doubtful;
	struct escaped_name shown;
	char *text;

	if (len > INVALIDATION_PATH_MAX && b->in_new_build)
		return err_set(err, ERR_INPUT,
			"%s: its URL has %zu characters, but an invalidation "
			"path may have at most %d: shorten the name or leave "
			"the file out with --exclude",
			escape_show(&shown, b->object->key, b->object->key_len),
			len, INVALIDATION_PATH_MAX);
	if (len > INVALIDATION_PATH_MAX && cut > INVALIDATION_PATH_MAX - 1)
		cut = url_cut(b->text.data, INVALIDATION_PATH_MAX - 1);
	if (url_set_builder_grow(b, err) != 0)
		return -1;
	text = arena_copy(&set->texts, b->text.data, len);
	if (!text)
		return err_memory(err);
	set->list[set->count++] = (struct url){
		.text = text,
		.len = (uint32_t)len,
		.cut = (uint32_t)cut,
		.stale = b->stale,
		.neutral = b->neutral,
		.exact = len <= INVALIDATION_PATH_MAX && b->doubtful >= len,
	};
	return 0;
}

static int
check_mount(const struct url_set_builder *b, size_t len, struct err *err)
{
	if (len >= b->set->mount_len || !b->rules->query_strings ||
		b->rules->site)
		return 0;
	return err_set(err, ERR_USAGE,
		"--index-urls bare: %.*s is outside --prefix %s, so no "
		"wildcard may cover it, and with --query-strings no "
		"exact path does",
		(int)len, b->text.data, b->set->mount);
}

/* The URL was not the current object's before: it is stale once. */
static void
mark_new_form(struct url_set_builder *b, const size_t *deployed, size_t count,
	size_t len)
{
	struct url *url = &b->set->list[b->set->count - 1];
	size_t i;

	for (i = 0; i < count; i++)
		if (deployed[i] == len)
			return;
	if (b->rules->site || b->rules->deployed_site)
		url_set_builder_mark_once(b, url);
	else
		url_set_builder_mark_stale(b, url);
}

/* The URLs of the current object, as lengths of its path. */
struct object_urls {
	size_t lengths[URL_FORMS_MAX], count;
	size_t now; /* the first ones are by the rules; the rest was before */
	size_t deployed[URL_FORMS_MAX], deployed_count; /* by rules->deployed */
};

static void
add_lengths(struct object_urls *urls, const size_t *lengths, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++)
		urls->count =
			site_urls_add(urls->lengths, urls->count, lengths[i]);
}

/*
 * Those by the rules and, if the site or the forms have changed, those by what
 * held at the last deployment.
 */
static void
derive(const struct url_set_builder *b, struct object_urls *urls)
{
	const struct url_rules *rules = b->rules;
	const char *index = buf_str(&b->index);
	const char *path = b->text.data;
	size_t before[URL_FORMS_MAX], len = b->text.len;

	urls->deployed_count = 0;
	urls->count = urls->now = site_urls_derive(
		rules->site, &rules->forms, index, path, len, urls->lengths);
	if (b->changed_site)
		add_lengths(urls, before,
			site_urls_derive(rules->deployed_site, &rules->forms,
				index, path, len, before));
	if (!rules->deployed)
		return;
	urls->deployed_count =
		site_urls_derive(rules->deployed_site, rules->deployed,
			buf_str(&b->deployed_index), path, len, urls->deployed);
	add_lengths(urls, urls->deployed, urls->deployed_count);
}

/* Add the URLs of an object. */
static int
add_object(
	struct url_set_builder *b, const struct object *object, struct err *err)
{
	const struct url_rules *rules = b->rules;
	struct object_urls urls;
	size_t i;

	b->object = object;
	buf_clear(&b->text);
	buf_add(&b->text, b->set->mount, b->set->mount_len);
	url_encode(&b->text, object->key, object->key_len);
	if (buf_check(&b->text, err) != 0)
		return -1;
	b->doubtful = url_set_builder_find_doubtful(b->text.data, rules);
	derive(b, &urls);
	for (i = 0; i < urls.count; i++) {
		if (check_mount(b, urls.lengths[i], err) != 0 ||
			add_url(b, urls.lengths[i], err) != 0)
			return -1;
		if (rules->deployed)
			mark_new_form(b, urls.deployed, urls.deployed_count,
				urls.lengths[i]);
		if (i >= urls.now) /* it gets another answer */
			url_set_builder_mark_once(
				b, &b->set->list[b->set->count - 1]);
		url_set_builder_apply_site(b);
	}
	return 0;
}

/* Does the change make its object's URLs neutral? */
static bool
makes_neutral(const struct url_set_builder *b, const struct change *change)
{
	return change->kind == CHANGE_ADDED && b->rules->skip_added &&
	       !b->everything;
}

/* Does the change make its object's URLs stale? Counts immutable ones. */
static bool
makes_stale(struct url_set_builder *b, const struct change *change)
{
	struct url_set *set = b->set;

	if (makes_neutral(b, change))
		return false;
	if (!url_set_builder_is_immutable(b->rules, change_object(change)))
		return true;
	if (change->kind == CHANGE_CHANGED &&
		!object_is_unknown(change->before)) {
		if (!set->immutable_changed)
			set->immutable_changed = change->after;
		set->immutable_changed_count++;
	}
	return false;
}

/* Add every object of the new build and every removed one, each key once. */
static int
add_objects(struct url_set_builder *b, const struct manifest *after,
	const struct changes *changes, struct err *err)
{
	const struct change *change = changes->list;
	const struct change *end = change ? change + changes->count : change;
	size_t i = 0;

	while (i < after->count || change != end) {
		const struct object *object;
		bool changed =
			change != end &&
			(!change->after || change->after == &after->objects[i]);

		/* otherwise a change does not belong to this manifest */
		assert(changed || i < after->count);
		b->in_new_build = !changed || change->after;
		object = b->in_new_build ? &after->objects[i] : change->before;
		b->stale = changed ? makes_stale(b, change)
				   : b->everything &&
					     !url_set_builder_is_immutable(
						     b->rules, object);
		b->neutral = changed && makes_neutral(b, change);
		i += b->in_new_build;
		if (changed) /* an empty list has no element to skip */
			change++;
		if (add_object(b, object, err) != 0)
			return -1;
	}
	return 0;
}

static void
encode_index(struct buf *out, const struct url_forms *forms)
{
	url_encode(out, forms->index_document, strlen(forms->index_document));
}

/* Encode the prefixes and the index document of the rules. */
static int
encode_rules(struct url_set_builder *b, struct err *err)
{
	const struct url_rules *rules = b->rules;
	struct url_set *set = b->set;
	size_t i;

	buf_clear(&b->text);
	url_encode(&b->text, rules->prefix, strlen(rules->prefix));
	encode_index(&b->index, &rules->forms);
	if (rules->deployed)
		encode_index(&b->deployed_index, rules->deployed);
	if (b->text.failed == ERR_MEMORY)
		return err_memory(err);
	if (b->text.failed || b->text.len >= INVALIDATION_PATH_MAX)
		return err_set(err, ERR_USAGE,
			"--prefix: longer than CloudFront's limit of %d "
			"characters for a path",
			INVALIDATION_PATH_MAX);
	if (buf_check(&b->index, err) != 0 ||
		buf_check(&b->deployed_index, err) != 0)
		return -1;
	set->mount_len = b->text.len;
	set->mount = arena_copy(&set->texts, b->text.data, b->text.len);
	set->never_widen = arena_alloc(&set->texts,
		(rules->never_widen_count + 1) * sizeof(*set->never_widen));
	if (!set->mount || !set->never_widen)
		return err_memory(err);
	for (i = 0; i < rules->never_widen_count; i++) {
		const char *raw = rules->never_widen[i];

		buf_clear(&b->text);
		url_encode(&b->text, raw, strlen(raw));
		if (buf_check(&b->text, err) != 0)
			return err_context(err, "--never-widen");
		set->never_widen[i] =
			arena_copy(&set->texts, b->text.data, b->text.len);
		if (!set->never_widen[i])
			return err_memory(err);
		set->never_widen_count++;
	}
	return 0;
}

int
build_urls_find(struct url_set *set, const struct manifest *after,
	const struct changes *changes, bool everything,
	const struct url_rules *rules, struct err *err)
{
	struct url_set_builder b = {
		.set = set, .rules = rules, .everything = everything};
	size_t objects = after->count + changes->removed;
	const char *wrong;
	int rc;

	b.changed_site = rules->deployed_site &&
			 !site_is_same(rules->site, rules->deployed_site);
	*set = (struct url_set){.site = rules->site};
	arena_init(&set->texts);
	buf_init(&b.text, URL_ENCODED_MAX);
	buf_init(&b.index, URL_ENCODED_MAX);
	buf_init(&b.deployed_index, URL_ENCODED_MAX);
	rc = url_rules_check(rules, &wrong, err);
	if (rc == 0)
		rc = encode_rules(&b, err);
	if (rc == 0) /* more only if many objects have several URLs */
		rc = url_set_builder_reserve(
			&b, objects + objects / 8 + 64, err);
	if (rc == 0)
		rc = add_objects(&b, after, changes, err);
	if (rc == 0)
		rc = url_set_builder_add_wildcards(&b, err);
	if (rc == 0)
		rc = url_set_seal(set, err);
	if (rc != 0)
		url_set_release(set);
	buf_release(&b.text);
	buf_release(&b.index);
	buf_release(&b.deployed_index);
	return rc;
}
