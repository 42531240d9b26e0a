/*
 * A thread pool: threads that share a stack of tasks, which grows while they
 * work.
 *
 * A thread takes a task, does it, and pushes the tasks it finds while doing so.
 * The newest is taken first, so a tree is walked depth-first and the stack stays
 * small. The work is done when the stack is empty and every thread waits. The
 * caller's thread is one of the pool: with a count of 1 no thread is created,
 * and if threads cannot be created, those already running do the work.
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
	struct task *next; /* the pool's, while the task is on the stack */
	int kind; /* the caller's */
};

struct thread_pool {
	pthread_mutex_t lock;
	pthread_cond_t changed; /* a task was pushed, or all is done */
	struct task *stack; /* newest first */
	size_t stacked;
	size_t running; /* threads, including those that wait */
	size_t waiting;
	bool done;
	atomic_int idle; /* threads that wait, minus the tasks on the stack */
};

void thread_pool_init(struct thread_pool *pool);
void thread_pool_release(struct thread_pool *pool);

/*
 * Run `work` in `count` threads (brought into 1 to THREAD_POOL_MAX), each with
 * its own element, of `size` bytes, of `contexts`. Returns when all of them have
 * returned, which each does once thread_pool_take gives it NULL.
 */
void thread_pool_run(struct thread_pool *pool, size_t count,
	void (*work)(void *context), void *contexts, size_t size);

/* Let any thread take the task. The caller keeps the memory. */
void thread_pool_push(struct thread_pool *pool, struct task *task);

/* Take the newest task; waits for one. NULL if all work is done. */
struct task *thread_pool_take(struct thread_pool *pool);

/* Do more threads wait than there are tasks? The answer may be out of date. */
static inline bool
thread_pool_has_idle(struct thread_pool *pool)
{
	return atomic_load_explicit(&pool->idle, memory_order_relaxed) > 0;
}

/* Are there fewer tasks on the stack than threads? */
bool thread_pool_wants_tasks(struct thread_pool *pool);

#endif
