/* Starts threads with enough stack. */
#include "base/thread.h"

#include <stddef.h>

int
thread_start(pthread_t *thread, void *(*run)(void *context), void *context)
{
	pthread_attr_t attributes;
	size_t size;
	int rc = pthread_attr_init(&attributes);

	if (rc != 0)
		return rc;
	rc = pthread_attr_getstacksize(&attributes, &size);
	if (rc == 0 && size < THREAD_STACK_MIN)
		rc = pthread_attr_setstacksize(&attributes, THREAD_STACK_MIN);
	if (rc == 0)
		rc = pthread_create(thread, &attributes, run, context);
	pthread_attr_destroy(&attributes);
	return rc;
}
