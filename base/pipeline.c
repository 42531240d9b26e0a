/* Makes pieces of a text ahead of who gives them on. */
#include "base/pipeline.h"

#include <pthread.h>
#include <stdbool.h>

enum {
	AHEAD = 2 *
		PIPELINE_THREADS_MAX, /* pieces that are made, or being made */
};

struct slot {
	struct buf piece;
	bool made;
};

struct pipeline_run {
	const struct pipeline *pipeline;
	pthread_mutex_t lock;
	pthread_cond_t made; /* a piece, by one of the others */
	pthread_cond_t given; /* a piece: there is room; or all is over */
	struct slot slots[AHEAD]; /* piece n is in slot n modulo AHEAD */
	size_t next; /* piece to be made */
	size_t out; /* piece to be given on */
	bool over;
};

/* Under the lock: may the next piece be begun? */
static bool
has_room(const struct pipeline_run *run)
{
	return run->next < run->pipeline->count && run->next < run->out + AHEAD;
}

/* Under the lock, which is open while the next piece is made. */
static void
make_next(struct pipeline_run *run)
{
	size_t number = run->next++;
	struct slot *slot = &run->slots[number % AHEAD];

	pthread_mutex_unlock(&run->lock);
	run->pipeline->make(run->pipeline->from, number, &slot->piece);
	pthread_mutex_lock(&run->lock);
	slot->made = true;
}

static void *
help(void *context)
{
	struct pipeline_run *run = context;

	pthread_mutex_lock(&run->lock);
	while (!run->over) {
		if (has_room(run)) {
			make_next(run);
			pthread_cond_signal(&run->made);
		} else {
			pthread_cond_wait(&run->given, &run->lock);
		}
	}
	pthread_mutex_unlock(&run->lock);
	return NULL;
}

/* Under the lock, which is open while the piece that is made is given on. */
static int
give(struct pipeline_run *run, struct slot *slot, struct err *err)
{
	int rc;

	pthread_mutex_unlock(&run->lock);
	rc = buf_check(&slot->piece, err);
	if (rc == 0)
		rc = run->pipeline->emit(run->pipeline->to,
			buf_str(&slot->piece), slot->piece.len, err);
	buf_clear(&slot->piece);
	pthread_mutex_lock(&run->lock);
	slot->made = false;
	run->out++;
	pthread_cond_broadcast(&run->given);
	return rc;
}

static int
give_all(struct pipeline_run *run, struct err *err)
{
	struct slot *slot;
	int rc = 0;

	pthread_mutex_lock(&run->lock);
	while (rc == 0 && run->out < run->pipeline->count) {
		slot = &run->slots[run->out % AHEAD];
		if (slot->made)
			rc = give(run, slot, err);
		else if (has_room(run))
			make_next(run);
		else
			pthread_cond_wait(&run->made, &run->lock);
	}
	run->over = true;
	pthread_cond_broadcast(&run->given);
	pthread_mutex_unlock(&run->lock);
	return rc;
}

int
pipeline_run(const struct pipeline *pipeline, struct err *err)
{
	struct pipeline_run run = {.pipeline = pipeline};
	pthread_t others[PIPELINE_THREADS_MAX];
	size_t count = 0, i;
	int rc;

	pthread_mutex_init(&run.lock, NULL);
	pthread_cond_init(&run.made, NULL);
	pthread_cond_init(&run.given, NULL);
	for (i = 0; i < AHEAD; i++)
		buf_init(&run.slots[i].piece, pipeline->largest);
	while (count + 1 < pipeline->threads && count + 1 < pipeline->count &&
		count + 1 < PIPELINE_THREADS_MAX &&
		pthread_create(&others[count], NULL, help, &run) == 0)
		count++;
	rc = give_all(&run, err);
	for (i = 0; i < count; i++)
		pthread_join(others[i], NULL);
	for (i = 0; i < AHEAD; i++)
		buf_release(&run.slots[i].piece);
	pthread_cond_destroy(&run.given);
	pthread_cond_destroy(&run.made);
	pthread_mutex_destroy(&run.lock);
	return rc;
}
