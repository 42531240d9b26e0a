/* Runs threads that share a stack of tasks. */
#include "base/thread_pool.h"

#include <stdlib.h>

#include "base/thread.h"

struct pool_thread {
	struct thread_pool *pool;
	void (*work)(void *context);
	void *context;
	pthread_t id;
	bool started;
};

/*
 * This cannot fail: glibc's mutexes and condition variables allocate nothing.
 */
void
thread_pool_init(struct thread_pool *pool)
{
	*pool = (struct thread_pool){.stack = NULL};
	atomic_init(&pool->idle, 0);
	pthread_mutex_init(&pool->lock, NULL);
	pthread_cond_init(&pool->changed, NULL);
}

void
thread_pool_release(struct thread_pool *pool)
{
	pthread_cond_destroy(&pool->changed);
	pthread_mutex_destroy(&pool->lock);
}

/* Update `idle`, with the lock held, after each change to what it counts. */
static void
set_idle(struct thread_pool *pool)
{
	atomic_store_explicit(&pool->idle,
		(int)pool->waiting - (int)pool->stacked, memory_order_relaxed);
}

static void *
run_thread(void *context)
{
	struct pool_thread *thread = context;

	pthread_mutex_lock(&thread->pool->lock);
	thread->pool->running++;
	pthread_mutex_unlock(&thread->pool->lock);
	thread->work(thread->context);
	return NULL;
}

void
thread_pool_run(struct thread_pool *pool, size_t count,
	void (*work)(void *context), void *contexts, size_t size)
{
	struct pool_thread threads[THREAD_POOL_MAX];
	size_t i;

	if (count < 1)
		count = 1;
	if (count > THREAD_POOL_MAX)
		count = THREAD_POOL_MAX;
	for (i = 0; i < count; i++)
		threads[i] = (struct pool_thread){.pool = pool,
			.work = work,
			.context = (char *)contexts + i * size};
	for (i = 1; i < count; i++)
		threads[i].started = thread_start(&threads[i].id, run_thread,
					     &threads[i]) == 0;
	run_thread(&threads[0]);
	for (i = 1; i < count; i++)
		if (threads[i].started)
			pthread_join(threads[i].id, NULL);
}

void
thread_pool_push(struct thread_pool *pool, struct task *task)
{
	pthread_mutex_lock(&pool->lock);
	task->next = pool->stack;
	pool->stack = task;
	pool->stacked++;
	set_idle(pool);
	if (pool->waiting > 0)
		pthread_cond_signal(&pool->changed);
	pthread_mutex_unlock(&pool->lock);
}

struct task *
thread_pool_take(struct thread_pool *pool)
{
	struct task *task;

	pthread_mutex_lock(&pool->lock);
	pool->waiting++;
	set_idle(pool);
	while (!pool->stack && !pool->done) {
		if (pool->waiting == pool->running) {
			pool->done = true;
			pthread_cond_broadcast(&pool->changed);
			break;
		}
		pthread_cond_wait(&pool->changed, &pool->lock);
	}
	task = pool->stack;
	if (task) {
		pool->stack = task->next;
		pool->stacked--;
	}
	pool->waiting--;
	set_idle(pool);
	pthread_mutex_unlock(&pool->lock);
	return task;
}

bool
thread_pool_wants_tasks(struct thread_pool *pool)
{
	bool wants;

	pthread_mutex_lock(&pool->lock);
	wants = pool->stacked < pool->running;
	pthread_mutex_unlock(&pool->lock);
	return wants;
}
