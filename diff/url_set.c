/* Makes the sorted set of URLs at which two builds answer. */
#define _GNU_SOURCE /* qsort_r */
#include <stdlib.h>
#include <string.h>

#include "base/escape.h"
#include "base/glob.h"
#include "diff/url.h"

enum {
	/* the longest encoded key (three characters a byte), behind the
	 * longest encoded prefix */
	TEXT_MAX = 3 * KEY_MAX + INVALIDATION_PATH_MAX,
};

/* What url_set_make works with. */
struct maker {
	struct url_set *set;
	const struct url_rules *rules;
	size_t capacity; /* of set->list */
	struct buf text; /* the encoded own path of the object at hand */
	struct buf index; /* the index document, encoded */

	/* the object at hand */
	const struct object *object;
	bool stale;
	bool current; /* part of the new build */
	size_t doubtful; /* where text can't be passed reliably, or SIZE_MAX */
};

static int
check_prefix(const struct url_rules *rules, struct err *err)
{
	const char *prefix = rules->prefix;
	size_t len = strlen(prefix);
	struct escaped_name shown;

	if (len == 0 || prefix[0] != '/' || prefix[len - 1] != '/')
		return err_set(err, ERR_USAGE,
			"--prefix %s: want a path that begins and ends with /, "
			"like /docs/",
			escape_show_str(&shown, prefix));
	if (strchr(prefix, '*'))
		return err_set(err, ERR_USAGE,
			"--prefix %s: a * in it has no exact path, and a "
			"wildcard would have to be cut above the mount",
			escape_show_str(&shown, prefix));
	if (!rules->doubtful_encode && strpbrk(prefix, "~'"))
		return err_set(err, ERR_USAGE,
			"--prefix %s: a ~ or ' in it would have every wildcard "
			"cut above the mount; use --doubtful encode",
			escape_show_str(&shown, prefix));
	return 0;
}

int
url_rules_check(const struct url_rules *rules, struct err *err)
{
	const char *index = rules->index_document;
	struct escaped_name shown;
	size_t i;

	if (check_prefix(rules, err) != 0)
		return -1;
	if (!*index || strchr(index, '/') || strlen(index) > KEY_MAX)
		return err_set(err, ERR_USAGE,
			"--index-document %s: want one file name, without /",
			escape_show_str(&shown, index));
	if (!rules->index_file && !rules->index_slash && !rules->index_bare)
		return err_set(err, ERR_USAGE,
			"--index-urls: want at least one of file, slash, bare");
	for (i = 0; i < rules->never_widen_count; i++)
		if (rules->never_widen[i][0] != '/' ||
			strchr(rules->never_widen[i], '*'))
			return err_set(err, ERR_USAGE,
				"--never-widen %s: want a prefix that begins "
				"with / and has no *, like /api/",
				escape_show_str(&shown, rules->never_widen[i]));
	return 0;
}

/* Where the first character that no wildcard passes reliably starts. */
static size_t
find_doubtful(const char *text, const struct url_rules *rules)
{
	const char *at;

	for (at = strchr(text, '%'); at; at = strchr(at + 1, '%'))
		if (memcmp(at, "%2A", 3) == 0 ||
			(!rules->doubtful_encode &&
				(memcmp(at, "%7E", 3) == 0 ||
					memcmp(at, "%27", 3) == 0)))
			return (size_t)(at - text);
	return SIZE_MAX;
}

static int
grow_list(struct maker *m, struct err *err)
{
	struct url_set *set = m->set;
	size_t more = m->capacity ? m->capacity + m->capacity / 2 : 256;
	struct url *list;

	if (set->count == URLS_MAX)
		return err_set(err, ERR_INPUT,
			"more than %d URLs in the old and the new build",
			URLS_MAX);
	list = realloc(set->list, more * sizeof(*list));
	if (!list)
		return err_memory(err);
	set->list = list;
	m->capacity = more;
	return 0;
}

/* Add the URL that is the first `len` characters of the own path. */
static int
add_url(struct maker *m, size_t len, struct err *err)
{
	struct url_set *set = m->set;
	size_t cut = len < m->doubtful ? len : m->doubtful;
	struct escaped_name shown;
	char *text;

	if (len > INVALIDATION_PATH_MAX && m->current)
		return err_set(err, ERR_INPUT,
			"%s: its URL has %zu characters, CloudFront's longest "
			"invalidation path %d: shorten the name or leave it "
			"out with --exclude",
			escape_show(&shown, m->object->key, m->object->key_len),
			len, INVALIDATION_PATH_MAX);
	if (len > INVALIDATION_PATH_MAX && cut > INVALIDATION_PATH_MAX - 1)
		cut = url_cut(m->text.data, INVALIDATION_PATH_MAX - 1);
	if (set->count == m->capacity && grow_list(m, err) != 0)
		return -1;
	text = arena_copy(&set->texts, m->text.data, len);
	if (!text)
		return err_memory(err);
	set->list[set->count++] = (struct url){
		.text = text,
		.len = (uint32_t)len,
		.cut = (uint32_t)cut,
		.stale = m->stale,
		.exact = len <= INVALIDATION_PATH_MAX && m->doubtful >= len &&
			 !m->rules->query_strings,
	};
	return 0;
}

/* The URLs of an index document in the folder text[0..folder), / included. */
static int
add_index_urls(struct maker *m, size_t folder, struct err *err)
{
	const struct url_rules *rules = m->rules;

	if (rules->index_file && add_url(m, m->text.len, err) != 0)
		return -1;
	if (rules->index_slash && add_url(m, folder, err) != 0)
		return -1;
	if (!rules->index_bare || folder == 1)
		return 0;
	if (folder == m->set->mount_len && rules->query_strings)
		return err_set(err, ERR_USAGE,
			"--index-urls bare: %.*s lies outside the mount %s, so "
			"no wildcard may cover it, and with --query-strings no "
			"exact path does",
			(int)folder - 1, m->text.data, m->set->mount);
	return add_url(m, folder - 1, err);
}

/* The URLs of one object. */
static int
add_object(struct maker *m, const struct object *object, struct err *err)
{
	static const char html[] = ".html";
	const size_t html_len = sizeof(html) - 1;
	size_t folder, name_len;
	const char *name;

	m->object = object;
	buf_clear(&m->text);
	buf_add(&m->text, m->set->mount, m->set->mount_len);
	url_encode(&m->text, object->key, object->key_len);
	if (buf_check(&m->text, err) != 0)
		return -1;
	m->doubtful = find_doubtful(m->text.data, m->rules);
	name = strrchr(m->text.data, '/') + 1;
	folder = (size_t)(name - m->text.data);
	name_len = m->text.len - folder;
	if (strcmp(name, buf_str(&m->index)) == 0)
		return add_index_urls(m, folder, err);
	if (add_url(m, m->text.len, err) != 0)
		return -1;
	if (!m->rules->clean_urls || name_len <= html_len ||
		strcmp(name + name_len - html_len, html) != 0)
		return 0;
	return add_url(m, m->text.len - html_len, err);
}

static bool
is_immutable(const struct url_rules *rules, const struct object *object)
{
	return glob_match_any(rules->immutable, rules->immutable_count,
		object->key, object->key_len, false);
}

/* Does the change make its object's URLs stale? Notes immutable ones. */
static bool
makes_stale(struct maker *m, const struct change *change)
{
	struct url_set *set = m->set;

	if (change->kind == CHANGE_ADDED && m->rules->skip_added)
		return false;
	if (!is_immutable(
		    m->rules, change->after ? change->after : change->before))
		return true;
	if (change->kind == CHANGE_CHANGED &&
		!object_is_unknown(change->before)) {
		if (!set->immutable_changed)
			set->immutable_changed = change->after;
		set->immutable_changed_count++;
	}
	return false;
}

/* Every object of the new build, and every removed one: each key once. */
static int
add_objects(struct maker *m, const struct manifest *after,
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

		if (!changed && i == after->count)
			return err_set(err, ERR_BUG,
				"a change belongs to another manifest");
		m->stale = changed && makes_stale(m, change);
		m->current = !changed || change->after;
		object = m->current ? &after->objects[i] : change->before;
		i += m->current;
		if (changed) /* an empty list has no end to go to */
			change++;
		if (add_object(m, object, err) != 0)
			return -1;
	}
	return 0;
}

static int
compare_urls(const void *a, const void *b, void *list)
{
	const struct url *urls = list;

	return strcmp(urls[*(const uint32_t *)a].text,
		urls[*(const uint32_t *)b].text);
}

/*
 * Put each URL in its place, going round each circle of moves: the URL at
 * order[i] is the one for place i.
 */
static void
arrange_urls(struct url *list, uint32_t *order, size_t count)
{
	struct url moved;
	size_t i, at, from;

	for (i = 0; i < count; i++) {
		moved = list[i];
		for (at = i; (from = order[at]) != i; at = from) {
			list[at] = list[from];
			order[at] = (uint32_t)at;
		}
		list[at] = moved;
		order[at] = (uint32_t)at;
	}
}

/* By numbers: qsort takes as much memory again as what it sorts. */
static int
sort_urls(struct url_set *set)
{
	uint32_t *order = malloc((set->count + 1) * sizeof(*order));
	size_t i;

	if (!order)
		return -1;
	for (i = 0; i < set->count; i++)
		order[i] = (uint32_t)i;
	qsort_r(order, set->count, sizeof(*order), compare_urls, set->list);
	arrange_urls(set->list, order, set->count);
	free(order);
	return 0;
}

/* Make one of those with the same text, and count the stale ones. */
static void
join_urls(struct url_set *set)
{
	size_t i, kept = 0;

	for (i = 0; i < set->count; i++) {
		struct url *url = &set->list[i];

		if (kept > 0 &&
			strcmp(set->list[kept - 1].text, url->text) == 0) {
			set->list[kept - 1].stale |= url->stale;
			continue;
		}
		set->list[kept++] = *url;
	}
	set->count = kept;
	for (i = 0; i < kept; i++)
		set->stale += set->list[i].stale;
}

/* The encoded forms of the rules' own texts. */
static int
encode_rules(struct maker *m, struct err *err)
{
	const struct url_rules *rules = m->rules;
	struct url_set *set = m->set;
	size_t i;

	buf_clear(&m->text);
	url_encode(&m->text, rules->prefix, strlen(rules->prefix));
	url_encode(&m->index, rules->index_document,
		strlen(rules->index_document));
	if (buf_check(&m->text, err) != 0 ||
		m->text.len >= INVALIDATION_PATH_MAX)
		return err_set(err, ERR_USAGE,
			"--prefix: longer than CloudFront's paths of %d "
			"characters",
			INVALIDATION_PATH_MAX);
	if (buf_check(&m->index, err) != 0)
		return -1;
	set->mount_len = m->text.len;
	set->mount = arena_copy(&set->texts, m->text.data, m->text.len);
	set->never_widen = arena_alloc(&set->texts,
		(rules->never_widen_count + 1) * sizeof(*set->never_widen));
	if (!set->mount || !set->never_widen)
		return err_memory(err);
	for (i = 0; i < rules->never_widen_count; i++) {
		const char *raw = rules->never_widen[i];

		buf_clear(&m->text);
		url_encode(&m->text, raw, strlen(raw));
		if (buf_check(&m->text, err) != 0)
			return err_context(err, "--never-widen");
		set->never_widen[i] =
			arena_copy(&set->texts, m->text.data, m->text.len);
		if (!set->never_widen[i])
			return err_memory(err);
		set->never_widen_count++;
	}
	return 0;
}

int
url_set_make(struct url_set *set, const struct manifest *before,
	const struct manifest *after, const struct changes *changes,
	const struct url_rules *rules, struct err *err)
{
	struct maker m = {.set = set, .rules = rules};
	int rc;

	(void)before; /* what it alone holds is among the changes */
	*set = (struct url_set){0};
	arena_init(&set->texts);
	buf_init(&m.text, TEXT_MAX);
	buf_init(&m.index, TEXT_MAX);
	rc = url_rules_check(rules, err);
	if (rc == 0)
		rc = encode_rules(&m, err);
	if (rc == 0)
		rc = add_objects(&m, after, changes, err);
	if (rc == 0 && sort_urls(set) != 0)
		rc = err_memory(err);
	if (rc == 0)
		join_urls(set);
	else
		url_set_release(set);
	buf_release(&m.text);
	buf_release(&m.index);
	return rc;
}

void
url_set_release(struct url_set *set)
{
	free(set->list);
	arena_release(&set->texts);
	*set = (struct url_set){0};
}
