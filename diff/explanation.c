/* Finds the item that covers a URL and the changes that make it stale. */
#include "diff/explanation.h"

#include <stdlib.h>
#include <string.h>

#include "diff/build_urls.h"
#include "diff/url_set.h"

enum {
	TEXT_MAX = 3 * KEY_MAX, /* if every byte is encoded */
};

static int
find_any_form(struct explanation *explanation, const char *text,
	const struct url_set *urls, struct err *err)
{
	struct buf encoded;
	int rc;

	explanation->url = url_set_find(urls, text);
	if (explanation->url)
		return 0;
	buf_init(&encoded, TEXT_MAX);
	url_encode(&encoded, text, strlen(text));
	rc = buf_check(&encoded, err);
	if (rc == 0)
		explanation->url = url_set_find(urls, buf_str(&encoded));
	buf_release(&encoded);
	return rc;
}

static bool
covers(const struct plan_item *item, const struct url *url)
{
	size_t len = strlen(item->text) - item->wildcard;

	if (item->wildcard)
		return len <= url->cut &&
		       strncmp(item->text, url->text, len) == 0;
	return strcmp(item->text, url->text) == 0;
}

/* Does this change alone make the URL stale? */
static int
makes_stale(const struct change *change, const struct url *url,
	const struct url_rules *rules, bool *stale, struct err *err)
{
	struct change one = *change;
	struct object object;
	struct manifest after;
	struct changes changes = {.list = &one, .count = 1};
	struct url_rules own = *rules;
	const struct url *found;
	struct url_set urls;
	int rc;

	manifest_init(&after);
	if (change->after) {
		object = *change->after;
		after.objects = &object;
		after.count = 1;
		one.after = &object;
	}
	own.wildcard_count = 0; /* stale without any change */
	rc = build_urls_find(&urls, &after, &changes, false, &own, err);
	found = rc == 0 ? url_set_find(&urls, url->text) : NULL;
	*stale = found && found->stale;
	if (rc == 0)
		url_set_release(&urls);
	return rc;
}

int
explanation_make(struct explanation *explanation, const char *text,
	const struct plan *plan, const struct url_set *urls,
	const struct changes *changes, const struct url_rules *rules,
	struct err *err)
{
	bool stale;
	size_t size, i;

	*explanation = (struct explanation){0};
	if (find_any_form(explanation, text, urls, err) != 0)
		return -1;
	if (!explanation->url)
		return 0;
	for (i = 0; i < plan->count && !explanation->item; i++)
		if (covers(&plan->items[i], explanation->url))
			explanation->item = &plan->items[i];
	if (!explanation->url->stale)
		return 0;
	/* the array holds pointers: NOLINTNEXTLINE */
	size = (changes->count + 1) * sizeof(*explanation->changes);
	explanation->changes = malloc(size);
	if (!explanation->changes)
		return err_memory(err);
	for (i = 0; i < changes->count; i++) {
		if (makes_stale(&changes->list[i], explanation->url, rules,
			    &stale, err) != 0)
			return -1;
		if (stale)
			explanation->changes[explanation->change_count++] =
				&changes->list[i];
	}
	return 0;
}

void
explanation_release(struct explanation *explanation)
{
	free(explanation->changes);
	*explanation = (struct explanation){0};
}
