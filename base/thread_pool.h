/*
 * A thread pool: threads that share a stack of tasks, which grows while they
 * work.
 *
 * A thread takes a task, does it, and pushes the tasks it finds while doing so.
 * The newest is taken first, so a tree is walked depth-first and the stack
 * stays small. The work is done when the stack is empty and every thread is
 * waiting. The caller's thread is one of the pool: with a count of 1 no thread
 * is created, and if threads cannot be created, those already running do the
 * work.
 *
 *   thread_pool_init(&pool);
 *   thread_pool_push(&pool, &first->task);
 *   thread_pool_run(&pool, count, work, contexts, sizeof(contexts[0]));
 *   thread_pool_release(&pool);
 *
 * where work() does `while ((task = thread_pool_take(pool))) ...`.
 */
#ifndef BASE_THREAD_POOL_H
#define BASE_THREAD_POOL_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

enum {
	/* more than any machine's disks and processors can keep busy */
	THREAD_POOL_MAX = 256,
};

/* Embedded in the caller's own struct, which says what to do. */
struct task {
	struct task *next; /* the pool's while the task is on the stack */
	int kind; /* for the caller's use */
};

struct thread_pool {
	pthread_mutex_t lock;
	pthread_cond_t changed; /* a task was pushed, or all work is done */
	struct task *stack; /* newest first */
	size_t stacked;
	size_t running; /* threads, including those that are waiting */
	size_t waiting;
	bool done;
	atomic_int idle; /* waiting threads minus tasks on the stack */
};

void thread_pool_init(struct thread_pool *pool);
void thread_pool_release(struct thread_pool *pool);

/*
 * Run `work` in `count` threads (clamped to 1 to THREAD_POOL_MAX). Each is
 * passed its own element of the array `contexts`, whose elements have `size`
 * bytes. Returns when `work` has returned in every thread, which it does once
 * thread_pool_take gives it NULL.
 */
void thread_pool_run(struct thread_pool *pool, size_t count,
	void (*work)(void *context), void *contexts, size_t size);

/* Let any thread take the task. Its memory still belongs to the caller. */
void thread_pool_push(struct thread_pool *pool, struct task *task);

/*
 * Take the newest task, waiting until there is one. Returns NULL once all work
 * is done.
 */
struct task *thread_pool_take(struct thread_pool *pool);

/*
 * Are more threads waiting than there are tasks? The answer may be out of date.
 */
static inline bool
thread_pool_has_idle(struct thread_pool *pool)
{
	return atomic_load_explicit(&pool->idle, memory_order_relaxed) > 0;
}

/* Are there fewer tasks on the stack than threads? */
bool thread_pool_wants_tasks(struct thread_pool *pool);

#endif
