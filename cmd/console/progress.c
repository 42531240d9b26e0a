/* Shows the reading of builds, and waiting. */
#include "cmd/console/progress.h"

#include <inttypes.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>
#include <wchar.h>

#include "base/clock.h"
#include "base/format.h"
#include "base/plural.h"
#include "base/utf8.h"
#include "cmd/console/interrupt.h"
#include "cmd/console/log.h"
#include "cmd/console/system.h"

enum {
	/* Milliseconds. */
	FIRST_AFTER = 500,
	AGAIN_AFTER = 100,
	SECOND = 1000,
	LINE_AFTER = 30 * 1000, /* where lines stay */

	LONGEST_TOLD = 100 * 60 * 60, /* seconds; what is longer is a guess */

	NAME_SHORTEST = 8, /* columns; less says nothing */
	PROGRESS_LINE_MAX = 4096,
};

static const char prefix[] = "edgediff: ";
static const char dots[] = "...";

/* The columns of one character; *len is that of its bytes. */
static size_t
character_columns(const char *text, size_t *len)
{
	mbstate_t state = {0};
	wchar_t c;
	int columns;

	*len = utf8_length(text, strlen(text));
	if (*len == 0)
		*len = 1;
	if (mbrtowc(&c, text, *len, &state) > *len)
		return 2; /* no character here: as much as one may take */
	columns = wcwidth(c);
	return columns < 0 ? 2 : (size_t)columns;
}

size_t
text_columns(const char *text)
{
	size_t columns = 0, len;

	for (; *text; text += len)
		columns += character_columns(text, &len);
	return columns;
}

/* A name in so many columns, dots for its front where it is longer. */
static void
add_end(struct buf *out, const char *name, size_t room)
{
	size_t columns = text_columns(name), len;

	if (columns > room) {
		buf_addstr(out, dots);
		room -= strlen(dots);
	}
	for (; columns > room; name += len)
		columns -= character_columns(name, &len);
	buf_addstr(out, name);
}

void
progress_fit(struct buf *out, int columns, const char *verb, const char *name,
	const char (*parts)[PART_MAX], size_t count)
{
	size_t most = columns > 0 ? (size_t)columns : 0, used, room, wanted, i;

	buf_clear(out);
	wanted = text_columns(name);
	if (wanted > NAME_SHORTEST)
		wanted = NAME_SHORTEST;
	for (;; count--) {
		if (count == 0)
			return;
		used = strlen(prefix) + strlen(verb) + strlen(":");
		for (i = 0; i < count; i++)
			used += strlen(parts[i]) + (i > 0 ? 2 : 1);
		room = used < most ? most - used - 1 : 0;
		if (used <= most && (room >= wanted || count == 1))
			break;
	}
	buf_addf(out, "%s%s", prefix, verb);
	if (*name && room >= wanted) {
		buf_addch(out, ' ');
		add_end(out, name, room);
	}
	for (i = 0; i < count; i++)
		buf_addf(out, "%s %s", i > 0 ? "," : ":", parts[i]);
}

static const char *
show_bytes(char room[24], uint64_t bytes)
{
	struct buf text;

	buf_init(&text, 23);
	format_bytes(&text, bytes);
	snprintf(room, 24, "%s", buf_str(&text));
	buf_release(&text);
	return room;
}

static const char *
show_time(char room[32], long long seconds)
{
	if (seconds < 60)
		snprintf(room, 32, "%lld s", seconds);
	else if (seconds < 60 * 60)
		snprintf(room, 32, "%lld min %lld s", seconds / 60,
			seconds % 60);
	else
		snprintf(room, 32, "%lld h %lld min", seconds / 3600,
			seconds / 60 % 60);
	return room;
}

static uint64_t
look_at(const atomic_uint_fast64_t *counter)
{
	return atomic_load_explicit(counter, memory_order_relaxed);
}

/* How long it will take for the rest, at the rate so far. */
static bool
time_left(char room[32], double rate, uint64_t left)
{
	double seconds = rate > 0 ? (double)left / rate : LONGEST_TOLD;

	if (seconds >= LONGEST_TOLD)
		return false;
	show_time(room, (long long)seconds + 1);
	return true;
}

/* What is known of a reading, the more interesting first. */
static size_t
list_parts(
	const struct reading_shown *r, long long now, char (*parts)[PART_MAX])
{
	const struct progress *p = &r->progress;
	uint64_t files = look_at(&p->files), bytes = look_at(&p->bytes);
	uint64_t all = look_at(&p->expected);
	double spent = (double)(now - r->began + 1) / 1000;
	double rate = (double)bytes / spent;
	bool known = all > 0 && all >= bytes && !atomic_load(&p->open_ended);
	char room[32], more[24];
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
show(const struct buf *line, bool terminal)
{
	if (terminal && line->len > 0)
		log_draw_status(buf_str(line));
	else if (terminal)
		log_clear_status();
	else if (line->len > 0)
		log_info("%s", buf_str(line) + strlen(prefix));
}

static void
show_reading(struct reading_shown *r, long long now)
{
	int columns = log_columns();
	char parts[PARTS_MAX][PART_MAX];
	size_t count = list_parts(r, now, parts);
	struct buf line;

	buf_init(&line, PROGRESS_LINE_MAX);
	progress_fit(&line, columns > 0 ? columns : PROGRESS_LINE_MAX,
		"reading", r->name.text, (const char(*)[PART_MAX])parts, count);
	show(&line, columns > 0);
	buf_release(&line);
	atomic_store(&r->next, now + (columns > 0 ? AGAIN_AFTER : LINE_AFTER));
}

/* A look of base/progress.h: one thread draws, the others pass. */
static void
come_by(void *context)
{
	struct reading_shown *r = context;
	long long now = clock_elapsed();
	locale_t before;

	if (now < atomic_load_explicit(&r->next, memory_order_relaxed) ||
		pthread_mutex_trylock(&r->lock) != 0)
		return;
	/* who reads an archive has characters that are single bytes */
	before = uselocale(LC_GLOBAL_LOCALE);
	if (now >= atomic_load(&r->next))
		show_reading(r, now);
	uselocale(before);
	pthread_mutex_unlock(&r->lock);
}

void
reading_begin(struct reading_shown *r, const char *path, uint64_t guess)
{
	bool terminal = log_columns() > 0;

	*r = (struct reading_shown){.guess = guess, .began = clock_elapsed()};
	escape_show_str(&r->name, path ? path : "both builds");
	pthread_mutex_init(&r->lock, NULL);
	atomic_store(
		&r->next, r->began + (terminal ? FIRST_AFTER : LINE_AFTER));
	r->progress.context = r;
	if (log_shows(LOG_INFO))
		r->progress.look = come_by;
	if (terminal)
		interrupts_tidy(log_clear_status_at_exit);
}

void
reading_end(struct reading_shown *r)
{
	log_clear_status();
	if (log_columns() > 0)
		interrupts_tidy(NULL);
	pthread_mutex_destroy(&r->lock);
}

static uint64_t
guess_by_cache(const struct build_options *options)
{
	const struct cache *cache = options->cache;

	return cache && options->shard.count == 0 ? cache_count(cache) : 0;
}

int
reading_of_build(const char *path, const struct build_options *options,
	uint64_t guess, struct manifest *manifest, struct err *err)
{
	struct build_options shown = *options;
	struct reading_shown r;
	char room[24], saved[24];
	int rc;

	reading_begin(&r, path, guess ? guess : guess_by_cache(options));
	shown.progress = &r.progress;
	rc = build_read(path, &shown, manifest, err);
	reading_end(&r);
	if (rc == 0)
		log_elapsed(r.began,
			"read %s: %zu file%s, %s read, %" PRIu64
			" file%s (%s) known from the cache",
			r.name.text, manifest->count, plural_s(manifest->count),
			show_bytes(room, look_at(&r.progress.bytes)),
			look_at(&r.progress.saved_files),
			plural_s(look_at(&r.progress.saved_files)),
			show_bytes(saved, look_at(&r.progress.saved_bytes)));
	return rc;
}

void
waiting_begin(struct waiting_shown *w, long long most)
{
	long long now = clock_elapsed();

	*w = (struct waiting_shown){.began = now, .most = most, .said = now};
}

static void
show_waiting(struct waiting_shown *w, const char *what)
{
	long long now = clock_elapsed();
	char parts[1][PART_MAX], spent[32], most[32];
	int columns = log_columns();
	struct buf line;

	if (columns > 0 ? now - w->began < FIRST_AFTER
			: now - w->said < LINE_AFTER)
		return;
	snprintf(parts[0], PART_MAX, "%s of %s at most",
		show_time(spent, (now - w->began) / 1000),
		show_time(most, w->most / 1000));
	buf_init(&line, PROGRESS_LINE_MAX);
	progress_fit(&line, columns > 0 ? columns : PROGRESS_LINE_MAX,
		"waiting for", what, (const char(*)[PART_MAX])parts, 1);
	show(&line, columns > 0);
	buf_release(&line);
	w->said = now;
}

/* In pieces where the time can be seen to pass. */
int
waiting_pause(struct waiting_shown *w, const char *what, long long milliseconds)
{
	bool terminal = log_columns() > 0;
	long long piece, next = w->began + FIRST_AFTER - clock_elapsed();

	for (; milliseconds > 0; milliseconds -= piece) {
		piece = milliseconds;
		if (terminal && piece > SECOND)
			piece = next > 0 ? next : SECOND;
		next = SECOND;
		if (system_for_aws.wait(system_for_aws.context, (long)piece) !=
			0) {
			log_clear_status();
			return -1;
		}
		show_waiting(w, what);
	}
	return 0;
}

void
waiting_end(void)
{
	log_clear_status();
}
