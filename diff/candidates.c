/* Finds the targets and the wildcards that could cover them. */
#include "diff/candidates.h"

#include <stdlib.h>
#include <string.h>

#include "base/large.h"

/* A node of the trie whose subtree has not ended yet. */
struct open_node {
	uint32_t depth; /* length of the prefix its targets share */
	uint32_t first;
};

struct candidate_finder {
	struct candidates *out;
	const struct url_set *urls;
	uint32_t foreign_cost;
	struct open_node *open; /* a stack, of increasing depth */
	size_t open_count;
};

static int
compare_targets(const void *a, const void *b)
{
	const struct target *x = a, *y = b;
	uint32_t len = x->len < y->len ? x->len : y->len;
	int order = memcmp(x->text, y->text, len);

	return order != 0 ? order : (x->len > y->len) - (x->len < y->len);
}

/* Compare by `first`; if that is equal, the larger one comes first. */
static int
compare_candidates(const void *a, const void *b)
{
	const struct candidate *x = a, *y = b;

	if (x->first != y->first)
		return x->first < y->first ? -1 : 1;
	return (x->end < y->end) - (x->end > y->end);
}

/*
 * Find the targets of all stale URLs. Keep one of several equal targets; it is
 * forced if any of them is.
 */
static int
find_targets(
	struct candidates *out, const struct url_set *urls, struct err *err)
{
	size_t i, kept = 0, count = 0;
	struct target *t;

	out->weights = large_alloc((urls->count + 1) * sizeof(*out->weights));
	t = out->targets = large_alloc((urls->stale + 1) * sizeof(*t));
	if (!out->weights || !t)
		return err_memory(err);
	out->weights[0] = 0;
	for (i = 0; i < urls->count; i++) {
		const struct url *url = &urls->list[i];

		out->weights[i + 1] = out->weights[i] + url_set_weight(url);
		if (url->stale)
			t[count++] = (struct target){
				url->text, url->cut, !url->exact};
	}
	if (count > 0)
		qsort(t, count, sizeof(*t), compare_targets);
	for (i = 0; i < count; i++) {
		if (kept > 0 && compare_targets(&t[kept - 1], &t[i]) == 0)
			t[kept - 1].forced |= t[i].forced;
		else
			t[kept++] = t[i];
	}
	out->target_count = kept;
	return 0;
}

/* The length of the prefix that targets i - 1 and i share; 0 at either end. */
static uint32_t
shared(const struct candidates *c, size_t i)
{
	const struct target *a, *b;
	uint32_t len, at = 0;

	if (i == 0 || i == c->target_count)
		return 0;
	a = &c->targets[i - 1];
	b = &c->targets[i];
	len = a->len < b->len ? a->len : b->len;
	while (at < len && a->text[at] == b->text[at])
		at++;
	return at;
}

/*
 * The length of the prefix to send: that of the longest shorter one that ends
 * in /, if it covers the same URLs and meets the same behaviours, or else `len`.
 */
static size_t
sent_length(const struct url_set *urls, const char *text, size_t len,
	size_t covered, size_t foreign)
{
	size_t from, to, at = len;

	while (at > 0 && text[at - 1] != '/')
		at--;
	if (at == len || at < urls->mount_len ||
		url_set_forbids(urls, text, at))
		return len;
	url_set_range(urls, text, at, &from, &to);
	return to - from == covered &&
			       url_set_count_foreign(urls, text, at) == foreign
		       ? at
		       : len;
}

/*
 * Add the candidate of a node, unless no valid cut lies between `above` and
 * `depth`: the node's targets, [first, end), share `depth` characters, and its
 * parent's targets share `above`.
 */
static void
add_candidate(struct candidate_finder *f, size_t first, size_t end,
	uint32_t depth, uint32_t above)
{
	const struct url_set *urls = f->urls;
	struct candidates *out = f->out;
	const struct target *target = &out->targets[first];
	size_t from, to, len, sent, foreign;

	len = depth < INVALIDATION_PATH_MAX ? depth : INVALIDATION_PATH_MAX - 1;
	len = url_cut(target->text, len);
	if (len <= above || len < urls->mount_len ||
		memcmp(target->text, urls->mount, urls->mount_len) != 0 ||
		url_set_forbids(urls, target->text, len))
		return;
	url_set_range(urls, target->text, len, &from, &to);
	foreign = url_set_count_foreign(urls, target->text, len);
	sent = sent_length(urls, target->text, len, to - from, foreign);
	out->list[out->count++] = (struct candidate){
		.first = (uint32_t)first,
		.end = (uint32_t)end,
		.text = target->text,
		.len = (uint32_t)sent,
		.weight = out->weights[to] - out->weights[from] +
			  (uint32_t)foreign * f->foreign_cost,
		.sorts_first = target->len > sent &&
			       (unsigned char)target->text[sent] > '*',
	};
}

/*
 * Close the open nodes that are deeper than `depth`, the length of the prefix
 * that targets i - 1 and i share.
 */
static void
close_nodes(struct candidate_finder *f, size_t i, uint32_t depth)
{
	uint32_t first = (uint32_t)i - 1;

	while (f->open_count > 0 && f->open[f->open_count - 1].depth > depth) {
		const struct open_node node = f->open[--f->open_count];
		uint32_t above = depth;

		if (f->open_count > 0 &&
			f->open[f->open_count - 1].depth > above)
			above = f->open[f->open_count - 1].depth;
		add_candidate(f, node.first, i, node.depth, above);
		first = node.first;
	}
	if (depth > 0 && (f->open_count == 0 ||
				 f->open[f->open_count - 1].depth < depth))
		f->open[f->open_count++] = (struct open_node){depth, first};
}

/*
 * Find the nodes of the trie, both leaves and inner ones, in the sorted
 * targets.
 */
static void
walk_trie(struct candidate_finder *f)
{
	const struct candidates *c = f->out;
	uint32_t left = 0, right;
	size_t i;

	for (i = 0; i < c->target_count; i++, left = right) {
		right = shared(c, i + 1);
		if (c->targets[i].forced)
			add_candidate(f, i, i + 1, c->targets[i].len,
				left > right ? left : right);
		close_nodes(f, i + 1, right);
	}
}

/* Remove each candidate that is nested in another with the same weight. */
static int
drop_dominated(struct candidates *c, struct err *err)
{
	uint32_t *around = malloc((c->count + 1) * sizeof(*around));
	size_t i, kept = 0, depth = 0;

	if (!around)
		return err_memory(err);
	for (i = 0; i < c->count; i++) {
		const struct candidate one = c->list[i];

		while (depth > 0 && c->list[around[depth - 1]].end <= one.first)
			depth--;
		if (depth > 0 &&
			c->list[around[depth - 1]].weight == one.weight)
			continue;
		c->list[kept] = one;
		around[depth++] = (uint32_t)kept++;
	}
	c->count = kept;
	free(around);
	return 0;
}

int
candidates_find(struct candidates *candidates, const struct url_set *urls,
	uint32_t foreign_cost, struct err *err)
{
	struct candidate_finder f = {
		.out = candidates, .urls = urls, .foreign_cost = foreign_cost};
	size_t i, longest = 0, most;
	int rc = -1;

	*candidates = (struct candidates){0};
	if (find_targets(candidates, urls, err) != 0)
		goto out;
	for (i = 0; i < candidates->target_count; i++)
		if (candidates->targets[i].len > longest)
			longest = candidates->targets[i].len;
	most = 2 * candidates->target_count + 1;
	f.open = malloc((longest + 2) * sizeof(*f.open));
	candidates->list = large_alloc(most * sizeof(*candidates->list));
	if (!f.open || !candidates->list) {
		err_memory(err);
		goto out;
	}
	walk_trie(&f);
	qsort(candidates->list, candidates->count, sizeof(*candidates->list),
		compare_candidates);
	rc = drop_dominated(candidates, err);
out:
	free(f.open);
	if (rc != 0)
		candidates_release(candidates);
	return rc;
}

void
candidates_release(struct candidates *candidates)
{
	free(candidates->targets);
	free(candidates->list);
	free(candidates->weights);
	*candidates = (struct candidates){0};
}
