/* Threads that work off one pile of tasks. */
#include "base/thread_pool.h"

#include <stdlib.h>

struct pool_thread {
	struct thread_pool *pool;
	void (*work)(void *context);
	void *context;
	pthread_t thread;
	bool started;
};

/* glibc's mutexes and conditions need nothing that could fail. */
void
thread_pool_init(struct thread_pool *pool)
{
	*pool = (struct thread_pool){.pile = NULL};
	atomic_init(&pool->need, 0);
	pthread_mutex_init(&pool->lock, NULL);
	pthread_cond_init(&pool->more, NULL);
}

void
thread_pool_release(struct thread_pool *pool)
{
	pthread_cond_destroy(&pool->more);
	pthread_mutex_destroy(&pool->lock);
}

/* Under the lock, after any change of what it is made of. */
static void
set_need(struct thread_pool *pool)
{
	atomic_store_explicit(&pool->need,
		(int)pool->waiting - (int)pool->piled, memory_order_relaxed);
}

static void *
run_member(void *context)
{
	struct pool_thread *member = context;

	pthread_mutex_lock(&member->pool->lock);
	member->pool->members++;
	pthread_mutex_unlock(&member->pool->lock);
	member->work(member->context);
	return NULL;
}

void
thread_pool_run(struct thread_pool *pool, size_t count,
	void (*work)(void *context), void *contexts, size_t size)
{
	struct pool_thread members[THREAD_POOL_MAX];
	size_t i;

	if (count < 1)
		count = 1;
	if (count > THREAD_POOL_MAX)
		count = THREAD_POOL_MAX;
	for (i = 0; i < count; i++)
		members[i] = (struct pool_thread){.pool = pool,
			.work = work,
			.context = (char *)contexts + i * size};
	for (i = 1; i < count; i++)
		members[i].started = pthread_create(&members[i].thread, NULL,
					     run_member, &members[i]) == 0;
	run_member(&members[0]);
	for (i = 1; i < count; i++)
		if (members[i].started)
			pthread_join(members[i].thread, NULL);
}

void
thread_pool_push(struct thread_pool *pool, struct task *task)
{
	pthread_mutex_lock(&pool->lock);
	task->next = pool->pile;
	pool->pile = task;
	pool->piled++;
	set_need(pool);
	if (pool->waiting > 0)
		pthread_cond_signal(&pool->more);
	pthread_mutex_unlock(&pool->lock);
}

struct task *
thread_pool_take(struct thread_pool *pool)
{
	struct task *task;

	pthread_mutex_lock(&pool->lock);
	pool->waiting++;
	set_need(pool);
	while (!pool->pile && !pool->done) {
		if (pool->waiting == pool->members) {
			pool->done = true;
			pthread_cond_broadcast(&pool->more);
			break;
		}
		pthread_cond_wait(&pool->more, &pool->lock);
	}
	task = pool->pile;
	if (task) {
		pool->pile = task->next;
		pool->piled--;
	}
	pool->waiting--;
	set_need(pool);
	pthread_mutex_unlock(&pool->lock);
	return task;
}

bool
thread_pool_wants_tasks(struct thread_pool *pool)
{
	bool wants;

	pthread_mutex_lock(&pool->lock);
	wants = pool->piled < pool->members;
	pthread_mutex_unlock(&pool->lock);
	return wants;
}
