/*
 * Merges manifests with a heap of inputs: the one with the smallest key is on
 * top.
 */
#include "manifest/merge.h"

#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "base/escape.h"
#include "manifest/manifest_stream.h"
#include "manifest/merge_output.h"
#include "manifest/merge_parts.h"
#include "manifest/merge_runs.h"

enum {
	MERGE_WIDTH_MIN = 2,
};

/* An operand or a run, and its current object. */
struct merge_input {
	struct object object;
	uint32_t origin; /* the number of the operand with this object */
	struct manifest_stream stream; /* unless is_run */
	struct read_buffer run;
	bool is_run;
};

struct merge {
	const char *const *paths;
	size_t count; /* of operands */
	struct merge_parts parts;
	struct merge_input inputs[MERGE_WIDTH_MAX];
	size_t opened; /* inputs that are open */
	struct merge_input *heap[MERGE_WIDTH_MAX];
	size_t live; /* inputs in the heap: those that have not ended */
	struct buf last; /* the key that was output last */
	uint32_t last_origin;
	bool is_first;
};

static int
input_next(struct merge_input *input, bool *ended, struct err *err)
{
	if (input->is_run)
		return merge_run_next(&input->run, &input->object,
			&input->origin, ended, err);
	return manifest_stream_next(&input->stream, &input->object, ended, err);
}

/* Order by key, then by the order of the operands. */
static bool
is_before(const struct merge_input *a, const struct merge_input *b)
{
	int order = strcmp(a->object.key, b->object.key);

	return order < 0 || (order == 0 && a->origin < b->origin);
}

/* Restore the heap after the input at `at` has changed. */
static void
sift_down(struct merge *merge, size_t at)
{
	struct merge_input **heap = merge->heap, *moved = heap[at];
	size_t child;

	while ((child = 2 * at + 1) < merge->live) {
		if (child + 1 < merge->live &&
			is_before(heap[child + 1], heap[child]))
			child++;
		if (!is_before(heap[child], moved))
			break;
		heap[at] = heap[child];
		at = child;
	}
	heap[at] = moved;
}

static int
check_unique(
	struct merge *merge, const struct merge_input *input, struct err *err)
{
	struct escaped_name key, before, now;

	if (merge->is_first ||
		strcmp(buf_str(&merge->last), input->object.key) != 0)
		return 0;
	return err_set(err, ERR_INPUT, "%s: duplicate key: in %s and in %s",
		escape_show(&key, input->object.key, input->object.key_len),
		escape_show_str(&before,
			manifest_stream_name(merge->paths[merge->last_origin])),
		escape_show_str(&now,
			manifest_stream_name(merge->paths[input->origin])));
}

/* Output the smallest object, and take the next one from its input. */
static int
output_smallest(
	struct merge *merge, struct merge_output *output, struct err *err)
{
	struct merge_input *input = merge->heap[0];
	bool ended = false;

	if (check_unique(merge, input, err) != 0)
		return -1;
	buf_clear(&merge->last);
	buf_add(&merge->last, input->object.key, input->object.key_len);
	merge->last_origin = input->origin;
	merge->is_first = false;
	if (buf_check(&merge->last, err) != 0 ||
		merge_output_add(output, &input->object, input->origin, err) !=
			0 ||
		input_next(input, &ended, err) != 0)
		return -1;
	if (ended)
		merge->heap[0] = merge->heap[--merge->live];
	if (merge->live > 0)
		sift_down(merge, 0);
	return 0;
}

/* Output all objects of the open inputs, in order. */
static int
output_all(struct merge *merge, struct merge_output *output, struct err *err)
{
	bool ended = false;
	size_t i;
	int rc = 0;

	merge->live = 0;
	merge->is_first = true;
	for (i = 0; rc == 0 && i < merge->opened; i++) {
		rc = input_next(&merge->inputs[i], &ended, err);
		if (rc == 0 && !ended)
			merge->heap[merge->live++] = &merge->inputs[i];
	}
	for (i = merge->live / 2; rc == 0 && i-- > 0;)
		sift_down(merge, i);
	while (rc == 0 && merge->live > 0)
		rc = output_smallest(merge, output, err);
	return rc;
}

static void
close_inputs(struct merge *merge)
{
	struct merge_input *input;

	while (merge->opened > 0) {
		input = &merge->inputs[--merge->opened];
		if (input->is_run)
			read_buffer_release(&input->run);
		else
			manifest_stream_close(&input->stream);
	}
}

/* Open an operand, and note which part of a build it is. */
static int
open_operand(struct merge *merge, size_t number, struct merge_input *input,
	struct err *err)
{
	if (manifest_stream_open(&input->stream, merge->paths[number], err) !=
		0)
		return -1;
	return merge_parts_add(&merge->parts, merge->paths, (uint32_t)number,
		&input->stream.shard, err);
}

/* Merge `count` operands or, if there are runs, runs, from number `from` on. */
static int
merge_some(struct merge *merge, const struct merge_runs *runs, size_t from,
	size_t count, struct merge_output *output, struct err *err)
{
	struct merge_input *input;
	size_t i;
	int rc = 0;

	for (i = from; rc == 0 && i < from + count; i++) {
		input = &merge->inputs[merge->opened++];
		*input = (struct merge_input){
			.origin = (uint32_t)i, .is_run = runs != NULL};
		rc = runs ? merge_run_open(&input->run, runs, i, err)
			  : open_operand(merge, i, input, err);
	}
	/* all operands have been opened, and nothing is output yet */
	if (rc == 0 && !runs && from + count == merge->count)
		rc = merge_parts_check(&merge->parts, err);
	if (rc == 0)
		rc = output_all(merge, output, err);
	close_inputs(merge);
	return rc;
}

/* One round: merge all operands, or all runs of the last round, into runs. */
static int
merge_round(struct merge *merge, const struct merge_runs *old, size_t count,
	size_t width, struct merge_runs *runs, struct err *err)
{
	struct merge_output output = {.runs = runs};
	size_t from, now;

	for (from = 0; from < count; from += now) {
		now = count - from < width ? count - from : width;
		if (merge_some(merge, old, from, now, &output, err) != 0 ||
			merge_runs_end(runs, err) != 0)
			return -1;
	}
	return 0;
}

/* Repeat rounds until the runs that are left can be read at once. */
static int
merge_into_runs(struct merge *merge, size_t count, size_t width,
	const char *folder, struct merge_runs *runs, struct err *err)
{
	struct merge_runs old;

	if (merge_runs_create(runs, folder, err) != 0 ||
		merge_round(merge, NULL, count, width, runs, err) != 0)
		return -1;
	while (runs->count > MERGE_WIDTH_MAX) {
		int rc;

		old = *runs;
		rc = merge_runs_create(runs, folder, err);
		if (rc == 0)
			rc = merge_round(merge, &old, old.count,
				MERGE_WIDTH_MAX, runs, err);
		merge_runs_release(&old);
		if (rc != 0)
			return -1;
	}
	return 0;
}

/* How many operands to open at once: half of the descriptors, at most. */
static size_t
operand_width(void)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit) != 0 ||
		limit.rlim_cur >= (rlim_t)2 * MERGE_WIDTH_MAX)
		return MERGE_WIDTH_MAX;
	return limit.rlim_cur / 2 < MERGE_WIDTH_MIN
		       ? MERGE_WIDTH_MIN
		       : (size_t)limit.rlim_cur / 2;
}

static int
merge_all(struct merge *merge, const char *folder, struct merge_output *output,
	struct err *err)
{
	struct merge_runs runs = MERGE_RUNS_INIT;
	size_t width = operand_width(), count = merge->count;
	int rc;

	if (count <= width) {
		rc = merge_some(merge, NULL, 0, count, output, err);
	} else {
		rc = merge_into_runs(merge, count, width, folder, &runs, err);
		if (rc == 0)
			rc = merge_some(
				merge, &runs, 0, runs.count, output, err);
	}
	merge_runs_release(&runs);
	return rc == 0 ? merge_output_end(output, err) : -1;
}

int
merge_manifests(const char *const *paths, size_t count, bool partial,
	const char *folder, emit_fn *emit, void *to, struct err *err)
{
	struct merge *merge = calloc(1, sizeof(*merge));
	struct merge_output output;
	int rc;

	if (!merge)
		return err_memory(err);
	merge->paths = paths;
	merge->count = count;
	merge_parts_init(&merge->parts, partial);
	buf_init(&merge->last, KEY_MAX);
	rc = merge_output_begin(&output, emit, to, err);
	if (rc == 0)
		rc = merge_all(merge, folder, &output, err);
	merge_output_release(&output);
	merge_parts_release(&merge->parts);
	buf_release(&merge->last);
	free(merge);
	return rc;
}
