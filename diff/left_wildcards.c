/* Keeps what only a wildcard would have covered. */
#include "diff/left_wildcards.h"

#include <stdlib.h>
#include <string.h>

#include "base/portable.h"

static const char word[] = "wildcard:";

enum { WORD_LEN = sizeof(word) - 1 };

/* A start of URLs; borrowed. */
struct left {
	const char *text;
	size_t len;
};

struct left_list {
	struct left *list;
	size_t count;
};

/* ------------------------------------------------------------- what is left */

static void
add(struct left_list *left, const char *text)
{
	left->list[left->count++] = (struct left){text, strlen(text)};
}

/* Does the plan cover this, which an earlier deployment left? */
static bool
is_covered(const struct delta *delta, const char *text)
{
	const struct url *url = url_set_find(&delta->urls, text);

	return url && url->stale && !url->exact;
}

const char *
left_wildcards_first(const struct delta *delta)
{
	const struct url_rules *rules = delta->rules;
	size_t i;

	for (i = 0; i < rules->wildcard_count; i++)
		if (!is_covered(delta, rules->wildcards[i]))
			return rules->wildcards[i];
	return NULL;
}

/* Does the plan have the mount's wildcard? */
static bool
is_everything(const struct delta *delta)
{
	const struct plan *plan = &delta->plan;
	const char *last =
		plan->count > 0 ? plan->items[plan->count - 1].text : "";
	size_t len = delta->urls.mount_len;

	return strncmp(last, delta->urls.mount, len) == 0 &&
	       strcmp(last + len, "*") == 0;
}

/* There is room for all. */
static void
collect(struct left_list *left, const struct delta *delta)
{
	const struct url_rules *rules = delta->rules;
	const struct plan *plan = &delta->plan;
	const struct url *url;
	size_t i;

	if (delta->page_left || delta->urls.once_left_count > 0 ||
		(delta->made_up && !is_everything(delta)))
		add(left, delta->urls.mount);
	for (i = 0; i < rules->wildcard_count; i++)
		if (!is_covered(delta, rules->wildcards[i]))
			add(left, rules->wildcards[i]);
	for (i = 0; i < plan->count; i++) {
		if (plan->items[i].wildcard)
			continue;
		url = url_set_find(&delta->urls, plan->items[i].text);
		/* outside the mount, none is ever allowed */
		if (url && url->variants &&
			url_set_is_under_mount(&delta->urls, url))
			add(left, url->text);
	}
}

/* ------------------------------------------------------------- few words */

static int
compare(const void *a, const void *b, void *context)
{
	const struct left *x = a, *y = b;
	size_t len = x->len < y->len ? x->len : y->len;
	int order = memcmp(x->text, y->text, len);

	(void)context;
	return order != 0 ? order : (x->len > y->len) - (x->len < y->len);
}

/* Leave out what begins with another one. */
static void
join(struct left_list *left)
{
	size_t i, kept = 0;

	portable_sort(
		left->list, left->count, sizeof(*left->list), compare, NULL);
	for (i = 0; i < left->count; i++) {
		const struct left *last = &left->list[kept ? kept - 1 : 0];

		if (kept == 0 || left->list[i].len < last->len ||
			memcmp(last->text, left->list[i].text, last->len) != 0)
			left->list[kept++] = left->list[i];
	}
	left->count = kept;
}

static bool
are_few(const struct left_list *left)
{
	size_t bytes = 0, i;

	for (i = 0; i < left->count; i++)
		bytes += left->list[i].len + WORD_LEN + 1;
	return left->count <= LEFT_WILDCARDS_MAX &&
	       bytes <= LEFT_WILDCARDS_BYTES;
}

/* Shorten each to a folder in the mount, or to the mount, if it is below. */
static void
shorten(struct left_list *left, const struct url_set *urls, bool folder)
{
	size_t len = urls->mount_len, i;

	for (i = 0; i < left->count; i++) {
		struct left *one = &left->list[i];
		const char *slash;

		if (one->len <= len || memcmp(one->text, urls->mount, len) != 0)
			continue;
		slash = memchr(one->text + len, '/', one->len - len);
		if (!folder)
			one->len = len;
		else if (slash)
			one->len = (size_t)(slash - one->text) + 1;
	}
	join(left);
}

int
left_wildcards_write(
	struct buf *out, const struct delta *delta, struct err *err)
{
	struct left_list left = {.count = 0};
	size_t i;

	left.list = calloc(delta->rules->wildcard_count + delta->plan.count + 1,
		sizeof(*left.list));
	if (!left.list)
		return err_memory(err);
	collect(&left, delta);
	join(&left);
	if (!are_few(&left))
		shorten(&left, &delta->urls, true);
	if (!are_few(&left))
		shorten(&left, &delta->urls, false);
	for (i = 0; i < left.count; i++) {
		if (out->len > 0)
			buf_addch(out, ' ');
		buf_addstr(out, word);
		buf_add(out, left.list[i].text, left.list[i].len);
	}
	free(left.list);
	return 0;
}

/* ------------------------------------------------------------- reading */

/* Is it a word with a URL that may begin a wildcard? */
static bool
is_word(const char *text, size_t len)
{
	return len > WORD_LEN && memcmp(text, word, WORD_LEN) == 0 &&
	       text[WORD_LEN] == '/' && !memchr(text, '*', len) &&
	       len - WORD_LEN <= INVALIDATION_PATH_MAX;
}

int
left_wildcards_read(const char *const **list, size_t *count,
	struct arena *texts, const char *text, struct err *err)
{
	size_t room = 0, len;
	const char *at;
	const char **out;

	*count = 0;
	for (at = text; *at; at += len + (at[len] == ' ')) {
		len = strcspn(at, " ");
		room += is_word(at, len);
	}
	out = arena_alloc(texts, (room + 1) * sizeof(*out));
	if (!out)
		return err_memory(err);
	*list = out;
	for (at = text; *at; at += len + (at[len] == ' ')) {
		len = strcspn(at, " ");
		if (!is_word(at, len))
			continue;
		out[*count] = arena_copy(texts, at + WORD_LEN, len - WORD_LEN);
		if (!out[*count])
			return err_memory(err);
		(*count)++;
	}
	return 0;
}
