/* Turns conclusions into what plans have to know. */
#include "edge/known_site.h"

#include <string.h>

#include "base/ascii.h"
#include "base/percent.h"
#include "diff/path_pattern.h"
#include "diff/url.h"

_Static_assert((int)SITE_BEHAVIORS_MAX >= (int)BEHAVIORS_MAX,
	"a site has room for all behaviours");
_Static_assert((int)PATTERN_MAX > (int)PATH_PATTERN_MAX,
	"a pattern has room for all characters");

/* FNV-1a, of 32 bits: offset basis and prime. */
enum { HASH_PRIME = 16777619 };

static const uint32_t hash_basis = 2166136261;

/* Hash a text with the NUL at its end, letters in lower case. */
static uint32_t
hash_text(uint32_t hash, const char *text)
{
	do {
		hash ^= (unsigned char)ascii_lower(*text);
		hash *= HASH_PRIME;
	} while (*text++);
	return hash;
}

static uint32_t
hash_origin(uint32_t hash, const struct distribution *d, const char *id)
{
	const struct origin *origin = distribution_origin(d, id);

	return origin ? hash_text(hash_text(hash, origin->domain_name),
				origin->path)
		      : hash_text(hash, id);
}

/* A number of where a behaviour goes: an origin, or a group of some. */
static uint32_t
number_of_target(const struct distribution *d, const char *target)
{
	const struct origin_group *group = distribution_group(d, target);
	uint32_t hash = hash_basis;
	size_t i;

	if (!group)
		hash = hash_origin(hash, d, target);
	for (i = 0; group && i < group->member_count; i++)
		hash = hash_origin(hash, d, group->members[i]);
	return hash != 0 ? hash : 1;
}

static int
make_behaviors(struct site *out, struct arena *texts,
	const struct distribution *d, const struct conclusions *c,
	struct err *err)
{
	struct site_behavior *list =
		arena_alloc(texts, d->behavior_count * sizeof(*list));
	const struct behavior_rules *rules;
	const char *pattern;
	size_t i;

	if (!list)
		return err_memory(err);
	out->behaviors = list;
	out->count = d->behavior_count;
	for (i = 0; i < d->behavior_count; i++) {
		rules = &c->behaviors[i];
		pattern = d->behaviors[i].path_pattern;
		list[i] = (struct site_behavior){
			.foreign = rules->foreign,
			.cached = rules->cached,
			.query_strings = rules->query_strings,
			.index_slash = rules->index_slash,
			.index_bare = rules->index_bare,
			.origin = number_of_target(d, d->behaviors[i].target),
		};
		if (!pattern)
			continue;
		list[i].pattern = arena_copy(texts, pattern, strlen(pattern));
		if (!list[i].pattern)
			return err_memory(err);
	}
	return 0;
}

/* The key of a page below the prefix, or NULL if it is elsewhere. */
static char *
copy_key(struct arena *texts, const char *page, const char *prefix,
	struct err *err)
{
	size_t len = strlen(prefix);
	char *key;

	if (strncmp(page, prefix, len) != 0 || !page[len])
		return NULL;
	key = arena_copy(texts, page + len, strlen(page + len));
	if (!key) {
		err_memory(err);
		return NULL;
	}
	key[percent_decode(key, strlen(key))] = '\0';
	return key;
}

/* Add a page, or let one of the same key be kept as long as either. */
static void
add_page(struct site *out, struct site_page *list, const char *key,
	const struct fallback_page *page)
{
	size_t i;

	for (i = 0; i < out->page_count; i++)
		if (strcmp(list[i].key, key) == 0)
			break;
	if (i == out->page_count)
		list[out->page_count++] = (struct site_page){.key = key};
	if (list[i].ttl < page->ttl)
		list[i].ttl = page->ttl;
	list[i].widens |= page->widens;
}

static int
make_pages(struct site *out, struct arena *texts, const struct conclusions *c,
	const char *prefix, struct err *err)
{
	struct site_page *list =
		arena_alloc(texts, (c->fallback_count + 1) * sizeof(*list));
	const char *key;
	size_t i;

	if (!list)
		return err_memory(err);
	out->pages = list;
	for (i = 0; i < c->fallback_count; i++) {
		key = copy_key(texts, c->fallbacks[i].page, prefix, err);
		if (key)
			add_page(out, list, key, &c->fallbacks[i]);
		else if (err->code == ERR_MEMORY)
			return -1;
	}
	return 0;
}

static int
make_root(struct site *out, struct arena *texts, const char *object,
	struct err *err)
{
	struct buf encoded;
	int rc;

	buf_init(&encoded, INVALIDATION_PATH_MAX);
	url_encode(&encoded, object, strlen(object));
	rc = buf_check(&encoded, err);
	if (rc == 0) {
		out->root_object =
			arena_copy(texts, buf_str(&encoded), encoded.len);
		rc = out->root_object ? 0 : err_memory(err);
	}
	buf_release(&encoded);
	return rc;
}

int
known_site_make(struct site *out, struct arena *texts,
	const struct distribution *distribution,
	const struct conclusions *conclusions, const char *digest,
	const char *prefix, struct err *err)
{
	*out = (struct site){
		.digest = digest,
		.root_object = "",
		.root_only = conclusions->root_only,
		.index_urls = true,
		.keeps_errors = conclusions->keeps_errors,
		.settling = !distribution_is_deployed(distribution),
	};
	if (make_behaviors(out, texts, distribution, conclusions, err) != 0 ||
		make_root(out, texts, conclusions->root_object, err) != 0)
		return -1;
	return make_pages(out, texts, conclusions, prefix, err);
}

int
known_site_doubt(struct site *site, struct arena *texts, struct err *err)
{
	struct site_behavior *list =
		arena_alloc(texts, site->count * sizeof(*list));
	size_t len = strlen(site->digest), i;
	char *digest = arena_alloc(texts, len + 2);

	if (!list || !digest)
		return err_memory(err);
	for (i = 0; i < site->count; i++) {
		list[i] = site->behaviors[i];
		list[i].query_strings = true;
	}
	memcpy(digest, site->digest, len);
	memcpy(digest + len, "?", 2);
	site->behaviors = list;
	site->digest = digest;
	site->settling = false;
	return 0;
}

int
known_site_limit(struct site *site, struct arena *texts,
	const struct known_site_scope *scope, struct err *err)
{
	struct site_behavior *list =
		arena_alloc(texts, site->count * sizeof(*list));
	size_t i;

	if (!list)
		return err_memory(err);
	for (i = 0; i < site->count; i++) {
		list[i] = site->behaviors[i];
		list[i].query_strings &= scope->query_strings;
		list[i].index_slash &= scope->index_urls;
		list[i].index_bare &= scope->index_urls;
	}
	site->behaviors = list;
	site->index_urls &= scope->index_urls;
	site->root_only &= scope->index_urls;
	if (!scope->pages)
		site->page_count = 0;
	return 0;
}
