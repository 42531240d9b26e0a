/* Reads a reviewed batch and logs what is different now. */
#include "deploy/reviewed.h"

#include <stdlib.h>
#include <string.h>

#include "base/escape.h"
#include "base/file.h"
#include "base/json_tree.h"
#include "base/strings.h"

enum {
	SHOWN_MAX = 20, /* items logged on either side */
};

static int
no_batch(const struct reviewed *reviewed, const char *what, struct err *err)
{
	struct escaped_name shown;

	return err_set(err, ERR_INPUT,
		"--reviewed %s: not the output of --dry-run: %s",
		escape_show_str(&shown, reviewed->path), what);
}

static int
parse(struct reviewed *reviewed, const struct buf *text, struct err *err)
{
	struct escaped_name shown;
	const char *fault, *p;
	size_t line = 1;

	if (text->len == 0)
		return no_batch(reviewed, "the file is empty", err);
	reviewed->tree = json_tree_parse(text->data, text->len, &fault);
	if (reviewed->tree)
		return 0;
	for (p = text->data; p < fault; p++)
		line += *p == '\n';
	return err_set(err, ERR_INPUT,
		"--reviewed %s, line %zu: not JSON, or truncated",
		escape_show_str(&shown, reviewed->path), line);
}

/* Is it an object with this many members? `member` then finds each. */
static bool
has_members(const cJSON *object, int count)
{
	return cJSON_IsObject(object) && cJSON_GetArraySize(object) == count;
}

static const cJSON *
member(const cJSON *object, const char *name)
{
	return cJSON_GetObjectItemCaseSensitive(object, name);
}

static int
take_items(struct reviewed *reviewed, const cJSON *paths, struct err *err)
{
	const cJSON *quantity = member(paths, "Quantity");
	const cJSON *items = member(paths, "Items"), *item;
	size_t i;

	if (!has_members(paths, 2) || !cJSON_IsNumber(quantity) ||
		!cJSON_IsArray(items))
		return no_batch(reviewed,
			"Paths must have Quantity and Items, and nothing else",
			err);
	reviewed->items = calloc((size_t)cJSON_GetArraySize(items) + 1,
		sizeof(*reviewed->items));
	if (!reviewed->items)
		return err_memory(err);
	cJSON_ArrayForEach(item, items)
	{
		if (!cJSON_IsString(item) || item->valuestring[0] != '/')
			return no_batch(reviewed, "an item is not a path", err);
		reviewed->items[reviewed->count++] = item->valuestring;
	}
	if (quantity->valuedouble != (double)reviewed->count)
		return no_batch(
			reviewed, "Quantity is not the number of Items", err);
	strings_sort(reviewed->items, reviewed->count);
	for (i = 1; i < reviewed->count; i++)
		if (strcmp(reviewed->items[i - 1], reviewed->items[i]) == 0)
			return no_batch(reviewed, "duplicate item", err);
	return 0;
}

static int
take_tree(struct reviewed *reviewed, const char *distribution, struct err *err)
{
	const cJSON *id = member(reviewed->tree, "DistributionId");
	const cJSON *batch = member(reviewed->tree, "InvalidationBatch");
	const cJSON *reference = member(batch, "CallerReference");
	struct escaped_name shown, other;
	char tag[BATCH_TAG_DIGITS + 1];

	if (!has_members(reviewed->tree, 2) || !cJSON_IsString(id) ||
		!has_members(batch, 2) || !cJSON_IsString(reference))
		return no_batch(reviewed,
			"expected DistributionId, and InvalidationBatch with "
			"Paths and CallerReference, and nothing else",
			err);
	if (!batch_reference_read(reference->valuestring, tag))
		return no_batch(reviewed,
			"the CallerReference is not one of edgediff's", err);
	reviewed->reference = reference->valuestring;
	if (take_items(reviewed, member(batch, "Paths"), err) != 0)
		return -1;
	if (strcmp(id->valuestring, distribution) == 0)
		return 0;
	return err_set(err, ERR_INPUT,
		"--reviewed %s: this batch is for distribution %s, not for %s",
		escape_show_str(&shown, reviewed->path),
		escape_show_str(&other, id->valuestring), distribution);
}

int
reviewed_read(struct reviewed *reviewed, const char *path,
	const char *distribution, struct err *err)
{
	struct buf text;
	int rc;

	*reviewed = (struct reviewed){.path = path};
	buf_init(&text, REVIEWED_MAX);
	rc = file_read(path, &text, err);
	if (rc != 0)
		err_context(err, "--reviewed");
	else
		rc = parse(reviewed, &text, err);
	buf_release(&text);
	return rc == 0 ? take_tree(reviewed, distribution, err) : -1;
}

void
reviewed_release(struct reviewed *reviewed)
{
	free(reviewed->items);
	cJSON_Delete(reviewed->tree);
	*reviewed = (struct reviewed){.path = NULL};
}

static void
log_item(const struct deploy_callbacks *callbacks, const char *sign,
	const char *item, size_t number)
{
	struct escaped_name shown;

	if (number < SHOWN_MAX)
		callbacks_log(callbacks, DEPLOY_INFO, "  %s %s", sign,
			escape_show_str(&shown, item));
}

/*
 * Count the items that were added and removed since the review; with callbacks,
 * also log them. Both lists are sorted.
 */
static void
compare_items(const struct reviewed *reviewed, const struct plan *plan,
	const struct deploy_callbacks *callbacks, size_t *added,
	size_t *removed)
{
	size_t i = 0, j = 0;
	int order;

	*added = *removed = 0;
	while (i < plan->count || j < reviewed->count) {
		if (i == plan->count)
			order = 1;
		else if (j == reviewed->count)
			order = -1;
		else
			order = strcmp(plan->items[i].text, reviewed->items[j]);
		if (order < 0 && callbacks)
			log_item(callbacks, "+", plan->items[i].text, *added);
		else if (order > 0 && callbacks)
			log_item(callbacks, "-", reviewed->items[j], *removed);
		*added += order < 0;
		*removed += order > 0;
		i += order <= 0;
		j += order >= 0;
	}
}

/* Say why the batch is not the reviewed one. */
static int
refuse(const struct reviewed *reviewed, const struct transition *t,
	const char *why, const struct deploy_callbacks *callbacks,
	struct err *err)
{
	struct escaped_name shown;
	size_t added, removed;

	compare_items(reviewed, &t->delta.plan, callbacks, &added, &removed);
	return err_set(err, ERR_INPUT,
		"--reviewed %s: not the batch that was reviewed: %s; %zu items "
		"(+) are new, %zu (-) are gone: review it again with --dry-run",
		escape_show_str(&shown, reviewed->path), why, added, removed);
}

int
reviewed_check(const struct reviewed *reviewed, const struct transition *t,
	bool edge_agrees, const struct deploy_callbacks *callbacks,
	struct err *err)
{
	bool same = strcmp(reviewed->reference, t->reference) == 0;
	size_t added, removed;

	if (!batch_reference_is_of(reviewed->reference, t->hash))
		return refuse(
			reviewed, t, "the build has changed", callbacks, err);
	if (edge_agrees) {
		if (!same)
			callbacks_log(callbacks, DEPLOY_INFO,
				"the edge already agrees with the reviewed "
				"build");
		return 0;
	}
	compare_items(reviewed, &t->delta.plan, NULL, &added, &removed);
	if (added + removed == 0)
		return 0;
	return refuse(reviewed, t,
		same ? "the file was edited"
		     : "the baseline or the options have changed, or the file "
		       "was edited",
		callbacks, err);
}
