/* Threads that work off one pile of tasks. */
#include "base/crew.h"

#include <stdlib.h>

struct member {
	struct crew *crew;
	void (*work)(void *context);
	void *context;
	pthread_t thread;
	bool started;
};

/* glibc's mutexes and conditions need nothing that could fail. */
void
crew_init(struct crew *crew)
{
	*crew = (struct crew){.pile = NULL};
	atomic_init(&crew->need, 0);
	pthread_mutex_init(&crew->lock, NULL);
	pthread_cond_init(&crew->more, NULL);
}

void
crew_release(struct crew *crew)
{
	pthread_cond_destroy(&crew->more);
	pthread_mutex_destroy(&crew->lock);
}

/* Under the lock, after any change of what it is made of. */
static void
set_need(struct crew *crew)
{
	atomic_store_explicit(&crew->need,
		(int)crew->waiting - (int)crew->piled, memory_order_relaxed);
}

static void *
run_member(void *context)
{
	struct member *member = context;

	pthread_mutex_lock(&member->crew->lock);
	member->crew->members++;
	pthread_mutex_unlock(&member->crew->lock);
	member->work(member->context);
	return NULL;
}

void
crew_run(struct crew *crew, size_t count, void (*work)(void *context),
	void *contexts, size_t size)
{
	struct member members[CREW_MOST];
	size_t i;

	if (count < 1)
		count = 1;
	if (count > CREW_MOST)
		count = CREW_MOST;
	for (i = 0; i < count; i++)
		members[i] = (struct member){.crew = crew,
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
crew_push(struct crew *crew, struct task *task)
{
	pthread_mutex_lock(&crew->lock);
	task->next = crew->pile;
	crew->pile = task;
	crew->piled++;
	set_need(crew);
	if (crew->waiting > 0)
		pthread_cond_signal(&crew->more);
	pthread_mutex_unlock(&crew->lock);
}

struct task *
crew_take(struct crew *crew)
{
	struct task *task;

	pthread_mutex_lock(&crew->lock);
	crew->waiting++;
	set_need(crew);
	while (!crew->pile && !crew->done) {
		if (crew->waiting == crew->members) {
			crew->done = true;
			pthread_cond_broadcast(&crew->more);
			break;
		}
		pthread_cond_wait(&crew->more, &crew->lock);
	}
	task = crew->pile;
	if (task) {
		crew->pile = task->next;
		crew->piled--;
	}
	crew->waiting--;
	set_need(crew);
	pthread_mutex_unlock(&crew->lock);
	return task;
}

bool
crew_wants(struct crew *crew)
{
	bool wants;

	pthread_mutex_lock(&crew->lock);
	wants = crew->piled < crew->members;
	pthread_mutex_unlock(&crew->lock);
	return wants;
}
