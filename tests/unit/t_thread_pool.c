/* The thread pool: tasks that find more tasks are all done, each once. */
#include "base/thread_pool.h"
#include "tests/unit/fixture.h"

enum {
	DEPTH = 12, /* of a binary tree of tasks */
	TASKS = (1 << DEPTH) - 1,
	THREADS_MAX = 8,
};

/* Node i finds nodes 2i+1 and 2i+2. */
static struct node {
	struct task task; /* first, so that a task is its node */
	atomic_int times; /* it was done */
} nodes[TASKS];

struct worker {
	struct thread_pool *pool;
	size_t done;
};

static void
work(void *context)
{
	struct worker *worker = context;
	struct task *task;
	struct node *node;
	size_t child;

	while ((task = thread_pool_take(worker->pool))) {
		node = (struct node *)task;
		child = 2 * (size_t)(node - nodes) + 1;
		atomic_fetch_add(&node->times, 1);
		worker->done++;
		if (child < TASKS) {
			thread_pool_push(worker->pool, &nodes[child].task);
			thread_pool_push(worker->pool, &nodes[child + 1].task);
		}
	}
}

static void
check_threads(size_t count)
{
	struct worker workers[THREADS_MAX];
	struct thread_pool pool;
	size_t i, done = 0;

	for (i = 0; i < TASKS; i++)
		atomic_store(&nodes[i].times, 0);
	for (i = 0; i < count; i++)
		workers[i] = (struct worker){.pool = &pool};
	thread_pool_init(&pool);
	thread_pool_push(&pool, &nodes[0].task);
	thread_pool_run(&pool, count, work, workers, sizeof(workers[0]));
	thread_pool_release(&pool);
	for (i = 0; i < TASKS; i++)
		assert_int_equal(atomic_load(&nodes[i].times), 1);
	for (i = 0; i < count; i++)
		done += workers[i].done;
	assert_int_equal(done, TASKS);
}

static void
test_each_task_is_done_once(void **state)
{
	static const size_t counts[] = {1, 2, THREADS_MAX};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(counts); i++)
		check_threads(counts[i]);
}

static void
test_no_task_ends_at_once(void **state)
{
	struct worker workers[THREADS_MAX];
	struct thread_pool pool;
	size_t i;

	(void)state;
	for (i = 0; i < THREADS_MAX; i++)
		workers[i] = (struct worker){.pool = &pool};
	thread_pool_init(&pool);
	thread_pool_run(&pool, THREADS_MAX, work, workers, sizeof(workers[0]));
	thread_pool_release(&pool);
	for (i = 0; i < THREADS_MAX; i++)
		assert_int_equal(workers[i].done, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_each_task_is_done_once),
		cmocka_unit_test(test_no_task_ends_at_once),
	};

	return cmocka_run_group_tests_name("thread_pool", tests, NULL, NULL);
}
