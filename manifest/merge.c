/* Merges manifests: a heap of inputs, the one with the smallest key on top. */
#include "manifest/merge.h"

#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "base/escape.h"
#include "base/hex.h"
#include "manifest/line.h"
#include "manifest/runs.h"
#include "manifest/stream.h"

enum {
	PIECE = 64 * 1024, /* text is emitted in pieces of about this size */
	NARROWEST = 2,
};

/* An input or a run, and the object at hand. */
struct source {
	struct object object;
	uint32_t origin; /* of the object: the number of an input */
	struct stream stream; /* where is_run is false */
	struct read_buffer run;
	bool is_run;
};

/* Where objects go: into the text where `runs` is NULL. */
struct sink {
	struct runs *runs;
	emit_fn *emit;
	void *to;
	struct buf text;
	struct sha256 hash;
	size_t count;
};

struct merge {
	const char *const *paths;
	struct source sources[MERGE_WIDEST];
	size_t opened;
	struct source *heap[MERGE_WIDEST];
	size_t live;
	struct buf last; /* the key that was given last */
	uint32_t last_origin;
	bool is_first;
};

static int
sink_flush(struct sink *sink, struct err *err)
{
	int rc = buf_check(&sink->text, err);

	if (rc == 0)
		rc = sha256_add(
			&sink->hash, buf_str(&sink->text), sink->text.len, err);
	if (rc == 0)
		rc = sink->emit(
			sink->to, buf_str(&sink->text), sink->text.len, err);
	buf_clear(&sink->text);
	return rc;
}

static int
sink_add(struct sink *sink, const struct source *source, struct err *err)
{
	if (sink->runs)
		return runs_add(
			sink->runs, &source->object, source->origin, err);
	if (sink->count++ == OBJECTS_MAX)
		return err_set(err, ERR_INPUT,
			"more than the limit of %d objects", OBJECTS_MAX);
	line_write(&sink->text, &source->object);
	return sink->text.len < PIECE ? 0 : sink_flush(sink, err);
}

static int
sink_end(struct sink *sink, struct err *err)
{
	unsigned char digest[SHA256_SIZE];
	char hash[SHA256_HEX_SIZE];

	if (sink_flush(sink, err) != 0 ||
		sha256_finish(&sink->hash, digest, err) != 0)
		return -1;
	hex_encode(hash, digest, sizeof(digest));
	line_write_end(&sink->text, sink->count, hash);
	if (buf_check(&sink->text, err) != 0)
		return -1;
	return sink->emit(sink->to, sink->text.data, sink->text.len, err);
}

static int
source_next(struct source *source, bool *ended, struct err *err)
{
	if (source->is_run)
		return run_next(&source->run, &source->object, &source->origin,
			ended, err);
	return stream_next(&source->stream, &source->object, ended, err);
}

/* By key; of two that have the same, the one of the earlier input. */
static bool
is_before(const struct source *a, const struct source *b)
{
	int order = strcmp(a->object.key, b->object.key);

	return order < 0 || (order == 0 && a->origin < b->origin);
}

/* The source at `at` of the heap to where it belongs, among those below. */
static void
sift_down(struct merge *merge, size_t at)
{
	struct source **heap = merge->heap, *moved = heap[at];
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
check_news(struct merge *merge, const struct source *source, struct err *err)
{
	struct escaped_name key, before, now;

	if (merge->is_first ||
		strcmp(buf_str(&merge->last), source->object.key) != 0)
		return 0;
	return err_set(err, ERR_INPUT, "%s: there twice: in %s and in %s",
		escape_show(&key, source->object.key, source->object.key_len),
		escape_show_str(
			&before, stream_name(merge->paths[merge->last_origin])),
		escape_show_str(
			&now, stream_name(merge->paths[source->origin])));
}

/* Give the smallest object to the sink, and take the next one of its source. */
static int
give_one(struct merge *merge, struct sink *sink, struct err *err)
{
	struct source *source = merge->heap[0];
	bool ended = false;

	if (check_news(merge, source, err) != 0)
		return -1;
	buf_clear(&merge->last);
	buf_add(&merge->last, source->object.key, source->object.key_len);
	merge->last_origin = source->origin;
	merge->is_first = false;
	if (buf_check(&merge->last, err) != 0 ||
		sink_add(sink, source, err) != 0 ||
		source_next(source, &ended, err) != 0)
		return -1;
	if (ended)
		merge->heap[0] = merge->heap[--merge->live];
	if (merge->live > 0)
		sift_down(merge, 0);
	return 0;
}

/* All objects of the sources that were opened, in order; closes them. */
static int
give_all(struct merge *merge, struct sink *sink, struct err *err)
{
	bool ended = false;
	size_t i;
	int rc = 0;

	merge->live = 0;
	merge->is_first = true;
	for (i = 0; rc == 0 && i < merge->opened; i++) {
		rc = source_next(&merge->sources[i], &ended, err);
		if (rc == 0 && !ended)
			merge->heap[merge->live++] = &merge->sources[i];
	}
	for (i = merge->live / 2; rc == 0 && i-- > 0;)
		sift_down(merge, i);
	while (rc == 0 && merge->live > 0)
		rc = give_one(merge, sink, err);
	return rc;
}

static void
close_sources(struct merge *merge)
{
	struct source *source;

	while (merge->opened > 0) {
		source = &merge->sources[--merge->opened];
		if (source->is_run)
			read_buffer_release(&source->run);
		else
			stream_close(&source->stream);
	}
}

/* `count` inputs or, where there are runs, of these, from number `from` on. */
static int
merge_some(struct merge *merge, const struct runs *runs, size_t from,
	size_t count, struct sink *sink, struct err *err)
{
	struct source *source;
	size_t i;
	int rc = 0;

	for (i = from; rc == 0 && i < from + count; i++) {
		source = &merge->sources[merge->opened++];
		*source = (struct source){
			.origin = (uint32_t)i, .is_run = runs != NULL};
		rc = runs ? run_open(&source->run, runs, i, err)
			  : stream_open(&source->stream, merge->paths[i], err);
	}
	if (rc == 0)
		rc = give_all(merge, sink, err);
	close_sources(merge);
	return rc;
}

/* One round: all inputs, or all runs of the last round, into runs. */
static int
merge_round(struct merge *merge, const struct runs *old, size_t count,
	size_t width, struct runs *runs, struct err *err)
{
	struct sink sink = {.runs = runs};
	size_t from, now;

	for (from = 0; from < count; from += now) {
		now = count - from < width ? count - from : width;
		if (merge_some(merge, old, from, now, &sink, err) != 0 ||
			runs_end(runs, err) != 0)
			return -1;
	}
	return 0;
}

/* Rounds until no more runs are left than are read at once. */
static int
merge_into_runs(struct merge *merge, size_t count, size_t width,
	const char *folder, struct runs *runs, struct err *err)
{
	struct runs old;

	if (runs_create(runs, folder, err) != 0 ||
		merge_round(merge, NULL, count, width, runs, err) != 0)
		return -1;
	while (runs->count > MERGE_WIDEST) {
		int rc;

		old = *runs;
		rc = runs_create(runs, folder, err);
		if (rc == 0)
			rc = merge_round(merge, &old, old.count, MERGE_WIDEST,
				runs, err);
		runs_release(&old);
		if (rc != 0)
			return -1;
	}
	return 0;
}

/* Inputs to be open at once: half of the descriptors are for others. */
static size_t
width_of_inputs(void)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit) != 0 ||
		limit.rlim_cur >= (rlim_t)2 * MERGE_WIDEST)
		return MERGE_WIDEST;
	return limit.rlim_cur / 2 < NARROWEST ? NARROWEST
					      : (size_t)limit.rlim_cur / 2;
}

static int
merge_all(struct merge *merge, size_t count, const char *folder,
	struct sink *sink, struct err *err)
{
	struct runs runs = RUNS_INIT;
	size_t width = width_of_inputs();
	int rc;

	buf_addstr(&sink->text, line_magic);
	rc = sha256_start(&sink->hash, err);
	if (rc == 0 && count <= width) {
		rc = merge_some(merge, NULL, 0, count, sink, err);
	} else if (rc == 0) {
		rc = merge_into_runs(merge, count, width, folder, &runs, err);
		if (rc == 0)
			rc = merge_some(merge, &runs, 0, runs.count, sink, err);
	}
	runs_release(&runs);
	return rc == 0 ? sink_end(sink, err) : -1;
}

int
manifests_merge(const char *const *paths, size_t count, const char *folder,
	emit_fn *emit, void *to, struct err *err)
{
	struct merge *merge = calloc(1, sizeof(*merge));
	struct sink sink = {.emit = emit, .to = to};
	int rc;

	if (!merge)
		return err_memory(err);
	merge->paths = paths;
	buf_init(&merge->last, KEY_MAX);
	buf_init(&sink.text, PIECE + MANIFEST_LINE_MAX + 1);
	rc = merge_all(merge, count, folder, &sink, err);
	sha256_release(&sink.hash);
	buf_release(&sink.text);
	buf_release(&merge->last);
	free(merge);
	return rc;
}
