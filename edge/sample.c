/* Chooses the URLs that a verification asks. */
#include "edge/sample.h"

#include <stdlib.h>
#include <string.h>

#include "edge/sample_values.h"
#include "edge/url_walk.h"
#include "manifest/again.h"
#include "manifest/key_hash.h"

/* The groups from which URLs are taken; each wildcard of the plan is another. */
enum group {
	GROUP_ROOT,
	GROUP_PAGE,
	GROUP_AGAIN,
	GROUP_EXACT,
	GROUP_REMOVED, /* from here on in turn */
	GROUP_ALIAS,
	GROUP_REST, /* what no item covers */
	GROUP_WILDCARD,
};

enum { TEXT_MAX = INVALIDATION_PATH_MAX + 2 * SHA256_HEX_SIZE };

/* What objects say of a URL. */
enum {
	HAS_NEW = 1 << 0, /* an object of the new build answers */
	HAS_OLD = 1 << 1, /* one that was removed did */
	IS_ALIAS = 1 << 2,
	IS_PAGE = 1 << 3,
	IS_AGAIN = 1 << 4,
};

/* A URL as a member of a group; it can be one of several groups. */
struct sample_candidate {
	uint64_t hash;
	uint32_t url;
	uint32_t group;
};

struct choice {
	const struct delta *delta;
	const char *again;
	unsigned char *marks; /* of each URL */
	struct sample_candidate *list;
	size_t count, capacity;
	uint32_t *place; /* see sample_values_fill */
	const size_t *wildcards; /* their places in the plan */
	size_t wildcard_count;
	bool out_of_memory;
};

/* ------------------------------------------------------------ candidates */

static int
mark(void *context, const struct url_visit *at, struct err *err)
{
	struct choice *c = context;
	const struct object *object = at->now ? at->now : at->change->before;
	unsigned char *marks = &c->marks[at->url - c->delta->urls.list];
	uint64_t size = 0;

	(void)err;
	if (at->now && again_has_key(c->again, object->key, &size))
		*marks |= IS_AGAIN;
	*marks |= (unsigned char)((at->now ? HAS_NEW : HAS_OLD) |
				  (at->alias ? IS_ALIAS : 0));
	if (!at->alias && sample_values_is_page(c->delta->rules, object->key))
		*marks |= IS_PAGE;
	return 0;
}

static int
add(struct choice *c, size_t url, size_t group, uint64_t hash, struct err *err)
{
	size_t more = c->capacity ? 2 * c->capacity : 256;
	struct sample_candidate *list;

	if (c->count == c->capacity) {
		list = realloc(c->list, more * sizeof(*list));
		if (!list)
			return err_memory(err);
		c->list = list;
		c->capacity = more;
	}
	c->list[c->count++] = (struct sample_candidate){
		.hash = hash, .url = (uint32_t)url, .group = (uint32_t)group};
	return 0;
}

static int
compare_item(const void *url, const void *item)
{
	return strcmp(url, ((const struct plan_item *)item)->text);
}

/* The item that covers a URL decides its group. */
static size_t
group_of(const struct choice *c, const struct url *url)
{
	const struct plan *plan = &c->delta->plan;
	size_t i, len;

	for (i = 0; i < c->wildcard_count; i++) {
		const char *text = plan->items[c->wildcards[i]].text;

		len = strlen(text) - 1;
		if (strncmp(text, url->text, len) == 0)
			return GROUP_WILDCARD + i;
	}
	return plan->count > 0 && bsearch(url->text, plan->items, plan->count,
					  sizeof(*plan->items), compare_item)
		       ? GROUP_EXACT
		       : GROUP_REST;
}

/* The hash by which a group is sorted. */
static uint64_t
hash_of(struct buf *text, const struct delta *delta, const struct url *url)
{
	buf_clear(text);
	buf_addstr(text, delta->after->hash);
	buf_add(text, url->text, url->len);
	/* a URL that is too long to be invalidated may not fit: any order */
	return text->failed ? 0 : key_hash(text->data, text->len);
}

static int
add_url(struct choice *c, size_t i, bool of_all, struct buf *text,
	struct err *err)
{
	const struct delta *delta = c->delta;
	const struct url *url = &delta->urls.list[i];
	unsigned marks = c->marks[i];
	uint64_t hash = hash_of(text, delta, url);
	bool root = url->len == delta->urls.mount_len &&
		    url_set_is_under_mount(&delta->urls, url);

	if (!(marks & (HAS_NEW | HAS_OLD)))
		return 0; /* what it answers is not known */
	if (root && (marks & HAS_NEW) && add(c, i, GROUP_ROOT, hash, err) != 0)
		return -1;
	if ((marks & IS_PAGE) && add(c, i, GROUP_PAGE, hash, err) != 0)
		return -1;
	if ((marks & IS_AGAIN) && add(c, i, GROUP_AGAIN, hash, err) != 0)
		return -1;
	if (!url->stale && !(of_all && (marks & HAS_NEW)))
		return 0;
	if (!(marks & HAS_NEW) && add(c, i, GROUP_REMOVED, hash, err) != 0)
		return -1;
	if ((marks & IS_ALIAS) && add(c, i, GROUP_ALIAS, hash, err) != 0)
		return -1;
	return add(c, i, group_of(c, url), hash, err);
}

static int
compare_candidates(const void *a, const void *b)
{
	const struct sample_candidate *x = a, *y = b;

	if (x->group != y->group)
		return x->group < y->group ? -1 : 1;
	if (x->hash != y->hash)
		return x->hash < y->hash ? -1 : 1;
	return x->url < y->url ? -1 : x->url > y->url;
}

static int
find_candidates(struct choice *c, bool of_all, struct err *err)
{
	struct buf text;
	size_t i;
	int rc = 0;

	buf_init(&text, TEXT_MAX);
	for (i = 0; rc == 0 && i < c->delta->urls.count; i++)
		rc = add_url(c, i, of_all, &text, err);
	buf_release(&text);
	if (rc == 0 && c->count > 0)
		qsort(c->list, c->count, sizeof(*c->list), compare_candidates);
	return rc;
}

/* --------------------------------------------------------------- choice */

/* Takes the URL, unless another group has; false: there is no room. */
static bool
take(struct choice *c, struct sample *sample, size_t *requests, size_t i)
{
	const struct url *url = &c->delta->urls.list[i];
	struct sample_url *taken = &sample->list[sample->count];

	if (c->place[i] != 0)
		return true;
	if (*requests == 0)
		return false;
	*taken = (struct sample_url){.stale = url->stale};
	taken->url = arena_copy(&sample->texts, url->text, url->len);
	if (!taken->url) {
		c->out_of_memory = true;
		return false;
	}
	--*requests;
	taken->identity =
		sample->count % SAMPLE_IDENTITY_EVERY == 0 && *requests > 0;
	*requests -= taken->identity;
	c->place[i] = (uint32_t)++sample->count;
	return true;
}

/*
 * Take one URL of each group in turn; `next` has where each begins. Taken ones
 * do not count as a turn.
 */
static bool
take_turn(struct choice *c, struct sample *sample, size_t *requests,
	size_t *next, size_t groups)
{
	bool any = false;
	size_t g, before;

	for (g = GROUP_REMOVED; g < groups; g++) {
		before = sample->count;
		while (next[g] < next[groups + g] && sample->count == before) {
			any = true;
			if (!take(c, sample, requests, c->list[next[g]++].url))
				return false;
		}
	}
	return any;
}

static int
choose(struct choice *c, struct sample *sample, size_t requests,
	struct err *err)
{
	size_t groups = GROUP_WILDCARD + c->wildcard_count, i, g;
	/* where each group begins, then where each ends */
	size_t *next = calloc(2 * groups, sizeof(*next));

	if (!next)
		return err_memory(err);
	for (i = c->count; i-- > 0;) {
		g = c->list[i].group;
		next[g] = i;
		if (next[groups + g] == 0)
			next[groups + g] = i + 1;
	}
	for (i = 0; i < c->count && c->list[i].group < GROUP_REMOVED; i++)
		if (!take(c, sample, &requests, c->list[i].url))
			break;
	while (take_turn(c, sample, &requests, next, groups))
		continue;
	free(next);
	return c->out_of_memory ? err_memory(err) : 0;
}

/* Leave out what does not fit into the bytes. */
static void
limit_bytes(struct sample *sample, uint64_t bytes)
{
	struct sample_url *url;
	size_t i;

	for (i = 0; i < sample->count; i++) {
		url = &sample->list[i];
		if (url->size_max > bytes) {
			url->over_budget = true;
			url->identity = false;
			continue;
		}
		bytes -= url->size_max;
		url->identity &= url->size_max <= bytes;
		if (url->identity)
			bytes -= url->size_max;
	}
}

static int
make(struct choice *c, struct sample *sample,
	const struct sample_limits *limits, struct err *err)
{
	size_t count = c->delta->urls.count;

	c->marks = calloc(count + 1, 1);
	c->place = calloc(count + 1, sizeof(*c->place));
	sample->list = calloc(limits->requests, sizeof(*sample->list));
	if (!c->marks || !c->place || !sample->list)
		return err_memory(err);
	if (url_walk(c->delta, mark, c, err) != 0 ||
		find_candidates(c, sample->of_all, err) != 0 ||
		choose(c, sample, limits->requests, err) != 0 ||
		sample_values_fill(sample, c->delta, c->place, err) != 0)
		return -1;
	limit_bytes(sample, limits->bytes);
	return 0;
}

static int
compare_text(const void *key, const void *item)
{
	return strcmp(key, *(const char *const *)item);
}

static bool
is_in(const struct string_list *keys, const char *key)
{
	return keys->count > 0 && bsearch(key, keys->items, keys->count,
					  sizeof(key), compare_text);
}

/* What the bucket has of the removed objects. */
static void
ask_known(struct sample *sample, const struct sample_known *known)
{
	struct sample_value *old;
	size_t i;

	for (i = 0; i < sample->count; i++)
		for (old = sample->list[i].old; old; old = old->next)
			old->bucket = is_in(&known->gone, old->key)
					      ? BUCKET_GONE
				      : is_in(&known->there, old->key)
					      ? BUCKET_THERE
					      : BUCKET_UNKNOWN;
}

int
sample_make(struct sample *sample, const struct delta *delta,
	const struct sample_limits *limits, const struct sample_known *known,
	struct err *err)
{
	const struct plan *plan = &delta->plan;
	size_t wildcards[WILDCARDS_MAX], i;
	struct choice c = {
		.delta = delta, .again = known->again, .wildcards = wildcards};
	int rc;

	/* what an older edgediff planned may have more: those are the rest */
	for (i = 0; i < plan->count && c.wildcard_count < WILDCARDS_MAX; i++)
		if (plan->items[i].wildcard)
			wildcards[c.wildcard_count++] = i;

	*sample = (struct sample){
		.urls = delta->urls.count,
		.stale = delta->urls.stale,
		.of_all = delta->urls.stale == 0,
	};
	memcpy(sample->hash, delta->after->hash, sizeof(sample->hash));
	arena_init(&sample->texts);
	if (known->again) {
		sample->again = arena_copy(
			&sample->texts, known->again, strlen(known->again));
		if (!sample->again)
			return err_memory(err);
	}
	rc = make(&c, sample, limits, err);
	if (rc == 0)
		ask_known(sample, known);
	free(c.list);
	free(c.place);
	free(c.marks);
	return rc;
}

void
sample_release(struct sample *sample)
{
	free(sample->list);
	arena_release(&sample->texts);
	*sample = (struct sample){0};
}

size_t
sample_count_requests(const struct sample *sample)
{
	size_t count = 0, i;

	for (i = 0; i < sample->count; i++)
		if (!sample->list[i].over_budget)
			count += 1u + sample->list[i].identity;
	return count;
}
