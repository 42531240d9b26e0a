/* Shows the progress of reading builds. */
#include "cmd/console/reading_progress.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/clock.h"
#include "base/format.h"
#include "base/plural.h"
#include "base/portable.h"
#include "cmd/console/log.h"
#include "cmd/console/progress_line.h"
#include "cmd/console/signals.h"

enum {
	BYTES_SIZE = 24, /* of a size as text */
	TIME_LEFT_MAX = 100 * 60 * 60, /* seconds; more is only a guess */
};

/* format_bytes, written to `room`. */
static const char *
show_bytes(char room[BYTES_SIZE], uint64_t bytes)
{
	struct buf text;

	buf_init(&text, BYTES_SIZE - 1);
	format_bytes(&text, bytes);
	snprintf(room, BYTES_SIZE, "%s", buf_shown(&text));
	buf_release(&text);
	return room;
}

static uint64_t
read_counter(const atomic_uint_fast64_t *counter)
{
	return atomic_load_explicit(counter, memory_order_relaxed);
}

/* How long the rest will take at the rate so far; false if that is unknown. */
static bool
time_left(char room[PROGRESS_TIME_SIZE], double rate, uint64_t left)
{
	double seconds = rate > 0 ? (double)left / rate : TIME_LEFT_MAX;

	if (seconds >= TIME_LEFT_MAX)
		return false;
	progress_line_time(room, (long long)seconds + 1);
	return true;
}

/* What is known about the reading, the more interesting parts first. */
static size_t
list_parts(const struct reading_progress *r, long long now,
	char (*parts)[PART_MAX])
{
	const struct progress *p = &r->progress;
	uint64_t files = read_counter(&p->files),
		 bytes = read_counter(&p->bytes);
	uint64_t all = read_counter(&p->expected);
	double spent = (double)(now - r->began + 1) / 1000;
	double rate = (double)bytes / spent;
	bool known = all > 0 && all >= bytes && !atomic_load(&p->open_ended);
	char room[PROGRESS_TIME_SIZE], more[BYTES_SIZE];
	size_t count = 0;

	if (known)
		snprintf(parts[count++], PART_MAX, "%s of %s",
			show_bytes(room, bytes), show_bytes(more, all));
	if (known && time_left(room, rate, all - bytes))
		snprintf(parts[count++], PART_MAX, "%s left", room);
	if (!known && r->guess >= files)
		snprintf(parts[count++], PART_MAX,
			"%" PRIu64 " of about %" PRIu64 " file%s", files,
			r->guess, plural_s(r->guess));
	else
		snprintf(parts[count++], PART_MAX, "%" PRIu64 " file%s", files,
			plural_s(files));
	if (!known && r->guess > files &&
		time_left(room, (double)files / spent, r->guess - files))
		snprintf(parts[count++], PART_MAX, "about %s left", room);
	if (!known && bytes > 0)
		snprintf(parts[count++], PART_MAX, "%s",
			show_bytes(room, bytes));
	if (bytes > 0)
		snprintf(parts[count++], PART_MAX, "%s/s",
			show_bytes(room, (uint64_t)rate));
	return count;
}

static void
show_reading(struct reading_progress *r, long long now)
{
	int columns = log_columns();
	char parts[PARTS_MAX][PART_MAX];
	size_t count = list_parts(r, now, parts);
	struct buf line;

	buf_init(&line, PROGRESS_LINE_MAX);
	progress_line_fit(&line, columns > 0 ? columns : PROGRESS_LINE_MAX,
		"reading", r->name.text, (const char(*)[PART_MAX])parts, count);
	progress_line_show(&line, columns > 0);
	buf_release(&line);
	atomic_store(&r->next,
		now + (columns > 0 ? PROGRESS_REDRAW : PROGRESS_MESSAGE));
}

/* The callback of base/progress.h. One thread draws; the others go on. */
static void
draw_if_due(void *context)
{
	struct reading_progress *r = context;
	long long now = clock_elapsed();
	locale_t before;

	if (now < atomic_load_explicit(&r->next, memory_order_relaxed) ||
		pthread_mutex_trylock(&r->lock) != 0)
		return;
	/*
	 * a thread that reads an archive has the C locale, which is not UTF-8
	 */
	before = uselocale(LC_GLOBAL_LOCALE);
	if (now >= atomic_load(&r->next))
		show_reading(r, now);
	uselocale(before);
	pthread_mutex_unlock(&r->lock);
}

void
reading_progress_begin(
	struct reading_progress *r, const char *path, uint64_t guess)
{
	bool terminal = log_columns() > 0;

	*r = (struct reading_progress){
		.guess = guess, .began = clock_elapsed()};
	escape_show_str(&r->name, path ? path : "both builds");
	pthread_mutex_init(&r->lock, NULL);
	atomic_store(&r->next,
		r->began + (terminal ? PROGRESS_FIRST_DRAW : PROGRESS_MESSAGE));
	r->progress.context = r;
	if (log_shows(LOG_INFO))
		r->progress.look = draw_if_due;
	if (terminal)
		signals_set_cleanup(log_clear_status_at_exit);
}

void
reading_progress_end(struct reading_progress *r)
{
	log_clear_status();
	if (log_columns() > 0)
		signals_set_cleanup(NULL);
	pthread_mutex_destroy(&r->lock);
}

static uint64_t
guess_by_cache(const struct build_options *options)
{
	const struct cache *cache = options->cache;

	return cache && options->shard.count == 0 ? cache_count(cache) : 0;
}

int
reading_progress_build(const char *path, const struct build_options *options,
	uint64_t guess, struct manifest *manifest, struct err *err)
{
	struct build_options shown = *options;
	struct reading_progress r;
	char room[BYTES_SIZE], saved[BYTES_SIZE];
	int rc;

	reading_progress_begin(
		&r, path, guess ? guess : guess_by_cache(options));
	shown.progress = &r.progress;
	rc = build_read(path, &shown, manifest, err);
	reading_progress_end(&r);
	if (rc == 0)
		log_elapsed(r.began,
			"read %s: %zu file%s, %s read, %" PRIu64
			" file%s (%s) known from the cache",
			r.name.text, manifest->count, plural_s(manifest->count),
			show_bytes(room, read_counter(&r.progress.bytes)),
			read_counter(&r.progress.saved_files),
			plural_s(read_counter(&r.progress.saved_files)),
			show_bytes(
				saved, read_counter(&r.progress.saved_bytes)));
	return rc;
}
