/* Makes the pieces of a text in several threads, and emits them in order. */
#include "base/pipeline.h"

#include <pthread.h>
#include <stdbool.h>

#include "base/thread.h"

enum {
	/* pieces that are being made, or are made and not yet emitted */
	AHEAD = 2 * PIPELINE_THREADS_MAX,
};

struct pipeline_slot {
	struct buf piece;
	bool made;
};

struct pipeline_run {
	const struct pipeline *pipeline;
	pthread_mutex_t lock;
	pthread_cond_t made; /* another thread has made a piece */
	pthread_cond_t emitted; /* a slot is free, or the run is over */
	struct pipeline_slot
		slots[AHEAD]; /* piece n is in slot n modulo AHEAD */
	size_t next_made; /* the next piece to be made */
	size_t next_emitted; /* the next piece to be emitted */
	bool over;
};

/* Can the next piece be begun? The caller holds the lock. */
static bool
has_room(const struct pipeline_run *run)
{
	return run->next_made < run->pipeline->count &&
	       run->next_made < run->next_emitted + AHEAD;
}

/* The caller holds the lock, which is released while the piece is made. */
static void
make_next(struct pipeline_run *run)
{
	size_t number = run->next_made++;
	struct pipeline_slot *slot = &run->slots[number % AHEAD];

	pthread_mutex_unlock(&run->lock);
	run->pipeline->make(run->pipeline->from, number, &slot->piece);
	pthread_mutex_lock(&run->lock);
	slot->made = true;
}

static void *
make_pieces(void *context)
{
	struct pipeline_run *run = context;

	pthread_mutex_lock(&run->lock);
	while (!run->over) {
		if (has_room(run)) {
			make_next(run);
			pthread_cond_signal(&run->made);
		} else {
			pthread_cond_wait(&run->emitted, &run->lock);
		}
	}
	pthread_mutex_unlock(&run->lock);
	return NULL;
}

/* The caller holds the lock, which is released while the piece is emitted. */
static int
emit_piece(
	struct pipeline_run *run, struct pipeline_slot *slot, struct err *err)
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
	run->next_emitted++;
	pthread_cond_broadcast(&run->emitted);
	return rc;
}

static int
emit_all(struct pipeline_run *run, struct err *err)
{
	struct pipeline_slot *slot;
	int rc = 0;

	pthread_mutex_lock(&run->lock);
	while (rc == 0 && run->next_emitted < run->pipeline->count) {
		slot = &run->slots[run->next_emitted % AHEAD];
		if (slot->made)
			rc = emit_piece(run, slot, err);
		else if (has_room(run))
			make_next(run);
		else
			pthread_cond_wait(&run->made, &run->lock);
	}
	run->over = true;
	pthread_cond_broadcast(&run->emitted);
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
	pthread_cond_init(&run.emitted, NULL);
	for (i = 0; i < AHEAD; i++)
		buf_init(&run.slots[i].piece, pipeline->piece_max);
	while (count + 1 < pipeline->threads && count + 1 < pipeline->count &&
		count + 1 < PIPELINE_THREADS_MAX &&
		thread_start(&others[count], make_pieces, &run) == 0)
		count++;
	rc = emit_all(&run, err);
	for (i = 0; i < count; i++)
		pthread_join(others[i], NULL);
	for (i = 0; i < AHEAD; i++)
		buf_release(&run.slots[i].piece);
	pthread_cond_destroy(&run.emitted);
	pthread_cond_destroy(&run.made);
	pthread_mutex_destroy(&run.lock);
	return rc;
}
