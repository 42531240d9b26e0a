/* Checks that the bucket holds a build, and waits until it does. */
#include "deploy/upload_check.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/escape.h"
#include "base/plural.h"

enum {
	PAUSE_FIRST = 1000, /* ms before asking again; doubled each time */
	PAUSE_MAX = 5000,
	TEXT_MAX = 8 * 1024,
	NAMES_MAX = 1000, /* bytes of a message after which no key is named */
};

/* All items, and those that are asked for in the next round. */
struct upload_items {
	struct upload_item *list;
	struct upload_item **open;
	size_t count, open_count;
};

static int
make_items(struct upload_items *items, const struct changes *changes,
	struct err *err)
{
	const struct change *change;
	size_t i;

	items->list = calloc(changes->count + 1, sizeof(*items->list));
	items->open = calloc(changes->count + 1, sizeof(struct upload_item *));
	if (!items->list || !items->open)
		return err_memory(err);
	for (i = 0; i < changes->count; i++) {
		change = &changes->list[i];
		upload_ask_init(
			&items->list[i], change_object(change), !change->after);
		items->open[i] = &items->list[i];
	}
	items->count = items->open_count = changes->count;
	return 0;
}

static void
release_items(struct upload_items *items)
{
	free(items->list);
	free(items->open);
}

static void
count_items(struct upload_tally *tally, const struct upload_items *items)
{
	const struct upload_item *item;
	long long waited = tally->waited;
	size_t i;

	*tally = (struct upload_tally){.waited = waited};
	for (i = 0; i < items->count; i++) {
		item = &items->list[i];
		if (item->removed) {
			tally->removed++;
			tally->gone += item->verdict == UPLOAD_MISSING;
			tally->there += item->verdict == UPLOAD_OLD;
			continue;
		}
		tally->keys++;
		tally->of[item->verdict]++;
		tally->reasons[item->reason] += item->verdict == UPLOAD_UNKNOWN;
	}
}

/* Does it matter enough to ask again? */
static bool
is_open(const struct upload_item *item)
{
	return item->verdict == UPLOAD_OLD ||
	       item->verdict == UPLOAD_UNDECIDED ||
	       (item->verdict == UPLOAD_MISSING && !item->removed);
}

/* Keep those to ask again; returns how many of them hold up the run. */
static size_t
keep_open(struct upload_items *items)
{
	size_t held = 0, i;

	items->open_count = 0;
	for (i = 0; i < items->count; i++) {
		if (!is_open(&items->list[i]))
			continue;
		items->open[items->open_count++] = &items->list[i];
		held += !items->list[i].removed;
	}
	return held;
}

/* ---------------------------------------------------------------- words */

/* Append the first keys with a verdict: " (a, b and 3 more)". */
static void
add_names(struct buf *out, const struct upload_items *items, bool removed,
	enum upload_verdict verdict, size_t total)
{
	const struct upload_item *item;
	struct escaped_name shown;
	size_t named = 0, i;

	for (i = 0; i < items->count && named < UPLOAD_NAMED_MAX; i++) {
		item = &items->list[i];
		if (out->len > NAMES_MAX)
			break;
		if (item->verdict != verdict || item->removed != removed)
			continue;
		buf_addf(out, "%s%s", named ? ", " : " (",
			escape_show_str(&shown, item->object->key));
		named++;
	}
	if (total > named)
		buf_addf(out, " and %zu more", total - named);
	if (named > 0)
		buf_addch(out, ')');
}

/* "7 keys: 5 new, 1 old (a), 1 missing (b)". */
static void
add_verdicts(struct buf *out, const struct upload_tally *tally,
	const struct upload_items *items)
{
	size_t verdict;

	buf_addf(out, "%zu key%s", tally->keys, plural_s(tally->keys));
	for (verdict = UPLOAD_NEW; verdict < UPLOAD_VERDICTS; verdict++) {
		if (tally->of[verdict] == 0 && verdict != UPLOAD_NEW)
			continue;
		buf_addf(out, "%s %zu %s", verdict == UPLOAD_NEW ? ":" : ",",
			tally->of[verdict],
			upload_verdict_word((enum upload_verdict)verdict));
		if (verdict != UPLOAD_NEW)
			add_names(out, items, false,
				(enum upload_verdict)verdict,
				tally->of[verdict]);
	}
}

static void
add_removed(struct buf *out, const struct upload_tally *tally,
	const struct upload_items *items)
{
	size_t unknown = tally->removed - tally->gone - tally->there;

	if (tally->removed == 0)
		return;
	buf_addf(out, "; %zu removed key%s: %zu gone", tally->removed,
		plural_s(tally->removed), tally->gone);
	if (tally->there > 0) {
		buf_addf(out, ", %zu still there", tally->there);
		add_names(out, items, true, UPLOAD_OLD, tally->there);
	}
	if (unknown > 0)
		buf_addf(out, ", %zu unknown", unknown);
}

static void
describe(struct upload_check *check, const struct upload_items *items)
{
	const struct upload_tally *tally = &check->tally;
	size_t reason;

	count_items(&check->tally, items);
	buf_clear(&check->text);
	buf_addf(&check->text, "%s: ", check->bucket->where);
	add_verdicts(&check->text, tally, items);
	add_removed(&check->text, tally, items);
	if (tally->waited > 0)
		buf_addf(&check->text, "; waited %lld.%lld s",
			tally->waited / 1000, tally->waited % 1000 / 100);
	buf_addch(&check->text, '.');
	for (reason = 1; reason < UPLOAD_REASONS; reason++)
		if (tally->reasons[reason] > 0)
			buf_addf(&check->text, " %zu unknown: %s.",
				tally->reasons[reason],
				upload_verdict_reason(
					(enum upload_reason)reason));
	check->has_result = true;
}

static void
log_result(const struct upload_check *check, const struct upload_items *items)
{
	const struct upload_tally *tally = &check->tally;
	struct buf names;
	size_t reason;

	callbacks_log(check->callbacks, DEPLOY_INFO, "the upload: %s",
		buf_shown(&check->text));
	for (reason = 1; reason < UPLOAD_REASONS; reason++)
		if (tally->reasons[reason] > 0)
			callbacks_log(check->callbacks, DEPLOY_WARNING,
				"warning: whether %s holds the new bytes of "
				"%zu key%s is unknown: %s",
				check->bucket->where, tally->reasons[reason],
				plural_s(tally->reasons[reason]),
				upload_verdict_reason(
					(enum upload_reason)reason));
	if (tally->there == 0)
		return;
	buf_init(&names, TEXT_MAX);
	add_names(&names, items, true, UPLOAD_OLD, tally->there);
	callbacks_log(check->callbacks, DEPLOY_WARNING,
		"warning: %s still has %zu key%s that this build removed%s: "
		"caches fetch them again until they are deleted",
		check->bucket->where, tally->there, plural_s(tally->there),
		buf_shown(&names));
	buf_release(&names);
}

static int
fail_held(const struct upload_check *check, const struct upload_items *items,
	struct err *err)
{
	struct buf line;

	buf_init(&line, TEXT_MAX);
	add_verdicts(&line, &check->tally, items);
	err_set(err, ERR_INPUT,
		"%s does not hold this build after %lld s (--check-wait): "
		"nothing was sent; let the upload end and run again. Of %s",
		check->bucket->where, check->wait_max / 1000, buf_shown(&line));
	buf_release(&line);
	return -1;
}

/* -------------------------------------------------------------- waiting */

/* Is it worth asking again after this failure? */
static bool
may_pass(const struct upload_check *check, const struct err *err)
{
	return (err->code == ERR_NETWORK || err->code == ERR_SERVICE) &&
	       !check->callbacks->is_interrupted(check->callbacks->context);
}

static int
fail_interrupted(struct err *err)
{
	return err_set(err, ERR_BUSY,
		"interrupted while the upload was checked: nothing was sent");
}

/*
 * One pause; `left` is what is left of the time. Returns 1 if there is none.
 */
static int
pause_once(const struct upload_check *check, size_t held, long long *pause,
	long long left, struct err *err)
{
	const struct deploy_callbacks *callbacks = check->callbacks;
	char what[64];

	if (left <= 0)
		return 1;
	snprintf(what, sizeof(what), "the upload of %zu key%s", held,
		plural_s(held));
	if (callbacks->wait_pause(callbacks->context, what,
		    *pause < left ? *pause : left) != 0)
		return fail_interrupted(err);
	*pause = 2 * *pause < PAUSE_MAX ? 2 * *pause : PAUSE_MAX;
	return 0;
}

/* Ask until nothing holds up the run, or the time is over. */
static int
ask_until_new(
	struct upload_check *check, struct upload_items *items, struct err *err)
{
	long long began = clock_elapsed(), pause = PAUSE_FIRST;
	struct err asking;
	size_t held;
	int rc;

	for (;;) {
		asking = (struct err)ERR_INIT;
		rc = upload_ask(
			check->bucket, items->open, items->open_count, &asking);
		if (check->callbacks->is_interrupted(check->callbacks->context))
			return fail_interrupted(err);
		if (rc != 0 && !may_pass(check, &asking)) {
			*err = asking;
			return -1;
		}
		held = keep_open(items);
		if (rc == 0 && held == 0)
			return 0;
		rc = pause_once(check, held, &pause,
			check->wait_max - (clock_elapsed() - began), err);
		if (rc != 0)
			break;
		check->tally.waited = clock_elapsed() - began;
	}
	if (rc < 0)
		return -1;
	if (asking.code == ERR_NONE) {
		describe(check, items);
		return fail_held(check, items, err);
	}
	*err = asking;
	return err_context(err,
		"%s cannot be asked whether it holds this build: nothing was "
		"sent",
		check->bucket->where);
}

/* Keep which removed keys are gone, and which are not. */
static int
keep_removed(struct upload_check *check, const struct upload_items *items,
	struct err *err)
{
	const struct upload_item *item;
	struct string_list *list;
	const char *key;
	size_t i;

	check->gone.items = calloc(check->tally.gone + 1, sizeof(key));
	check->there.items = calloc(check->tally.there + 1, sizeof(key));
	if (!check->gone.items || !check->there.items)
		return err_memory(err);
	for (i = 0; i < items->count; i++) {
		item = &items->list[i];
		if (!item->removed || (item->verdict != UPLOAD_MISSING &&
					      item->verdict != UPLOAD_OLD))
			continue;
		key = arena_copy(
			&check->keys, item->object->key, item->object->key_len);
		if (!key)
			return err_memory(err);
		list = item->verdict == UPLOAD_MISSING ? &check->gone
						       : &check->there;
		list->items[list->count++] = key;
	}
	return 0;
}

int
upload_check_run(struct upload_check *check, const struct changes *changes,
	struct err *err)
{
	const struct deploy_callbacks *callbacks = check->callbacks;
	struct upload_items items = {.list = NULL};
	int rc;

	buf_init(&check->text, TEXT_MAX);
	arena_init(&check->keys);
	rc = make_items(&items, changes, err);
	if (rc == 0) {
		callbacks->wait_begin(callbacks->context, check->wait_max);
		rc = ask_until_new(check, &items, err);
		callbacks->wait_end(callbacks->context);
	}
	if (rc == 0) {
		describe(check, &items);
		log_result(check, &items);
		rc = keep_removed(check, &items, err);
	}
	release_items(&items);
	return rc;
}

void
upload_check_release(struct upload_check *check)
{
	buf_release(&check->text);
	free(check->gone.items);
	free(check->there.items);
	arena_release(&check->keys);
}
