/*
 * A pool: threads that work off one pile of tasks, which grows while they do.
 *
 * A member takes a task, does it, and pushes the tasks it found on the way;
 * the newest is taken first, so that a tree is worked off in depth and the
 * pile stays small. All is done when the pile is empty and every member waits.
 * The caller is member 0: with one member no thread is started, and where the
 * system refuses threads, those that there are do the work.
 */
#ifndef BASE_THREAD_POOL_H
#define BASE_THREAD_POOL_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

enum {
	/* More threads than any machine's disk or processors keep busy. */
	THREAD_POOL_MAX = 256,
};

struct task {
	struct task *next;
	int kind; /* the caller's */
};

struct thread_pool {
	pthread_mutex_t lock;
	pthread_cond_t more;
	struct task *pile; /* newest first */
	size_t piled;
	size_t members, waiting;
	bool done;
	atomic_int need; /* members that wait, less the tasks on the pile */
};

void thread_pool_init(struct thread_pool *pool);
void thread_pool_release(struct thread_pool *pool);

/*
 * Have `work` run by `count` (1 to THREAD_POOL_MAX) members, each with its own
 * element (of `size` bytes) of `contexts`. Returns when all have returned:
 * each does so when thread_pool_take has given it NULL.
 */
void thread_pool_run(struct thread_pool *pool, size_t count,
	void (*work)(void *context), void *contexts, size_t size);

/* A task to be taken by any member; the caller's own until here. */
void thread_pool_push(struct thread_pool *pool, struct task *task);

/* The next task; waits for one. NULL where all is done. */
struct task *thread_pool_take(struct thread_pool *pool);

/* Is a member waiting for whom there is no task? */
static inline bool
thread_pool_has_idle(struct thread_pool *pool)
{
	return atomic_load_explicit(&pool->need, memory_order_relaxed) > 0;
}

/* Are there fewer tasks on the pile than members? */
bool thread_pool_wants_tasks(struct thread_pool *pool);

#endif
